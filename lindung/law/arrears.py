"""When a contribution is due, how late a payment is, and what the delay costs.

PP 44/2015 Pasal 22 and its twins for JHT and JP; PP 49/2020 for the contribution months 2020-08 to 2021-01.
What these leave open (holidays, started months, the base) is decided here and named in ``law/readings.py``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lindung.law.lines import Line
from lindung.law.money import MOST_DEBT_RUPIAH, round_half_up, whole_number
from lindung.law.month import Month
from lindung.law.parameters import Confidence, Value, least_confident, load
from lindung.law.programmes.rules import law_row
from lindung.law.readings import (
    DUE_ON_WORKING_DAY,
    FEBRUARY_WITHOUT_A_30TH,
    PENALTY_IS_SIMPLE,
    ROUNDING,
    STARTED_MONTHS_COUNT,
    Reading,
)
from lindung.law.wording import Language, Words, article_text, day_words, rate_text, rupiah_text

MOST_MONTHS_LATE: Final = 1200
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day to pay without a penalty, and why."""

    due_on: date
    article: str
    sentence: str
    confidence: Confidence
    doubts: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


def due_on(month: Month, holidays: Container[date]) -> date:
    """The last day to pay ``month`` in time: the 15th of the next month, or the next working day after it.

    ``holidays`` are public holidays; Saturdays and Sundays need not be in it. Raises NotInForce before
    2015-07.
    """
    return due(month, holidays).due_on


def due(month: Month, holidays: Container[date], language: Language = "id") -> DueDate:
    """``due_on`` with its article, a sentence and the doubts that bear on this very month."""
    rule = load("arrears/due_day", month)
    following = month.next()
    named_on = min(following.first_on + timedelta(days=rule.whole - 1), following.last_on)
    day = named_on
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    readings = [FEBRUARY_WITHOUT_A_30TH] if named_on.day < rule.whole else []
    readings += [DUE_ON_WORKING_DAY] if day != named_on else []
    sentence = _DUE if day == named_on else _DUE_MOVED
    article = article_text(rule.article, language)
    return DueDate(
        due_on=day,
        article=article,
        sentence=sentence.say(language).format(
            month=month.words.say(language),
            named=day_words(named_on).say(language),
            day=day_words(day).say(language),
            article=article,
        ),
        confidence=least_confident(rule.confidence, *(reading.confidence for reading in readings)),
        doubts=_doubts(rule, readings, language),
        readings=tuple(readings),
    )


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether ``day`` is neither a Saturday, a Sunday nor one of ``holidays``."""
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(day: date, working_days: int, holidays: Container[date]) -> date:
    """The last of so many working days that follow ``day``, which does not count itself."""
    while working_days:
        day += timedelta(days=1)
        working_days -= is_working_day(day, holidays)
    return day


def months_late(due_on: date, paid_on: date) -> int:
    """Started months between the due date and the payment; 0 when paid in time.

    Due on the 15th of March: the 16th of March is one month late, so is the 15th of April, the 16th is two.
    """
    if paid_on <= due_on:
        return 0
    months = Month.of(paid_on).index - Month.of(due_on).index
    # Where the month of payment is too short for the day, its last day ends the month of delay.
    return months + (paid_on.day > due_on.day)


def penalty(contribution_rupiah: int, months_late: int, month: Month, language: Language = "id") -> Line:
    """The penalty for paying the contribution of ``month`` late, owed by the employer, never by the worker.

    Simple: rate x started months x the unpaid contribution (0 to 10^15 rupiah), rounded half up once. The
    rate follows the contribution month, not the day of payment. Raises ImpossibleFact, NotInForce before
    2015-07.
    """
    whole_number("contribution_owed", contribution_rupiah, most=MOST_DEBT_RUPIAH, rupiah=True)
    whole_number("months_late", months_late, most=MOST_MONTHS_LATE)
    monthly = load("arrears/penalty_rate", month)
    rate = monthly.rate * months_late
    product = contribution_rupiah * rate
    amount_rupiah = round_half_up(product.numerator, product.denominator)
    readings = [STARTED_MONTHS_COUNT, PENALTY_IS_SIMPLE]
    rounding = [ROUNDING] if product.denominator != 1 else []
    article = article_text(monthly.article, language)
    return Line(
        key="penalty",
        programme=None,
        payer="employer",
        base_rupiah=contribution_rupiah,
        rate=rate,
        rate_text=rate_text(rate, language),
        amount_rupiah=amount_rupiah,
        article=article,
        sentence=_PENALTY.say(language).format(
            monthly=rate_text(monthly.rate, language),
            months=months_late,
            owed=rupiah_text(contribution_rupiah, language),
            amount=rupiah_text(amount_rupiah, language),
            article=article,
        ),
        confidence=least_confident(monthly.confidence, *(reading.confidence for reading in readings)),
        doubts=_doubts(monthly, readings + rounding, language),
        law={monthly.name: law_row(monthly)},
    )


def _doubts(value: Value, readings: list[Reading], language: Language) -> tuple[str, ...]:
    return tuple(doubt.say(language) for doubt in (*value.doubts, *(reading.doubt for reading in readings)))


_DUE = Words(
    id="Iuran {month} paling lambat dibayar {day} ({article})",
    en="The contribution of {month} is due on {day} ({article})",
)
_DUE_MOVED = Words(
    id="Iuran {month} jatuh pada {named}, bukan hari kerja, sehingga paling lambat dibayar {day} ({article})",
    en="The contribution of {month} falls on {named}, no working day, so it is due on {day} ({article})",
)
_PENALTY = Words(
    id="{monthly} x {months} bulan terlambat x iuran {owed} = {amount} ({article})",
    en="{monthly} x {months} months late x contribution {owed} = {amount} ({article})",
)
