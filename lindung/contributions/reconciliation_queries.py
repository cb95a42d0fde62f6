"""Reading statements, and how their days compare with our payments."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.db import connection

from lindung.contributions.statement_files import Issuer


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that takes money for us."""

    id: int
    code: str
    name: str


def banks() -> list[Bank]:
    """All of them, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, name FROM access_partner WHERE active ORDER BY name, id")
        return [Bank(*row) for row in cursor.fetchall()]


def issuer_of(partner_id: int) -> Issuer:
    """What has to stand at the head of this bank's statements. Raises ``LookupError``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, service_codes FROM access_partner WHERE id = %s", [partner_id])
        row = cursor.fetchone()
    if row is None:
        raise LookupError(partner_id)
    # The framework asks the driver for JSON as text.
    return Issuer(row[0], json.loads(row[1]))


Outcome = Literal["matched", "amount_diff", "bank_only", "ours_only"]
OUTCOMES: tuple[Outcome, ...] = ("matched", "amount_diff", "bank_only", "ours_only")
MOST_LINES_SHOWN = 500


@dataclass(frozen=True, slots=True)
class DayCompared:
    """One day of one bank. Of ``amount_diff`` the sum is of the differences, of the others that of the money.

    ``closed``: a statement made after the day was over is here. ``waiting``: payments of ours that no statement had
    to show yet. ``open_items``: what of it all is still in suspense.
    """

    bank: Bank
    on: date
    closed: bool
    counts: dict[Outcome, int]
    sums: dict[Outcome, int]
    waiting_count: int
    waiting_rupiah: int
    open_items: int


# Every line and every payment without a line, with its day, its outcome and its money.
_COMPARED = """
    SELECT l.partner_id, l.booked_on AS day, CASE WHEN l.payment_id IS NULL THEN 'bank_only'
            WHEN l.amount_rupiah <> p.amount_rupiah THEN 'amount_diff' ELSE 'matched' END AS outcome,
        CASE WHEN l.amount_rupiah <> p.amount_rupiah THEN l.amount_rupiah - p.amount_rupiah
            ELSE l.amount_rupiah END AS rupiah,
        l.id AS line_id, l.payment_id
    FROM contributions_statementline l LEFT JOIN contributions_payment p ON p.id = l.payment_id
    UNION ALL
    SELECT p.partner_id, (p.paid_at AT TIME ZONE 'Asia/Jakarta')::date,
        CASE WHEN i.id IS NULL THEN 'waiting' ELSE 'ours_only' END, p.amount_rupiah, NULL, p.id
    FROM contributions_payment p
    LEFT JOIN contributions_suspenseitem i ON i.payment_id = p.id AND i.way <> 'matched'
    WHERE NOT EXISTS (SELECT 1 FROM contributions_statementline l WHERE l.payment_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM contributions_suspenseitem d WHERE d.deposit_id = p.id)
"""
_OPEN_ITEM = (
    " LEFT JOIN contributions_suspenseitem o ON o.closed_at IS NULL"
    " AND (o.line_id = c.line_id OR (c.line_id IS NULL AND o.payment_id = c.payment_id))"
)


def days_compared(*, since: date, until: date, partner_id: int | None = None) -> list[DayCompared]:
    """Days of banks of which there is anything, newest first; ``until`` excluded. Two statements."""
    own = {bank.id: bank for bank in banks() if partner_id in (None, bank.id)}
    found: dict[tuple[date, int], DayCompared] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT f.partner_id, day::date, bool_or(f.made_at >= (day::date + 1)::timestamp"
            " AT TIME ZONE 'Asia/Jakarta') FROM contributions_statementfile f, generate_series(f.from_on::timestamp,"
            " f.until_on - interval '1 day', interval '1 day') AS day"
            " WHERE day >= %s AND day < %s AND f.partner_id = ANY(%s::bigint[]) GROUP BY 1, 2",
            [since, until, list(own)],
        )
        for bank_id, on, closed in cursor.fetchall():
            found[on, bank_id] = DayCompared(own[bank_id], on, closed, dict.fromkeys(OUTCOMES, 0), {}, 0, 0, 0)
        cursor.execute(
            f"SELECT c.partner_id, c.day, c.outcome, count(*), sum(c.rupiah)::bigint, count(o.id)"
            f" FROM ({_COMPARED}) c {_OPEN_ITEM}"
            " WHERE c.day >= %s AND c.day < %s AND c.partner_id = ANY(%s::bigint[]) GROUP BY 1, 2, 3",
            [since, until, list(own)],
        )
        rows = cursor.fetchall()
    for bank_id, on, outcome, number, rupiah, open_items in rows:
        day = found.setdefault(
            (on, bank_id), DayCompared(own[bank_id], on, False, dict.fromkeys(OUTCOMES, 0), {}, 0, 0, 0)
        )
        if outcome == "waiting":
            found[on, bank_id] = replace(day, waiting_count=number, waiting_rupiah=rupiah)
        else:
            day.counts[outcome], day.sums[outcome] = number, rupiah
            found[on, bank_id] = replace(day, open_items=day.open_items + open_items)
    return sorted(found.values(), key=lambda day: (-day.on.toordinal(), day.bank.name, day.bank.id))


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of a statement or a payment without one. ``item_id``: where it stands in suspense, or stood."""

    at: datetime
    outcome: str
    customer_no: str
    reference: str
    bank_rupiah: int | None
    our_rupiah: int | None
    receipt_number: str
    employer_name: str
    item_id: int | None
    item_open: bool


def lines_of_day(*, partner_id: int, on: date, outcome: str = "") -> list[ComparedLine]:
    """What a bank and we say of one day, by time; at most five hundred."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(l.booked_at, p.paid_at), c.outcome, coalesce(l.customer_no, p.meant_for),"
            " coalesce(l.match_key, p.reference), l.amount_rupiah, p.amount_rupiah, coalesce(p.receipt_number, ''),"
            " coalesce(f.name, ''), i.id, i.id IS NOT NULL AND i.closed_at IS NULL"
            f" FROM ({_COMPARED}) c"
            " LEFT JOIN contributions_statementline l ON l.id = c.line_id"
            " LEFT JOIN contributions_payment p ON p.id = c.payment_id"
            " LEFT JOIN registry_employer f ON f.id = p.employer_id"
            " LEFT JOIN contributions_suspenseitem i"
            "   ON i.line_id = c.line_id OR (c.line_id IS NULL AND i.payment_id = c.payment_id)"
            " WHERE c.partner_id = %s AND c.day = %s AND (%s = '' OR c.outcome = %s)"
            " ORDER BY 1, c.line_id, c.payment_id LIMIT %s",
            [partner_id, on, outcome, outcome, MOST_LINES_SHOWN],
        )
        return [ComparedLine(*row) for row in cursor.fetchall()]
