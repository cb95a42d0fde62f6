"""When a contribution month is due, and how late a payment is on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lindung.law import Month, arrears
from lindung.law.lines import Line
from lindung.law.wording import Language
from lindung.lib.working_days import Holidays


@cache
def due_on(month: Month) -> date:
    """The last day to pay a contribution month without penalty."""
    return arrears.due_on(month, Holidays())


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a month is on a day, what that costs (the law's own line), and until when it stays so."""

    months_late: int
    penalty: Line
    last_on: date


def lateness(period: date, contribution_rupiah: int, today: date, language: Language = "id") -> Lateness | None:
    """The penalty for paying a month's contribution on ``today``; None while it is in time."""
    month = Month.of(period)
    late = arrears.months_late(due_on(month), today)
    if late == 0:
        return None
    last_on = today
    while arrears.months_late(due_on(month), last_on + timedelta(days=1)) == late:
        last_on += timedelta(days=1)
    return Lateness(late, arrears.penalty(contribution_rupiah, late, month, language), last_on)
