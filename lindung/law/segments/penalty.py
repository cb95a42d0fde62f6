"""PENALTY: the fine on a contribution paid late, by months or by the day of payment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.arrears import MOST_MONTHS_LATE, DueDate, due, months_late, penalty
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.inputs import day_of
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.relief_facts import named_relief
from lindung.law.reliefs import Relief, part_paid
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Denda keterlambatan", en="Penalty for paying late")
INPUTS: Final = frozenset({"contribution_owed", "months_late", "days_late", "paid_on", "holidays", "relief"})
PARAMETERS: Final = (
    *("arrears/penalty_rate", "arrears/due_day"),
    *("relief/labour_intensive_penalty_rate", "relief/labour_intensive_settled_until"),
)
READINGS: Final = (
    readings.STARTED_MONTHS_COUNT,
    readings.PENALTY_IS_SIMPLE,
    readings.DUE_ON_WORKING_DAY,
    readings.FEBRUARY_WITHOUT_A_30TH,
)

_MOST_DAYS_LATE: Final = 36_000


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``fine``, ``months_late``, ``total`` with the contribution; by day of payment also ``due_on``. The contribution
    month alone decides between 2% and 0.5%.

    The fine on relieved labour-intensive JKK has a rate of its own until the end of June 2026, which was not found:
    NotKnown. After that it is the ordinary one (PP 36/2025 Pasal 11).
    """
    how = facts.given("months_late", "days_late", "paid_on")
    facts.refuse(frozenset(how[1:]), beside="".join(how[:1]))
    paid_on, day = _paid_on(month, facts, language)
    relief = named_relief(facts, Relief.PANDEMIC, Relief.LABOUR_INTENSIVE)
    if relief is Relief.LABOUR_INTENSIVE and part_paid("relief/labour_intensive", month):
        _check_settlement(month, paid_on)
    owed = facts.whole("contribution_owed", most=MOST_DEBT_RUPIAH, rupiah=True)
    result: dict[str, Plain] = {}
    sentences: tuple[str, ...] = ()
    if paid_on is None or day is None:
        facts.refuse(frozenset({"holidays"}), beside="months_late")
        late = facts.whole("months_late", most=MOST_MONTHS_LATE)
    else:
        late = months_late(day.due_on, paid_on)
        result["due_on"] = day.due_on
        sentences = (day.sentence, *day.doubts)
        if late > MOST_MONTHS_LATE:
            latest = Words(id="paling lama 100 tahun kemudian", en="a hundred years later at most")
            raise ImpossibleFact("paid_on", str(paid_on), latest)
    line = penalty(owed, late, month, language)
    result |= {"fine": line.amount_rupiah, "months_late": late, "total": owed + line.amount_rupiah}
    return Answer("PENALTY", month, language, result, lines=(line,), sentences=sentences)


def _paid_on(month: Month, facts: Facts, language: Language) -> tuple[date, DueDate] | tuple[None, None]:
    """The day of payment and the due date, where the delay is given by days; months alone need neither."""
    if not facts.given("paid_on", "days_late"):
        return None, None
    day = due(month, facts.days("holidays"), language)
    if "days_late" in facts:
        return day.due_on + timedelta(days=facts.whole("days_late", most=_MOST_DAYS_LATE)), day
    return day_of("paid_on", facts.raw("paid_on")), day


def _check_settlement(month: Month, paid_on: date | None) -> None:
    """Raise NotKnown unless the payment comes after the time in which PP 7/2025 has a fine of its own."""
    if paid_on is None or paid_on <= load("relief/labour_intensive_settled_until", month).day:
        load("relief/labour_intensive_penalty_rate", month)
