"""What members order who pay themselves: months on their own account, a package for work abroad."""

from datetime import date, datetime, timedelta
from typing import Literal

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.models import Order
from lindung.contributions.offers import (
    CardMissing,
    OwnAccountTerms,
    choices_of_months,
    offer_months,
    offer_package,
    offer_prolonging,
)
from lindung.contributions.ordering import (
    IssuedOrder,
    LineOf,
    OrderOf,
    lock_orders,
    months_after,
    place_order,
    withdraw,
)
from lindung.lib.clock import wib_date
from lindung.registry import queries as registry

_DAYS_AHEAD = 366
# A payment whose inquiry came in time may be told a little after the number's end.
_GRACE = timedelta(days=1)
_ORDERS_AT_ONCE = 10_000


class OrderRefused(Exception):
    """This cannot be ordered; ``why`` says what is wrong. Nothing was written."""

    def __init__(self, why: Literal["months", "nothing", "over", "too_far", "overlaps"]) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def order_months(
    *,
    actor: Actor,
    person_id: int,
    membership_id: int,
    terms: OwnAccountTerms,
    months: int,
    anew: bool = False,
    now: datetime,
) -> IssuedOrder:
    """Order months of an own-account card, frozen with their law, and open a number for them.

    Which months they are is the rule's (``offers.offer_months``): back from the first unpaid one, or from this month
    on once the cover lapsed or ``anew`` is chosen. An older order of the card that is not paid gives way; the same
    again is given again.
    Raises ``CardMissing``, ``OrderRefused`` (``months``, ``nothing``) and the law's ``ImpossibleFact``.
    """
    today = wib_date(now)
    if months not in choices_of_months(today):
        raise OrderRefused("months")
    lock_orders(f"card {membership_id}", membership_id=membership_id)
    offer = offer_months(
        person_id=person_id, membership_id=membership_id, terms=terms, months=months, today=today, anew=anew
    )
    if offer.rupiah == 0:
        raise OrderRefused("nothing")
    lines = [
        LineOf(month.month.first_on, offer.base_rupiah, **{key: month.part(key) for key in ("jht", "jkk", "jkm")})
        for month in offer.months
    ]
    of = OrderOf(
        kind=Order.Kind.OWN_ACCOUNT,
        person_id=person_id,
        membership_id=membership_id,
        from_on=offer.months[0].month.first_on,
        until_on=offer.months[-1].month.next().first_on,
        months=months,
        facts={
            "income_rupiah": terms.income_rupiah,
            "programmes": sorted(terms.programmes),
            "sector": terms.sector,
            "owed_months": offer.owed,
            "skipped_months": offer.skipped,
        },
        law=offer.law,
    )
    order = place_order(of, lines, now=now)
    _record(order, actor, now)
    return order


@transaction.atomic
def order_package(
    *,
    actor: Actor,
    person_id: int,
    membership_id: int,
    route: str,
    contract_months: int,
    starts_on: date,
    jht_rupiah: int | None,
    now: datetime,
) -> IssuedOrder:
    """Order a migrant worker's package for one contract, by the law of today; JHT of all its months where chosen.

    Raises ``CardMissing``, ``OrderRefused`` (``over``, ``too_far``, ``overlaps`` a package that is paid) and the law's
    ``ImpossibleFact``.
    """
    today = wib_date(now)
    card = registry.card(person_id=person_id, membership_id=membership_id)
    if card is None or card.segment != "PMI":
        raise CardMissing
    answer = offer_package(route=route, contract_months=contract_months, jht_rupiah=jht_rupiah, paid_on=today)
    until_on = months_after(starts_on, contract_months)
    if until_on <= today:
        raise OrderRefused("over")
    if starts_on > today + timedelta(days=_DAYS_AHEAD):
        raise OrderRefused("too_far")
    lock_orders(f"card {membership_id}", membership_id=membership_id)
    paid = Order.objects.filter(membership_id=membership_id, paid_at__isnull=False)
    if paid.filter(from_on__lt=until_on, until_on__gt=starts_on).exists():
        raise OrderRefused("overlaps")
    before = answer.rupiah("before") if "before" in answer.result else 0
    jht = answer.rupiah(f"jht_{contract_months}_months") if jht_rupiah else 0
    of = OrderOf(
        kind=Order.Kind.MIGRANT,
        person_id=person_id,
        membership_id=membership_id,
        from_on=starts_on,
        until_on=until_on,
        months=contract_months,
        facts={
            "route": route,
            "contract_months": contract_months,
            "jht_rupiah": jht_rupiah,
            "before_rupiah": before,
            "priced_on": today.isoformat(),
        },
        law={name: list(row) for name, row in answer.law.items()},
    )
    line = LineOf(starts_on.replace(day=1), 0, jht=jht, jkk_jkm=answer.rupiah("total"))
    order = place_order(of, [line], now=now)
    _record(order, actor, now)
    return order


@transaction.atomic
def prolong_package(
    *, actor: Actor, person_id: int, membership_id: int, months: int, jht_rupiah: int | None, now: datetime
) -> IssuedOrder:
    """Order more months for a contract whose package is paid and not over, from the day on which it ends.

    Raises ``CardMissing``, ``OrderRefused`` (``over`` where no package runs or is to come, ``months`` for none) and the
    law's ``ImpossibleFact``.
    """
    today = wib_date(now)
    card = registry.card(person_id=person_id, membership_id=membership_id)
    if card is None or card.segment != "PMI":
        raise CardMissing
    if months < 1:
        raise OrderRefused("months")
    lock_orders(f"card {membership_id}", membership_id=membership_id)
    running = Order.objects.filter(membership_id=membership_id, paid_at__isnull=False, until_on__gt=today)
    last = running.order_by("-until_on").first()
    if last is None:
        raise OrderRefused("over")
    answer = offer_prolonging(months=months, jht_rupiah=jht_rupiah, paid_on=today)
    jht = answer.rupiah(f"jht_{months}_months") if jht_rupiah else 0
    of = OrderOf(
        kind=Order.Kind.MIGRANT,
        person_id=person_id,
        membership_id=membership_id,
        from_on=last.until_on,
        until_on=months_after(last.until_on, months),
        months=months,
        facts={
            "prolongs": last.number,
            "extra_months": months,
            "jht_rupiah": jht_rupiah,
            "priced_on": today.isoformat(),
        },
        law={name: list(row) for name, row in answer.law.items()},
    )
    line = LineOf(last.until_on.replace(day=1), 0, jht=jht, jkk_jkm=answer.rupiah("total"))
    order = place_order(of, [line], now=now)
    _record(order, actor, now)
    return order


@transaction.atomic
def expire_orders(*, now: datetime) -> int:
    """Withdraw orders whose number ended more than a day ago unpaid; gives how many. Two statements, however many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id FROM contributions_order o JOIN contributions_virtualaccount v ON v.order_id = o.id"
            " WHERE o.paid_at IS NULL AND o.withdrawn_at IS NULL AND v.closed_at IS NULL AND v.expires_at <= %s"
            " ORDER BY o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED",
            [now - _GRACE, _ORDERS_AT_ONCE],
        )
        lapsed = [row[0] for row in cursor.fetchall()]
    if lapsed:
        withdraw(lapsed, now=now)
        trail.record(
            actor=SYSTEM,
            act="orders_expired",
            object_kind="order",
            object_id=0,
            now=now,
            detail={"orders": len(lapsed)},
        )
    return len(lapsed)


def _record(order: IssuedOrder, actor: Actor, now: datetime) -> None:
    trail.record(
        actor=actor,
        act="order_placed",
        object_kind="order",
        object_id=order.order_id,
        now=now,
        detail={"number": order.number, "amount_rupiah": order.amount_rupiah},
    )
