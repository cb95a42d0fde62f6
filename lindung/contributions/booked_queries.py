"""Money that officers booked by hand: the list of some days, its sums by bank and way, and one found by its numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from lindung.contributions.deposit_queries import find_payer
from lindung.contributions.models import CASH


@dataclass(frozen=True, slots=True)
class Booked:
    """Money of a slip, in cash or out of suspense. ``order_number``: of a member's own order, then no employer stands
    here. ``slip_no``: or the bank's journal number. ``officer_name`` is empty where no officer booked it."""

    receipt_number: str
    recorded_at: datetime
    paid_at: datetime
    employer_name: str
    npp: str
    order_number: str
    bank_name: str
    slip_no: str
    channel: str
    amount_rupiah: int
    officer_name: str


@dataclass(frozen=True, slots=True)
class BookedSum:
    """What officers booked of one bank's slips, paid in one way."""

    bank_name: str
    channel: str
    count: int
    rupiah: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the money booked by hand: an SQL condition on ``p``, the payment, and what it is compared with."""

    where: str
    params: tuple[Any, ...]


_BY_HAND: Final = f"(p.customer_no IS NULL OR p.channel = '{CASH}')"
_BOOKED: Final = (
    "SELECT p.receipt_number, p.recorded_at, p.paid_at, coalesce(f.name, ''), coalesce(f.npp, ''),"
    " coalesce(o.number, ''), k.name, p.bank_reference, p.channel, p.amount_rupiah, coalesce(a.display_name, '')"
    " FROM contributions_payment p JOIN access_partner k ON k.id = p.partner_id"
    " LEFT JOIN registry_employer f ON f.id = p.employer_id"
    " LEFT JOIN contributions_order o ON o.id = p.order_id"
    " LEFT JOIN access_trailevent e ON e.object_kind = CASE WHEN p.order_id IS NULL THEN 'payment' ELSE 'order' END"
    "  AND e.object_id = coalesce(p.order_id, p.id) AND e.act IN ('deposit_received', 'payment_received')"
    " LEFT JOIN access_account a ON e.actor_kind = 'account' AND a.id = e.actor_id"
)


def booked_between(since: datetime, until: datetime) -> Chosen:
    """What was booked from ``since`` on and before ``until``, whenever it was paid."""
    return Chosen("p.recorded_at >= %s AND p.recorded_at < %s", (since, until))


def booked_with(text: str) -> Chosen:
    """What has this receipt's or slip's number, or is of the employer with this NPP or virtual account; of any day."""
    number = text.strip()
    payer = find_payer(number)
    return Chosen(
        "(p.receipt_number = %s OR p.employer_id = %s"
        " OR (p.partner_id IN (SELECT id FROM access_partner) AND p.reference = %s))",
        (number.upper(), payer.employer_id if payer else 0, number),
    )


def booked_payments(chosen: Chosen, *, first: int, most: int) -> list[Booked]:
    """The newest first, from place ``first`` (0: the very newest) on."""
    return [
        Booked(*row)
        for row in _rows(
            f"{_BOOKED} WHERE {_BY_HAND} AND {chosen.where} ORDER BY p.recorded_at DESC, p.id DESC OFFSET %s LIMIT %s",
            [*chosen.params, first, most],
        )
    ]


def booked_sums(chosen: Chosen) -> list[BookedSum]:
    """How many and how much, by bank and way."""
    return [
        BookedSum(*row)
        for row in _rows(
            "SELECT k.name, p.channel, count(*), sum(p.amount_rupiah)::bigint FROM contributions_payment p"
            f" JOIN access_partner k ON k.id = p.partner_id WHERE {_BY_HAND} AND {chosen.where}"
            " GROUP BY 1, 2 ORDER BY 1, 2",
            [*chosen.params],
        )
    ]


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
