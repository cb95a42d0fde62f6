"""The papers a firm is asked for: asked, sent as a file, accepted or returned, or seen at a counter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.users import tell_users
from lindung.evidence import queries as evidence
from lindung.evidence import services as papers
from lindung.lib.crypto import encrypt
from lindung.registry.firm_models import FirmDocument, FirmDocumentFile
from lindung.registry.firm_papers import reason_place
from lindung.registry.models import Employer

_State = FirmDocumentFile.State


class PaperSettled(Exception):
    """The paper is not asked for any more: an officer has seen it."""


class ReturnedBefore(Exception):
    """These very bytes were returned: sent again they are still what they were."""


class FileAnswered(Exception):
    """The file does not wait for an answer any more; ``state`` says what became of it."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in our hands. ``repeated``: it was there already, and nothing was written."""

    id: int
    repeated: bool


@transaction.atomic
def ask_for_paper(*, actor: Actor, employer_id: int, kind: str, wanted_by_on: date, now: datetime) -> None:
    """Ask a firm for a paper until a day; asked for again, the new day counts."""
    if FirmDocument.objects.filter(employer_id=employer_id, kind=kind, seen_at=None).update(wanted_by_on=wanted_by_on):
        act = "paper_asked_again"
    else:
        ask_for_papers(actor=actor, employer_id=employer_id, kinds=[kind], wanted_by_on=wanted_by_on, now=now)
        act = "paper_asked"
    trail.record(actor=actor, act=act, object_kind="employer", object_id=employer_id, now=now, detail={"paper": kind})


def ask_for_papers(
    *, actor: Actor, employer_id: int, kinds: Collection[str], wanted_by_on: date, now: datetime
) -> None:
    """Write down which papers a firm is asked for; whoever asks writes the trail."""
    FirmDocument.objects.bulk_create(
        [
            FirmDocument(
                employer_id=employer_id,
                kind=kind,
                wanted_by_on=wanted_by_on,
                asked_by_kind=actor.kind,
                asked_by_id=actor.id,
                asked_at=now,
            )
            for kind in kinds
        ]
    )


@transaction.atomic
def see_paper(*, actor: Actor, employer_id: int, document_id: int, now: datetime) -> None:
    """An officer has seen a paper at the counter: it is missing no more. A file that waited needs no answer.

    Again does nothing.
    """
    if not _seen(actor, employer_id, document_id, now):
        return
    FirmDocumentFile.objects.filter(document_id=document_id, state=_State.SENT).update(state=_State.REPLACED)
    _record(actor, "paper_seen", employer_id, now, document=document_id)


@transaction.atomic
def send_file(*, actor: Actor, employer_id: int, document_id: int, content: bytes, now: datetime) -> SentFile:
    """Keep a file for a paper that was asked for; a file that waits for an answer is replaced by it.

    The same bytes twice are one file. Raises ``PaperSettled``, ``ReturnedBefore``, and ``evidence.limits.Refused`` for
    what cannot be taken. Nothing is kept then.
    """
    document = _locked(employer_id, document_id)
    if document.seen_at is not None:
        raise PaperSettled
    last = FirmDocumentFile.objects.filter(document=document).order_by("-id").first()
    if last is not None and evidence.is_same(last.paper_id, content):
        if last.state == _State.RETURNED:
            raise ReturnedBefore
        return SentFile(last.pk, repeated=True)
    paper_id = papers.keep_paper(actor=actor, content=content, now=now)
    FirmDocumentFile.objects.filter(document=document, state=_State.SENT).update(state=_State.REPLACED)
    sent = FirmDocumentFile.objects.create(document=document, paper_id=paper_id, sent_by=actor.id, sent_at=now)
    _record(actor, "paper_sent", employer_id, now, document=document.pk, file=sent.pk)
    return SentFile(sent.pk, repeated=False)


@transaction.atomic
def read_file(*, actor: Actor, employer_id: int, file_id: int, now: datetime) -> papers.Opened:
    """Open a file of a firm; who read it is written down. Raises ``FirmDocumentFile.DoesNotExist``."""
    file = FirmDocumentFile.objects.get(pk=file_id, document__employer_id=employer_id)
    return papers.read_paper(actor=actor, paper_id=file.paper_id, now=now)


@transaction.atomic
def accept_file(*, actor: Actor, employer_id: int, file_id: int, now: datetime) -> None:
    """An officer takes a file for the paper: it is missing no more. Again does nothing. Raises ``FileAnswered``."""
    file = _waiting(employer_id, file_id, _State.ACCEPTED)
    if file is None:
        return
    _answer(file, _State.ACCEPTED, actor, now)
    _seen(actor, employer_id, file.document_id, now)
    _record(actor, "paper_accepted", employer_id, now, document=file.document_id, file=file.pk)


@transaction.atomic
def return_file(*, actor: Actor, employer_id: int, file_id: int, reason: str, now: datetime) -> None:
    """An officer gives a file back with the reason; the firm is told by mail and sends another. Again does nothing.

    Raises ``FileAnswered``.
    """
    file = _waiting(employer_id, file_id, _State.RETURNED)
    if file is None:
        return
    _answer(file, _State.RETURNED, actor, now, encrypt(reason, reason_place(file.pk)))
    tell_users(
        batch=f"firm_file:{file.pk}",
        kind="paper_returned",
        roles=["firm_admin"],
        scope_id=employer_id,
        facts={"employer": Employer.objects.values_list("name", flat=True).get(pk=employer_id)},
        now=now,
    )
    _record(actor, "paper_returned", employer_id, now, document=file.document_id, file=file.pk)


def _locked(employer_id: int, document_id: int) -> FirmDocument:
    """The paper, its row ours until the end: what is sent for it and answered happens one after another."""
    return FirmDocument.objects.select_for_update().get(pk=document_id, employer_id=employer_id)


def _waiting(employer_id: int, file_id: int, wanted: str) -> FirmDocumentFile | None:
    """The file to be answered; None if it has this answer already."""
    document_id = FirmDocumentFile.objects.values_list("document_id", flat=True).get(
        pk=file_id, document__employer_id=employer_id
    )
    _locked(employer_id, document_id)
    file = FirmDocumentFile.objects.get(pk=file_id)
    if file.state not in (_State.SENT, wanted):
        raise FileAnswered(file.state)
    return file if file.state == _State.SENT else None


def _answer(file: FirmDocumentFile, state: str, actor: Actor, now: datetime, reason: bytes | None = None) -> None:
    FirmDocumentFile.objects.filter(pk=file.pk).update(
        state=state, answered_by=actor.id, answered_at=now, reason_encrypted=reason
    )


def _seen(actor: Actor, employer_id: int, document_id: int, now: datetime) -> bool:
    missing = FirmDocument.objects.filter(pk=document_id, employer_id=employer_id, seen_at=None)
    return bool(missing.update(seen_at=now, seen_by=actor.id))


def _record(actor: Actor, act: str, employer_id: int, now: datetime, **detail: int | str) -> None:
    trail.record(actor=actor, act=act, object_kind="employer", object_id=employer_id, now=now, detail=detail)
