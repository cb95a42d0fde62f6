"""Working days in Indonesia: no weekend, no holiday, no collective leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.lib.working_days import Holidays, add_working_days, is_working_day, public_holidays, working_days_left


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 8, 17), False),  # independence, a Monday
        (date(2026, 12, 24), False),  # collective leave, a Thursday
        (date(2026, 12, 25), False),
    ],
)
def test_weekends_holidays_and_collective_leave_are_no_working_days(day: date, open_: bool) -> None:
    assert is_working_day(day) is open_
    assert (day in Holidays()) is (day in public_holidays(day.year))


def test_the_day_itself_is_not_counted() -> None:
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 16), 7) == date(2026, 11, 25)


def test_christmas_and_new_year_are_stepped_over() -> None:
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)


@given(st.dates(date(2016, 1, 1), date(2026, 12, 1)), st.integers(1, 30))
def test_so_many_working_days_lie_after_the_day(day: date, count: int) -> None:
    end = add_working_days(day, count)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(is_working_day(one) for one in between) == count


def test_no_days_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="0"):
        add_working_days(date(2026, 11, 20), 0)


@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 1)), days=st.integers(1, 40))
def test_what_is_left_until_the_nth_working_day_is_n(day: date, days: int) -> None:
    last_on = add_working_days(day, days)
    assert working_days_left(day, last_on) == days
    assert working_days_left(last_on, day) == 0
