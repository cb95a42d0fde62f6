"""Days on which the country works: not Saturday, not Sunday, no public holiday; collective leave is none either."""

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days of one year. Future years are predictions for the days that follow the moon."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


class Holidays:
    """A container of all public holidays, a year at a time as it is asked."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether offices are open on this day."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def working_days_left(today: date, last_on: date) -> int:
    """How many working days there are after ``today``, up to ``last_on`` and with it; 0 when it is past."""
    return sum(is_working_day(today + timedelta(days=ahead)) for ahead in range(1, (last_on - today).days + 1))


def add_working_days(day: date, days: int) -> date:
    """The working day that is so many after ``day``, which itself is not counted. ``days`` is at least 1."""
    if days < 1:
        raise ValueError(f"cannot count {days} working days")
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
