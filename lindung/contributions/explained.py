"""Why an amount is what it is: the law's own sentences over the facts that were frozen into a bill."""

from typing import Literal

from lindung.contributions.queries import MonthFacts
from lindung.law import Month, Programme
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
