"""Worker-months: one row for everybody whose firm told of a month, with what the law makes of the wage told."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.programmes import jp
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.nation.careers import Jobs
from lindung.nation.draws import Flags, Integers
from lindung.nation.employers import PROGRAMMES, Employers
from lindung.nation.plan import Plan
from lindung.nation.reporting import NEVER, Reports
from lindung.nation.wages import Wages, in_month

AMOUNTS = (*law.BILLED_KEYS, "jkp_from_jkk", "jkp_from_jkm")
TOTALS = ("workers", "wage_rupiah", *AMOUNTS, "jht_workers")
"""What is summed for a bill; ``jht_workers``: those to whose balance something goes."""


@dataclass(frozen=True, slots=True)
class WorkerMonths:
    """Rows by record, firm and month. ``job`` and ``record`` are rows of theirs; ``bill`` is firm x months + month.

    ``amounts``: a column for each of ``AMOUNTS``, whole rupiah.
    """

    job: Integers
    record: Integers
    month: Integers
    bill: Integers
    wage_rupiah: Integers
    jp_liable: Flags
    jkp_member: Flags
    amounts: dict[str, Integers]

    def __len__(self) -> int:
        return len(self.job)

    @property
    def jht_rupiah(self) -> Integers:
        """What goes to the worker's balance."""
        return self.amounts["jht_employer"] + self.amounts["jht_worker"]


@dataclass(frozen=True, slots=True)
class BillSums:
    """The sums of ``TOTALS`` for some bills: ``bill`` ascending, ``sums`` bills by totals."""

    bill: Integers
    sums: Integers


def worker_months(
    plan: Plan,
    firms: Employers,
    reports: Reports,
    jobs: Jobs,
    wages: Wages,
    record: Integers,
    told_birth: npt.NDArray[np.datetime64],
    jkp_member: Flags,
) -> tuple[WorkerMonths, BillSums]:
    """All months of some jobs that were told of; ``record``, ``told_birth`` and ``jkp_member`` by job."""
    # By record and firm: so the rows come out in the order of their key.
    order = np.lexsort((jobs.firm, record))
    length = (jobs.end_month - jobs.first_month)[order]
    job = np.repeat(order, length)
    month = np.arange(len(job)) - np.repeat(np.cumsum(length) - length, length) + jobs.first_month[job]
    there = reports.reported_at[jobs.firm[job], month] != NEVER
    job, month = job[there], month[there]
    firm = jobs.firm[job]
    usual = wages.told[job, plan.years[month]]
    wage = in_month(plan.draws, wages.varies[job], jobs.key[job], month, usual)
    # One law holds for all rows of a month, class and list of programmes; within it bills stand together.
    kind = (month * len(RISK_CLASSES) + firms.jkk_class[firm]) * len(PROGRAMMES) + firms.programmes[firm]
    by_law = np.lexsort((firm, kind))
    edges = np.flatnonzero(np.diff(kind[by_law], prepend=-1, append=-1))
    sorted_wage, sorted_birth, sorted_jkp = wage[by_law], told_birth[job][by_law], jkp_member[job][by_law]
    sorted_liable = np.empty(len(job), dtype=np.bool_)
    sorted_amounts = {key: np.empty(len(job), dtype=np.int64) for key in AMOUNTS}
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        rows = slice(start, end)
        month_, jkk_class, programmes = _law_of(plan, int(kind[by_law[start]]))
        sorted_liable[rows] = jp.jp_liable(sorted_birth[rows], month_)
        assessment = law.assess(
            month=month_,
            jkk_class=jkk_class,
            programmes=programmes,
            wages=sorted_wage[rows],
            jp_liable=sorted_liable[rows],
            jkp_member=sorted_jkp[rows],
        )
        for key, column in sorted_amounts.items():
            column[rows] = getattr(assessment, key)
    bill = firm * plan.months + month
    sums = _sums(bill[by_law], sorted_wage, sorted_amounts)
    back = np.empty_like(by_law)
    back[by_law] = np.arange(len(by_law))
    amounts = {key: column[back] for key, column in sorted_amounts.items()}
    return (
        WorkerMonths(job, record[job], month, bill, wage, sorted_liable[back], jkp_member[job], amounts),
        sums,
    )


def law_places(plan: Plan, firms: Employers) -> tuple[Integers, list[tuple[Month, str, frozenset[Programme]]]]:
    """By firm and month the place of its law in a list: month, risk class, programmes."""
    kinds = firms.jkk_class * len(PROGRAMMES) + firms.programmes
    each = len(RISK_CLASSES) * len(PROGRAMMES)
    places: Integers = np.arange(plan.months)[None, :] * each + kinds[:, None]
    return places, [_law_of(plan, place) for place in range(plan.months * each)]


def _law_of(plan: Plan, kind: int) -> tuple[Month, str, frozenset[Programme]]:
    rest, programmes = divmod(kind, len(PROGRAMMES))
    month, jkk_class = divmod(rest, len(RISK_CLASSES))
    return plan.month(month), RISK_CLASSES[jkk_class], frozenset(Programme(code) for code in PROGRAMMES[programmes])


def _sums(bill: Integers, wage: Integers, amounts: dict[str, Integers]) -> BillSums:
    """Whole numbers are added as such; equal bills stand together."""
    if not len(bill):
        return BillSums(bill, np.empty((0, len(TOTALS)), dtype=np.int64))
    starts = np.flatnonzero(np.diff(bill, prepend=-1))
    credited = (amounts["jht_employer"] + amounts["jht_worker"] > 0).astype(np.int64)
    columns = [np.ones(len(bill), dtype=np.int64), wage, *(amounts[key] for key in AMOUNTS), credited]
    return BillSums(bill[starts], np.stack([np.add.reduceat(column, starts) for column in columns], axis=1))
