"""Files about workers on the way: which kind, what was found, what would be recorded, the yes to all or a part."""

import io
from datetime import datetime

import openpyxl
import pytest

from lindung.access.models import TrailEvent
from lindung.registry import staff_queries
from lindung.uploads import queries
from lindung.uploads import services as uploads
from tests import builders
from tests.channels.employer import desk, staff
from tests.channels.employer.desk import clerk, words
from tests.uploads import people

pytestmark = pytest.mark.django_db
KINDS = ("new_workers", "continuing_workers", "exits", "corrections")


def files_of(firm: builders.Firm, kind: str = "") -> str:
    return f"/employer/{firm.id}/workers/files/{f'{kind}/' if kind else ''}"


def page_of(firm: builders.Firm, upload_id: int) -> str:
    return f"/employer/{firm.id}/uploads/{upload_id}/"


def test_every_kind_says_what_it_needs_and_gives_its_form(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    page = client.get(files_of(firm)).content.decode()
    for kind in KINDS:
        assert f'href="{files_of(firm, kind)}"' in page
        assert f'href="{files_of(firm, kind)}template/"' in page
        answer = client.get(f"{files_of(firm, kind)}template/")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert {cell.value for cell in sheet[1]} >= set(people.HEADINGS[kind])
        assert firm.npp in answer["Content-Disposition"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_sent_leads_to_its_page(now: datetime, kind: str) -> None:
    firm = builders.firm(now=now, workers=2)
    client = clerk(firm.id, now=now)
    rows = {
        "new_workers": [people.new_worker()],
        "continuing_workers": [people.continuing_worker(builders.firm(now=now, workers=1))],
        "exits": [people.leaver(firm)],
        "corrections": [people.correction(firm)],
    }[kind]
    sent = desk.as_sent(staff.file_of(kind, rows), "berkas.xlsx")
    answer = client.post(files_of(firm, kind), {"workers": sent})
    assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert "Membaca berkas" in page
    assert "berkas.xlsx" in words(client.get(files_of(firm)))


def test_a_form_without_a_file_and_one_that_is_none_say_what_to_do(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    missing = client.post(files_of(firm, "exits"))
    assert missing.status_code == 422
    assert "Pilih berkas pekerja keluar." in words(missing)
    wrong = client.post(files_of(firm, "exits"), {"workers": desk.as_sent(b"%PDF-1.4", "x.xlsx")})
    assert wrong.status_code == 422
    assert "bukan Excel" in words(wrong)


def test_a_kind_that_there_is_not_is_not_there(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    for kind in ("wage_report", "x"):
        assert client.get(files_of(firm, kind)).status_code == 404
        assert client.get(f"{files_of(firm, kind)}template/").status_code == 404


def test_the_same_file_sent_twice_leads_to_the_first(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    client = clerk(firm.id, now=now)
    content = staff.file_of("exits", [people.leaver(firm)])
    first, second = (
        client.post(files_of(firm, "exits"), {"workers": desk.as_sent(content, "keluar.xlsx")}) for _ in range(2)
    )
    assert second["Location"] == f"{first['Location']}?again=1"
    assert "Berkas ini sudah kami terima" in words(client.get(second["Location"]))


def test_a_clean_list_shows_who_would_be_recorded_and_asks_for_a_yes(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    rows = people.new_workers(3)
    upload_id = staff.sent(firm, "new_workers", rows, now)
    page = words(clerk(firm.id, now=now).get(page_of(firm, upload_id)))
    assert "Pekerja baru 3" in page
    assert "Daftarkan 3 pekerja" in page
    for row in rows:
        assert str(row["NAMA_LENGKAP"]) in page
    assert "Rp5.000.000" in page


def test_a_yes_leads_to_the_registration(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    upload_id = staff.sent(firm, "new_workers", people.new_workers(2), now)
    client = clerk(firm.id, now=now)
    for _ in range(2):
        assert client.post(f"{page_of(firm, upload_id)}confirm/")["Location"] == page_of(firm, upload_id)
    assert "Mendaftarkan pekerja" in words(client.get(page_of(firm, upload_id)))
    uploads.book_upload(upload_id=upload_id, now=now)
    address = client.get(page_of(firm, upload_id))["Location"]
    page = words(client.get(address))
    assert "Pendaftaran 2 pekerja" in page
    assert "0 dari 2 pekerja sudah selesai" in page
    assert "pekerja.xlsx" in page


def test_a_list_with_faults_shows_all_of_them_and_offers_the_right_rows(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    rows = people.new_workers(5)
    rows[1]["NOMOR_IDENTITAS"] = "123"
    rows[3]["JENIS_KELAMIN"] = "X"
    upload_id = staff.sent(firm, "new_workers", rows, now)
    client = clerk(firm.id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    assert "2 hal perlu diperbaiki" in page
    assert "NIK harus 16 angka. Anda menulis 3 angka." in page
    assert "Belum ada yang dicatat." in page
    assert "Kirim 3 yang benar, perbaiki 2" in page
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{page_of(firm, upload_id)}annotated/").content)).worksheets[
        0
    ]
    assert "NIK harus 16 angka" in str(sheet.cell(3, 1).value)


def test_the_right_rows_alone_are_registered_and_the_rest_stays_to_be_mended(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    rows = people.new_workers(3)
    rows[0]["NOMOR_IDENTITAS"] = "123"
    upload_id = staff.sent(firm, "new_workers", rows, now)
    client = clerk(firm.id, now=now)
    client.post(f"{page_of(firm, upload_id)}confirm/")
    uploads.book_upload(upload_id=upload_id, now=now)
    answer = client.get(page_of(firm, upload_id))
    page = client.get(answer["Location"])
    assert "Pendaftaran 2 pekerja" in words(page)
    assert "1 baris belum dikirim" in words(page)
    assert f'href="{page_of(firm, upload_id)}annotated/"' in page.content.decode()


def test_warnings_are_ticked_before_a_part_is_sent_too(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    rows = people.new_workers(2)
    rows[0]["NOMOR_IDENTITAS"] = "123"
    rows[1]["UPAH"] = 450
    upload_id = staff.sent(firm, "new_workers", rows, now)
    client = clerk(firm.id, now=now)
    refused = client.post(f"{page_of(firm, upload_id)}confirm/")
    assert refused.status_code == 422
    assert "Centang untuk melanjutkan" in words(refused)
    assert "kurang dari Rp500.000" in words(refused)
    assert client.post(f"{page_of(firm, upload_id)}confirm/", {"read": "on"}).status_code == 302


def test_exits_by_file_say_what_they_mean_and_are_recorded(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    upload_id = staff.sent(firm, "exits", [people.leaver(firm)], now)
    client = clerk(firm.id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    assert "Laporkan 1 pekerja keluar" in page
    assert "Mengundurkan diri" in page
    assert "20 November 2026" in page
    assert "tidak bisa dibatalkan dari sini" in page
    client.post(f"{page_of(firm, upload_id)}confirm/")
    uploads.book_upload(upload_id=upload_id, now=now)
    done = words(client.get(page_of(firm, upload_id)))
    assert "1 pekerja dicatat keluar" in done
    assert queries.reference(upload_id) in done
    assert staff_queries.worker_counts(firm.id)["left"] == 1


def test_corrections_by_file_tell_what_changes(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    upload_id = staff.sent(firm, "corrections", [people.correction(firm)], now)
    client = clerk(firm.id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    assert "Ubah data 1 pekerja" in page
    assert "lokasi kerja" in page
    client.post(f"{page_of(firm, upload_id)}confirm/")
    uploads.book_upload(upload_id=upload_id, now=now)
    assert "Data 1 pekerja diubah" in words(client.get(page_of(firm, upload_id)))


def test_who_would_be_recorded_has_pages_of_its_own(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    rows = people.new_workers(52)
    upload_id = staff.sent(firm, "new_workers", rows, now)
    client = clerk(firm.id, now=now)
    assert "Lihat semua 52 pekerja" in words(client.get(page_of(firm, upload_id)))
    first = words(client.get(f"{page_of(firm, upload_id)}preview/"))
    second = words(client.get(f"{page_of(firm, upload_id)}preview/?page=2"))
    assert str(rows[0]["NAMA_LENGKAP"]) in first
    assert str(rows[51]["NAMA_LENGKAP"]) in second


def test_a_months_wages_have_no_such_page_and_workers_have_no_changes(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=desk.NOVEMBER)
    wages = desk.checked(firm, desk.wage_file(firm), now)
    workers = staff.sent(firm, "exits", [people.leaver(firm)], now)
    client = clerk(firm.id, now=now)
    assert client.get(f"{page_of(firm, wages)}preview/").status_code == 404
    assert client.get(f"{page_of(firm, workers)}changes/").status_code == 404


@pytest.mark.parametrize("rest", ["", "faults/", "preview/", "annotated/", "confirm/", "cancel/"])
def test_a_file_of_another_firm_is_not_there_in_any_way(now: datetime, rest: str) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1)
    upload_id = staff.sent(theirs, "exits", [people.leaver(theirs)], now)
    client = clerk(mine.id, now=now)
    for owner in (mine, theirs):
        if rest != "cancel/":
            assert client.get(page_of(owner, upload_id) + rest).status_code == 404
        if rest in ("confirm/", "cancel/"):
            assert client.post(page_of(owner, upload_id) + rest, {"read": "on"}).status_code == 404
    found = queries.upload(theirs.id, upload_id)
    assert found is not None
    assert found.state == "checked"


def test_looking_changes_nothing(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    upload_id = staff.sent(firm, "exits", [people.leaver(firm)], now)
    client = clerk(firm.id, now=now)
    before = TrailEvent.objects.count()
    for rest in ("", "faults/", "preview/", "confirm/"):
        client.get(page_of(firm, upload_id) + rest)
    assert TrailEvent.objects.count() == before
