"""What each firm did about each month: when it reported the wages, when and how it paid. Firms by months."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from lindung.contributions.calendar import due_on, lateness
from lindung.law import Month
from lindung.nation.draws import Integers
from lindung.nation.employers import Employers
from lindung.nation.plan import Plan

NEVER = -1
DAY_SECONDS = 86_400
WIB_SECONDS = 7 * 3_600
_MONTH_KEYS = 1_024
_BEFORE_PAYMENT_SECONDS = 25 * 60
_OFFICE_SECONDS = (9 * 3_600, 15 * 3_600)  # when people report
_LATER_SECONDS = (3_600, 4 * 3_600)  # how much later on the same day, at the earliest, they pay


@dataclass(frozen=True, slots=True)
class Reports:
    """Arrays of firms by months; moments are seconds since 1970, ``NEVER`` where it did not happen.

    ``reissued_at``: the first number had expired, so a new one was asked for just before the payment, or on the last
    day by who has not paid yet. ``late`` is counted in started months: when the bill was issued, and when the new
    number was.
    """

    reported_at: Integers
    late_at_report: Integers
    expires_at: Integers
    reissued_at: Integers
    late_at_reissue: Integers
    reissue_expires_at: Integers
    paid_at: Integers


@cache
def standing(month: Month, day: date) -> tuple[int, date]:
    """Months late on a day, and the last day on which it is just as many: the law's word, whatever the amount."""
    late = lateness(month.first_on, 0, day)
    return (late.months_late, late.last_on) if late else (0, due_on(month))


def reports(plan: Plan, firms: Employers) -> Reports:
    """Every firm's months, by its habit. Nothing is reported or paid on or after the plan's present."""
    draws, rates, count = plan.draws, plan.rates, len(firms)
    habits = rates.habits

    def by_habit(values: list[int]) -> Integers:
        return np.array(values, dtype=np.int64)[firms.habit]

    late_chance = by_habit([habit.late for habit in habits])
    most_days = by_habit([habit.most_days for habit in habits])
    late_report = by_habit([habit.late_report for habit in habits])
    stops = by_habit([habit.stops for habit in habits]).astype(np.bool_)
    pays = by_habit([habit.pays for habit in habits]).astype(np.bool_)
    asks = by_habit([habit.asks for habit in habits])
    does_report = by_habit([habit.reports for habit in habits]).astype(np.bool_)
    stops_in = np.where(stops, draws.below("stops paying", firms.key, plan.months), plan.months)
    earliest, latest = rates.report_days
    habit_day = earliest + draws.below("report day", firms.key, latest - earliest + 1)
    last_day = np.array([plan.until_on], dtype="datetime64[D]").astype(np.int64) - 1
    asked_at, end_at = midnight(last_day), midnight(last_day + 1)

    made = Reports(*(np.full((count, plan.months), NEVER, dtype=np.int64) for _ in range(7)))
    for place in range(plan.months):
        month, key = plan.month(place), firms.key * _MONTH_KEYS + place
        due = int(np.datetime64(due_on(month), "D").astype(np.int64))
        first = int(plan.days[place + 1])
        wobble = draws.below("report wobble", key, rates.report_wobble + 1)
        reported = np.minimum(first + habit_day - 1 + wobble, due)
        delay = 1 + draws.below("days late", key, most_days)
        reported = np.where(draws.chance("reports late", key, late_report), due + delay, reported)
        is_late = draws.chance("pays late", key, late_chance)
        in_time = np.maximum(
            reported, np.minimum(reported + draws.below("pays within", key, rates.pay_within + 1), due)
        )
        paid = np.where(is_late, np.maximum(due, reported) + delay, in_time)

        office, later = _OFFICE_SECONDS, _LATER_SECONDS
        reported_at = midnight(reported) + office[0] + draws.below("report hour", key, office[1] - office[0])
        hour = later[0] + draws.below("payment hour", key, later[1] - later[0])
        paid_at = np.where(paid > reported, midnight(paid) + office[0], reported_at) + hour
        left_out = draws.chance("month left out", key, rates.month_left_out)
        there = does_report & ~left_out & (firms.founded <= place) & (reported_at < end_at)
        there_paid = there & pays & (place < stops_in) & (paid_at < end_at)

        late, last = _standings(month, reported)
        expires_at = midnight(last + 1)
        # As at a bank's counter: a number is good until the last second of its last day.
        asked = there & ~there_paid & (asked_at >= expires_at) & draws.chance("asks for a number", key, asks)
        again = asked | (there_paid & (paid_at >= expires_at))
        late_again, last_again = _standings(month, np.where(asked, last_day, paid))
        for array, where, values in (
            (made.reported_at, there, reported_at),
            (made.late_at_report, there, late),
            (made.expires_at, there, expires_at),
            (made.reissued_at, again, np.where(asked, asked_at, paid_at - _BEFORE_PAYMENT_SECONDS)),
            (made.late_at_reissue, again, late_again),
            (made.reissue_expires_at, again, midnight(last_again + 1)),
            (made.paid_at, there_paid, paid_at),
        ):
            array[where, place] = values[where]
    return made


def midnight(day: Integers) -> Integers:
    """The second at which a day begins in western Indonesia, both counted from 1970."""
    return day * DAY_SECONDS - WIB_SECONDS


def _standings(month: Month, days: Integers) -> tuple[Integers, Integers]:
    """``standing`` of a month for a column of days since 1970."""
    distinct, places = np.unique(days, return_inverse=True)
    known = [standing(month, date(1970, 1, 1) + timedelta(days=int(day))) for day in distinct]
    late = np.array([months for months, _ in known], dtype=np.int64)
    last = np.array([day for _, day in known], dtype="datetime64[D]").astype(np.int64)
    return late[places], last[places]
