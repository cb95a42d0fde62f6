"""SANCTION: what follows for an employer that does not register its workers."""

from __future__ import annotations

from typing import Final

from lindung.law.answers import Answer, Plain
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.lines import Line
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.law.month import Month
from lindung.law.sanctions import fine, steps
from lindung.law.wording import Language, Words, day_words

TITLE: Final = Words(id="Sanksi administratif", en="Administrative sanctions")
INPUTS: Final = frozenset({"contribution_owed", "first_warning_on", "holidays"})
PARAMETERS: Final = (
    *("sanctions/warnings", "sanctions/warning_working_days", "sanctions/unregistered_rate", "sanctions/fine_days"),
)
READINGS: Final = ()


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``fine`` on a contribution that should have been paid; from a first warning the days ``first_warning_from``,
    ``second_warning_from``, ``fine_from``, ``services_refused_from``, each step lasting as long as it may.
    """
    result: dict[str, Plain] = {}
    sentences: tuple[str, ...] = ()
    if not facts.given("contribution_owed", "first_warning_on"):
        possible = Words(id="jumlah rupiah, atau first_warning_on", en="an amount in rupiah, or first_warning_on")
        raise ImpossibleFact("contribution_owed", None, possible)
    lines: tuple[Line, ...] = ()
    if "contribution_owed" in facts:
        owed = facts.whole("contribution_owed", most=MOST_DEBT_RUPIAH, rupiah=True)
        lines = (fine(owed, month, language),)
        result["fine"] = lines[0].amount_rupiah
    warned_on = facts.day("first_warning_on")
    if warned_on is None:
        facts.refuse(frozenset({"holidays"}), beside="contribution_owed")
    else:
        taken = steps(warned_on, facts.days("holidays"))
        result |= {f"{step.key}_from": step.from_on for step in taken}
        sentences = tuple(f"{day_words(step.from_on).say(language)}: {step.words.say(language)}" for step in taken)
    return Answer("SANCTION", month, language, result, lines=lines, sentences=sentences)
