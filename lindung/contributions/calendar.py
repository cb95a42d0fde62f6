"""Public holidays of Indonesia, for due dates: national days and collective leave alike are not working days."""

from datetime import date
from functools import cache

import holidays

from lindung.law import Month, arrears


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days of one year. Future years are predictions for the days that follow the moon."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


class Holidays:
    """A container of all public holidays, a year at a time as it is asked."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in public_holidays(day.year)


@cache
def due_on(month: Month) -> date:
    """The last day to pay a contribution month without penalty."""
    return arrears.due_on(month, Holidays())
