"""The member's home: balance, months and why, in four statements whatever the number of months."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lindung.access.trail import SYSTEM
from lindung.channels.member import standing
from lindung.contributions.queries import MonthPaid
from lindung.contributions.services import correct_month
from lindung.law import Month
from lindung.registry.queries import Work
from tests import builders
from tests.channels.employer.desk import words
from tests.channels.test_routes import signed_in
from tests.contributions.test_month import pay


def member_with_months(months: int, now: datetime) -> tuple[Client, builders.Firm]:
    firm = builders.firm(now=now, workers=1, from_on=date(2015, 7, 1))
    for back in range(months, 0, -1):
        month = Month.of(now.date()).plus(-back)
        moment = now - timedelta(days=31 * (back - 1) + 12)
        issued = builders.bill(firm, month.first_on, moment)
        pay(issued.customer_no, issued.amount_rupiah, moment)
    return signed_in("member", "member", firm.people["person_id"][0], now), firm


@pytest.mark.django_db
@pytest.mark.parametrize("months", [0, 1, 30])
def test_the_home_page_takes_four_statements_whatever_the_number_of_months(now: datetime, months: int) -> None:
    client, _ = member_with_months(months, now)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        answer = client.get("/member/")
    assert answer.status_code == 200
    assert len(statements) <= 4, [statement["sql"][:80] for statement in statements]


@pytest.mark.django_db
def test_it_shows_the_balance_the_card_and_the_months(now: datetime) -> None:
    client, firm = member_with_months(2, now)
    page = client.get("/member/").content.decode()
    assert "Rp1.140.000" in page
    assert firm.people["kpj"][0][:4] in page
    assert "Oktober 2026" in page
    assert "Lunas" in page


@pytest.mark.django_db
def test_a_month_says_where_each_rupiah_comes_from(now: datetime) -> None:
    client, firm = member_with_months(1, now)
    page = client.get(f"/member/months/{firm.id}/2026-10/").content.decode()
    assert "3,7% dari upah Rp10.000.000 = Rp370.000" in page
    assert "PP 46/2015 Pasal 16" in page
    assert "KW-" in page


@pytest.mark.django_db
def test_a_month_that_was_corrected_tells_its_bills_apart(now: datetime) -> None:
    client, firm = member_with_months(1, now)
    address = f"/member/months/{firm.id}/2026-10/"
    assert "Laporan pertama" not in client.get(address).content.decode()
    correct_month(
        actor=SYSTEM,
        employer_id=firm.id,
        period=date(2026, 10, 1),
        upload_id=None,
        rows=firm.rows(10_300_000),
        now=now,
    )
    page = words(client.get(address))
    assert "Laporan pertama Rp10.000.000 Rp570.000 9 November 2026 KW-" in page
    assert "Tambahan Rp300.000 Rp17.100 belum" in page


@pytest.mark.django_db
def test_it_says_the_same_in_english(now: datetime) -> None:
    client, firm = member_with_months(1, now)
    client.cookies["lindung-language"] = "en"
    page = client.get(f"/member/months/{firm.id}/2026-10/").content.decode()
    assert "3.7% of wage Rp10,000,000" in page or "3.7% of the wage Rp10,000,000" in page
    assert 'lang="en"' in page


def month(period: date, *, paid_at: datetime | None, due_on: date, part: int = 0) -> MonthPaid:
    return MonthPaid(
        period, 1, "PT Contoh", 10_000_000, 570_000, 300_000, due_on, paid_at, 570_000 if paid_at else part
    )


def test_a_month_is_paid_late_missing_or_not_yet_due(now: datetime) -> None:
    today = now.date()
    september = date(2026, 9, 1)
    due = date(2026, 10, 15)
    assert standing.state_of(month(september, paid_at=now - timedelta(days=40), due_on=due), today) == "paid"
    assert standing.state_of(month(september, paid_at=now, due_on=due), today) == "late"
    assert standing.state_of(month(september, paid_at=None, due_on=due), today) == "missing"
    assert standing.state_of(month(september, paid_at=None, due_on=due, part=1), today) == "part"
    assert standing.state_of(month(september, paid_at=None, due_on=date(2026, 12, 15)), today) == "due"


def test_a_month_of_work_without_a_bill_is_missing_only_after_its_due_date(now: datetime) -> None:
    works = [Work(1, "PT Contoh", ("JHT",), date(2026, 8, 10), None)]
    marks = {mark.month_on.month: mark.state for mark in standing.marks([], works, now.date())}
    assert marks == {8: "missing", 9: "missing", 10: "missing", 11: "due"}


def test_a_month_with_two_employers_shows_the_worse_of_them(now: datetime) -> None:
    works = [Work(1, "PT Contoh", (), date(2026, 9, 1), None)]
    months = [
        month(date(2026, 9, 1), paid_at=now - timedelta(days=40), due_on=date(2026, 10, 15)),
        month(date(2026, 9, 1), paid_at=None, due_on=date(2026, 10, 15)),
    ]
    assert standing.marks(months, works, now.date())[0].state == "missing"


def test_months_before_work_and_after_it_are_nobodys_debt(now: datetime) -> None:
    works = [Work(1, "PT Contoh", (), date(2026, 2, 1), date(2026, 4, 1))]
    marks = {mark.month_on.month: mark.state for mark in standing.marks([], works, now.date())}
    assert marks[2] == marks[3] == "missing"
    assert {marks[number] for number in range(4, 12)} == {"none"}


@pytest.mark.django_db
def test_a_member_whose_months_are_long_ago_still_sees_his_last_one(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1, from_on=date(2019, 1, 1))
    then = now.replace(year=2022, month=3, day=5)
    issued = builders.bill(firm, date(2022, 2, 1), then)
    pay(issued.customer_no, issued.amount_rupiah, then)
    page = signed_in("member", "member", firm.people["person_id"][0], now).get("/member/").content.decode()
    assert "Februari 2022" in page
