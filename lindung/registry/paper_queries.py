"""Reads about the papers of firms: what was sent for one, and what waits for an officer."""

from dataclasses import dataclass
from datetime import date, datetime

from lindung.evidence import queries as evidence
from lindung.lib.crypto import decrypt
from lindung.registry.firm_models import FirmDocument, FirmDocumentFile
from lindung.registry.firm_papers import reason_place


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was sent for a paper, and what became of it; ``reason`` is empty but for a returned one."""

    id: int
    state: str
    format: str
    size_bytes: int
    sent_by: int
    sent_at: datetime
    answered_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One paper with every file that was sent for it, the newest first."""

    id: int
    kind: str
    asked_at: datetime
    wanted_by_on: date
    seen_at: datetime | None
    files: tuple[FileView, ...]

    @property
    def newest(self) -> FileView | None:
        return self.files[0] if self.files else None


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that an officer has to answer."""

    employer_id: int
    employer_name: str
    document_id: int
    kind: str
    sent_at: datetime


def asked_paper(employer_id: int, document_id: int) -> AskedPaper | None:
    """A paper of this firm; None for another's."""
    row = FirmDocument.objects.filter(pk=document_id, employer_id=employer_id).first()
    if row is None:
        return None
    sent = list(FirmDocumentFile.objects.filter(document=row).order_by("-id"))
    facts = evidence.facts_of([file.paper_id for file in sent])
    files = tuple(
        FileView(
            file.pk,
            file.state,
            facts[file.paper_id].format,
            facts[file.paper_id].size_bytes,
            file.sent_by,
            file.sent_at,
            file.answered_at,
            decrypt(file.reason_encrypted, reason_place(file.pk)).decode() if file.reason_encrypted else "",
        )
        for file in sent
    )
    return AskedPaper(row.pk, row.kind, row.asked_at, row.wanted_by_on, row.seen_at, files)


def waiting_files(*, most: int) -> list[WaitingFile]:
    """The files that wait for an officer, the oldest first."""
    waiting = FirmDocumentFile.objects.filter(state=FirmDocumentFile.State.SENT).order_by("id")
    names = ("document__employer_id", "document__employer__name", "document_id", "document__kind", "sent_at")
    return [WaitingFile(*row) for row in waiting.values_list(*names)[:most]]


def count_waiting() -> int:
    """How many files wait for an officer."""
    return FirmDocumentFile.objects.filter(state=FirmDocumentFile.State.SENT).count()
