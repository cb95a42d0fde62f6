"""PU-JP-CEILING: next year's JP wage ceiling from last year's and the growth of the economy."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from lindung.law.facts import Facts
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.month import Month
from lindung.law.programmes.jp import next_wage_ceiling

INPUTS = frozenset({"previous_ceiling", "gdp_growth"})


def evaluate(month: Month, facts: Facts) -> dict[str, int | Decimal]:
    """``ceiling`` in whole rupiah and the exact product before it was cut down."""
    previous_rupiah = facts.whole("previous_ceiling", least=1, most=MOST_WAGE_RUPIAH, rupiah=True)
    exact, ceiling_rupiah = next_wage_ceiling(previous_rupiah, Fraction(facts.growth("gdp_growth")), month)
    return {"ceiling": ceiling_rupiah, "unrounded": Decimal(exact.numerator) / Decimal(exact.denominator)}
