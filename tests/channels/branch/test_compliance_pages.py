"""The officer looks at firms: figures that lead to their rows, a file to take away, one firm, what is to be done."""

import csv
import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from lindung.compliance import services
from tests import builders
from tests.compliance.complaining import complained, left
from tests.compliance.test_compliance_firms import in_line
from tests.evidence import files

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


def owing(now: datetime, name: str = "") -> builders.Firm:
    firm = builders.firm(now=now, workers=2, size="small", jkk_class="IV")
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    return firm


def test_every_figure_leads_to_exactly_its_rows(now: datetime, officer: Client) -> None:
    owing(now)
    builders.firm(now=now, workers=2)
    page = officer.get("/compliance/").content.decode()
    figures = re.findall(
        r'<a href="(/compliance/firms/\?[^"]*what=\w+)">[^<]*</a></th>\s*<td[^>]*>([0-9.]+)</td>', page
    )
    assert len(figures) == 7
    for address, number in figures:
        rows = officer.get(address.replace("&amp;", "&")).content.decode()
        assert f"{number} perusahaan" in rows, address


def test_the_first_page_leads_from_what_is_unpaid_to_its_firm(now: datetime, officer: Client) -> None:
    firm = owing(now)
    assert f'href="/compliance/firms/{firm.id}/"' in officer.get("/").content.decode()


def test_filters_stand_in_the_address_and_narrow_everything(now: datetime, officer: Client) -> None:
    firm, other = owing(now), builders.firm(now=now, workers=2, size="large")
    rows = officer.get("/compliance/firms/?what=owing&size=small&class=IV").content.decode()
    assert f"/compliance/firms/{firm.id}/" in rows
    rows = officer.get("/compliance/firms/?size=large").content.decode()
    assert f"/compliance/firms/{other.id}/" in rows
    assert f"/compliance/firms/{firm.id}/" not in rows


def test_arrears_by_line_of_business_lead_to_their_firms(now: datetime, officer: Client) -> None:
    firm, other = owing(now), owing(now)
    in_line(firm, "garments", now)
    page = officer.get("/compliance/").content.decode()
    assert "Tunggakan menurut bidang usaha" in page
    (address,) = re.findall(r'href="(/compliance/firms/[^"]*line=garments)"', page)
    rows = officer.get(address.replace("&amp;", "&")).content.decode()
    assert "Menunggak bulan mana pun, Pakaian jadi dan konfeksi" in rows
    assert f"/compliance/firms/{firm.id}/" in rows
    assert f"/compliance/firms/{other.id}/" not in rows
    unknown = officer.get("/compliance/firms/?what=owing&line=-").content.decode()
    assert f"/compliance/firms/{other.id}/" in unknown
    assert "Bidang usaha belum diketahui" in unknown
    told = officer.get("/compliance/firms/csv/?what=owing&line=garments").content.decode()
    assert "Pakaian jadi dan konfeksi" in told


@pytest.mark.parametrize(
    "query", ["what=x", "month=2026-99", "size='", "class=VI", "line=x", "place=%00", "page=x", "page=999"]
)
def test_what_cannot_be_asked_is_as_if_it_were_not(officer: Client, query: str) -> None:
    assert officer.get(f"/compliance/firms/?{query}").status_code == 200
    assert officer.get(f"/compliance/?{query}").status_code == 200


def test_the_file_holds_the_rows_of_the_page_and_no_person(now: datetime, officer: Client) -> None:
    firm = owing(now)
    answer = officer.get("/compliance/firms/csv/?what=owing&size=small")
    assert answer["Content-Disposition"] == 'attachment; filename="kepatuhan-2026-10-owing.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    mine = next(row for row in rows if row["npp"] == firm.npp)
    assert (mine["keadaan"], mine["bekerja"], mine["dilaporkan"]) == ("Belum dibayar", "2", "2")
    for name in firm.told["name"]:
        assert name not in answer.content.decode()


def test_a_firm_is_opened_without_any_worker_of_it(now: datetime, officer: Client) -> None:
    case = complained(now)
    page = officer.get(f"/compliance/firms/{case.firm.id}/").content.decode()
    assert case.view.row.number in page
    for name in case.firm.told["name"]:
        assert name not in page


def test_a_task_has_an_owner_and_a_day_until_it_is_done(now: datetime, officer: Client, other: Client) -> None:
    firm = owing(now)
    told = {"text": "Telepon soal Oktober", "due_on_0": "30", "due_on_1": "11", "due_on_2": "2026"}
    assert officer.post(f"/compliance/firms/{firm.id}/", told).status_code == 302
    assert "Telepon soal Oktober" in officer.get("/follow-ups/").content.decode()
    assert "Telepon soal Oktober" not in other.get("/follow-ups/").content.decode()
    address = re.search(r"/follow-ups/\d+/", other.get("/follow-ups/?who=all").content.decode())
    assert address is not None
    assert other.post(address[0], {"do": "take"}).status_code == 302
    assert "Telepon soal Oktober" in other.get("/follow-ups/").content.decode()
    assert other.post(address[0], {"do": "finish"}).status_code == 422
    assert other.post(address[0], {"do": "finish", "outcome": "Dibayar besok"}).status_code == 302
    assert "Telepon soal Oktober" not in other.get("/follow-ups/?who=all").content.decode()
    assert "Dibayar besok" in officer.get(f"/compliance/firms/{firm.id}/").content.decode()


def test_a_task_is_never_due_yesterday_and_a_note_has_no_day(now: datetime, officer: Client) -> None:
    firm = owing(now)
    late = {"text": "x", "due_on_0": "1", "due_on_1": "11", "due_on_2": "2026"}
    assert officer.post(f"/compliance/firms/{firm.id}/", late).status_code == 422
    assert officer.post(f"/compliance/firms/{firm.id}/", {"text": "Pindah kantor"}).status_code == 302
    assert "Pindah kantor" in officer.get(f"/compliance/firms/{firm.id}/").content.decode()
    assert "Pindah kantor" not in officer.get("/follow-ups/?who=all").content.decode()


def test_an_officer_takes_and_decides_a_complaint_and_every_look_is_written_down(
    now: datetime, officer: Client
) -> None:
    case = complained(now)
    services.run_clocks(now=now + timedelta(days=11))
    address = f"/complaints/{case.id}/"
    listed = officer.get("/complaints/").content.decode()
    assert address in listed
    assert case.view.row.name not in listed
    assert case.view.row.name in officer.get(address).content.decode()
    assert officer.post(address, {"do": "take"}).status_code == 302
    assert address in officer.get("/complaints/?who=mine").content.decode()
    assert officer.post(address, {"do": "order"}).status_code == 422
    assert officer.post(address, {"do": "order", "words": "Betulkan."}).status_code == 302
    assert case.state == "ordered"
    assert officer.post(address, {"do": "close", "words": "Tutup."}).status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_trailevent WHERE act = 'complaint_read'")
        assert cursor.fetchone()[0] >= 3


@pytest.mark.parametrize("place", ["compliance/firms", "complaints", "follow-ups"])
def test_what_is_not_there_is_not_there(officer: Client, place: str) -> None:
    assert officer.get(f"/{place}/999999999/").status_code == 404


def test_an_officer_ends_the_work_at_a_silent_firm_with_day_cause_and_words(now: datetime, officer: Client) -> None:
    case = left(now - timedelta(days=14), paper=files.png())
    services.run_clocks(now=now - timedelta(days=1))
    address = f"/complaints/{case.id}/"
    page = officer.get(address).content.decode()
    for words in ("Berhenti bekerja di PT Contoh", "Catat pekerja keluar", 'value="15"', "Kantornya tutup."):
        assert words in page, words
    paper = officer.get(f"{address}evidence/")
    assert paper["Content-Disposition"] == f'attachment; filename="aduan-{case.id}.png"'
    assert officer.get(f"/complaints/{complained(now).id}/evidence/").status_code == 404
    told = {"end-last_on_0": "15", "end-last_on_1": "10", "end-last_on_2": "2026", "end-cause": "L2", "do": "end"}
    unsure = officer.post(address, told | {"end-words": "Kantor kosong."})
    assert unsure.status_code == 422
    assert "Centang" in unsure.content.decode()
    assert officer.post(address, told | {"end-sure": "on"}).status_code == 422
    late = told | {"end-words": "Kantor kosong.", "end-sure": "on", "end-last_on_2": "2027"}
    assert "Hari itu belum tiba." in officer.post(address, late).content.decode()
    assert case.state == "with_agency"
    assert officer.post(address, told | {"end-words": "Kantor kosong.", "end-sure": "on"}).status_code == 302
    page = officer.get(address).content.decode()
    assert "Petugas mencatat pekerja keluar: hari terakhir 15 Oktober 2026" in page
    assert "Catat pekerja keluar</button>" not in page
    assert case.state == "closed"
    other = complained(now - timedelta(days=14))
    services.run_clocks(now=now - timedelta(days=1))
    assert officer.post(f"/complaints/{other.id}/", told | {"end-words": "x", "end-sure": "on"}).status_code == 422
    assert other.state == "with_agency"
