"""JHT-DEVELOPMENT: what one calendar year adds to a balance."""

from __future__ import annotations

from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer
from lindung.law.development import MONTHS_OF_A_YEAR, MOST_BALANCE_RUPIAH, explain, rate_of
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Hasil pengembangan JHT setahun", en="JHT development of a year")
INPUTS: Final = frozenset({"opening_balance", "contributions", "annual_rate", "months"})
PARAMETERS: Final = ("jht/development_rate",)
READINGS: Final = (readings.WITHIN_THE_YEAR, readings.ROUNDING)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``contributions``, ``development``, ``balance`` at the end of the year of ``month``; ``months``: how many of it
    are counted.

    Without ``annual_rate`` the rate credited for that year; NotKnown where none was found.
    """
    opening = facts.money("opening_balance", most=MOST_BALANCE_RUPIAH) if "opening_balance" in facts else 0
    paid = facts.amounts("contributions") if "contributions" in facts else ()
    months = facts.whole("months", least=1, most=MONTHS_OF_A_YEAR) if "months" in facts else MONTHS_OF_A_YEAR
    own = facts.rate("annual_rate")
    rate = rate_of(month.year) if own is None else own
    line = explain(
        opening=opening,
        contributions=paid,
        annual_rate=rate,
        months=months,
        language=language,
    )
    balance = opening + sum(paid) + line.amount_rupiah
    result = {
        "contributions": sum(paid),
        "development": line.amount_rupiah,
        "balance": int(balance),
    }
    return Answer(
        "JHT-DEVELOPMENT",
        month,
        language,
        result,
        lines=(line,),
        readings=(readings.WITHIN_THE_YEAR,),
        facts={"annual_rate": str(line.rate * MONTHS_OF_A_YEAR), "months": months},
    )
