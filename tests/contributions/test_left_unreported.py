"""Who seems to have left a firm that never said so."""

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.contributions.left_unreported import left_unreported
from lindung.contributions.services import WageRows, report_wages
from lindung.registry.services import register_workers, report_exits
from tests import builders

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
TODAY = date(2026, 11, 21)


def bill_all_but(firm: builders.Firm, missing: int, period: date, now: datetime) -> None:
    """A month reported without the last ``missing`` workers."""
    rows = firm.rows()
    kept = {name: getattr(rows, name)[: len(rows.person_id) - missing] for name in WageRows.__dataclass_fields__}
    report_wages(actor=SYSTEM, employer_id=firm.id, period=period, upload_id=None, rows=WageRows(**kept), now=now)


def missing(firm: builders.Firm) -> list[str]:
    return [one.name for one in left_unreported(employer_id=firm.id, today=TODAY).items]


def last_name(firm: builders.Firm) -> str:
    place = int(np.argmax(firm.people["person_id"].to_numpy()))
    return str(firm.told["name"][place])


@pytest.mark.django_db
def test_who_is_on_neither_of_the_last_two_bills_seems_to_have_left(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    builders.bill(firm, AUGUST, now)
    for period in (SEPTEMBER, OCTOBER):
        bill_all_but(firm, 1, period, now)
    found = left_unreported(employer_id=firm.id, today=TODAY)
    assert [(one.name, one.last_billed_on) for one in found.items] == [(last_name(firm), AUGUST)]
    assert (found.total, found.contracts_over, found.first_contract_until_on) == (1, 0, None)


@pytest.mark.django_db
def test_one_month_missed_is_not_enough(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, SEPTEMBER, now)
    bill_all_but(firm, 1, OCTOBER, now)
    assert missing(firm) == []


@pytest.mark.django_db
def test_a_firm_with_one_bill_misses_nobody(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    bill_all_but(firm, 1, OCTOBER, now)
    assert missing(firm) == []


@pytest.mark.django_db
def test_who_started_after_the_older_month_cannot_be_missing_from_it(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    for period in (SEPTEMBER, OCTOBER):
        builders.bill(firm, period, now)
    newcomer = firm.told.head(1).with_columns(
        nik=pl.lit(builders.nik(35_999_999)), from_on=pl.lit(OCTOBER), email=pl.lit(None, pl.String)
    )
    register_workers(actor=SYSTEM, employer_id=firm.id, workers=newcomer, now=now)
    assert missing(firm) == []


@pytest.mark.django_db
def test_who_was_reported_as_gone_is_not_asked_about(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    for period in (SEPTEMBER, OCTOBER):
        bill_all_but(firm, 1, period, now)
    last = firm.people.sort("person_id").tail(1)
    exits = last.select("employment_id", until_on=pl.lit(SEPTEMBER), cause=pl.lit("A1"))
    report_exits(actor=SYSTEM, employer_id=firm.id, exits=exits, now=now)
    assert missing(firm) == []


@pytest.mark.django_db
def test_a_contract_that_ran_out_is_asked_about_though_the_month_was_paid(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    for period in (SEPTEMBER, OCTOBER):
        builders.bill(firm, period, now)
    _end_contract(firm, 0, TODAY)
    _end_contract(firm, 1, date(2026, 11, 22))
    found = left_unreported(employer_id=firm.id, today=TODAY)
    assert [one.contract_until_on for one in found.items] == [TODAY]
    assert (found.total, found.contracts_over, found.first_contract_until_on) == (1, 1, TODAY)


@pytest.mark.django_db
def test_a_page_counts_all_and_another_firms_workers_are_not_there(now: datetime) -> None:
    firm, other = builders.firm(now=now, workers=4), builders.firm(now=now, workers=1)
    for period in (SEPTEMBER, OCTOBER):
        bill_all_but(firm, 3, period, now)
    pages = [left_unreported(employer_id=firm.id, today=TODAY, start=start, most=2) for start in (0, 2)]
    assert [(len(page.items), page.total) for page in pages] == [(2, 3), (1, 3)]
    names = [one.name for page in pages for one in page.items]
    assert names == sorted(names)
    assert missing(other) == []


def _end_contract(firm: builders.Firm, place: int, until_on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_employment SET contract = 'PKWT', contract_until_on = %s WHERE id = %s",
            [until_on, firm.people["employment_id"][place]],
        )
