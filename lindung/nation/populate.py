"""A great many people in a few great firms, each month of whom is billed and paid: the ground for measurements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from lindung.access.trail import SYSTEM
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.nation.firms import big_sizes
from lindung.nation.history import moment, pay, report_month
from lindung.nation.staffing import hire_many
from lindung.nation.wages import starting_wages, wages_after
from lindung.registry.services import register_employer

AFTER_THE_DEMO = 1_000_000
"""Where numbers of persons begin, so that they never meet the people of the demonstration."""


@dataclass(frozen=True, slots=True)
class BigFirm:
    """A firm of the big nation."""

    id: int
    npp: str
    workers: int


def populate(
    *,
    members: int,
    seed: int,
    now: datetime,
    partner_id: int,
    months: int = 1,
    sizes: Sequence[int] | None = None,
    first: int = AFTER_THE_DEMO,
    say: Callable[[str], None] = lambda line: None,
) -> list[BigFirm]:
    """Invent ``members`` people in large firms with their last ``months`` billed and paid to ``partner_id``.

    ``sizes`` are the firms' workers; without it one firm has exactly 10,000 and the others 100,000. Works in parts
    with a transaction each, unless the caller holds one; a second nation in one database needs another ``first``.
    """
    chosen = list(sizes) if sizes is not None else big_sizes(members)
    if sum(chosen) != members:
        raise ValueError(f"firms of {sum(chosen):,} workers for {members:,} people")
    last = Month.of(wib_date(now)).previous()
    periods = [last.plus(-back).first_on for back in range(months - 1, -1, -1)]
    made = []
    for workers in chosen:
        made.append(_found(workers, seed, first, periods, partner_id, now))
        first += workers
        say(f"firm {made[-1].npp}: {workers:,} workers, {months} months")
    return made


def _found(workers: int, seed: int, first: int, periods: Sequence[date], partner_id: int, now: datetime) -> BigFirm:
    # Named by its first person: firms of different people are different firms.
    npp = f"98{first:08d}"
    began_at = moment(periods[0], "08:00", at_most=now)
    employer_id = register_employer(
        actor=SYSTEM,
        npp=npp,
        name=f"PT Contoh Besar {first}",
        size="large",
        jkk_class="III",
        now=began_at,
        since_on=periods[0],
    )
    parts = hire_many(employer_id=employer_id, seed=seed, first=first, count=workers, from_on=periods[0], now=began_at)
    hired = pl.concat(part.select("employment_id") for part in parts)
    starting = starting_wages(np.random.default_rng([seed, first]), workers)
    for place, period in enumerate(periods):
        januaries = sum(later.month == 1 for later in periods[1 : place + 1])
        wages = hired.with_columns(wage_rupiah=wages_after(starting, januaries))
        reported_on = Month.of(period).next().first_on + timedelta(days=4)
        reported_at = moment(reported_on, "10:00", at_most=now - timedelta(hours=2))
        bill = report_month(employer_id=employer_id, period=period, wages=wages, now=reported_at)
        paid_at = moment(reported_on, "15:30", at_most=now - timedelta(hours=1))
        pay(bill_id=bill.bill_id, partner_id=partner_id, paid_at=paid_at)
    return BigFirm(employer_id, npp, workers)
