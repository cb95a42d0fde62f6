"""What people earn, what their firms tell of it, and the holiday pay that is no wage."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from lindung.nation.careers import Jobs
from lindung.nation.draws import Draws, Integers
from lindung.nation.employers import Employers
from lindung.nation.plan import Plan
from lindung.nation.rates import Rates
from lindung.nation.regions import least_wages

_STEP_RUPIAH = 1_000
_BELL_MIDDLE, _BELL_TOP = 510, 1_020
_HUNDRED_THOUSAND = 100_000
_FULL_YEAR_MONTHS = 12
_OLDEST_THAT_GAINS = 45
_MONTH_KEYS = 1_024

_IDUL_FITRI = {
    2021: date(2021, 5, 13), 2022: date(2022, 5, 2), 2023: date(2023, 4, 22), 2024: date(2024, 4, 10),
    2025: date(2025, 3, 31), 2026: date(2026, 3, 20), 2027: date(2027, 3, 10), 2028: date(2028, 2, 27),
    2029: date(2029, 2, 15), 2030: date(2030, 2, 5),
}  # fmt: skip
"""First day of Idul Fitri; the days from 2027 on are expected ones."""
_THR_DAYS_BEFORE = 7  # Permenaker 6/2016 Pasal 5: holiday pay is due seven days before


@dataclass(frozen=True, slots=True)
class Wages:
    """By job and calendar year of the plan, in whole rupiah a month: earned, and told to the scheme.

    0 in years before the job. ``varies``: by up to how much, per mille, from month to month; see ``in_month``.
    """

    earned: Integers
    told: Integers
    varies: Integers


def wages(plan: Plan, firms: Employers, jobs: Jobs, birth_day: Integers) -> Wages:
    """The wages of each job; ``birth_day`` by job, as days since 1970."""
    draws, rates = plan.draws, plan.rates
    firm, key = jobs.firm, jobs.key
    least = least_wages(plan.first.year, int(plan.years[-1]) + 1)[firms.region[firm]]
    first_year = plan.years[np.minimum(jobs.first_month, plan.months - 1)]
    age = np.minimum((jobs.from_day - birth_day) * 4 // 1_461, _OLDEST_THAT_GAINS)
    pay = np.array([sector.pay for sector in rates.sectors], dtype=np.int64)[firms.sector[firm]] + firms.pay[firm]
    place = draws.bell("skill", jobs.number) + pay + rates.by_age * (age - 18)
    curve = _curve(rates.wage_step, rates.middle)[np.clip(place, 0, _BELL_TOP)]
    manager = draws.chance("manager", jobs.number, rates.managers)
    low, high = rates.managers_pay
    curve = np.where(manager, curve * (low + draws.low("manager's pay", jobs.number, high - low + 1)) // 100, curve)
    low_share = rates.lowest_share + draws.below("share of the least", key, 1_000 - rates.lowest_share + 1)
    earned = np.zeros_like(least)
    wage = np.zeros(len(key), dtype=np.int64)
    for year in range(least.shape[1]):
        floor = np.where(firms.pays_below[firm], least[:, year] * low_share // 1_000, least[:, year])
        begins = first_year == year
        raised = wage * (1_000 + firms.raises[firm, year]) // 1_000
        wage = np.where(begins, least[:, year] * curve // 1_000, raised) // _STEP_RUPIAH * _STEP_RUPIAH
        wage = np.where(first_year <= year, np.maximum(wage, floor // _STEP_RUPIAH * _STEP_RUPIAH), 0)
        earned[:, year] = wage
    part = earned * firms.part[firm][:, None] // 100 // _STEP_RUPIAH * _STEP_RUPIAH
    told = np.choose(firms.tells[firm][:, None], [earned, np.minimum(earned, least), part])
    return Wages(earned, told, np.where(draws.chance("wage varies", key, rates.varying), rates.varies_by, 0))


def in_month(draws: Draws, varies: Integers, job_key: Integers, month: Integers, usual: Integers) -> Integers:
    """The wage of one month: the usual one, or more or less by what it varies."""
    share = 1_000 - varies + draws.below("month's work", job_key * _MONTH_KEYS + month, 2 * varies + 1)
    changed: Integers = usual * share // 1_000 // _STEP_RUPIAH * _STEP_RUPIAH
    return np.maximum(changed, _STEP_RUPIAH)


@dataclass(frozen=True, slots=True)
class HolidayPay:
    """THR by job and year: what was paid, in whole rupiah, and in which month of the plan (-1: in none)."""

    paid_rupiah: Integers
    month: Integers


def holiday_pay(plan: Plan, jobs: Jobs, earned: Integers) -> HolidayPay:
    """A month's wage before Idul Fitri, a twelfth of it for each month at work in the first year. No wage by law."""
    months = np.full(earned.shape[1], -1, dtype=np.int64)
    for year in range(earned.shape[1]):
        feast = _IDUL_FITRI.get(plan.first.year + year)
        if feast is not None:
            due = feast - timedelta(days=_THR_DAYS_BEFORE)
            month = due.year * 12 + due.month - 1 - plan.first.index
            months[year] = month if 0 <= month < plan.months else -1
    served = np.clip(months[None, :] - jobs.first_month[:, None], 0, _FULL_YEAR_MONTHS)
    works = (months >= 0)[None, :] & (jobs.first_month[:, None] < months) & (jobs.end_month[:, None] > months)
    paid = np.where(works, earned * served // _FULL_YEAR_MONTHS // _STEP_RUPIAH * _STEP_RUPIAH, 0)
    return HolidayPay(paid, np.broadcast_to(months, paid.shape))


@cache
def _curve(step: int, middle: int) -> Integers:
    """Per mille of the least wage by place on the bell: each step is the same share more than the one before."""
    curve = np.empty(_BELL_TOP + 1, dtype=np.int64)
    scaled = middle << 32
    for place in range(_BELL_MIDDLE, _BELL_TOP + 1):
        curve[place] = scaled >> 32
        scaled = scaled * (_HUNDRED_THOUSAND + step) // _HUNDRED_THOUSAND
    scaled = middle << 32
    for place in range(_BELL_MIDDLE, -1, -1):
        curve[place] = scaled >> 32
        scaled = scaled * _HUNDRED_THOUSAND // (_HUNDRED_THOUSAND + step)
    return curve


def starting_wages(draws: Draws, rates: Rates, of: Integers, least_rupiah: int) -> Integers:
    """Monthly wages for a firm of the demonstration, from ``least_rupiah``, half of them little above it."""
    curve = _curve(rates.wage_step, rates.middle)[np.minimum(draws.bell("skill", of), _BELL_TOP)]
    wages = least_rupiah * curve // 1_000 // _STEP_RUPIAH * _STEP_RUPIAH
    return np.maximum(wages, least_rupiah)


def wages_after(starting: Integers, januaries: int) -> Integers:
    """The same people's wages after that many Januaries, each of which adds 5%, cut down to a thousand."""
    wages = starting
    for _ in range(januaries):
        wages = wages * 105 // 100 // _STEP_RUPIAH * _STEP_RUPIAH
    return wages
