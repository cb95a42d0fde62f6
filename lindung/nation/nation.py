"""A whole nation, part by part: whatever the size of the parts, the same people, work and months come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from lindung.nation import careers, employers, independent, months, wages
from lindung.nation.building import Building, building
from lindung.nation.careers import OWN, Jobs
from lindung.nation.draws import Flags, Integers
from lindung.nation.employers import Employers
from lindung.nation.months import BillSums, WorkerMonths
from lindung.nation.order_prices import Lines, OrderPrices
from lindung.nation.orders import Orders, orders
from lindung.nation.people import people
from lindung.nation.plan import Plan
from lindung.nation.reporting import Reports, reports
from lindung.nation.territory import Territory
from lindung.nation.told import told
from lindung.nation.wages import HolidayPay, Wages

PART_PEOPLE = 25_000
_JKP_AGE_LIMIT_YEARS = 54  # PP 6/2025 Pasal 4: under it when registered
_KINDS = 4


@dataclass(frozen=True)
class Part:
    """Some people of a nation, with all that happened to them.

    ``people``: as the civil registry knows them. ``records``: as they are registered, by number and kind.
    ``job_person``, ``job_record``: rows of these by job. ``independents``: who earns no wage from a firm; ``orders``:
    what they ordered, ``order_places`` where that stands among all orders, ``order_lines`` what it costs by month,
    ``order_owner`` rows of these by order.
    """

    plan: Plan
    people: pl.DataFrame
    records: pl.DataFrame
    jobs: Jobs
    job_person: Integers
    job_record: Integers
    jkp_member: Flags
    wages: Wages
    holiday_pay: HolidayPay
    months: WorkerMonths
    sums: BillSums
    independents: pl.DataFrame
    orders: Orders
    order_places: slice
    order_lines: Lines
    order_owner: Integers


class Nation:
    """What a plan describes. Firms, what they did each month, and what was ordered are made at once, people when they
    are asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.territory = Territory(plan)
        self.firms: Employers = employers.employers(plan, self.territory)
        self.reports: Reports = reports(plan, self.firms)
        self.built: Building = building(plan, self.territory, self.firms)
        self.orders: Orders = orders(plan, self.territory, self.built)
        self.prices = OrderPrices(plan, self.built)

    @cached_property
    def firm_table(self) -> pl.DataFrame:
        """The firms in words."""
        return employers.table(self.plan, self.firms)

    def parts(self, people_at_once: int = PART_PEOPLE) -> Iterator[Part]:
        """Everybody, in order."""
        for first in range(0, self.plan.members, people_at_once):
            yield self.part(first, min(people_at_once, self.plan.members - first))

    def population(self, first: int, count: int) -> pl.DataFrame:
        """``count`` people from number ``first`` as the civil registry knows them: ``nik``, ``name``, ``birth_on``,
        ``sex``, ``birth_place``, ``mother_name``, ``address``. Who has a second NIK stands there twice.
        """
        known = self._people(first, count)
        second = known.filter(pl.col("number").is_in(self._second_niks(known).implode()))
        kind = np.full(second.height, careers.SECOND_NIK, dtype=np.int64)
        doubles = second.with_columns(told(self.plan.draws, self.plan.rates, second, kind)["nik"])
        return pl.concat([known, doubles]).select(
            "nik", "name", "birth_on", "sex", "birth_place", "mother_name", "address"
        )

    def part(self, first: int, count: int) -> Part:
        """``count`` people from number ``first`` on."""
        plan, known = self.plan, self._people(first, count)
        number = known["number"].to_numpy()
        segment = self.territory.segment(number)
        birth_day = _days(known["birth_on"])
        earners = np.flatnonzero(segment == 0)
        jobs = careers.jobs(plan, self.territory, self.firms, number[earners], birth_day[earners])
        job_person = np.searchsorted(number, jobs.number)
        record_key, job_record = np.unique(
            np.concatenate([jobs.number * _KINDS + jobs.kind, number[segment != 0] * _KINDS + OWN]), return_inverse=True
        )
        job_record = job_record[: len(jobs)]
        rows = np.searchsorted(number, record_key // _KINDS)
        records = told(plan.draws, plan.rates, known[rows.tolist()], record_key % _KINDS)
        told_birth = records["birth_on"].to_numpy()[job_record]
        jkp_member = careers.in_jkp(self.firms, jobs, _young(told_birth, jobs.from_day))
        pay = wages.wages(plan, self.firms, jobs, birth_day[job_person])
        rows_of_months, sums = months.worker_months(
            plan, self.firms, self.reports, jobs, pay, job_record, told_birth, jkp_member
        )
        others = independent.independents(plan, self.territory, number[segment != 0], segment[segment != 0])
        places = self.orders.of_people(first, count)
        ordered = self.orders.some(places)
        return Part(
            plan=plan,
            people=known,
            records=records,
            jobs=jobs,
            job_person=job_person,
            job_record=job_record,
            jkp_member=jkp_member,
            wages=pay,
            holiday_pay=wages.holiday_pay(plan, jobs, pay.earned),
            months=rows_of_months,
            sums=sums,
            independents=others,
            orders=ordered,
            order_places=places,
            order_lines=self.prices.lines(ordered),
            order_owner=np.searchsorted(others["number"].to_numpy(), ordered.number),
        )

    def _people(self, first: int, count: int) -> pl.DataFrame:
        number = np.arange(first, first + count, dtype=np.int64)
        return people(self.plan.draws, self.plan.rates, self.territory.who(number), self.plan.until_on)

    def _second_niks(self, known: pl.DataFrame) -> pl.Series:
        """The numbers of those who were registered under a second NIK."""
        number = known["number"].to_numpy()
        earns = self.territory.segment(number) == 0
        jobs = careers.jobs(
            self.plan, self.territory, self.firms, number[earns], _days(known["birth_on"].filter(pl.Series(earns)))
        )
        return pl.Series(np.unique(jobs.number[jobs.kind == careers.SECOND_NIK]))


def _days(dates: pl.Series) -> Integers:
    return dates.cast(pl.Int32).to_numpy().astype(np.int64)


def _young(birth_on: npt.NDArray[np.datetime64], from_day: Integers) -> Flags:
    frame = pl.DataFrame({"birth_on": birth_on, "from_on": from_day.astype("datetime64[D]")})
    young: Flags = frame.select(pl.col("birth_on").dt.offset_by(f"{_JKP_AGE_LIMIT_YEARS}y") > pl.col("from_on"))[
        "birth_on"
    ].to_numpy()
    return young
