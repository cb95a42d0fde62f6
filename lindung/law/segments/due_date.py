"""DUE-DATE: the last day to pay a wage earners' month without a fine."""

from __future__ import annotations

from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.arrears import due, months_late
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Tanggal jatuh tempo", en="Due date")
INPUTS: Final = frozenset({"holidays", "paid_on"})
PARAMETERS: Final = ("arrears/due_day",)
READINGS: Final = (readings.DUE_ON_WORKING_DAY, readings.FEBRUARY_WITHOUT_A_30TH)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``due_on``; with ``paid_on`` also the started months of delay. ``holidays``: days besides Saturdays, Sundays."""
    day = due(month, facts.days("holidays"), language)
    result: dict[str, Plain] = {"due_on": day.due_on}
    paid_on = facts.day("paid_on")
    if paid_on is not None:
        result["months_late"] = months_late(day.due_on, paid_on)
    value = load("arrears/due_day", month)
    return Answer(
        "DUE-DATE", month, language, result, sentences=(day.sentence,), readings=day.readings, values=(value,)
    )
