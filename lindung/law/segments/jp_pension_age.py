"""JP-PENSION-AGE: until which month a worker owes JP, by the date of birth."""

from __future__ import annotations

from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.enterprise import completed_years
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes import jp
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Usia pensiun dan akhir iuran JP", en="Pension age and the end of JP contributions")
INPUTS: Final = frozenset({"birth_date", "jp_deferral_elected"})
PARAMETERS: Final = ("jp/pension_age", "jp/deferral_months")
READINGS: Final = (readings.LAST_JP_MONTH, readings.PENSION_AGE_STAYS_REACHED)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``pension_age`` of the month, the worker's ``age`` at its end, ``pension_age_reached_in``, whether JP is
    ``owed``, and the ``last_month`` that owes it.
    """
    age_limit = load("jp/pension_age", month)
    result: dict[str, Plain] = {"pension_age": age_limit.whole}
    birth_on = facts.day("birth_date")
    if birth_on is None:
        raise ImpossibleFact("birth_date", None, Words(id="tanggal seperti 1990-12-31", en="a date like 1990-12-31"))
    owed = jp.is_liable(birth_on, month)
    last, values = jp.last_month(birth_on), [age_limit]
    result["pension_age_reached_in"] = str(last)
    if facts.flag("jp_deferral_elected"):
        last = jp.last_deferred_month(birth_on)
        owed = month <= last
        values.append(load("jp/deferral_months", month))
    result |= {"age": completed_years(birth_on, month.last_on), "owed": owed, "last_month": str(last)}
    sentence = Words(
        id=f"Iuran JP terakhir untuk bulan {last.words.id}", en=f"The last JP contribution is for {last.words.en}"
    )
    return Answer(
        "JP-PENSION-AGE",
        month,
        language,
        result,
        sentences=(sentence.say(language),),
        readings=jp.age_readings(birth_on, month),
        values=tuple(values),
    )
