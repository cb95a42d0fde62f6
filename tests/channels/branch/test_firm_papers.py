"""Papers of firms at an officer's desk: opened, accepted, returned."""

from datetime import datetime

import pytest
from django.test import Client

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM, Actor
from lindung.contact.models import Message
from lindung.registry import firm_queries, services
from lindung.registry.firm_queries import PaperView
from tests.channels.employer.desk import words
from tests.evidence import files
from tests.registry.test_firms import TENUN

CLERK = Actor("account", 3)
HOSTILE = files.pdf(b"(<script>alert(1)</script>)")
pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(now: datetime) -> int:
    return services.register_firm(actor=SYSTEM, firm=TENUN, now=now)


@pytest.fixture
def asked(firm: int) -> PaperView:
    return firm_queries.missing_papers(firm)[0]


@pytest.fixture
def sent(firm: int, asked: PaperView, now: datetime) -> str:
    """Where the file that waits is; the paper's own page is one step above."""
    file = services.send_file(actor=CLERK, employer_id=firm, document_id=asked.id, content=HOSTILE, now=now)
    return f"/firms/{firm}/papers/{asked.id}/{file.id}/"


def paper_of(sent: str) -> str:
    return sent.rsplit("/", 2)[0] + "/"


def test_what_waits_is_found_opened_and_accepted(officer: Client, firm: int, sent: str) -> None:
    listed = officer.get("/firms/")
    assert "Dokumen yang menunggu diperiksa" in words(listed)
    assert paper_of(sent) in listed.content.decode()
    assert "Menunggu petugas" in words(officer.get(f"/firms/{firm}/"))
    assert officer.get(sent).content == HOSTILE
    assert TrailEvent.objects.filter(act="paper_read").count() == 1
    page = words(officer.post(f"{sent}accept/", follow=True))
    assert "Dokumen diterima" in page
    assert "menunggu diperiksa" not in words(officer.get("/firms/"))
    assert len(firm_queries.missing_papers(firm)) == 2


def test_a_file_leaves_as_a_download_that_nothing_runs(officer: Client, sent: str) -> None:
    answer = officer.get(sent)
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "no-store"


def test_a_return_needs_a_reason_and_tells_the_firm(officer: Client, firm: int, sent: str) -> None:
    for reason in ("", "ok"):
        answer = officer.post(f"{sent}return/", {"reason": reason})
        assert answer.status_code == 422
    assert "Alasannya terlalu pendek" in words(answer)
    page = words(officer.post(f"{sent}return/", {"reason": "Halaman 3 tidak terbaca."}, follow=True))
    assert "Berkas dikembalikan" in page
    assert "Halaman 3 tidak terbaca." in page
    # Nobody of this firm has an account yet, so nobody is written to.
    assert not Message.objects.filter(kind="paper_returned").exists()


def test_an_answer_to_what_was_replaced_meanwhile_changes_nothing(
    officer: Client, firm: int, asked: PaperView, sent: str, now: datetime
) -> None:
    services.send_file(actor=CLERK, employer_id=firm, document_id=asked.id, content=files.png(), now=now)
    for address, given in ((f"{sent}accept/", {}), (f"{sent}return/", {"reason": "Halaman 3 tidak terbaca."})):
        assert "berkasnya baru saja berubah" in words(officer.post(address, given, follow=True))
    assert asked.id in {paper.id for paper in firm_queries.missing_papers(firm)}


def test_a_file_is_found_below_its_own_paper_and_firm_alone(officer: Client, firm: int, sent: str) -> None:
    file_id = sent.split("/")[-2]
    others = [paper.id for paper in firm_queries.papers(firm)][1:]
    for address in (f"/firms/{firm}/papers/{others[0]}/{file_id}/", f"{sent.replace(f'/{firm}/', '/999999/')}"):
        assert officer.get(address).status_code == 404
        assert officer.post(f"{address}accept/").status_code == 404
        assert officer.post(f"{address}return/", {"reason": "Halaman 3 tidak terbaca."}).status_code == 404
