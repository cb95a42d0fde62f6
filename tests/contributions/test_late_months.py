"""Workers are told, once, of a month that was due and is not there."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.contributions import services
from lindung.contributions.services import WageRows
from tests import builders
from tests.builders import Firm
from tests.contributions.money import deposit, pay

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)

pytestmark = pytest.mark.django_db


def told(firm: Firm) -> list[tuple[int, str, str]]:
    """Who of a firm was told of which month, and of which firms."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, params->>'period', params->>'employer' FROM contact_message"
            " WHERE kind = 'month_late' AND person_id = ANY(%s) ORDER BY 2, 1",
            [firm.people["person_id"].to_list()],
        )
        return cursor.fetchall()


def people(firm: Firm) -> list[int]:
    return sorted(firm.people["person_id"])


def test_nothing_is_late_on_the_day_it_is_due_and_all_of_it_on_the_next(now: datetime) -> None:
    # October is due on Monday 16 November 2026.
    firm = builders.firm(now=now, workers=2)
    services.tell_of_late_months(now=now - timedelta(days=10))
    assert [period for _, period, _ in told(firm)] == ["2026-09", "2026-09"]
    services.tell_of_late_months(now=now - timedelta(days=5))
    assert [period for _, period, _ in told(firm)] == ["2026-09", "2026-09"]
    services.tell_of_late_months(now=now - timedelta(days=4))
    assert [period for _, period, _ in told(firm)] == ["2026-09", "2026-09", "2026-10", "2026-10"]


def test_it_is_told_once_however_often_it_is_asked(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2, from_on=OCTOBER)
    assert services.tell_of_late_months(now=now) >= 2
    assert services.tell_of_late_months(now=now + timedelta(days=1)) == 0
    assert [person for person, _, _ in told(firm)] == people(firm)


def test_who_is_paid_hears_nothing_and_who_was_left_out_does(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3, from_on=OCTOBER)
    rows = firm.rows()
    two = WageRows(**{name: getattr(rows, name)[:2] for name in WageRows.__slots__})
    issued = services.report_wages(
        actor=SYSTEM, employer_id=firm.id, period=OCTOBER, upload_id=None, rows=two, now=now - timedelta(days=10)
    )
    pay(issued.customer_no, issued.amount_rupiah, now - timedelta(days=10))
    services.tell_of_late_months(now=now)
    assert [person for person, _, _ in told(firm)] == [int(rows.person_id[2])]


def test_a_bill_that_waits_or_is_paid_in_part_is_late(now: datetime) -> None:
    waiting = builders.firm(now=now, workers=1, from_on=OCTOBER)
    begun = builders.firm(now=now, workers=1, from_on=OCTOBER)
    for firm in (waiting, begun):
        builders.bill(firm, OCTOBER, now - timedelta(days=10))
    deposit(begun, 1_000, now - timedelta(days=9))
    services.tell_of_late_months(now=now)
    assert [len(told(firm)) for firm in (waiting, begun)] == [1, 1]


def test_who_began_later_or_left_before_was_not_there(now: datetime) -> None:
    later = builders.firm(now=now, workers=1, from_on=date(2026, 11, 1))
    services.tell_of_late_months(now=now)
    assert told(later) == []


def test_what_was_due_long_ago_is_history(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    services.tell_of_late_months(now=now)
    assert [period for _, period, _ in told(firm)] == ["2026-10"]
