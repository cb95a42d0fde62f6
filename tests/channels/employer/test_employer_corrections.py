"""Billed wages put right by file or from back pay: what it comes to is seen first, then agreed to, month by month."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import polars as pl
import pytest
from django.test import Client

from lindung.contributions import queries as contributions
from lindung.lib import clock
from lindung.registry.queries import employments_in
from lindung.uploads import services as uploads
from lindung.uploads.models import Upload
from tests import builders
from tests.builders import Firm
from tests.channels.employer import desk
from tests.channels.employer.desk import NOVEMBER, OCTOBER, clerk, words
from tests.contributions import money

SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def early(now: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Before October is due."""
    before = now - timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: before)
    return before


@pytest.fixture
def firm(early: datetime) -> Firm:
    made = builders.firm(now=early, workers=2)
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        builders.bill(made, month, early)
    return made


def page_of(firm: Firm, upload_id: int) -> str:
    return f"/employer/{firm.id}/uploads/{upload_id}/"


def sending(firm: Firm) -> str:
    return f"/employer/{firm.id}/workers/files/wage_correction/"


def sent(client: Client, firm: Firm, lines: list[str], now: datetime) -> int:
    """A file of corrections, sent on its page and checked; gives its id."""
    content = "\n".join(["KPJ;BLTH;UPAH;RAPEL", *lines, ""]).encode()
    answer = client.post(sending(firm), {"workers": desk.as_sent(content, "koreksi.csv")})
    assert answer.status_code == 302
    upload_id = Upload.objects.latest("id").pk
    assert answer["Location"] == page_of(firm, upload_id)
    uploads.check_upload(upload_id=upload_id, now=now)
    return upload_id


def wages(firm: Firm, period: date) -> list[int]:
    frame = contributions.wages_in(employer_id=firm.id, period=period).sort("person_id")
    return [int(wage) for wage in frame["wage_rupiah"]]


def kpj(firm: Firm, place: int) -> str:
    return str(firm.people.sort("person_id")["kpj"][place])


def test_a_file_of_right_wages_is_seen_month_by_month_and_then_agreed_to(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    upload_id = sent(client, firm, [f"{kpj(firm, 0)};09/2026;12000000;", f"{kpj(firm, 1)};10/2026;;500000"], early)
    page = words(client.get(page_of(firm, upload_id)))
    # Two bills that nobody paid are replaced: September's with its penalty, October's without.
    assert "September 2026 1 Rp163.389 Rp2.071.389 Rp41.428" in page
    assert "Oktober 2026 1 Rp47.700 Rp1.955.700 – tidak ada" in page
    assert "Menjadi saldo" not in page
    assert "Tagihan yang belum dibayar diganti tagihan baru yang utuh." in page
    assert "Terbitkan 2 tagihan, jumlahnya Rp4.068.517" in page
    assert "Rp10.000.000 Rp12.000.000" in page
    assert client.post(page_of(firm, upload_id) + "confirm/").status_code == 302
    uploads.book_upload(upload_id=upload_id, now=early)
    done = words(client.get(page_of(firm, upload_id)))
    assert "2 upah diperbaiki" in done
    assert "satu-satu atau semuanya dengan satu nomor" in done
    # The bills of this file alone are ticked; an older month that waits too is offered beside them.
    made = sorted(bill.id for bill in contributions.bills_of(employer_id=firm.id))[-2:]
    together = f"/employer/{firm.id}/bills/together/?bill={made[0]}&amp;bill={made[1]}"
    assert f'href="{together}"' in client.get(page_of(firm, upload_id)).content.decode()
    assert "Minta satu nomor untuk Rp4.068.517" in words(client.get(together.replace("&amp;", "&")))
    assert (wages(firm, SEPTEMBER), wages(firm, OCTOBER)) == ([12_000_000, 10_000_000], [10_000_000, 10_500_000])


def test_what_lowers_a_wage_says_what_becomes_of_the_money(firm: Firm, early: datetime) -> None:
    (october,) = [bill for bill in contributions.bills_of(employer_id=firm.id) if bill.period == OCTOBER]
    money.pay(october.customer_no, october.due_rupiah, early)
    client = clerk(firm.id, now=early)
    upload_id = sent(client, firm, [f"{kpj(firm, 0)};10/2026;5000000;"], early)
    page = words(client.get(page_of(firm, upload_id)))
    assert "Rp477.000 kembali menjadi saldo perusahaan" in page
    assert "Catat saldo Rp477.000" in page
    assert client.post(page_of(firm, upload_id) + "confirm/").status_code == 422  # half of it: a box asks first
    client.post(page_of(firm, upload_id) + "confirm/", {"read": "on"})
    uploads.book_upload(upload_id=upload_id, now=early)
    assert "Saldo perusahaan Rp477.000" in words(client.get(f"/employer/{firm.id}/bills/"))


def test_the_form_is_of_the_month_that_is_chosen(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    page = words(client.get(sending(firm)))
    assert "Bulan yang salah upahnya" in page
    for query, month in (("?month=2026-09", "09/2026"), ("", "10/2026"), ("?month=2020-01", "10/2026")):
        answer = client.get(f"{sending(firm)}template/{query}")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert [cell.value for cell in sheet[2]][2:] == [month, "10000000", None, None]


def test_faults_of_a_correction_come_back_in_the_firms_own_file(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    upload_id = sent(client, firm, [f"{kpj(firm, 0)};07/2026;1;", f"{kpj(firm, 1)};10/2026;11000000;"], early)
    page = words(client.get(page_of(firm, upload_id)))
    assert "Juli 2026 belum ditagih, jadi belum ada yang dikoreksi." in page
    assert "Kirim 1 yang benar, perbaiki 1" in page
    answer = client.get(page_of(firm, upload_id) + "annotated/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert "belum ditagih" in str(sheet["A2"].value)


def report_with_back_pay(firm: Firm, amounts: list[str], now: datetime) -> int:
    lines = desk.wage_file(firm).decode().strip().split("\n")
    told = [f"{lines[0]};RAPEL", *(f"{line};{amount}" for line, amount in zip(lines[1:], amounts, strict=True))]
    return desk.checked(firm, "\n".join([*told, ""]).encode(), now, period=NOVEMBER)


def test_back_pay_is_laid_on_its_months_without_a_file(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    upload_id = report_with_back_pay(firm, ["1000000", "0"], early)
    page = client.get(page_of(firm, upload_id))
    address = page_of(firm, upload_id) + "back-pay/"
    assert f'href="{address}"' in page.content.decode()
    asked = words(client.get(address))
    assert "Rapel untuk bulan mana?" in asked
    assert "Rp1.000.000" in asked
    answer = client.post(address, {"first": "2026-08", "last": "2026-10"})
    correction = Upload.objects.latest("id")
    assert answer["Location"] == page_of(firm, correction.pk)
    seen = words(client.get(page_of(firm, correction.pk)))
    assert "Agustus 2026 1" in seen
    client.post(page_of(firm, correction.pk) + "confirm/")
    uploads.book_upload(upload_id=correction.pk, now=early)
    place = sorted(firm.people["person_id"]).index(firm.people["person_id"][0])
    laid = [wages(firm, month)[place] for month in (AUGUST, SEPTEMBER, OCTOBER)]
    assert laid == [10_333_333, 10_333_333, 10_333_334]
    # Laid once it is not laid again, on these months or on others; the report says so and leads there.
    for first in ("2026-08", "2026-09"):
        assert client.post(address, {"first": first, "last": "2026-10"})["Location"] == page_of(firm, correction.pk)
    assert client.get(address)["Location"] == page_of(firm, correction.pk)
    told = client.get(page_of(firm, upload_id)).content.decode()
    assert "dibagi ke bulannya" in told
    assert f'href="{address}"' not in told
    recorded = words(client.get(page_of(firm, correction.pk)))
    assert "Kembali ke laporan upah November 2026" in recorded


def test_back_pay_is_laid_anew_once_its_correction_is_dropped(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    address = page_of(firm, report_with_back_pay(firm, ["1000000", "0"], early)) + "back-pay/"
    first = client.post(address, {"first": "2026-08", "last": "2026-10"})["Location"]
    assert "Rapel yang dibayar bersama upah November 2026" in words(client.get(first))
    assert client.post(address, {"first": "2026-09", "last": "2026-10"})["Location"] == first
    client.post(f"{first}cancel/")
    second = client.post(address, {"first": "2026-09", "last": "2026-10"})["Location"]
    assert second != first
    assert "September 2026" in words(client.get(second))


def test_months_in_the_wrong_order_are_told_and_another_firms_are_not_there(firm: Firm, early: datetime) -> None:
    client = clerk(firm.id, now=early)
    address = page_of(firm, report_with_back_pay(firm, ["1000000", "0"], early)) + "back-pay/"
    assert "Pilih bulan yang sama dengan bulan pertama" in words(
        client.post(address, {"first": "2026-10", "last": "2026-09"})
    )
    nobody = builders.firm(now=early, workers=1)
    assert client.get(f"/employer/{nobody.id}{address.removeprefix(f'/employer/{firm.id}')}").status_code == 404


def test_back_pay_of_somebody_without_billed_months_names_him(early: datetime) -> None:
    other = builders.firm(now=early, workers=1)
    for month in (SEPTEMBER, OCTOBER):
        builders.bill(other, month, early)
    person = builders.join(other, now=early, from_on=NOVEMBER)
    at_work = employments_in(employer_id=other.id, month_on=NOVEMBER)
    (name,) = at_work.filter(pl.col("person_id") == person)["name"]
    lines = ["KPJ;UPAH;RAPEL", *(f"{number};10000000;100000" for number in at_work["kpj"]), ""]
    upload_id = desk.checked(other, "\n".join(lines).encode(), early, period=NOVEMBER)
    client = clerk(other.id, now=early)
    answer = client.post(page_of(other, upload_id) + "back-pay/", {"first": "2026-09", "last": "2026-10"})
    assert answer.status_code == 422
    assert f"1 pekerja tidak punya upah yang ditagih di bulan-bulan itu: {name}." in words(answer)
