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
    """A bill whose contribution is not whole: what is left, and ``days_late``, zero until its due date has passed."""

    employer_id: int
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
            # A correction counts for its money; for its workers the bill does that it corrects.
            "SELECT period, count(DISTINCT employer_id), sum(worker_count) FILTER (WHERE first), sum(amount_rupiah),"
            " sum(contribution_paid_rupiah) FROM (SELECT *,"
            "   revision = min(revision) OVER (PARTITION BY employer_id, period) AS first"
            "   FROM contributions_bill WHERE period >= %s AND voided_at IS NULL) standing"
            " GROUP BY period ORDER BY period DESC",
            [since],
        )
        months = [MonthBilled(row[0], *(int(value) for value in row[1:])) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT b.employer_id, f.name, b.period, b.amount_rupiah - b.contribution_paid_rupiah, b.due_on,"
            " greatest(%s - b.due_on, 0), sum(b.amount_rupiah - b.contribution_paid_rupiah) OVER ()"
            " FROM contributions_bill b JOIN registry_employer f ON f.id = b.employer_id"
            " WHERE b.paid_at IS NULL AND b.voided_at IS NULL ORDER BY b.due_on, b.id LIMIT %s",
            [today, _MOST_SHOWN],
        )
        rows = cursor.fetchall()
    unpaid = [UnpaidBill(*row[:6]) for row in rows]
    return Overview(months, unpaid, int(rows[0][6]) if rows else 0)
