"""JP, pension: employer and worker pay a rate of the wage up to a ceiling, until the pension age. PP 45/2015.

The pension age rises in steps (Pasal 15). JP is owed up to and including the month in which a worker reaches
it, and whoever has reached it does not owe JP again when the age rises: both are readings, see
``law/readings.py``.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from lindung.law.bases import CappedWage
from lindung.law.errors import ImpossibleFact
from lindung.law.month import Month
from lindung.law.parameters import history, load
from lindung.law.programmes.rules import Rule, share
from lindung.law.readings import LAST_JP_MONTH, PENSION_AGE_STAYS_REACHED, Reading
from lindung.law.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OLDEST_AGE = 120
"""A birth date that makes a worker older than this is refused as an error of writing."""


def rules_from_2015_07(month: Month, jkk_class: str | None) -> tuple[Rule, ...]:
    ceiling = load("jp/wage_ceiling", month)
    base = CappedWage(ceiling.whole, Words(id="batas upah JP", en="JP wage ceiling"))
    return (
        share("jp_employer", "employer", load("jp/employer_rate", month), base, ceiling=ceiling),
        share("jp_worker", "worker", load("jp/worker_rate", month), base, ceiling=ceiling),
    )


RULES = ((Month(2015, 7), rules_from_2015_07),)


def pension_age_on(day: date) -> int:
    """The pension age in whole years on a day. Raises NotInForce before 2015-07-01. PP 45/2015 Pasal 15."""
    return load("jp/pension_age", day).whole


def is_liable(birth_on: date, month: Month) -> bool:
    """Whether a worker born on ``birth_on`` still owes JP for ``month``, by age alone.

    Raises ImpossibleFact for a birth after the month or more than 120 years before it, NotInForce before
    2015-07.
    """
    birth_month = Month.of(birth_on)
    _check_births(birth_on, birth_month.index, birth_month.index, month)
    return birth_month.index > youngest_stopped_birth_month(month).index


def jp_liable(birth_on: NDArray[np.datetime64], month: Month) -> NDArray[np.bool_]:
    """``is_liable`` for a ``datetime64[D]`` column; the same length. NaT is refused."""
    import numpy as np

    if birth_on.dtype.kind != "M" or np.isnat(birth_on).any():
        raise ImpossibleFact("birth_on", "NaT", _possible(month))
    # datetime64[M] counts months from 1970-01, Month.index from the year 0.
    births = birth_on.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    if births.size:
        oldest = birth_on.min()
        _check_births(f"{oldest}..{birth_on.max()}", int(births.min()), int(births.max()), month)
    liable: NDArray[np.bool_] = births > youngest_stopped_birth_month(month).index
    return liable


def youngest_stopped_birth_month(month: Month) -> Month:
    """Whoever was born in this month or earlier had reached the pension age before ``month`` began.

    For each pension age: the birth month of those who reached it last while it was in force, or by last
    month.
    """
    load("jp/pension_age", month)
    ages = history("jp/pension_age")
    stops = [Month.of(later.from_on) for later in ages[1:]] + [month]
    return max(
        min(stop, month).previous().plus(-12 * age.whole)
        for age, stop in zip(ages, stops, strict=True)
        if Month.of(age.from_on) < month or age is ages[0]
    )


def last_month(birth_on: date) -> Month:
    """The month in which the worker reaches the pension age then in force: the last one that owes JP.

    It may lie before July 2015: such a worker never owed JP.
    """
    birth_month = Month.of(birth_on)
    ages = history("jp/pension_age")
    reached = birth_month.plus(12 * ages[0].whole)
    for age in ages[1:]:
        if reached >= Month.of(age.from_on):
            reached = birth_month.plus(12 * age.whole)
    return reached


def last_deferred_month(birth_on: date) -> Month:
    """``last_month`` of a worker who puts the pension off and works on: at most 36 months later, a reading."""
    reached = last_month(birth_on)
    first = Month.of(history("jp/deferral_months")[0].from_on)
    return reached.plus(load("jp/deferral_months", max(reached, first)).whole)


def age_readings(birth_on: date, month: Month) -> tuple[Reading, ...]:
    """The readings on which ``is_liable`` rests for this worker and month; mostly none."""
    liable = is_liable(birth_on, month)
    if liable and not is_liable(birth_on, month.next()):
        return (LAST_JP_MONTH,)
    if not liable and Month.of(birth_on).plus(12 * pension_age_on(month.last_on)) > month:
        return (PENSION_AGE_STAYS_REACHED,)
    return ()


def next_wage_ceiling(previous_rupiah: int, growth: Fraction, month: Month) -> tuple[Fraction, int]:
    """The JP wage ceiling that follows: (exact product, cut down to the step). PP 45/2015 Pasal 29 ayat 3.

    ``growth`` is last year's first-published GDP growth (5.11% is ``Fraction(511, 10_000)``; it may be
    negative). Raises NotInForce before the first renewal, March 2016.
    """
    step = load("jp/wage_ceiling_step", month).whole
    exact = previous_rupiah * (1 + growth)
    return exact, int(exact // step) * step


def _check_births(given: object, first: int, last: int, month: Month) -> None:
    if last > month.index or first < month.index - 12 * OLDEST_AGE:
        raise ImpossibleFact("birth_date", str(given), _possible(month))


def _possible(month: Month) -> Words:
    first = month.plus(-12 * OLDEST_AGE)
    return Words(id=f"tanggal dari {first} sampai {month}", en=f"a day from {first} to {month}")
