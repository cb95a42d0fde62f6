"""Money that officers booked by hand: the list of some days, its sums by bank and way, and one found by its numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from lindung.contributions.deposit_queries import customer_no_in, find_payer
from lindung.contributions.models import CASH, OUT_OF_SUSPENSE


@dataclass(frozen=True, slots=True)
class Booked:
    """Money of a slip, in cash or out of suspense. ``order_number``: of a member's own order, then no employer stands
    here. ``slip_no``: or the bank's journal number, or empty. ``channel`` is empty of what two officers booked out of
    suspense, ``officer_name`` where no officer booked it."""

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
    """What officers booked of one bank, paid in one way; ``channel`` as in ``Booked``."""

    bank_name: str
    channel: str
    count: int
    rupiah: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the money booked by hand: an SQL condition on ``p``, the payment, and what it is compared with."""

    where: str
    params: tuple[Any, ...]

    def by(self, officer_id: int) -> "Chosen":
        """Of this, what one officer booked."""
        return Chosen(f"{self.where} AND EXISTS ({_BY_OFFICER})", (*self.params, officer_id))


_BY_HAND: Final = f"(p.customer_no IS NULL OR p.channel = '{CASH}')"
_CHANNEL: Final = f"CASE WHEN starts_with(p.reference, '{OUT_OF_SUSPENSE}') THEN '' ELSE p.channel END"
_FROM: Final = "FROM contributions_payment p JOIN access_partner k ON k.id = p.partner_id"
_ITS_ACT: Final = (
    "e.object_kind = CASE WHEN p.order_id IS NULL THEN 'payment' ELSE 'order' END"
    " AND e.object_id = coalesce(p.order_id, p.id) AND e.act IN ('deposit_received', 'payment_received')"
    " AND e.actor_kind = 'account'"
)
_BY_OFFICER: Final = f"SELECT 1 FROM access_trailevent e WHERE {_ITS_ACT} AND e.actor_id = %s"
_BOOKED: Final = (
    "SELECT p.receipt_number, p.recorded_at, p.paid_at, coalesce(f.name, ''), coalesce(f.npp, ''),"
    f" coalesce(o.number, ''), k.name, p.bank_reference, {_CHANNEL},"
    f" p.amount_rupiah, coalesce(a.display_name, '') {_FROM}"
    " LEFT JOIN registry_employer f ON f.id = p.employer_id"
    " LEFT JOIN contributions_order o ON o.id = p.order_id"
    f" LEFT JOIN access_trailevent e ON {_ITS_ACT} LEFT JOIN access_account a ON a.id = e.actor_id"
)
_WITH: Final = " UNION ALL ".join(
    f"SELECT p.id FROM contributions_payment p WHERE {_BY_HAND} AND p.{column} = %s"
    for column in ("receipt_number", "bank_reference", "employer_id", "customer_no")
)


def booked_between(since: datetime, until: datetime) -> Chosen:
    """What was booked from ``since`` on and before ``until``, whenever it was paid."""
    return Chosen("p.recorded_at >= %s AND p.recorded_at < %s", (since, until))


def booked_with(text: str) -> Chosen:
    """What has this receipt's, slip's or journal's number, is of the employer with this NPP, or was to be paid, or was
    paid, to this virtual account or another of its employer's; of any day."""
    number = text.strip()
    payer = find_payer(number)
    employer_id = payer.employer_id if payer else 0
    return Chosen(f"p.id IN ({_WITH})", (number.upper(), number, employer_id, customer_no_in(number)))


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
            f"SELECT k.name, {_CHANNEL}, count(*), sum(p.amount_rupiah)::bigint {_FROM}"
            f" WHERE {_BY_HAND} AND {chosen.where}"
            " GROUP BY k.id, k.name, 2 ORDER BY 1, k.id, 2",
            [*chosen.params],
        )
    ]


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
