"""JP by age and the yearly ceiling."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, Month, NotInForce
from lindung.law.parameters import history
from lindung.law.programmes.jp import (
    age_readings,
    is_liable,
    jp_liable,
    last_deferred_month,
    next_wage_ceiling,
    pension_age_on,
)
from lindung.law.readings import LAST_JP_MONTH, PENSION_AGE_STAYS_REACHED

FIRST = Month(2015, 7)
births = st.dates(date(1945, 1, 1), date(2000, 12, 31))
months = st.integers(0, 12 * 25).map(FIRST.plus)


def _owes_by_walking(birth_on: date, month: Month) -> bool:
    """The rule told month by month: has any earlier month brought the worker to the pension age then in force?"""
    birth_month = Month.of(birth_on)
    walked = FIRST.previous()
    while walked < month:
        age_on = walked.last_on if walked >= FIRST else FIRST.first_on
        if walked.index - birth_month.index >= 12 * pension_age_on(age_on):
            return False
        walked = walked.next()
    return True


@given(births, months)
def test_jp_is_owed_until_the_month_that_brings_the_pension_age(birth_on: date, month: Month) -> None:
    assert is_liable(birth_on, month) is _owes_by_walking(birth_on, month)


@given(st.lists(births, max_size=30), months)
def test_a_column_of_births_answers_like_each_birth_alone(some: list[date], month: Month) -> None:
    column = np.array(some, dtype="datetime64[D]")
    assert jp_liable(column, month).tolist() == [is_liable(birth_on, month) for birth_on in some]


@given(births, months)
def test_who_owes_no_jp_never_owes_it_again(birth_on: date, month: Month) -> None:
    assert is_liable(birth_on, month) or not is_liable(birth_on, month.next())


@pytest.mark.parametrize(
    ("first_on", "age"),
    [
        (date(2015, 7, 1), 56),
        (date(2019, 1, 1), 57),
        (date(2022, 1, 1), 58),
        (date(2025, 1, 1), 59),
        (date(2028, 1, 1), 60),
        (date(2043, 1, 1), 65),
    ],
)
def test_the_pension_age_changes_on_new_year(first_on: date, age: int) -> None:
    assert pension_age_on(first_on) == age
    if age > 56:
        assert pension_age_on(first_on - timedelta(days=1)) == age - 1


def test_the_pension_age_stays_at_65() -> None:
    assert pension_age_on(date(2090, 1, 1)) == 65


def test_there_is_no_pension_age_before_jp() -> None:
    with pytest.raises(NotInForce):
        pension_age_on(date(2015, 6, 30))
    with pytest.raises(NotInForce):
        is_liable(date(1990, 1, 1), Month(2015, 6))


@pytest.mark.parametrize("birth_on", [date(2026, 3, 1), date(1906, 1, 31)])
def test_a_birth_that_cannot_be_is_refused(birth_on: date) -> None:
    with pytest.raises(ImpossibleFact, match="a day from 1906-02 to 2026-02"):
        is_liable(birth_on, Month(2026, 2))
    with pytest.raises(ImpossibleFact, match="a day from 1906-02 to 2026-02"):
        jp_liable(np.array([date(1990, 1, 1), birth_on], dtype="datetime64[D]"), Month(2026, 2))


@pytest.mark.parametrize("column", [np.array(["NaT"], dtype="datetime64[D]"), np.array([19900101])])
def test_a_column_without_dates_is_refused(column: np.ndarray) -> None:
    with pytest.raises(ImpossibleFact, match="birth_on"):
        jp_liable(column, Month(2026, 2))


def test_an_answer_at_the_border_names_the_reading_it_rests_on() -> None:
    birth_on = date(1967, 6, 15)
    assert age_readings(birth_on, Month(2026, 5)) == ()
    assert age_readings(birth_on, Month(2026, 6)) == (LAST_JP_MONTH,)
    assert age_readings(birth_on, Month(2026, 7)) == ()
    assert age_readings(date(1962, 12, 31), Month(2019, 2)) == (PENSION_AGE_STAYS_REACHED,)


GROWTH = {
    2016: 479,
    2017: 502,
    2018: 507,
    2019: 517,
    2020: 502,
    2021: -207,
    2022: 369,
    2023: 531,
    2024: 505,
    2025: 503,
    2026: 511,
}
"""First-published growth of the year before, hundredths of a percent."""


def test_every_published_ceiling_follows_from_the_one_before_and_the_growth() -> None:
    values = history("jp/wage_ceiling")
    for before, after in pairwise(values):
        growth = Fraction(GROWTH[after.from_on.year], 10_000)
        exact, ceiling_rupiah = next_wage_ceiling(before.whole, growth, Month.of(after.from_on))
        assert ceiling_rupiah == after.whole
        assert 0 <= exact - ceiling_rupiah < 100


def test_the_ceiling_is_first_renewed_in_march_2016() -> None:
    with pytest.raises(NotInForce):
        next_wage_ceiling(7_000_000, Fraction(5, 100), Month(2016, 2))


def test_a_pension_put_off_runs_on_for_whoever_reached_the_age_before_the_law_too() -> None:
    assert last_deferred_month(date(1950, 1, 1)) == Month(2009, 1)


def test_that_the_age_stays_reached_is_said_until_the_higher_one_is_reached_too() -> None:
    # 56 in December 2018, when 56 was the age; the age was 57 from January 2019.
    born_on = date(1962, 12, 15)
    assert age_readings(born_on, Month(2019, 11)) == (PENSION_AGE_STAYS_REACHED,)
    assert age_readings(born_on, Month(2019, 12)) == ()
