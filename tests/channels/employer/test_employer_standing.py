"""How a firm's months stand, from nothing but its bills, its files and a day."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import translation

from lindung.channels.employer import standing
from lindung.contributions.queries import BillView
from lindung.lib.clock import WIB
from lindung.uploads.queries import UploadView

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=WIB)
SINCE = date(2024, 1, 1)
LAST_NUMBER = datetime(2026, 11, 17, tzinfo=WIB)


@pytest.fixture(autouse=True)
def indonesian() -> None:
    translation.activate("id")


def bill(period: date, *, paid_at: datetime | None = None, due_on: date = date(2026, 11, 16)) -> BillView:
    return BillView(
        id=period.month,
        number="1",
        period=period,
        worker_count=1,
        wage_rupiah=1,
        jht_employer=0,
        jht_worker=0,
        jp_employer=0,
        jp_worker=0,
        jkk=0,
        jkm=0,
        amount_rupiah=100,
        due_on=due_on,
        issued_at=NOW,
        customer_no="1",
        penalty_rupiah=0,
        months_late=0,
        expires_at=LAST_NUMBER,
        paid_at=paid_at,
        receipt_number="",
        service_code="",
        jkk_class="II",
        revision=0,
        contribution_paid_rupiah=100 if paid_at else 0,
        penalty_paid_rupiah=0,
        credit_rupiah=0,
        voided_at=None,
    )


def paid(period: date) -> BillView:
    return bill(period, paid_at=datetime(2026, 11, 10, tzinfo=WIB))


def sent(period: date, state: str, upload_id: int = 1) -> UploadView:
    return UploadView(
        id=upload_id,
        reference="UP-000001",
        employer_id=1,
        kind="wage_report",
        period=period,
        typed=False,
        file_name="upah.csv",
        size_bytes=1,
        state=state,
        state_text="",
        sent_by=1,
        sent_at=NOW,
        settled_at=None,
        refusal="",
        reason="",
        cure="",
        summary={},
        bill_id=None,
        progress=None,
    )


def test_the_month_to_report_follows_the_last_billed_one() -> None:
    bills = [paid(date(2026, 8, 1)), paid(date(2026, 9, 1))]
    assert standing.month_to_report(bills, SINCE, TODAY) == date(2026, 10, 1)


def test_a_month_that_has_not_begun_is_not_to_be_reported() -> None:
    assert standing.month_to_report([paid(date(2026, 11, 1))], SINCE, TODAY) is None


def test_a_new_firm_begins_with_its_first_month() -> None:
    assert standing.month_to_report([], date(2026, 9, 14), TODAY) == date(2026, 9, 1)


def test_an_old_firm_without_bills_begins_where_the_strip_begins() -> None:
    assert standing.month_to_report([], date(2019, 1, 1), TODAY) == date(2025, 12, 1)


def test_unpaid_and_passed_over_months_wait_before_the_one_to_be_reported() -> None:
    bills = [paid(date(2026, 7, 1)), bill(date(2026, 9, 1)), paid(date(2026, 10, 1))]
    waiting = standing.unfinished_months(bills, [], SINCE, TODAY)
    assert [work.period for work in waiting] == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 11, 1)]
    assert [work.bill is not None for work in waiting] == [False, True, False]


def test_a_cancelled_file_does_not_count_and_the_newest_of_the_others_does() -> None:
    sent_files = [
        sent(date(2026, 11, 1), "cancelled", 3),
        sent(date(2026, 11, 1), "checked", 2),
        sent(date(2026, 11, 1), "refused", 1),
    ]
    work = standing.month_work(date(2026, 11, 1), [paid(date(2026, 10, 1))], sent_files)
    assert work.upload is not None
    assert work.upload.id == 2


def test_a_firm_stays_at_its_newest_bill_until_that_is_paid() -> None:
    october = date(2026, 10, 1)
    assert standing.month_in_hand([bill(october)], SINCE, TODAY) == october
    assert standing.month_in_hand([paid(october)], SINCE, TODAY) == date(2026, 11, 1)
    assert standing.month_in_hand([paid(date(2026, 11, 1))], SINCE, TODAY) == date(2026, 11, 1)


def test_the_strip_tells_paid_late_missing_and_due_apart() -> None:
    late = bill(date(2026, 9, 1), paid_at=datetime(2026, 10, 16, tzinfo=WIB), due_on=date(2026, 10, 15))
    strip = standing.strip([bill(date(2026, 10, 1)), late, paid(date(2026, 8, 1))], date(2026, 7, 5), TODAY)
    assert [(mark.month_on.month, mark.state) for mark in strip.months] == [
        (7, "missing"),
        (8, "paid"),
        (9, "late"),
        (10, "missing"),
        (11, "due"),
    ]


def test_the_strip_shows_twelve_months_and_none_before_the_firm_began() -> None:
    assert len(standing.strip([], SINCE, TODAY).months) == 12
    assert len(standing.strip([], date(2026, 11, 2), TODAY).months) == 1


@pytest.mark.parametrize(
    ("now", "word"),
    [
        (datetime(2026, 11, 16, 23, 59, tzinfo=WIB), "Menunggu bayar"),
        (datetime(2026, 11, 17, 0, 0, tzinfo=WIB), "Lewat batas"),
    ],
)
def test_an_unpaid_bill_waits_until_its_number_ends(now: datetime, word: str) -> None:
    assert standing.bill_status(bill(date(2026, 10, 1)), now).word == word


def test_a_new_number_does_not_hide_that_the_bill_is_late() -> None:
    reissued = replace(bill(date(2026, 10, 1)), expires_at=datetime(2026, 12, 17, tzinfo=WIB))
    status = standing.bill_status(reissued, NOW)
    assert (status.word, status.kind) == ("Terlambat, menunggu bayar", "danger")


def test_the_last_minute_of_the_due_day_in_jakarta_is_in_time() -> None:
    last_minute = bill(date(2026, 10, 1), paid_at=datetime(2026, 11, 16, 23, 59, tzinfo=WIB))
    too_late = bill(date(2026, 10, 1), paid_at=datetime(2026, 11, 17, 0, 0, tzinfo=WIB))
    assert standing.bill_status(last_minute, NOW).word == "Lunas"
    assert standing.bill_status(too_late, NOW).word == "Lunas, terlambat"
