"""Papers at the firm's own door: sent, told what became of them, by those who may."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lindung.access.trail import SYSTEM, Actor
from lindung.contact.models import Message
from lindung.evidence.models import Paper
from lindung.lib import clock
from lindung.registry import firm_queries, services
from lindung.registry.paper_queries import asked_paper
from tests import builders
from tests.channels.employer.desk import clerk, words
from tests.channels.employer.test_employer_approval import user
from tests.evidence import files
from tests.registry.test_firms import TENUN

OFFICER = Actor("account", 7)
pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def firm(at: datetime) -> int:
    return services.register_firm(actor=SYSTEM, firm=TENUN, now=at)


@pytest.fixture
def deed(firm: int) -> str:
    (found,) = (paper.id for paper in firm_queries.papers(firm) if paper.kind == "deed")
    return f"/employer/{firm}/company/papers/{found}/"


def sent(hr: Client, deed: str, content: bytes, name: str = "akta.pdf") -> str:
    return words(hr.post(f"{deed}send/", {"paper": SimpleUploadedFile(name, content)}, follow=True))


def test_hr_finds_the_paper_sends_it_and_reads_what_became_of_it(firm: int, deed: str, at: datetime) -> None:
    hr = clerk(firm, now=at)
    company = hr.get(f"/employer/{firm}/company/")
    assert "3 dokumen perlu dikirim" in words(company)
    assert deed in company.content.decode()
    assert "Kirim paling lambat 21 Desember 2026" in words(hr.get(deed))
    page = sent(hr, deed, files.pdf(), "../../etc/passwd")
    assert "Berkas sudah kami terima" in page
    assert "passwd" not in page
    assert "Berkas yang sama sudah kami terima" in sent(hr, deed, files.pdf())
    assert "2 dokumen perlu dikirim" in words(hr.get(f"/employer/{firm}/company/"))
    asked = asked_paper(firm, int(deed.split("/")[-2]))
    assert asked is not None
    assert asked.newest is not None
    services.return_file(actor=OFFICER, employer_id=firm, file_id=asked.newest.id, reason="<b>Buram</b>", now=at)
    assert Message.objects.filter(kind="paper_returned", batch=f"firm_file:{asked.newest.id}").count() == 1
    page = words(hr.get(deed))
    assert "Petugas mengembalikan berkas ini" in page
    assert "<b>Buram</b>" in page, "escaped, as it was written"
    assert "sudah dikembalikan petugas" in sent(hr, deed, files.pdf())
    assert "Yang baru menggantikan" in sent(hr, deed, files.png(), "akta.jpg")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Berkas ini kosong"),
        (b"halo", "Ini bukan PDF, JPG, atau PNG"),
        (files.pdf(b"/Encrypt 3 0 R"), "memakai kata sandi"),
        (files.pdf(b"/S /JavaScript"), "berisi skrip atau lampiran"),
        (files.png()[:-12], "terputus di tengah"),
        (files.png() + b"\0" * 6 * 1024 * 1024, "lebih dari 6 MB"),
    ],
)
def test_a_bad_file_is_answered_beside_its_box_and_not_kept(
    firm: int, deed: str, at: datetime, content: bytes, said: str
) -> None:
    hr = clerk(firm, now=at)
    answer = hr.post(f"{deed}send/", {"paper": SimpleUploadedFile("akta.pdf", content)})
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Paper.objects.exists()


def test_nothing_chosen_and_far_too_much_are_told_apart(firm: int, deed: str, at: datetime) -> None:
    hr = clerk(firm, now=at)
    assert "Pilih berkas akta" in words(hr.post(f"{deed}send/", {}))
    flood = SimpleUploadedFile("akta.pdf", b"%PDF-" + b"\0" * 26 * 1024 * 1024)
    assert "lebih dari 6 MB" in words(hr.post(f"{deed}send/", {"paper": flood}))


def test_who_only_reads_sees_how_it_stands_and_sends_nothing(at: datetime) -> None:
    firm = builders.firm(now=at, workers=0)
    services.ask_for_paper(actor=OFFICER, employer_id=firm.id, kind="licence", wanted_by_on=at.date(), now=at)
    (asked,) = firm_queries.papers(firm.id)
    reader, _actor = user(firm, "Dina", "firm_reader", now=at)
    address = f"/employer/{firm.id}/company/papers/{asked.id}/"
    page = reader.get(address)
    assert "Izin usaha lain" in words(page)
    assert 'type="file"' not in page.content.decode()
    assert reader.post(f"{address}send/", {"paper": SimpleUploadedFile("a.pdf", files.pdf())}).status_code == 404
    other = builders.firm(now=at, workers=0)
    assert clerk(other.id, now=at).get(f"/employer/{other.id}/company/papers/{asked.id}/").status_code == 404
