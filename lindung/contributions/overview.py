"""What the agency was owed and paid, in figures without persons."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class MonthBilled:
    """One contribution month over all firms."""

    period: date
    bills: int
    workers: int
    billed_rupiah: int
    paid_rupiah: int


@dataclass(frozen=True, slots=True)
class UnpaidBill:
    """A bill that waits; ``days_late`` is zero until its due date has passed."""

    employer_name: str
    period: date
    amount_rupiah: int
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Months newest first; unpaid bills oldest first, at most fifty, with the sum over all of them."""

    months: list[MonthBilled]
    unpaid: list[UnpaidBill]
    unpaid_rupiah: int


def agency_overview(*, today: date, since: date) -> Overview:
    """Read it all in two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period, count(*), sum(worker_count), sum(amount_rupiah),"
            " coalesce(sum(amount_rupiah) FILTER (WHERE paid_at IS NOT NULL), 0)"
            " FROM contributions_bill WHERE period >= %s GROUP BY period ORDER BY period DESC",
            [since],
        )
        months = [MonthBilled(row[0], *(int(value) for value in row[1:])) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT f.name, b.period, b.amount_rupiah, b.due_on, greatest(%s - b.due_on, 0),"
            " sum(b.amount_rupiah) OVER ()"
            " FROM contributions_bill b JOIN registry_employer f ON f.id = b.employer_id"
            " WHERE b.paid_at IS NULL ORDER BY b.due_on, b.id LIMIT %s",
            [today, _MOST_SHOWN],
        )
        rows = cursor.fetchall()
    unpaid = [UnpaidBill(*row[:5]) for row in rows]
    return Overview(months, unpaid, int(rows[0][5]) if rows else 0)
