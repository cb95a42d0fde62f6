"""Papers of firms: sent, replaced, accepted, returned, seen at a counter; in whatever order it comes."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM, Actor
from lindung.evidence.limits import Refused
from lindung.evidence.models import Paper
from lindung.registry import firm_queries, services
from lindung.registry.models import FirmDocumentFile
from lindung.registry.paper_queries import FileView, asked_paper, count_waiting, waiting_files
from lindung.registry.services import FileAnswered, PaperSettled, ReturnedBefore, SentFile
from tests.evidence import files
from tests.registry.makers import assert_clean
from tests.registry.test_firms import OFFICER, TENUN

CLERK = Actor("account", 3)
FIRST, SECOND = files.pdf(b"(satu)"), files.jpeg(held=files.exif(6))
pytestmark = pytest.mark.django_db


class Asked:
    """A firm that is asked for its deed."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
        (self.id,) = (paper.id for paper in firm_queries.papers(self.firm) if paper.kind == "deed")

    def send(self, content: bytes) -> SentFile:
        return services.send_file(
            actor=CLERK, employer_id=self.firm, document_id=self.id, content=content, now=self.now
        )

    def accept(self, file_id: int) -> None:
        services.accept_file(actor=OFFICER, employer_id=self.firm, file_id=file_id, now=self.now)

    def give_back(self, file_id: int) -> None:
        services.return_file(
            actor=OFFICER, employer_id=self.firm, file_id=file_id, reason="Halaman 3 tidak terbaca.", now=self.now
        )

    @property
    def files(self) -> tuple[FileView, ...]:
        found = asked_paper(self.firm, self.id)
        assert found is not None
        return found.files

    @property
    def missing(self) -> bool:
        return self.id in {paper.id for paper in firm_queries.missing_papers(self.firm)}


@pytest.fixture
def asked(now: datetime) -> Asked:
    return Asked(now)


def test_a_file_waits_and_once_accepted_the_paper_is_missing_no_more(asked: Asked) -> None:
    sent = asked.send(FIRST)
    assert [(row.document_id, row.kind) for row in waiting_files(most=9)] == [(asked.id, "deed")]
    assert asked.missing
    for _ in range(2):
        asked.accept(sent.id)
    assert not asked.missing
    assert count_waiting() == 0
    assert TrailEvent.objects.filter(act="paper_accepted", object_id=asked.firm).count() == 1
    with pytest.raises(PaperSettled):
        asked.send(SECOND)
    with pytest.raises(FileAnswered):
        asked.give_back(sent.id)
    assert_clean()


def test_the_same_bytes_twice_are_one_file(asked: Asked) -> None:
    first = asked.send(SECOND)
    assert asked.send(SECOND) == SentFile(first.id, repeated=True)
    assert Paper.objects.count() == 1


def test_a_newer_file_takes_the_place_of_one_that_waits_and_the_old_one_stays(asked: Asked) -> None:
    first, second = asked.send(FIRST), asked.send(SECOND)
    assert [(file.id, file.state, file.format) for file in asked.files] == [
        (second.id, "sent", "jpeg"),
        (first.id, "replaced", "pdf"),
    ]
    with pytest.raises(FileAnswered, match="replaced"):
        asked.accept(first.id)
    opened = services.read_file(actor=OFFICER, employer_id=asked.firm, file_id=first.id, now=asked.now)
    assert opened.content == FIRST
    assert asked.missing
    assert_clean()


def test_a_returned_file_says_why_and_only_another_one_is_taken(asked: Asked) -> None:
    sent = asked.send(FIRST)
    for _ in range(2):
        asked.give_back(sent.id)
    (file,) = asked.files
    assert (file.state, file.reason) == ("returned", "Halaman 3 tidak terbaca.")
    assert b"terbaca" not in bytes(FirmDocumentFile.objects.get(pk=sent.id).reason_encrypted or b"")
    with pytest.raises(ReturnedBefore):
        asked.send(FIRST)
    assert asked.send(SECOND).id > sent.id
    assert firm_queries.papers(asked.firm)[-1].file_state == "sent"


def test_the_paper_itself_at_the_counter_ends_the_waiting(asked: Asked) -> None:
    asked.send(FIRST)
    services.see_paper(actor=OFFICER, employer_id=asked.firm, document_id=asked.id, now=asked.now)
    assert [file.state for file in asked.files] == ["replaced"]
    assert count_waiting() == 0
    assert_clean()


def test_a_bad_file_changes_nothing_of_what_waits(asked: Asked) -> None:
    sent = asked.send(FIRST)
    with pytest.raises(Refused), transaction.atomic():
        asked.send(b"bukan dokumen")
    assert [(file.id, file.state) for file in asked.files] == [(sent.id, "sent")]


def test_another_firm_reaches_neither_paper_nor_file(asked: Asked, now: datetime) -> None:
    sent = asked.send(FIRST)
    assert asked_paper(asked.firm + 1, asked.id) is None
    with pytest.raises(FirmDocumentFile.DoesNotExist):
        services.read_file(actor=OFFICER, employer_id=asked.firm + 1, file_id=sent.id, now=now)


def test_the_table_itself_lets_one_file_wait(asked: Asked, now: datetime) -> None:
    asked.send(FIRST)
    with pytest.raises(IntegrityError, match="one_file_waits_for_a_paper"), transaction.atomic():
        FirmDocumentFile.objects.create(document_id=asked.id, paper_id=9_999_999, sent_by=3, sent_at=now)
