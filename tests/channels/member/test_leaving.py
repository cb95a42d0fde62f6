"""A member says that he left a firm that never said so: from his first page, an unpaid month, or his cover."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lindung.compliance import queries, services
from lindung.lib import clock
from tests import builders
from tests.channels.test_routes import signed_in
from tests.compliance.complaining import OFFICER, answered, firm_reports_exit, left
from tests.evidence import files

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
TOLD = {"last_on_0": "15", "last_on_1": "10", "last_on_2": "2026", "cause": "L1", "words": "Kantornya tutup."}


@pytest.fixture(autouse=True)
def door_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def member(firm: builders.Firm, now: datetime) -> Client:
    return signed_in("member", "member", int(firm.rows().person_id[0]), now)


def test_the_question_stands_beside_every_unpaid_month_until_it_is_answered(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    client, address = member(firm, now), f"/member/left/{firm.id}/"
    for page in ("/member/", "/member/cover/", f"/member/months/{firm.id}/2026-10/complain/"):
        assert address in client.get(page).content.decode(), page
    builders.bill(firm, OCTOBER, now)
    assert address in client.get(f"/member/months/{firm.id}/2026-10/").content.decode()
    told = client.post(address, TOLD, follow=True)
    page = told.content.decode()
    for words in ("Aduan Anda terkirim", "15 Oktober 2026", "Diberhentikan perusahaan (PHK)", "1 Desember 2026"):
        assert words in page, words
    home = client.get("/member/").content.decode()
    assert "Berhenti bekerja di PT Contoh" in home
    assert address not in home
    # Opened or sent again, it is the same.
    assert client.get(address).status_code == 302
    assert client.post(address, TOLD, follow=True).redirect_chain[0][0] == told.redirect_chain[0][0].split("?")[0]
    assert "Berhenti bekerja di PT Contoh" in client.get("/member/complaints/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_on_2": "2027"}, "Hari itu belum tiba."),
        ({"last_on_1": "9"}, "Hari itu sebelum hari pertama kerja, 1 Oktober 2026."),
        ({"last_on_0": "31", "last_on_1": "2"}, "last_on"),
        ({"cause": ""}, "Pilih mengapa berhenti bekerja"),
        ({"cause": "L5"}, "Pilih salah satu sebab di daftar."),
    ],
)
def test_a_day_or_a_cause_that_cannot_be_is_said_where_it_stands(
    now: datetime, wrong: dict[str, str], said: str
) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    answer = member(firm, now).post(f"/member/left/{firm.id}/", TOLD | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_paper_goes_with_it_or_is_refused_beside_its_box(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=OCTOBER)
    client, address = member(firm, now), f"/member/left/{firm.id}/"
    wrong = client.post(address, TOLD | {"paper": SimpleUploadedFile("surat.docx", b"halo")})
    assert wrong.status_code == 422
    assert "Ini bukan PDF, JPG, atau PNG" in wrong.content.decode()
    flood = SimpleUploadedFile("surat.png", files.png() + b"\0" * 25 * 1024 * 1024)
    assert "lebih dari 6 MB" in client.post(address, TOLD | {"paper": flood}).content.decode()
    assert not queries.complaints_of_firm(employer_id=firm.id)
    told = client.post(address, TOLD | {"paper": SimpleUploadedFile("surat.png", files.png())}, follow=True)
    assert "PNG, 1 KB" in told.content.decode()
    (row,) = queries.complaints_of_firm(employer_id=firm.id)
    page = signed_in("employer", "hr", firm.id, now).get(f"/employer/{firm.id}/complaints/{row.id}/").content.decode()
    assert "Ada, dibuka petugas saja" in page


def test_a_firm_he_does_not_work_for_is_not_there(now: datetime) -> None:
    firm, other = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    client = member(firm, now)
    assert client.get(f"/member/left/{other.id}/").status_code == 404
    assert client.post(f"/member/left/{other.id}/", TOLD).status_code == 404


def test_an_answer_names_the_day_that_the_firm_reported(now: datetime) -> None:
    case = left(now)
    firm_reports_exit(case, date(2026, 10, 10), now)
    answered(case, now, "reported", "")
    client = member(case.firm, now)
    page = client.get(f"/member/complaints/{case.id}/").content.decode()
    assert "Sudah kami laporkan keluar: hari terakhir 9 Oktober 2026" in page
    assert client.post(f"/member/complaints/{case.id}/", {"do": "accept"}).status_code == 302
    assert case.state == "settled"


def test_months_billed_and_never_paid_after_the_last_day_are_no_longer_his_worry(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2026, 8, 1))
    builders.bill(firm, OCTOBER, now)
    case, later = left(now, firm=firm, until_on=date(2026, 9, 16)), now + timedelta(days=11)
    services.run_clocks(now=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = member(firm, later)
    assert "Iuran Oktober 2026 belum dibayar" in client.get("/member/").content.decode()
    ends = {"until_on": date(2026, 9, 16), "cause": "L1", "words": "Tutup."}
    services.end_employment(actor=OFFICER, complaint_id=case.id, now=later, **ends)
    page = client.get("/member/").content.decode()
    assert "Iuran September 2026 belum dibayar" in page
    assert "Oktober 2026 belum dibayar" not in page
    assert f"/member/left/{firm.id}/" not in page
    assert "Petugas mencatat pekerja keluar" in client.get(f"/member/complaints/{case.id}/").content.decode()
