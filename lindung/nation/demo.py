"""The demonstration: three firms of different size and risk, some three hundred people, two years of months."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

import polars as pl
from django.db import transaction

from lindung.access.trail import SYSTEM, Actor
from lindung.compliance.services import claim_exit, open_complaint, run_clocks
from lindung.contributions.calendar import due_on
from lindung.contributions.queries import bills_of
from lindung.contributions.refund_queries import refunds_of
from lindung.contributions.services import ask_refund, propose_refund, receive_deposit, reissue_virtual_account
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.nation.credited import credit_year, officers, show_growth, years_over
from lindung.nation.firms import DEMO_MEMBERS, LARGE, MEDIUM, SMALL, Firm
from lindung.nation.history import moment, pay, report_month
from lindung.nation.load import load_nation
from lindung.nation.ordering import Act, SelfPayer, build, build_by_wages
from lindung.nation.people import invent
from lindung.nation.plan import Plan
from lindung.nation.staffing import hire, release
from lindung.nation.turnover import stints
from lindung.nation.wages import wages_after
from lindung.registry.models import Employer
from lindung.registry.services import register_employer

SEED = 45
MONTHS = 24
MOST_PEOPLE = 2_000
_MOVERS = 3
_COMPLAINT = "Saya bekerja penuh bulan itu, tetapi iurannya tidak ada."
_LEFT = "Kontrak saya habis dan tidak diperpanjang. Bagian personalia tidak menjawab."


class LivedFirm:
    """A firm of the demonstration with the people who ever worked there.

    ``workers``: a row per stint, with what was told of the person, ``person_id``, ``kpj``, ``employment_id``,
    ``from_on``, ``until_on`` and ``starting_wage``.
    """

    def __init__(self, firm: Firm, plan: pl.DataFrame, months: Sequence[date], partner_id: int, now: datetime) -> None:
        self.firm = firm
        self.workers = pl.DataFrame()
        self._plan = plan
        self._months = months
        self._partner_id = partner_id
        self._now = now
        self.bills: dict[date, int] = {}
        self.payers: list[SelfPayer] = []
        self.id = register_employer(
            actor=SYSTEM,
            npp=firm.npp,
            name=firm.name,
            size=firm.size,
            jkk_class=firm.jkk_class,
            now=moment(months[0], "08:00", at_most=now),
            since_on=months[0],
        )

    def acts(self) -> Iterator[Act]:
        """Everything that happens in this firm, each with its moment."""
        for from_on in self._plan["from_on"].unique():
            at = moment(from_on, "09:00", at_most=self._now)
            yield at, partial(self._hire, from_on, at)
        for until_on in self._plan["until_on"].drop_nulls().unique():
            at = moment(until_on, "17:00", at_most=self._now)
            yield at, partial(self._release, until_on, at)
        for back, period in enumerate(reversed(self._months)):
            if back not in self.firm.missing:
                yield from self._month(back, period)

    def _usual(self, period: date) -> tuple[datetime, datetime]:
        """When a month is reported, and paid where it is in time."""
        month = Month.of(period)
        reported_on = month.next().first_on + timedelta(days=self.firm.report_day - 1)
        paid_on = min(reported_on + timedelta(days=2), due_on(month))
        return (
            moment(reported_on, "10:20", at_most=self._now - timedelta(hours=3)),
            moment(paid_on, "14:45", at_most=self._now - timedelta(hours=1)),
        )

    def _month(self, back: int, period: date) -> Iterator[Act]:
        month = Month.of(period)
        at, paid_at = self._usual(period)
        yield at, partial(self._report, period, at)
        if back in self.firm.unpaid:
            return
        if back in self.firm.late:
            at = moment(due_on(month) + timedelta(days=self.firm.late[back]), "11:00", at_most=self._now)
            yield at, partial(self._reissue, period, at)
            paid_at = at + timedelta(minutes=25)
        yield paid_at, partial(self._pay, period, paid_at)

    def _hire(self, from_on: date, at: datetime) -> None:
        people = self._plan.filter(pl.col("from_on") == from_on).with_columns(
            employee_no=pl.concat_str(pl.lit("K"), pl.col("number").cast(pl.String).str.zfill(4))
        )
        hired = hire(employer_id=self.id, people=people, now=at)
        self.workers = pl.concat([self.workers, pl.concat([people, hired], how="horizontal")], how="diagonal")

    def _release(self, until_on: date, at: datetime) -> None:
        leaving = self.workers.filter(pl.col("until_on") == until_on)
        release(employer_id=self.id, ends=leaving, now=at)

    def _report(self, period: date, at: datetime) -> None:
        januaries = Month.of(period).year - Month.of(self._months[0]).year
        wages = self.workers.select(
            "employment_id",
            wage_rupiah=pl.Series(wages_after(self.workers["starting_wage"].to_numpy(), januaries)),
        )
        bill = report_month(employer_id=self.id, period=period, wages=wages, now=at)
        self.bills[period] = bill.bill_id

    def _reissue(self, period: date, at: datetime) -> None:
        reissue_virtual_account(actor=SYSTEM, employer_id=self.id, bill_id=self.bills[period], now=at)

    def _pay(self, period: date, at: datetime) -> None:
        pay(bill_id=self.bills[period], partner_id=self._partner_id, paid_at=at)

    def afterwards(self) -> Iterator[Act]:
        """Three who left long ago: one pays for himself up to now, one stopped and lapsed, one went abroad."""
        gone = self._plan.filter(pl.col("until_on") < self._months[-9]).sort("until_on")
        numbers = gone.select("number", "until_on").slice(_MOVERS, 3).iter_rows()
        self.payers = [
            SelfPayer(number, left_on, self._person_of, self._partner_id, self._now) for number, left_on in numbers
        ]
        paying, lapsed, abroad = self.payers
        yield from paying.own_account(orders=None)
        yield from lapsed.own_account(orders=1)
        yield from abroad.abroad()

    def complained(self) -> Iterator[Act]:
        """A worker asks after the month that was not reported; the firm has not answered yet."""
        period = self._months[-1 - min(self.firm.missing)]
        at = self._now - timedelta(hours=20)

        def ask() -> None:
            open_complaint(
                actor=SYSTEM,
                person_id=self.workers["person_id"][0],
                employer_id=self.id,
                period=period,
                kind="month_missing",
                said_wage_rupiah=None,
                words=_COMPLAINT,
                now=at,
            )

        yield at, ask

    def asked_back(self, by: Actor) -> Iterator[Act]:
        """The last month was paid a second time at a counter; the firm wants the money back, one officer said yes.

        Long enough ago for a second officer to send it, unless the month itself was paid only just now.
        """
        at, slip = self._now - timedelta(hours=15), f"SLIP-{self.id}"
        if at < self._usual(self._months[-1])[1]:
            at = self._now - timedelta(minutes=50)

        def ask() -> None:
            twice_rupiah = bills_of(employer_id=self.id, most=1)[0].amount_rupiah
            receive_deposit(
                actor=by,
                partner_id=self._partner_id,
                reference=slip,
                employer_id=self.id,
                amount_rupiah=twice_rupiah,
                channel="6010",
                bank_reference=slip,
                paid_at=at,
                meant_for="",
                now=at,
            )
            ask_refund(
                actor=SYSTEM,
                employer_id=self.id,
                amount_rupiah=twice_rupiah,
                bank="008",
                account_no="1370001234567",
                account_name=self.firm.name,
                press=slip,
                now=at + timedelta(minutes=10),
            )
            (asked,) = refunds_of(employer_id=self.id)
            propose_refund(
                actor=by,
                refund_id=asked.id,
                pay=True,
                reason="Slip setoran dan rekening koran cocok: bulan ini memang dibayar dua kali.",
                now=at + timedelta(minutes=20),
            )

        yield at, ask

    def claimed(self) -> Iterator[Act]:
        """A worker says that he left; the firm was silent for its days, so that it waits at the agency."""
        at = self._now - timedelta(days=20)
        passed_at = moment(wib_date(self._now) - timedelta(days=1), "09:10", at_most=self._now)

        def claim() -> None:
            claim_exit(
                actor=SYSTEM,
                person_id=self.workers.filter(pl.col("until_on").is_null())["person_id"][0],
                employer_id=self.id,
                until_on=wib_date(at).replace(day=1),
                cause="L2",
                words=_LEFT,
                now=at,
            )

        def pass_on() -> None:
            run_clocks(now=passed_at)

        yield at, claim
        yield passed_at, pass_on

    def _person_of(self, number: int) -> int:
        return int(self.workers.filter(pl.col("number") == number)["person_id"][0])


def is_loaded() -> bool:
    """Whether the demonstration is in this database."""
    return Employer.objects.filter(npp=LARGE.npp).exists()


@transaction.atomic
def load_demo(*, now: datetime, partner_id: int, members: int = DEMO_MEMBERS, seed: int = SEED) -> list[LivedFirm]:
    """Invent everything up to the month before ``now``, paid to ``partner_id``; all of it or nothing.

    More than 300 ``members`` means that there is a nation of the others beside it, over the same months.
    """
    if members > DEMO_MEMBERS:
        plan = Plan(members=members - DEMO_MEMBERS, seed=seed, months=MONTHS, until_on=wib_date(now))
        load_nation(plan, partner_id=partner_id, now=now)
    last = Month.of(wib_date(now)).previous()
    months = [last.plus(-back).first_on for back in range(MONTHS - 1, -1, -1)]
    people = invent(seed, first=0, count=MOST_PEOPLE, today=wib_date(now)).with_columns(number=pl.int_range(pl.len()))
    firms = [
        LivedFirm(firm, plan.join(people, on="number", maintain_order="left"), months, partner_id, now)
        for firm, plan in _plans(seed, months)
    ]
    small, medium, large = firms
    acts = [act for firm in firms for act in firm.acts()]
    by = officers(now=moment(months[0], "08:00", at_most=now))
    acts += _development(months, by, now)
    acts += medium.afterwards()
    acts += medium.asked_back(by[0])
    acts += medium.claimed()
    acts += small.complained()
    acts += build(large.id, last, partner_id=partner_id, now=now)
    acts += build_by_wages(large.id, last, partner_id=partner_id, now=now)
    # In the order in which things happened, so that ids and balances grow as they would have grown.
    for _, act in sorted(acts, key=lambda act: act[0]):
        act()
    return firms


def _development(months: Sequence[date], by: Sequence[Actor], now: datetime) -> Iterator[Act]:
    """Past years credited each in the March after it, and a rate for this year's growth."""
    for year, at in years_over(months, now):
        yield at, partial(credit_year, year, by=by, now=at)
    this_year = wib_date(now).year
    at = moment(date(this_year, 1, 2), "09:00", at_most=now)
    yield at, partial(show_growth, this_year, by=by[0], now=at)


def _plans(seed: int, months: Sequence[date]) -> Iterator[tuple[Firm, pl.DataFrame]]:
    """Who works where. Some leave the middle firm for the large one; a baker has a second job there."""
    numbers = count()
    small = stints(SMALL, seed=seed, months=months, numbers=numbers)
    medium = stints(MEDIUM, seed=seed, months=months, numbers=numbers)
    left = medium.filter(pl.col("until_on") < months[-3]).sort("until_on").head(_MOVERS)
    movers = [
        (number, Month.of(until_on).next().first_on)
        for number, until_on in left.select("number", "until_on").iter_rows()
    ]
    movers.append((small["number"][1], months[6]))
    yield SMALL, small
    yield MEDIUM, medium
    yield LARGE, stints(LARGE, seed=seed, months=months, numbers=numbers, movers=movers)
