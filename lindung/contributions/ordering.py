"""Writing an order with its lines and number, and withdrawing it. The caller decides what is ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from lindung.contributions.models import Order, OrderLine, VirtualAccount
from lindung.contributions.virtual_accounts import ORDER_NUMBER, draw_number
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of

ORDER_DAYS: Final = 7
"""How long an order can be paid. No rule says it: decision 0015."""
PARTS: Final = ("jht", "jkk", "jkm", "jkk_jkm")
LETTERS: Final = {"own_account": "B", "migrant": "M", "project": "P"}
"""What the number of an order begins with."""


@dataclass(frozen=True, slots=True)
class IssuedOrder:
    """An order and the number to pay it to; ``repeated``: the very same was open already."""

    order_id: int
    number: str
    customer_no: str
    amount_rupiah: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class LineOf:
    """What one month of an order, or a whole package, costs by programme. Whole rupiah."""

    period: date
    base_rupiah: int
    jht: int = 0
    jkk: int = 0
    jkm: int = 0
    jkk_jkm: int = 0


@dataclass(frozen=True, slots=True)
class OrderOf:
    """Whose order it is and what for: a card of a person, or a stage of a project of an employer."""

    kind: str
    from_on: date
    until_on: date
    months: int
    facts: Mapping[str, Any]
    law: Mapping[str, Sequence[Any]]
    person_id: int | None = None
    membership_id: int | None = None
    employer_id: int | None = None
    project_id: int | None = None
    stage_no: int | None = None


def lock_orders(whose: str, **which: int) -> None:
    """Orders of one card, or of one project, are made one after another from here on.

    ``which`` names them by columns. The one that waits for its money is locked too, before anything is reckoned from
    what is paid: its payment comes before or after, never meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"orders of {whose}"])
    if which:
        waiting = Order.objects.filter(paid_at=None, withdrawn_at=None, **which)
        list(waiting.order_by("id").select_for_update().values_list("id"))


def place_order(of: OrderOf, lines: Sequence[LineOf], *, now: datetime) -> IssuedOrder:
    """Order, lines and number. An open order of the same card or stage gives way, or is given again if it is the same.

    The caller holds ``lock_orders`` and writes the trail.
    """
    totals = {key: sum(getattr(line, key) for line in lines) for key in PARTS}
    standing = _open_order(of)
    if standing is not None:
        account = VirtualAccount.objects.get(order_id=standing.pk)
        if account.expires_at > now and _same(standing, of, totals):
            return IssuedOrder(standing.pk, standing.number, account.pk, standing.amount_rupiah, repeated=True)
        withdraw([standing.pk], now=now)
    order_id = next_of("contributions_order_id_seq")
    order = Order.objects.create(
        id=order_id,
        number=f"{LETTERS[of.kind]}{wib_date(now):%Y%m}{order_id:09d}",
        kind=of.kind,
        person_id=of.person_id,
        membership_id=of.membership_id,
        employer_id=of.employer_id,
        project_id=of.project_id,
        stage_no=of.stage_no,
        from_on=of.from_on,
        until_on=of.until_on,
        months=of.months,
        **totals,
        amount_rupiah=sum(totals.values()),
        facts=dict(of.facts),
        law={name: list(row) for name, row in of.law.items()},
        ordered_at=now,
    )
    if of.person_id is not None and of.membership_id is not None:
        OrderLine.objects.bulk_create(
            OrderLine(
                person_id=of.person_id,
                order_id=order_id,
                membership_id=of.membership_id,
                period=line.period,
                base_rupiah=line.base_rupiah,
                **{key: getattr(line, key) for key in PARTS},
            )
            for line in lines
        )
    account = VirtualAccount.objects.create(
        customer_no=draw_number(ORDER_NUMBER),
        order_id=order_id,
        contribution_rupiah=order.amount_rupiah,
        penalty_rupiah=0,
        months_late=0,
        opened_at=now,
        expires_at=now + timedelta(days=ORDER_DAYS),
    )
    return IssuedOrder(order_id, order.number, account.pk, order.amount_rupiah)


def _open_order(of: OrderOf) -> Order | None:
    waiting = Order.objects.filter(paid_at=None, withdrawn_at=None)
    if of.project_id is not None:
        return waiting.filter(project_id=of.project_id, stage_no=of.stage_no).first()
    return waiting.filter(membership_id=of.membership_id).first()


def _same(order: Order, of: OrderOf, totals: Mapping[str, int]) -> bool:
    return (
        (order.kind, order.from_on, order.until_on, order.months) == (of.kind, of.from_on, of.until_on, of.months)
        and order.facts == dict(of.facts)
        and all(getattr(order, key) == rupiah for key, rupiah in totals.items())
    )


def withdraw(order_ids: Sequence[int], *, now: datetime) -> None:
    """Close orders that nobody paid, with their numbers. The caller has locked them."""
    Order.objects.filter(pk__in=order_ids, paid_at=None, withdrawn_at=None).update(withdrawn_at=now)
    VirtualAccount.objects.filter(order_id__in=order_ids, closed_at=None).update(closed_at=now)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has none such."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)
