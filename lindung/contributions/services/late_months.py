"""Workers whose month is not there after its due date are told: by then their employer is in arrears."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM
from lindung.contact.services import tell
from lindung.contributions.calendar import due_on
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of

# What was due longer ago is history: it stands on the member's page, and nobody is woken up for it.
DAYS_LOOKED_BACK: Final = 31
# More than two months never fall due within so many days.
_MONTHS_LOOKED_AT: Final = 3


@transaction.atomic
def tell_of_late_months(*, now: datetime) -> int:
    """Tell every worker of a month whose due date passed in the last 31 days and of which nothing whole is paid.

    That is: he worked at the firm in that month, and no paid bill that stands holds a line of him, be it that the firm
    reported nothing, left him out, or did not pay. Once for each worker, firm and month. Set-based: a handful of
    statements for each month. Gives how many months of workers were told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('late months', 0))")
    today = wib_date(now)
    told = sum(_tell_of(period, now) for period in _due_lately(today))
    if told:
        trail.record(
            actor=SYSTEM, act="late_months_told", object_kind="month", object_id=0, now=now, detail={"told": told}
        )
    return told


def _due_lately(today: date) -> list[date]:
    months = [Month.of(today).plus(-back) for back in range(1, _MONTHS_LOOKED_AT + 1)]
    return [month.first_on for month in months if today - timedelta(days=DAYS_LOOKED_BACK) <= due_on(month) < today]


def _tell_of(period: date, now: datetime) -> int:
    batch_id = next_of("contributions_late_months_batch_seq")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contributions_latemonth (person_id, employer_id, period, batch_id, told_at)"
            " SELECT DISTINCT e.person_id, e.employer_id, %s::date, %s::bigint, %s::timestamptz"
            " FROM registry_employment e WHERE e.from_on < %s AND (e.until_on IS NULL OR e.until_on > %s)"
            " AND NOT EXISTS (SELECT 1 FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id"
            "   WHERE l.person_id = e.person_id AND l.employer_id = e.employer_id AND l.period = %s"
            "   AND b.voided_at IS NULL AND b.paid_at IS NOT NULL)"
            " ON CONFLICT DO NOTHING",
            [period, batch_id, now, Month.of(period).next().first_on, period, period],
        )
        count = int(cursor.rowcount)
    if count:
        tell(
            batch=f"late-month:{batch_id}",
            kind="month_late",
            rows_sql=(
                # Of two firms that owe the same month one message names both.
                "SELECT t.person_id, jsonb_build_object('period', %s::text, 'due_on', %s::text,"
                " 'employer', string_agg(f.name, ', ' ORDER BY f.name))"
                " FROM contributions_latemonth t JOIN registry_employer f ON f.id = t.employer_id"
                " WHERE t.batch_id = %s GROUP BY t.person_id"
            ),
            params=[f"{period:%Y-%m}", due_on(Month.of(period)).isoformat(), batch_id],
            now=now,
        )
    return count
