"""What a nation looks like, counted part by part: nothing is kept of anybody."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import polars as pl

from lindung.nation.careers import KINDS, OWN
from lindung.nation.careers import NEVER as NO_END
from lindung.nation.draws import Flags, Integers
from lindung.nation.employers import SHARES, size_names
from lindung.nation.nation import Nation, Part
from lindung.nation.orders import KINDS as ORDER_KINDS
from lindung.nation.orders import MIGRANT, OWN_ACCOUNT, PROJECT, ordered_day
from lindung.nation.pictures import Chart, Series
from lindung.nation.regions import REGIONS, least_wages
from lindung.nation.reporting import NEVER
from lindung.nation.territory import SEGMENTS

_OLDEST, _MOST_CARDS = 70, 8
_STEP_RUPIAH, _STEPS = 100_000, 1_500
_COMMON_NAMES, _NAMES_COUNTED = 10, 200_000
_FIRM_EDGES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_PERCENTILES = (
    (0, "least"), (100, "10%"), (250, "25%"), (500, "middle"), (750, "75%"), (900, "90%"), (990, "99%"), (1_000, "most")
)  # fmt: skip


class Statistics:
    """Give it every part once, then ask for the text and the charts."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        months = nation.plan.months
        self.people = self.single_names = self.no_mail = self.no_phone = self.misspelt = 0
        self.ages = np.zeros((2, _OLDEST + 1), dtype=np.int64)
        self.kinds = np.zeros(len(KINDS), dtype=np.int64)
        self.cards, self.jobs = np.zeros((2, _MOST_CARDS + 1), dtype=np.int64)
        self.months_paid = np.zeros(months + 1, dtype=np.int64)
        self.wages = np.zeros((2, _STEPS + 1), dtype=np.int64)  # earned, told, in the last month
        self.by_region = np.zeros((len(REGIONS), _STEPS + 1), dtype=np.int64)
        self.at_least = self.below_least = self.told_less = self.paid_by_day = 0
        self.job_count = self.ended = self.never_reported = self.second_jobs = 0
        self.thr_rupiah = 0
        self.orders, self.paid_orders, self.paid_rupiah = np.zeros((3, len(ORDER_KINDS)), dtype=np.int64)
        self.own_account_months = self.paid_back = self.prolonged = self.with_jht = self.never_paid = 0
        self.rows_by_month = np.zeros(months, dtype=np.int64)
        self.names: Counter[str] = Counter()
        self.households: Counter[int] = Counter()
        self.workers_by_bill = np.zeros(nation.reports.paid_at.size, dtype=np.int64)

    def add(self, part: Part) -> None:
        """Count one part."""
        known, jobs = part.people, part.jobs
        ages = self.nation.plan.until_on.year - known["birth_on"].dt.year().to_numpy()
        ages -= (known["birth_on"].dt.ordinal_day() > self.nation.plan.until_on.timetuple().tm_yday).to_numpy()
        women = (known["sex"] == "P").to_numpy()
        for row, which in enumerate((~women, women)):
            self.ages[row] += np.bincount(ages[which].clip(0, _OLDEST), minlength=_OLDEST + 1)
        self.people += known.height
        self.single_names += int((~known["name"].str.contains(" ", literal=True)).sum())
        self.no_mail += known["email"].null_count()
        self.no_phone += known["phone"].null_count()
        if self.names.total() < _NAMES_COUNTED:
            self.names.update(known["name"].to_list())
        own = part.records.filter(pl.col("kind") == OWN)
        self.misspelt += int((own["name"] != known["name"]).sum())
        self.kinds += np.bincount(part.records["kind"], minlength=len(KINDS))
        number = known["number"].to_numpy()
        self._add_work(part, number)
        self._add_months(part, len(number))
        self._add_wages(part)
        self._add_orders(part)
        self.ended += int((jobs.until < NO_END).sum())

    def _add_work(self, part: Part, number: Integers) -> None:
        jobs = part.jobs
        each = np.bincount(part.job_person, minlength=len(number))
        cards = np.bincount(part.job_person[jobs.new_card], minlength=len(number)) + (each == 0)
        self.cards += np.bincount(cards.clip(0, _MOST_CARDS), minlength=_MOST_CARDS + 1)
        self.jobs += np.bincount(each[each > 0].clip(0, _MOST_CARDS), minlength=_MOST_CARDS + 1)
        self.job_count += len(jobs)
        self.second_jobs += int(jobs.second.sum())
        self.never_reported += int(((jobs.until < NO_END) & (jobs.told_until == NO_END)).sum())

    def _add_months(self, part: Part, people: int) -> None:
        told, months = part.months, self.nation.plan.months
        paid = self.nation.reports.paid_at.ravel()[told.bill] != NEVER
        # Two firms in one month are one month of his.
        person_month = np.unique(part.job_person[told.job[paid]] * months + told.month[paid])
        each = np.bincount(person_month // months, minlength=people)
        earns = np.bincount(part.job_person, minlength=people) > 0
        self.months_paid += np.bincount(each[earns], minlength=months + 1)
        self.rows_by_month += np.bincount(told.month, minlength=months)
        self.workers_by_bill[part.sums.bill] += part.sums.sums[:, 0]

    def _add_wages(self, part: Part) -> None:
        plan, firms, jobs = self.nation.plan, self.nation.firms, part.jobs
        here = np.flatnonzero(jobs.end_month == plan.months)
        earned, told = part.wages.earned[here, -1], part.wages.told[here, -1]
        region = firms.region[jobs.firm[here]]
        least = least_wages(plan.last.year, 1)[region, 0]
        for row, column in enumerate((earned, told)):
            steps = (column // _STEP_RUPIAH).clip(0, _STEPS)
            self.wages[row] += np.bincount(steps, minlength=_STEPS + 1)
        np.add.at(self.by_region, (region, (earned // _STEP_RUPIAH).clip(0, _STEPS)), 1)
        self.at_least += int((earned == least).sum())
        self.below_least += int((earned < least).sum())
        self.told_less += int((told < earned).sum())
        self.paid_by_day += int((part.wages.varies[here] > 0).sum())
        self.thr_rupiah += int(part.holiday_pay.paid_rupiah.sum())

    def _add_orders(self, part: Part) -> None:
        orders, lines, kinds = part.orders, part.order_lines, len(ORDER_KINDS)
        paid = orders.paid_at != NEVER
        self.orders += np.bincount(orders.kind, minlength=kinds)
        self.paid_orders += np.bincount(orders.kind[paid], minlength=kinds)
        there = paid[lines.order]
        np.add.at(self.paid_rupiah, orders.kind[lines.order[there]], lines.rupiah[there])
        own = paid & (orders.kind == OWN_ACCOUNT)
        self.own_account_months += int(orders.months[own].sum())
        running = self.nation.plan.days[
            np.searchsorted(self.nation.plan.days, ordered_day(orders.ordered_at), "right") - 1
        ]
        self.paid_back += int((own[lines.order] & (lines.period < running[lines.order])).sum())
        self.prolonged += int((orders.prolongs & paid).sum())
        self.with_jht += int(part.independents["with_jht"].sum())
        self.never_paid += int(part.independents["segment"].is_in(("BPU", "PMI")).sum()) - len(
            np.unique(part.order_owner[paid])
        )

    def lines(self) -> Iterator[str]:
        """The statistics as lines of text."""
        yield from self._about_people()
        yield from self._about_firms()
        yield from self._about_work()
        yield from self._about_wages()
        yield from self._about_others()

    def _about_people(self) -> Iterator[str]:
        plan, edges, people = self.nation.plan, self.nation.territory.segment_first, self.people
        yield f"nation of {plan.members:,} members, seed {plan.seed}, {plan.first} to {plan.last}, on {plan.until_on}"
        yield ""
        yield "people"
        for place, segment in enumerate(SEGMENTS):
            yield f"  {segment:<8} {_of(int((edges[:, place + 1] - edges[:, place]).sum()), people)}"
        yield f"  age      {_percentiles(self.ages.sum(axis=0), np.arange(_OLDEST + 1))}"
        yield f"  women    {_of(int(self.ages[1].sum()), people)}"
        yield f"  one name {_of(self.single_names, people)}; told otherwise than true {_of(self.misspelt, people)}"
        yield f"  no mail  {_of(self.no_mail, people)}; no phone {_of(self.no_phone, people)}"
        common = ", ".join(f"{name} {count:,}" for name, count in self.names.most_common(_COMMON_NAMES))
        yield f"  commonest of the first {self.names.total():,}: {common}"
        second = ", ".join(f"{name} {count:,}" for name, count in zip(KINDS[1:], self.kinds[1:].tolist(), strict=True))
        yield f"  persons in the register {int(self.kinds.sum()):,}: second records {second}"

    def _about_firms(self) -> Iterator[str]:
        firms, rates = self.nation.firms, self.nation.plan.rates
        count, workers = len(firms), int(firms.workers.sum())
        yield ""
        yield f"firms {count:,}, the largest with {int(firms.workers.max(initial=0)):,} workers at first"
        for place, name in enumerate(size_names(rates)):
            here = firms.size == place
            theirs = int(firms.workers[here].sum())
            yield f"  {name:<8} {_of(int(here.sum()), count)} with {_of(theirs, workers)} of the workers"
        told = [_of(int((firms.tells == place).sum()), count) for place in range(len(SHARES))]
        yield f"  tell of wages: {', '.join(f'{name} {share}' for name, share in zip(SHARES, told, strict=True))}"
        for place, habit in enumerate(rates.habits):
            yield f"  {habit.name:<22} {_of(int((firms.habit == place).sum()), count)}"
        on_time, late, unpaid = (int(column.sum()) for column in self._bills())
        bills = on_time + late + unpaid
        yield f"  bills {bills:,}: on time {_of(on_time, bills)}, late {_of(late, bills)}, unpaid {_of(unpaid, bills)}"

    def _bills(self) -> tuple[Flags, Flags, Flags]:
        """Firms by months: bills paid on time, paid late, not paid."""
        reports = self.nation.reports
        there = self.workers_by_bill.reshape(reports.paid_at.shape) > 0
        paid = (reports.paid_at != NEVER) & there
        late = paid & ((reports.late_at_report > 0) | (reports.reissued_at != NEVER))
        return paid & ~late, late, there & ~paid

    def _about_work(self) -> Iterator[str]:
        yield ""
        yield f"work of {int(self.jobs.sum()):,} wage earners"
        yield f"  jobs     {_shares(self.jobs)}"
        yield f"  cards    {_shares(self.cards)}"
        yield f"  ended    {_of(self.ended, self.job_count)}, never reported {_of(self.never_reported, self.ended)}"
        yield f"  second jobs {_of(self.second_jobs, self.job_count)}"
        yield f"  months paid {_percentiles(self.months_paid, np.arange(len(self.months_paid)))}"
        yield f"  worker-months told {int(self.rows_by_month.sum()):,}"

    def _about_wages(self) -> Iterator[str]:
        count, last = int(self.wages[0].sum()), self.nation.plan.last
        if not count:
            return
        rupiah = np.arange(_STEPS + 1) * _STEP_RUPIAH
        yield ""
        yield f"wages of {count:,} at work at the end of {last}, rupiah a month in steps of {_STEP_RUPIAH:,}"
        yield f"  earned   {_percentiles(self.wages[0], rupiah)}"
        yield f"  told     {_percentiles(self.wages[1], rupiah)}; less than earned {_of(self.told_less, count)}"
        yield f"  the least wage exactly {_of(self.at_least, count)}, less {_of(self.below_least, count)}"
        yield f"  paid by day or piece {_of(self.paid_by_day, count)}"
        least = least_wages(last.year, 1)[:, 0]
        for place, region in enumerate(REGIONS):
            here = self.by_region[place]
            if here.any():
                wages = f"least {int(least[place]):>10,}  middle {_middle(here, rupiah):>10,}"
                yield f"  {region.name:<18} {wages}  {int(here.sum()):>10,} people"
        yield f"  holiday pay (THR, no wage) {self.thr_rupiah:,}"

    def _about_others(self) -> Iterator[str]:
        yield ""
        projects = self.nation.built.projects
        stages, orders = self.nation.built.due.height, self.nation.orders
        asked = orders.kind == PROJECT
        yield "who owes no monthly bill and orders"
        for place, what in ((OWN_ACCOUNT, "own-account months"), (MIGRANT, "migrants' packages")):
            many, paid = int(self.orders[place]), int(self.paid_orders[place])
            yield f"  {what:<19} orders {many:,}, paid {_of(paid, many)}, {int(self.paid_rupiah[place]):,} rupiah"
        yield f"  months paid {self.own_account_months:,}, back {_of(self.paid_back, self.own_account_months)}"
        yield f"  packages prolonged {self.prolonged:,}; with JHT {self.with_jht:,}; never paid {self.never_paid:,}"
        told = f"  projects {projects.height:,}, stages {stages:,}, asked for {_of(int(asked.sum()), stages)}"
        yield f"{told}, paid {_of(int((asked & (orders.paid_at != NEVER)).sum()), stages)}"
        yield "Every rate is an assumption (rates.py)."

    def charts(self) -> Iterator[tuple[str, Chart]]:
        """Names of files, and what is drawn in them."""
        low, high = _edges(self.ages.sum(axis=0))
        men_and_women = [Series(name, row[low:high]) for name, row in zip(("men", "women"), self.ages, strict=True)]
        yield "ages", Chart("Members by age", "years", _every_fifth(range(low, high)), men_and_women, stacked=True)
        yield "wages", self._wage_chart()
        for name, title, counts in (("cards", "Cards per person", self.cards), ("jobs", "Jobs per person", self.jobs)):
            end = max(2, _edges(counts)[1])
            yield name, Chart(title, "", [str(many) for many in range(1, end)], [Series("people", counts[1:end])])
        every = max(1, len(self.months_paid) // 12)
        labels = [str(many) if many % every == 0 else "" for many in range(len(self.months_paid))]
        months = [Series("wage earners", self.months_paid)]
        yield "months-paid", Chart("Months paid per wage earner", "months", labels, months)
        yield "firm-sizes", self._firm_sizes()
        yield "punctuality", self._punctuality()

    def _wage_chart(self) -> Chart:
        ends = np.cumsum(self.wages[0])
        top = max(2, min(_STEPS, int(np.searchsorted(ends, ends[-1] * 985 // 1_000))))
        width = max(1, top // 40)
        rows = [_grouped(row[: top // width * width], width) for row in self.wages]
        labels = [f"{place * width / 10:g}" if place % 5 == 0 else "" for place in range(len(rows[0]))]
        series = [Series(name, row) for name, row in zip(("earned", "told"), rows, strict=True)]
        return Chart(f"Wages of {self.nation.plan.last}", "million rupiah a month", labels, series)

    def _firm_sizes(self) -> Chart:
        workers = self.nation.firms.workers
        place = np.searchsorted(_FIRM_EDGES, workers, side="right") - 1
        firms = np.bincount(place, minlength=len(_FIRM_EDGES))
        people = np.zeros(len(_FIRM_EDGES), dtype=np.int64)
        np.add.at(people, place, workers)
        labels = [f"{edge}+" if edge < 1_000 else f"{edge // 1_000}k+" for edge in _FIRM_EDGES]
        series = [
            Series(name, counts * 1_000 // max(1, int(counts.sum())))
            for name, counts in (("firms, per mille", firms), ("their workers, per mille", people))
        ]
        return Chart("Firms by size", "workers at first", labels, series)

    def _punctuality(self) -> Chart:
        plan, names = self.nation.plan, ("on time", "late", "not paid")
        every = max(1, plan.months // 6)
        labels = [str(plan.month(place)) if place % every == 0 else "" for place in range(plan.months)]
        columns = (column.sum(axis=0).astype(np.int64) for column in self._bills())
        series = [Series(name, column) for name, column in zip(names, columns, strict=True)]
        return Chart("Bills by contribution month", "", labels, series, stacked=True)


def _every_fifth(values: range) -> list[str]:
    return [str(value) if value % 5 == 0 else "" for value in values]


def _of(part: int, whole: int) -> str:
    return f"{part:,} ({part * 1_000 // max(1, whole) / 10:.1f}%)"


def _shares(counts: Integers) -> str:
    whole = int(counts.sum())
    return ", ".join(f"{many}: {_of(int(count), whole)}" for many, count in enumerate(counts) if count)


def _middle(counts: Integers, values: Integers) -> int:
    return int(values[np.searchsorted(np.cumsum(counts), int(counts.sum()) // 2, side="right")])


def _percentiles(counts: Integers, values: Integers) -> str:
    ends, whole = np.cumsum(counts), int(counts.sum())
    if not whole:
        return "nobody"
    told = []
    for per_mille, name in _PERCENTILES:
        place = np.searchsorted(ends, min(whole * per_mille // 1_000, whole - 1), side="right")
        told.append(f"{name} {int(values[place]):,}")
    return ", ".join(told)


def _edges(counts: Integers) -> tuple[int, int]:
    """The first place with anything, and one past the last."""
    there = np.flatnonzero(counts)
    return (int(there[0]), int(there[-1]) + 1) if len(there) else (0, 1)


def _grouped(counts: Integers, width: int) -> Integers:
    return np.asarray(counts.reshape(-1, width).sum(axis=1), dtype=np.int64)
