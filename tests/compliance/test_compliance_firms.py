"""Who did not report, who did not pay, who reported less: each figure is exactly the firms that its words mean."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lindung.access.trail import SYSTEM
from lindung.compliance import firms
from lindung.contributions.services import WageRows, report_wages
from lindung.law import Month
from lindung.registry.firm_models import FirmProfile
from tests import builders
from tests.builders import Firm
from tests.contributions.money import deposit, pay

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
MONTH = Month.of(OCTOBER)

pytestmark = pytest.mark.django_db


def reported(firm: Firm, period: date, now: datetime, workers: int, wage_rupiah: int = 5_000_000) -> str:
    """A month of so many of the firm's workers; gives the number to pay to."""
    rows = firm.rows(wage_rupiah)
    some = WageRows(**{name: getattr(rows, name)[:workers] for name in WageRows.__slots__})
    issued = report_wages(actor=SYSTEM, employer_id=firm.id, period=period, upload_id=None, rows=some, now=now)
    return issued.customer_no


def row(firm: Firm, today: date) -> dict[str, object]:
    found = firms.firms_in(MONTH, today).filter(pl.col("employer_id") == firm.id)
    assert found.height == 1
    return found.row(0, named=True)


def kinds(firm: Firm, today: date) -> set[str]:
    """Everything that is the matter with a firm."""
    found = firms.firms_in(MONTH, today).filter(pl.col("employer_id") == firm.id)
    return {what for what, wanted in firms.WHAT.items() if found.filter(wanted).height}


def test_a_firm_with_workers_and_no_bill_has_not_reported(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    assert kinds(firm, now.date()) == {"unreported"}
    assert (row(firm, now.date())["at_work"], row(firm, now.date())["owed"]) == (3, 0)


def test_a_firm_without_workers_that_month_is_not_there(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=date(2026, 11, 1))
    assert firms.firms_in(MONTH, now.date()).filter(pl.col("employer_id") == firm.id).is_empty()


def test_reported_and_unpaid_owes_from_the_day_after_it_was_due(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    then = now - timedelta(days=10)
    issued = builders.bill(firm, OCTOBER, then)
    assert kinds(firm, date(2026, 11, 16)) == {"unpaid"}
    assert kinds(firm, date(2026, 11, 17)) == {"unpaid", "owing"}
    assert row(firm, now.date())["owed_0"] == issued.amount_rupiah
    deposit(firm, 10_000, then)
    assert row(firm, now.date())["state"] == "part"
    assert kinds(firm, now.date()) == {"unpaid", "owing"}


def test_paid_is_paid_even_while_an_older_month_is_owed(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, SEPTEMBER, now - timedelta(days=45))
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=10))
    pay(issued.customer_no, issued.amount_rupiah, now - timedelta(days=9))
    assert kinds(firm, now.date()) == {"paid", "owing"}
    # September was due on 15 October: 37 days ago.
    assert (row(firm, now.date())["oldest_days"], row(firm, now.date())["owed_months"]) == (37, 1)
    assert (row(firm, now.date())["owed_0"], row(firm, now.date())["owed_1"]) != (0, 0)
    assert row(firm, now.date())["owed_0"] == 0


@pytest.mark.parametrize(
    ("before", "after", "fewer"),
    [(10, 8, True), (10, 9, False), (6, 5, False), (5, 4, False), (5, 3, True), (2, 1, False)],
)
def test_fewer_is_a_fifth_less_and_two_workers_at_least(now: datetime, before: int, after: int, fewer: bool) -> None:
    firm = builders.firm(now=now, workers=10)
    reported(firm, SEPTEMBER, now - timedelta(days=45), before)
    reported(firm, OCTOBER, now - timedelta(days=10), after)
    assert ("fewer" in kinds(firm, now.date())) is fewer


def in_line(firm: builders.Firm, line: str, now: datetime) -> None:
    """What the firm does, as it told when it registered."""
    FirmProfile.objects.create(
        employer_id=firm.id, legal_form="PT", line_of_business=line, street_encrypted=b"", regency="", told_at=now
    )


@pytest.mark.parametrize(("wage", "lower"), [(4_000_000, True), (4_000_001, False), (6_000_000, False)])
def test_lower_is_a_fifth_less_of_all_wages(now: datetime, wage: int, lower: bool) -> None:
    firm = builders.firm(now=now, workers=3)
    reported(firm, SEPTEMBER, now - timedelta(days=45), 3)
    reported(firm, OCTOBER, now - timedelta(days=10), 3, wage)
    assert ("lower" in kinds(firm, now.date())) is lower


def test_filters_and_groups_count_the_same_firms(now: datetime) -> None:
    small = builders.firm(now=now, workers=2, size="small", jkk_class="IV")
    large = builders.firm(now=now, workers=2, size="large", jkk_class="V")
    for firm in (small, large):
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
    found = firms.firms_in(MONTH, now.date())
    chosen = firms.narrowed(found, firms.Choice(what="owing", size="small", jkk_class="IV"))
    assert small.id in chosen["employer_id"]
    assert large.id not in chosen["employer_id"]
    groups = {group.key: group for group in firms.grouped(found, "jkk_class")}
    assert sum(group.owed_rupiah for group in groups.values()) == int(found["owed"].sum())
    assert firms.counted(found)["owing"][0] == sum(group.owing for group in groups.values())
    assert sum(rupiah for _, rupiah in firms.ages(found)) == int(found["owed"].sum())


def test_arrears_are_counted_by_line_of_business_too(now: datetime) -> None:
    sewing, unknown = builders.firm(now=now, workers=2), builders.firm(now=now, workers=1)
    in_line(sewing, "garments", now)
    for firm in (sewing, unknown):
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
    found = firms.firms_in(MONTH, now.date())
    groups = {group.key: group for group in firms.grouped(found, "line")}
    assert sum(group.owed_rupiah for group in groups.values()) == int(found["owed"].sum())
    lines = [firms.narrowed(found, firms.Choice(what="owing", line=line)) for line in ("garments", "-", "retail")]
    for firm, there in ((sewing, [True, False, False]), (unknown, [False, True, False])):
        assert [firm.id in line["employer_id"] for line in lines] == there
    assert groups["garments"].owing == lines[0].height


def test_the_year_as_a_picture_counts_what_the_month_counts(now: datetime) -> None:
    paying = builders.firm(now=now, workers=1)
    builders.firm(now=now, workers=1)
    issued = builders.bill(paying, OCTOBER, now - timedelta(days=10))
    pay(issued.customer_no, issued.amount_rupiah, now - timedelta(days=9))
    newest = firms.history(firms.due_months(now.date()))[-1]
    counts = firms.counted(firms.firms_in(MONTH, now.date()))
    assert newest.month == MONTH
    assert (newest.firms, newest.paid) == (counts["all"][0], counts["paid"][0])
    assert newest.firms - newest.reported == counts["unreported"][0]


def test_the_months_are_those_whose_due_date_has_passed() -> None:
    assert str(firms.due_months(date(2026, 11, 16))[0]) == "2026-09"
    assert str(firms.due_months(date(2026, 11, 17))[0]) == "2026-10"


def test_it_costs_three_statements_whatever_the_number_of_firms(now: datetime) -> None:
    for _ in range(3):
        builders.firm(now=now, workers=1)
    with CaptureQueriesContext(connection) as statements:
        firms.firms_in(MONTH, now.date())
        firms.history(firms.due_months(now.date()))
    assert len(statements) <= 3
