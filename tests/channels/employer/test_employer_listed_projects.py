"""A firm registers a project by wages, lists a month on screen or by file, pays it, and puts it right."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lindung.channels.employer import project_lists, project_table
from lindung.contributions.project_queries import projects_of
from lindung.uploads import services as uploads
from lindung.uploads.models import Draft
from tests import builders
from tests.channels.employer.test_employer_projects import TOLD as VALUE_TOLD
from tests.channels.test_routes import signed_in
from tests.contributions.listed_projects import NOVEMBER, OCTOBER, list_month, listed_project, project_of, wage_rows
from tests.contributions.money import pay
from tests.contributions.self_payers import project
from tests.contributions.test_projects import bill_stage

pytestmark = pytest.mark.django_db
SITI = "9901014203900001"
FACTS = {
    name: value for name, value in VALUE_TOLD.items() if name.startswith(("name", "work_order", "from_on", "last_on"))
}


def _text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _desk(now: datetime) -> tuple[Client, builders.Firm, str]:
    firm = builders.firm(now=now)
    return signed_in("employer", "hr", firm.id, now), firm, f"/employer/{firm.id}/projects/"


def _typed(*rows: tuple[str, str, str, bool], do: str = "send") -> dict[str, str]:
    data = {"rows": str(len(rows)), "do": do}
    for place, (name, nik, wage, daily) in enumerate(rows):
        data |= {f"name-{place}": name, f"nik-{place}": nik, f"wage-{place}": wage}
        data |= {f"daily-{place}": "on"} if daily else {}
    return data


def _agreed(client: Client, firm: builders.Firm, address: str, now: datetime) -> None:
    """Say yes on the page of the upload; the job books it."""
    upload_id = int(address.rstrip("/").rsplit("/", 1)[1])
    assert client.post(f"{address}confirm/").status_code == 302
    uploads.book_upload(upload_id=upload_id, now=now)


def test_what_is_typed_of_a_month_is_kept_until_it_is_sent_or_begun_again(now: datetime) -> None:
    client, firm, desk = _desk(now)
    months = [f"{desk}{listed_project(firm.id, now, name=name)}/months/2026/10/" for name in ("Gedung", "Pagar")]
    rows = [("Siti Contoh", SITI, "3 juta", False), ("Budi Contoh", "", "tiga", True)]
    assert client.post(f"{months[0]}table/", _typed(*rows, do="keep"))["Location"] == f"{months[0]}table/"
    # Opened again, tomorrow or by somebody else, it stands as it was typed, faults and all; of this project alone.
    page = client.get(f"{months[0]}table/")
    assert "Isian Anda tersimpan" in _text(page)
    assert 'value="tiga"' in page.content.decode()
    assert re.search(r'name="daily-1"[^>]*checked', page.content.decode())
    assert "Lanjutkan isian" in _text(client.get(f"{months[0]}list/"))
    assert "tersimpan" not in _text(client.get(f"{months[1]}table/"))
    assert SITI.encode() not in bytes(Draft.objects.get().typed_encrypted)
    client.post(f"{months[0]}table/", {"do": "again"})
    assert "tersimpan" not in _text(client.get(f"{months[0]}table/"))
    # A fault keeps what was typed too; once the list is booked nothing is kept.
    assert client.post(f"{months[0]}table/", _typed(*rows)).status_code == 422
    assert 'value="tiga"' in client.get(f"{months[0]}table/").content.decode()
    sent = client.post(f"{months[0]}table/", _typed(rows[0]))
    _agreed(client, firm, sent["Location"], now)
    assert not Draft.objects.exists()


def test_a_project_is_registered_its_month_typed_agreed_to_and_paid(now: datetime) -> None:
    client, firm, desk = _desk(now)
    asked = _text(client.get(f"{desk}new/wages/"))
    assert "1,74% dari upah sebulan" in asked
    assert "Permenaker 5/2021 Pasal 71" in asked
    told = {**FACTS, "from_on_1": "10", "from_on_0": "1"}
    answer = client.post(f"{desk}new/wages/", told)
    (view,) = projects_of(employer_id=firm.id)
    page = f"{desk}{view.project.pk}/"
    assert answer["Location"] == page
    shown = _text(client.get(page))
    assert "Ada bulan tanpa daftar upah" in shown
    assert "Daftar upah Oktober 2026" in shown
    month = f"{page}months/2026/10/"
    assert "Daftar upahnya belum ada" in _text(client.get(month))
    assert "Nama, NIK bila ada, dan upahnya." in _text(client.get(f"{month}list/"))
    assert len(re.findall(r'name="name-\d"', client.get(f"{month}table/").content.decode())) == 5
    sent = client.post(
        f"{month}table/", _typed(("Siti Contoh", SITI, "3 juta", False), ("Budi Contoh", "", "400.000,00", True))
    )
    looked = _text(client.get(sent["Location"]))
    assert "Iuran Oktober 2026 Rp265.200" in looked
    assert "Siti Contoh berakhir 0001 Baru" in looked
    assert "Batasnya 16 November 2026 sudah lewat, jadi bayar sekarang" in looked
    assert project_of(firm, view.project.pk).lists == ()
    _agreed(client, firm, sent["Location"], now)
    assert "Daftar upah Oktober 2026 sudah dicatat" in _text(client.get(sent["Location"]))
    listed = _text(client.get(month))
    assert "Siti Contoh berakhir 0001 Rp3.000.000 Rp52.200 Rp9.000 Rp61.200" in listed
    assert "1,74% dari upah Rp10.000.000 = Rp174.000" in listed
    assert client.post(f"{page}stages/1/bill/")["Location"] == month
    assert client.get(month)["Refresh"] == "15"
    order = bill_stage(firm.id, view.project.pk, 1, now)
    assert order.repeated
    pay(order.customer_no, order.amount_rupiah, now)
    assert "Lunas" in _text(client.get(month))
    assert client.get(f"{page}stages/1/receipt/").content.startswith(b"%PDF")
    after = _text(client.get(page))
    assert "Pekerja proyek ini dilindungi" in after
    assert "Daftar upah November 2026" in after
    assert "Rp265.200" in _text(client.get(desk))


def test_what_is_typed_wrong_is_told_beside_its_box_and_nothing_is_kept(now: datetime) -> None:
    client, firm, desk = _desk(now)
    table = f"{desk}{listed_project(firm.id, now)}/months/2026/10/table/"
    wrong = _typed(("Siti Contoh", "123", "3 juta", False), ("", "", "", False), ("Budi Contoh", "", "4.500", True))
    answer = client.post(table, wrong)
    assert answer.status_code == 422
    page = _text(answer)
    assert "NIK harus 16 angka. Anda menulis 3 angka." in page
    assert 'id="id_wage-2_error"' in answer.content.decode()
    assert 'value="4.500"' in answer.content.decode()
    assert "Isi paling sedikit satu pekerja" in _text(client.post(table, _typed(("", "", " ", False))))
    more = client.post(table, _typed(("Siti Contoh", "", "3 juta", False), do="more"))
    assert more.status_code == 200
    assert 'name="name-5"' in more.content.decode()
    assert 'value="Siti Contoh"' in more.content.decode()
    assert client.post(table, {"rows": "x", "do": "send"}).status_code == 422


def test_a_list_that_is_too_long_for_the_screen_goes_by_a_file(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    client, firm, desk = _desk(now)
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, OCTOBER, wage_rows(3_000_000, 4_000_000), now)
    for module in (project_lists, project_table):
        monkeypatch.setattr(module, "MOST_ROWS", 1)
    month = f"{desk}{project_id}/months/2026/11/"
    assert "terlalu panjang untuk layar" in _text(client.get(f"{month}list/"))
    assert client.get(f"{month}table/")["Location"] == f"{month}list/"


def test_a_list_comes_as_a_file_and_a_corrected_one_says_what_becomes_credit(now: datetime) -> None:
    client, firm, desk = _desk(now)
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, OCTOBER, wage_rows(10_000_000, niks=(SITI,)), now)
    order = bill_stage(firm.id, project_id, 1, now)
    pay(order.customer_no, order.amount_rupiah, now)
    month = f"{desk}{project_id}/months/2026/10/"
    entry = _text(client.get(f"{month}list/"))
    assert "Kekurangannya Anda bayar, kelebihannya menjadi saldo." in entry
    assert "Tidak ada yang bekerja bulan itu?" not in entry
    assert "kami pakai yang berakhir 0001" in _text(client.get(f"{month}table/"))
    assert client.get(f"{month}template/")["Content-Disposition"].count("upah_proyek-JK2026")
    content = b"NAMA;UPAH\nPekerja A Contoh;3000000\n"
    sent = client.post(f"{month}list/", {"wages": SimpleUploadedFile("proyek.csv", content)})
    address = sent["Location"]
    uploads.check_upload(upload_id=int(address.rstrip("/").rsplit("/", 1)[1]), now=now)
    looked = _text(client.get(address))
    assert "Catat daftar ini, saldo Rp142.800" in looked
    assert "Rp142.800 yang terlanjur lebih dibayar menjadi saldo perusahaan." in looked
    assert "Upah Oktober 2026 turun dari Rp10.000.000 menjadi Rp3.000.000." in looked
    assert "Pekerja A Contoh" in _text(client.get(f"{address}preview/"))
    client.post(f"{address}confirm/", {"read": "on"})
    uploads.book_upload(upload_id=int(address.rstrip("/").rsplit("/", 1)[1]), now=now)
    assert "menjadi saldo perusahaan" in _text(client.get(month))
    moved = _text(client.get(f"/employer/{firm.id}/bills/credit/"))
    assert "Daftar upah Oktober 2026 Gedung Contoh diperbaiki Rp142.800" in moved
    again = client.post(f"{month}list/", {"wages": SimpleUploadedFile("proyek.csv", content)})
    assert again["Location"] == f"{address}?again=1"
    unread = client.post(f"{month}list/", {"wages": SimpleUploadedFile("a.csv", b"Tukang;Bayaran\nSiti;3000000\n")})
    uploads.check_upload(upload_id=int(unread["Location"].rstrip("/").rsplit("/", 1)[1]), now=now)
    columns = f"{unread['Location']}columns/"
    assert client.post(columns, {"name": "Tukang", "wage": "Bayaran"}).status_code == 302
    assert "Tukang" in _text(client.get(f"{month}list/"))
    assert client.post(f"/employer/{firm.id}/columns/project_wages/forget/")["Location"] == desk


def test_a_month_without_work_is_said_with_one_press_and_only_once(now: datetime) -> None:
    client, firm, desk = _desk(now)
    project_id = listed_project(firm.id, now)
    month = f"{desk}{project_id}/months/2026/11/"
    assert client.post(f"{month}nobody/")["Location"] == month
    assert "Tidak ada iuran" in _text(client.get(month))
    assert client.post(f"{month}nobody/")["Location"] == month
    assert len(project_of(firm, project_id).month(NOVEMBER).lists) == 1


def test_who_may_not_see_workers_sees_sums_alone(now: datetime) -> None:
    firm = builders.firm(now=now)
    project_id = listed_project(firm.id, now)
    list_month(firm, project_id, OCTOBER, wage_rows(10_000_000), now)
    admin = signed_in("employer", "firm_admin", firm.id, now)
    answer = admin.get(f"/employer/{firm.id}/projects/{project_id}/months/2026/10/")
    assert "Rp204.000" in _text(answer)
    assert "Pekerja A Contoh" not in _text(answer)
    assert "Perbaiki daftar ini" not in _text(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Isi nama proyek"),
        ({"last_on_2": "2026", "last_on_1": "11", "last_on_0": "1"}, "Hari terakhir ini sebelum proyek mulai"),
        ({"work_order_on_2": "2026", "work_order_on_1": "12", "work_order_on_0": "1"}, "Tanggal ini belum tiba"),
        ({"from_on_2": "2012", "work_order_on_2": "2012"}, "2015"),
    ],
)
def test_what_cannot_be_a_project_is_told_beside_its_field(wrong: dict[str, str], said: str, now: datetime) -> None:
    client, firm, desk = _desk(now)
    answer = client.post(f"{desk}new/wages/", {**FACTS, **wrong})
    assert answer.status_code == 422
    assert said in _text(answer)
    assert projects_of(employer_id=firm.id) == []


def test_months_that_are_none_and_projects_of_others_or_of_a_value_are_not_there(now: datetime) -> None:
    client, firm, desk = _desk(now)
    other = builders.firm(now=now)
    mine, by_value, theirs = listed_project(firm.id, now), project(firm.id, now), listed_project(other.id, now)
    assert client.get(f"{desk}{mine}/value/").status_code == 404
    for project_id, month in ((mine, "2026/8"), (mine, "2026/12"), (by_value, "2026/10"), (theirs, "2026/10")):
        for end in ("", "list/", "table/", "template/"):
            assert client.get(f"{desk}{project_id}/months/{month}/{end}").status_code == 404
        assert client.post(f"{desk}{project_id}/months/{month}/nobody/").status_code == 404
