"""PU-JP-CEILING: next year's JP wage ceiling from last year's and the growth of the economy."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lindung.law.answers import Answer, Result
from lindung.law.facts import Facts
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes.jp import next_wage_ceiling
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Batas upah JP berikutnya", en="The next JP wage ceiling")
INPUTS: Final = frozenset({"previous_ceiling", "gdp_growth"})
PARAMETERS: Final = ("jp/wage_ceiling_step", "jp/wage_ceiling")
READINGS: Final = ()


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``ceiling`` in whole rupiah and ``unrounded``, the exact product before it was cut down."""
    previous_rupiah = facts.whole("previous_ceiling", least=1, most=MOST_WAGE_RUPIAH, rupiah=True)
    exact, ceiling_rupiah = next_wage_ceiling(previous_rupiah, facts.growth("gdp_growth"), month)
    result: Result = {"ceiling": ceiling_rupiah, "unrounded": Decimal(exact.numerator) / Decimal(exact.denominator)}
    return Answer("PU-JP-CEILING", month, language, result, values=(load("jp/wage_ceiling_step", month),))
