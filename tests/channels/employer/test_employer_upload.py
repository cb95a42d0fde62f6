"""The page of a file, in every state it can be in, and the two acts on it."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import polars as pl
import pytest

from lindung.access.models import TrailEvent
from lindung.access.trail import SYSTEM
from lindung.channels.employer import findings
from lindung.contributions import queries as contributions
from lindung.registry.services import report_exits
from lindung.uploads import queries
from lindung.uploads import services as uploads
from tests import builders
from tests.channels.employer import desk
from tests.channels.employer.desk import NOVEMBER, OCTOBER, clerk, words
from tests.contributions.money import deposit


def firm_with_last_month(now: datetime, workers: int = 3) -> builders.Firm:
    firm = builders.firm(now=now, workers=workers, from_on=OCTOBER)
    desk.pay(builders.bill(firm, OCTOBER, now - timedelta(days=12)), now - timedelta(days=11))
    return firm


def page_of(firm: builders.Firm, upload_id: int) -> str:
    return f"/employer/{firm.id}/uploads/{upload_id}/"


@pytest.mark.django_db
def test_a_file_that_waits_shows_its_steps_and_looks_again_by_itself(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.received(firm, desk.wage_file(firm), now)
    answer = clerk(firm.id, now=now).get(page_of(firm, upload_id))
    page = words(answer)
    assert answer["Refresh"] == "2"
    assert "Sedang diperiksa" in page
    assert "Membaca berkas Menunggu" in page
    assert "Anda boleh menutup halaman ini" in page
    assert queries.reference(upload_id) in page


@pytest.mark.django_db
def test_a_page_that_is_told_to_stay_still_does(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.received(firm, desk.wage_file(firm), now)
    answer = clerk(firm.id, now=now).get(page_of(firm, upload_id) + "?still=1")
    assert "Refresh" not in answer
    assert f'href="{page_of(firm, upload_id)}"' in answer.content.decode()


@pytest.mark.django_db
def test_who_waits_longer_is_reloaded_less_often(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.received(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    monkeypatch.setattr("lindung.lib.clock.now", lambda: now + timedelta(minutes=2))
    assert client.get(page_of(firm, upload_id))["Refresh"] == "5"


@pytest.mark.django_db
def test_true_progress_is_shown_row_by_row(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.received(firm, desk.wage_file(firm), now)
    found = queries.upload(firm.id, upload_id)
    assert found is not None
    moved = queries.ProgressView("matching", "", 4_500, 9_000, now)
    monkeypatch.setattr(queries, "upload", lambda *_: replace(found, progress=moved))
    page = words(clerk(firm.id, now=now).get(page_of(firm, upload_id)))
    assert "4.500 dari 9.000 baris dicocokkan" in page
    assert "Membaca berkas Selesai Mencocokkan pekerja Sedang berjalan Menghitung iuran Menunggu" in page


@pytest.mark.django_db
def test_a_clean_file_shows_cost_by_programme_and_share_and_asks_for_a_yes(now: datetime) -> None:
    firm = firm_with_last_month(now)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    answer = clerk(firm.id, now=now).get(page_of(firm, upload_id))
    page = words(answer)
    assert "Refresh" not in answer
    # 10,000,000 at class II: 954,000 for each of three, 300,000 of them from the worker.
    assert "Jaminan Hari Tua (JHT) Rp1.110.000 Rp600.000 Rp1.710.000" in page
    assert "Jumlah Rp1.962.000 Rp900.000 Rp2.862.000" in page
    assert "Kirim dan terbitkan tagihan Rp2.862.000" in page
    assert "PP 46/2015 Pasal 16" in page
    assert 'type="checkbox"' not in answer.content.decode()


@pytest.mark.django_db
def test_a_clean_file_shows_who_joined_left_and_earns_more_or_less(now: datetime) -> None:
    firm = firm_with_last_month(now, workers=4)
    lines = desk.wage_file(firm).decode().splitlines()
    lines[1] = lines[1].replace("10000000", "10500000")
    lines[2] = lines[2].replace("10000000", "9000000")
    upload_id = desk.checked(firm, "\n".join(lines[:4]).encode(), now)
    client = clerk(firm.id, now=now)
    answer = client.get(page_of(firm, upload_id))
    page = words(answer)
    assert "+ Rp500.000" in page
    assert "−Rp1.000.000" in page
    assert "Tidak dilaporkan 1" in page
    assert "Sama 1" in page
    # The longer difference is drawn to the full width, the other in proportion.
    drawn = answer.content.decode()
    assert f'width="{findings.BAR_WIDTH}"' in drawn
    assert f'width="{findings.BAR_WIDTH // 2}"' in drawn
    only_up = words(client.get(page_of(firm, upload_id) + "changes/?kind=up"))
    assert "+ Rp500.000" in only_up
    assert "−Rp1.000.000" not in only_up


@pytest.mark.django_db
def test_warnings_and_missing_workers_are_ticked_before_a_bill_is_issued(now: datetime) -> None:
    firm = firm_with_last_month(now)
    upload_id = desk.checked(firm, desk.wage_file(firm, wage="90000000", only=2), now)
    client = clerk(firm.id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    assert "1 pekerja Anda tidak dilaporkan" in page
    assert "2 upah naik lima kali lipat atau turun separuh. Benar?" in page
    assert "Upah naik dari" not in page, "asked about once, not listed among the warnings too"
    refused = client.post(page_of(firm, upload_id) + "confirm/")
    assert refused.status_code == 422
    assert "Centang untuk melanjutkan: saya sudah memeriksa 1 peringatan" in words(refused)
    assert "Centang untuk melanjutkan: benar, 2 upah ini memang berubah" in words(refused)
    for ticked in ("read", "sure"):
        client.post(page_of(firm, upload_id) + "confirm/", {ticked: "on"})
        assert _state(firm, upload_id) == "checked"
    assert client.post(page_of(firm, upload_id) + "confirm/", {"read": "on", "sure": "on"}).status_code == 302
    assert _state(firm, upload_id) == "confirmed"


@pytest.mark.django_db
def test_a_yes_said_twice_makes_one_bill(now: datetime) -> None:
    firm = firm_with_last_month(now)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    for _ in range(2):
        answer = client.post(page_of(firm, upload_id) + "confirm/")
        assert (answer.status_code, answer["Location"]) == (302, page_of(firm, upload_id))
    assert "Menerbitkan tagihan Menunggu" in words(client.get(page_of(firm, upload_id)))
    for _ in range(2):
        uploads.book_upload(upload_id=upload_id, now=now)
    client.post(page_of(firm, upload_id) + "confirm/")
    bills = [bill for bill in contributions.bills_of(employer_id=firm.id) if bill.period == NOVEMBER]
    assert len(bills) == 1
    page = client.get(page_of(firm, upload_id))
    assert "Tagihan November 2026 sudah terbit" in words(page)
    assert f'href="/employer/{firm.id}/bills/{bills[0].id}/"' in page.content.decode()
    assert TrailEvent.objects.filter(object_kind="upload", object_id=upload_id, act="upload_confirmed").count() == 1


@pytest.mark.django_db
def test_a_faulty_file_gives_every_fault_at_once_and_is_not_agreed_to_as_it_is(now: datetime) -> None:
    firm = firm_with_last_month(now)
    lines = desk.wage_file(firm).decode().splitlines()
    lines[1] = lines[1].replace("10000000", "0")
    lines[2] = lines[2].replace("10000000", "4.5")
    upload_id = desk.checked(firm, "\n".join([*lines, "99999999999;Orang Lain;5000000"]).encode(), now)
    client = clerk(firm.id, now=now)
    answer = client.get(page_of(firm, upload_id))
    page = words(answer)
    assert "3 hal perlu diperbaiki" in page
    for said in ("Sel C2 UPAH 0 Upah nol.", "Sel C3 UPAH 4.5", "Baris 5", "Bukan pekerja Anda pada bulan ini."):
        assert said in page, said
    assert "Kirim dan terbitkan" not in page
    client.post(page_of(firm, upload_id) + "confirm/", {"read": "on"})
    assert _state(firm, upload_id) == "checked"


@pytest.mark.django_db
def test_back_pay_needs_a_yes_of_its_own_and_is_still_told_when_the_bill_is_there(now: datetime) -> None:
    firm = firm_with_last_month(now)
    lines = desk.wage_file(firm).decode().splitlines()
    content = "\n".join([f"{lines[0]};RAPEL", f"{lines[1]};500000", *(f"{line};0" for line in lines[2:])])
    upload_id = desk.checked(firm, content.encode(), now)
    client = clerk(firm.id, now=now)
    said = "Rapel Rp500.000 tidak ikut tagihan ini"
    assert said in words(client.get(page_of(firm, upload_id)))
    rows = words(client.get(f"{page_of(firm, upload_id)}faults/?severity=warning&kind=back_pay"))
    assert "Sel D2 RAPEL 500000 Rapel Rp500.000 milik bulan lain" in rows
    refused = client.post(page_of(firm, upload_id) + "confirm/", {"read": "on"})
    assert "Centang untuk melanjutkan: benar, rapel Rp500.000 tidak ikut tagihan ini." in words(refused)
    client.post(page_of(firm, upload_id) + "confirm/", {"back_pay": "on"})
    uploads.book_upload(upload_id=upload_id, now=now)
    assert said in words(client.get(page_of(firm, upload_id)))
    (bill, _) = contributions.bills_of(employer_id=firm.id)
    assert bill.wage_rupiah == 30_000_000


@pytest.mark.django_db
def test_wrong_rows_are_left_out_only_by_a_yes_of_its_own_and_are_named(now: datetime) -> None:
    firm = firm_with_last_month(now)
    lines = desk.wage_file(firm).decode().splitlines()
    lines[1] = lines[1].replace("10000000", "0")
    upload_id = desk.checked(firm, "\n".join([*lines, "99999999999;Orang Lain;5000000"]).encode(), now)
    client = clerk(firm.id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    offered = page.split("Atau terbitkan tagihan tanpa mereka")[1]
    assert firm.told["name"][0] in offered
    assert firm.told["name"][1] not in offered
    assert "1 baris lain juga tidak ikut: kami tidak mengenali pekerjanya." in offered
    refused = client.post(page_of(firm, upload_id) + "confirm/", {"read": "on"})
    assert refused.status_code == 422
    assert "benar, 2 baris yang salah tidak ikut tagihan ini" in words(refused)
    assert client.post(page_of(firm, upload_id) + "confirm/", {"without": "on"}).status_code == 302
    uploads.book_upload(upload_id=upload_id, now=now)
    assert "1 pekerja tidak dilaporkan bulan ini" in words(client.get(page_of(firm, upload_id)))
    billed = contributions.wages_in(employer_id=firm.id, period=NOVEMBER)["person_id"]
    assert set(billed) == set(firm.people["person_id"][1:])


@pytest.mark.django_db
def test_faults_are_found_by_kind_and_by_page(now: datetime) -> None:
    firm = firm_with_last_month(now, workers=60)
    lines = desk.wage_file(firm, wage="0").decode().splitlines()
    lines[1] = lines[1].replace(";0", ";-5")
    upload_id = desk.checked(firm, "\n".join(lines).encode(), now)
    client = clerk(firm.id, now=now)
    first = client.get(page_of(firm, upload_id) + "faults/")
    assert first.content.decode().count('<th scope="row">Sel C') == 50
    assert client.get(page_of(firm, upload_id) + "faults/?page=2").content.decode().count("Sel C") == 10
    one_kind = client.get(page_of(firm, upload_id) + "faults/?kind=wage_negative").content.decode()
    assert one_kind.count("Sel C") == 1
    many = client.get(page_of(firm, upload_id) + "faults/?kind=wage_zero&page=2").content.decode()
    assert many.count("Sel C") == 9
    assert "Hanya masalah ini" in many
    for odd in ("?page=x", "?page=-1", "?page=99999999999999999999", "?kind=nothing"):
        assert client.get(page_of(firm, upload_id) + "faults/" + odd).status_code == 200, odd
    assert client.get(page_of(firm, upload_id) + "faults/?severity=nothing").status_code == 404


@pytest.mark.django_db
def test_the_file_that_goes_back_says_in_its_first_column_what_to_mend(now: datetime) -> None:
    firm = firm_with_last_month(now)
    upload_id = desk.checked(firm, desk.wage_file(firm, wage="0"), now)
    client = clerk(firm.id, now=now)
    answer = client.get(page_of(firm, upload_id) + "annotated/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert "Upah nol." in str(sheet.cell(2, 1).value)
    assert "attachment" in answer["Content-Disposition"]
    clean = desk.checked(firm, desk.wage_file(firm), now)
    assert client.get(page_of(firm, clean) + "annotated/").status_code == 404


@pytest.mark.django_db
def test_a_refused_file_says_why_what_to_do_and_whom_to_ask(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.checked(firm, b"a;b\n1;2\n", now)
    page = words(clerk(firm.id, now=now).get(page_of(firm, upload_id)))
    assert "Judul kolom tidak ditemukan" in page
    assert "Kirim berkas lain" in page
    assert "175" in page


@pytest.mark.django_db
@pytest.mark.parametrize("make", [desk.received, desk.checked], ids=["unchecked", "checked"])
def test_a_file_can_be_dropped_until_it_is_agreed_to(now: datetime, make: Any) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = make(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    for _ in range(2):
        assert client.post(page_of(firm, upload_id) + "cancel/")["Location"] == page_of(firm, upload_id)
    assert _state(firm, upload_id) == "cancelled"
    assert "Berkas ini Anda batalkan" in words(client.get(page_of(firm, upload_id)))


@pytest.mark.django_db
def test_a_file_that_is_agreed_to_is_not_dropped_any_more(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    client.post(page_of(firm, upload_id) + "confirm/")
    assert client.post(page_of(firm, upload_id) + "cancel/").status_code == 302
    assert _state(firm, upload_id) == "confirmed"


@pytest.mark.django_db
def test_a_file_for_a_month_that_was_billed_from_another_leads_to_that_bill(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    issued = builders.bill(firm, NOVEMBER, now)
    client = clerk(firm.id, now=now)
    answer = client.get(page_of(firm, upload_id))
    assert "Bulan ini sudah ditagih" in words(answer)
    assert f'href="/employer/{firm.id}/bills/{issued.bill_id}/"' in answer.content.decode()
    assert "terbitkan" not in words(answer)


@pytest.mark.django_db
def test_a_worker_who_left_meanwhile_sends_the_file_back_to_be_checked_again(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=OCTOBER)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    client.post(page_of(firm, upload_id) + "confirm/")
    exits = firm.people.head(1).select("employment_id", until_on=pl.lit(date(2026, 11, 1)), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)
    uploads.book_upload(upload_id=upload_id, now=now)
    assert "Data pekerja berubah sejak Anda setuju" in words(client.get(page_of(firm, upload_id)))


@pytest.mark.django_db
@pytest.mark.parametrize("rest", ["", "faults/", "changes/", "annotated/", "confirm/", "cancel/"])
def test_a_file_of_another_firm_is_not_there_in_any_way(now: datetime, rest: str) -> None:
    mine, theirs = builders.firm(now=now, workers=1), builders.firm(now=now, workers=1, from_on=NOVEMBER)
    upload_id = desk.checked(theirs, desk.wage_file(theirs), now)
    client = clerk(mine.id, now=now)
    for owner in (mine, theirs):
        there = page_of(owner, upload_id) + rest
        absent = page_of(owner, 999_999_999) + rest
        if rest != "cancel/":
            assert client.get(there).status_code == client.get(absent).status_code == 404
        if rest in ("confirm/", "cancel/"):
            assert client.post(there, {"read": "on"}).status_code == client.post(absent).status_code == 404
    assert _state(theirs, upload_id) == "checked"


@pytest.mark.django_db
def test_looking_changes_nothing(now: datetime) -> None:
    firm = firm_with_last_month(now)
    upload_id = desk.checked(firm, desk.wage_file(firm), now)
    client = clerk(firm.id, now=now)
    before = TrailEvent.objects.count()
    for rest in ("", "faults/", "changes/", "confirm/", "annotated/"):
        client.get(page_of(firm, upload_id) + rest)
    assert client.get(page_of(firm, upload_id) + "cancel/").status_code == 405
    assert _state(firm, upload_id) == "checked"
    assert TrailEvent.objects.count() == before


def _state(firm: builders.Firm, upload_id: int) -> str:
    found = queries.upload(firm.id, upload_id)
    assert found is not None
    return found.state


@pytest.mark.django_db
def test_a_month_that_credit_pays_says_so_before_and_asks_for_nothing_after(now: datetime) -> None:
    firm = firm_with_last_month(now, workers=1)
    deposit(firm, 5_000_000, now)
    client, upload_id = clerk(firm.id, now=now), desk.checked(firm, desk.wage_file(firm), now)
    assert "Saldo perusahaan Rp5.000.000 membayar lebih dulu" in words(client.get(page_of(firm, upload_id)))
    client.post(page_of(firm, upload_id) + "confirm/", {"read": "on"})
    uploads.book_upload(upload_id=upload_id, now=now)
    page = words(client.get(page_of(firm, upload_id)))
    assert "Tidak ada yang perlu dibayar" in page
    assert "Bayar tagihan lewat bank" not in page
