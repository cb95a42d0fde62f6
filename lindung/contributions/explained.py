"""Why an amount is what it is: the law's own sentences over the facts that were frozen into a bill."""

from datetime import date
from typing import Literal

from lindung.contributions.offers import offer_package, offer_prolonging
from lindung.contributions.order_queries import OrderView
from lindung.contributions.queries import MonthFacts
from lindung.law import Month, Programme, bpu
from lindung.law import contributions as law
from lindung.law.lines import Line


class Unexplained(Exception):
    """The law of today gives another amount than the bill: the bill stands, and somebody must look."""


def explained_month(facts: MonthFacts, *, language: Literal["id", "en"]) -> list[Line]:
    """The lines of one worker's month, in words.

    They are computed anew and must equal what was billed; a difference raises ``Unexplained`` instead of showing
    a reason that is not the real one.
    """
    lines = law.explain(
        month=Month.of(facts.period),
        wage=facts.wage_rupiah,
        jkk_class=facts.jkk_class,
        programmes=frozenset(Programme(code) for code in facts.programmes),
        jp_liable=facts.jp_liable,
        jkp_member=facts.jkp_member,
        language=language,
    )
    for line in lines:
        if line.key in facts.amounts and line.amount_rupiah != facts.amounts[line.key]:
            raise Unexplained(f"bill {facts.bill_number}: {line.key}")
    return lines


def explained_own(order: OrderView, period: date, *, language: Literal["id", "en"]) -> list[Line]:
    """The lines of one month that a member paid himself, or of his package, in words.

    They are computed anew from what he said then; a sum that differs from what was ordered raises ``Unexplained``.
    """
    facts = order.facts
    if order.kind == "migrant":
        priced_on, jht = date.fromisoformat(facts["priced_on"]), facts["jht_rupiah"]
        if "extra_months" in facts:
            answer = offer_prolonging(
                months=facts["extra_months"], jht_rupiah=jht, paid_on=priced_on, language=language
            )
        else:
            answer = offer_package(
                route=facts["route"],
                contract_months=facts["contract_months"],
                jht_rupiah=jht,
                paid_on=priced_on,
                language=language,
            )
        if answer.rupiah("total") != order.jkk_jkm:
            raise Unexplained(f"order {order.number}")
        return list(answer.lines)
    months = [_own_lines(order, Month.of(order.from_on).plus(later), language) for later in range(order.months)]
    if sum(line.amount_rupiah for lines in months for line in lines) != order.amount_rupiah:
        raise Unexplained(f"order {order.number}")
    return months[Month.of(period).index - Month.of(order.from_on).index]


def _own_lines(order: OrderView, month: Month, language: Literal["id", "en"]) -> list[Line]:
    return bpu.explain(
        month=month,
        income=order.facts["income_rupiah"],
        programmes=frozenset(Programme(code) for code in order.facts["programmes"]),
        sector=order.facts["sector"] or None,
        language=language,
    )
