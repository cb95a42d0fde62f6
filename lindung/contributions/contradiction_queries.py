"""Calls with which a bank contradicted itself, beside the payment that the same reference was first told for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, LiteralString

from django.db import connection


@dataclass(frozen=True, slots=True)
class FirstPayment:
    """What the bank told under this reference first, as it is booked."""

    customer_no: str
    amount_rupiah: int
    bank_reference: str
    receipt_number: str
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """One contradicting content; ``first`` is None where the reference is new and only the call's number was used."""

    id: int
    bank_name: str
    reference: str
    external_id: str
    content_sha256: str
    customer_no: str
    amount_rupiah: int
    channel: str
    bank_reference: str
    taken_at_told: str
    received_at: datetime
    calls: int
    last_at: datetime
    closed_at: datetime | None
    closed_by: str
    note: str
    first: FirstPayment | None


_FIND: LiteralString = (
    "SELECT c.id, coalesce(k.name, ''), c.reference, c.external_id, encode(c.content_sha256, 'hex'), c.customer_no,"
    " c.amount_rupiah, c.channel, c.bank_reference, c.taken_at_told, c.received_at, c.calls, c.last_at, c.closed_at,"
    " coalesce(a.display_name, ''), c.note, p.customer_no, p.amount_rupiah, p.bank_reference, p.receipt_number,"
    " p.paid_at FROM contributions_contradiction c"
    " LEFT JOIN contributions_payment p ON p.partner_id = c.partner_id AND p.reference = c.reference"
    " LEFT JOIN access_partner k ON k.id = c.partner_id LEFT JOIN access_account a ON a.id = c.closed_by"
)


def contradictions(*, since: date, most: int = 200) -> list[ContradictionView]:
    """Those that nobody closed, and those of later than a day; the open ones first, the newest first."""
    return _found(
        f"{_FIND} WHERE c.closed_at IS NULL OR c.last_at >= %s"
        " ORDER BY c.closed_at IS NOT NULL, c.last_at DESC, c.id LIMIT %s",
        [since - timedelta(days=1), most],
    )


def contradiction(contradiction_id: int) -> ContradictionView | None:
    """One of them."""
    found = _found(f"{_FIND} WHERE c.id = %s", [contradiction_id])
    return found[0] if found else None


def _found(statement: LiteralString, params: list[Any]) -> list[ContradictionView]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[Any] = cursor.fetchall()
    return [
        ContradictionView(*[*row[:-5], FirstPayment(*row[-5:]) if row[-1] is not None else None])  # the first, if any
        for row in rows
    ]
