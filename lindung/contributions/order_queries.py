"""Reading orders, the numbers they are paid to, and the months they paid for."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, LiteralString

from django.db import connection

OrderState = Literal["open", "paid", "lapsed"]
PayableKind = Literal["month", "months", "own_account", "migrant", "project"]


@dataclass(frozen=True, slots=True)
class PayablePart:
    """What a joint number asks for one of its bills, penalty included."""

    bill_number: str
    period: date
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class Payable:
    """What a bank is told of a number: nothing of any worker but, where he pays himself, who pays.

    ``period``: the contribution month, or the first one that an order is for; ``months`` how many. ``parts``: of a
    joint number (kind ``months``) its bills, the oldest month first.
    """

    customer_no: str
    bill_id: int
    bill_number: str
    period: date
    employer_name: str
    worker_count: int
    amount_rupiah: int
    contribution_rupiah: int
    penalty_rupiah: int
    due_on: date
    expires_at: datetime
    state: Literal["open", "paid", "expired"]
    kind: PayableKind = "month"
    months: int = 1
    parts: tuple[PayablePart, ...] = ()


# Which columns a month paid by its member has beside those of bills: see ``MonthPaid``.
OWN_MONTHS: Final[LiteralString] = (
    "SELECT l.period, 0::bigint, '', l.base_rupiah, l.jht, 0::bigint, (l.period + interval '1 month - 1 day')::date,"
    " o.paid_at, l.jht, CASE o.kind WHEN 'own_account' THEN 'BPU' ELSE 'PMI' END, l.membership_id, o.from_on,"
    " o.until_on, coalesce((o.facts->>'before_rupiah')::bigint, 0) > 0"
    " FROM contributions_orderline l JOIN contributions_order o ON o.id = l.order_id AND o.person_id = l.person_id"
)


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its payer sees it, with its number and, once it is paid, the payment. Whole rupiah."""

    id: int
    number: str
    kind: Literal["own_account", "migrant", "project"]
    person_id: int | None
    membership_id: int | None
    employer_id: int | None
    project_id: int | None
    stage_no: int | None
    from_on: date
    until_on: date
    months: int
    jht: int
    jkk: int
    jkm: int
    jkk_jkm: int
    amount_rupiah: int
    facts: dict[str, Any]
    law: dict[str, list[Any]]
    ordered_at: datetime
    paid_at: datetime | None
    withdrawn_at: datetime | None
    customer_no: str
    expires_at: datetime
    receipt_number: str
    bank_name: str
    bank_reference: str
    service_code: str

    def state(self, now: datetime) -> OrderState:
        if self.paid_at is not None:
            return "paid"
        return "lapsed" if self.withdrawn_at is not None or self.expires_at <= now else "open"

    @property
    def virtual_account(self) -> str:
        return f"{self.service_code}{self.customer_no}"


_ORDERS: Final[LiteralString] = (
    "SELECT o.id, o.number, o.kind, o.person_id, o.membership_id, o.employer_id, o.project_id, o.stage_no, o.from_on,"
    " o.until_on, o.months, o.jht, o.jkk, o.jkm, o.jkk_jkm, o.amount_rupiah, o.facts, o.law, o.ordered_at, o.paid_at,"
    " o.withdrawn_at, v.customer_no, v.expires_at, coalesce(p.receipt_number, ''), coalesce(k.name, ''),"
    " coalesce(p.bank_reference, ''), coalesce((SELECT service_codes->>0 FROM access_partner WHERE active"
    " ORDER BY id LIMIT 1), '')"
    " FROM contributions_order o JOIN contributions_virtualaccount v ON v.order_id = o.id"
    " LEFT JOIN contributions_payment p ON p.id = o.payment_id LEFT JOIN access_partner k ON k.id = p.partner_id"
)
# Django asks the driver for JSON as text.
_JSON_COLUMNS: Final = (16, 17)


def orders_of(*, person_id: int, membership_id: int | None = None, most: int = 24) -> list[OrderView]:
    """A member's orders, newest first; of one card where it is named."""
    where: LiteralString = "WHERE o.person_id = %s"
    params: list[Any] = [person_id]
    if membership_id is not None:
        where += " AND o.membership_id = %s"
        params.append(membership_id)
    return _orders(where + " ORDER BY o.id DESC LIMIT %s", [*params, most])


def members_order(*, person_id: int, order_id: int) -> OrderView | None:
    """One order of this member; somebody else's is not there."""
    found = _orders("WHERE o.person_id = %s AND o.id = %s", [person_id, order_id])
    return found[0] if found else None


def order_of_month(*, person_id: int, membership_id: int, period: date) -> OrderView | None:
    """The order that paid a month of a card, or a package that begins in it."""
    found = _orders(
        "WHERE o.id = (SELECT order_id FROM contributions_orderline"
        " WHERE person_id = %s AND membership_id = %s AND period = %s AND paid)",
        [person_id, membership_id, period],
    )
    return found[0] if found else None


def stage_orders(*, employer_id: int, project_id: int) -> dict[int, OrderView]:
    """Stage -> its newest order that stands, of a project of this employer."""
    found = _orders(
        "WHERE o.employer_id = %s AND o.project_id = %s AND o.withdrawn_at IS NULL", [employer_id, project_id]
    )
    return {order.stage_no: order for order in found if order.stage_no is not None}


def _orders(where: LiteralString, params: list[Any]) -> list[OrderView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ORDERS} {where}", params)
        found = []
        for row in cursor.fetchall():
            columns = list(row)
            for place in _JSON_COLUMNS:
                columns[place] = json.loads(columns[place])
            found.append(OrderView(*columns))
    return found


def payable_order(customer_no: str, now: datetime) -> Payable | None:
    """What is to be paid to an order's number; a member is named by his first name and initials alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.customer_no, o.id, o.number, date_trunc('month', o.from_on)::date, coalesce(f.name, p.name),"
            " v.contribution_rupiah, o.until_on, v.expires_at, CASE WHEN o.paid_at IS NOT NULL THEN 'paid'"
            " WHEN v.closed_at IS NOT NULL OR v.expires_at <= %s THEN 'expired' ELSE 'open' END, o.kind, o.months"
            " FROM contributions_virtualaccount v JOIN contributions_order o ON o.id = v.order_id"
            " LEFT JOIN registry_employer f ON f.id = o.employer_id LEFT JOIN registry_person p ON p.id = o.person_id"
            " WHERE v.customer_no = %s",
            [now, customer_no],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    number, order_id, order_no, period, name, rupiah, until_on, expires_at, state, kind, months = row
    payer = name if kind == "project" else _initials(name)
    return Payable(
        number, order_id, order_no, period, payer, 0, rupiah, rupiah, 0, until_on, expires_at, state, kind, months
    )


def _initials(name: str) -> str:
    """``Siti Rahma Dewi`` as ``Siti R. D.``: enough to know oneself by, too little for whoever tries numbers."""
    first, *others = name.split() or [""]
    return " ".join([first, *(f"{other[0]}." for other in others)])


@dataclass(frozen=True, slots=True)
class OrdersOfMonth:
    """How many orders of one kind were made in a month, how many of them are paid, and with how much."""

    month_on: date
    kind: Literal["own_account", "migrant", "project"]
    orders: int
    paid: int
    paid_rupiah: int


def orders_by_month(*, since: date) -> list[OrdersOfMonth]:
    """The agency's figures, newest month first, without persons. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date_trunc('month', ordered_at AT TIME ZONE 'Asia/Jakarta')::date, kind, count(*), count(paid_at),"
            " coalesce(sum(amount_rupiah) FILTER (WHERE paid_at IS NOT NULL), 0)::bigint"
            " FROM contributions_order WHERE ordered_at >= %s GROUP BY 1, 2 ORDER BY 1 DESC, 2",
            [since],
        )
        return [OrdersOfMonth(*row) for row in cursor.fetchall()]
