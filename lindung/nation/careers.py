"""Who works where from when to when, under which card, and as whom the firm registered him.

A person has a few jobs one after another, some a second one beside the first. All of them stand side by side in
columns by person and job until they are laid out in one line, sorted by person and start.
"""

from dataclasses import dataclass

import numpy as np

from lindung.nation.draws import Draws, Flags, Integers
from lindung.nation.employers import PROGRAMMES, Employers
from lindung.nation.people import SECOND_NIK_EVERY
from lindung.nation.plan import Plan
from lindung.nation.regions import REGIONS
from lindung.nation.territory import Territory

NEVER = 1 << 40
"""Later than every day and every act."""

JOB_KEYS = 16
SECOND_CARDS = 8  # cards of a second record are counted from here
OWN, MISTYPED, SECOND_NIK = range(3)
KINDS = ("own", "mistyped_nik", "second_nik")
"""As whom somebody was registered: himself, under a NIK with a wrong digit, under a second NIK."""

_MOST_JOBS = 7
_JKP = len(PROGRAMMES) - 1
_YEAR_DAYS_IN_FOUR = 1_461
_YOUNGEST_MONTHS = 18 * 12


@dataclass(frozen=True, slots=True)
class Jobs:
    """One row per job, by person and start. Days are days since 1970, months places in the plan.

    ``first_month`` to ``end_month`` (excluded): months with at least a day of work. ``until`` is excluded, ``NEVER``
    while he is still there; ``told_until`` is ``NEVER`` too when the firm never reported the end. ``in_firms_first``:
    he was there when the firm began. ``registered``, ``end_told``: acts, two for each month (see ``registered_day``).
    """

    number: Integers
    job: Integers
    firm: Integers
    kind: Integers
    card: Integers
    new_card: Flags
    from_day: Integers
    until: Integers
    told_until: Integers
    first_month: Integers
    end_month: Integers
    registered: Integers
    end_told: Integers
    second: Flags

    def __len__(self) -> int:
        return len(self.number)

    @property
    def key(self) -> Integers:
        """For draws about one job."""
        return self.number * JOB_KEYS + self.job


@dataclass(frozen=True, slots=True)
class _Job:
    """The same for one job of everybody; ``there``: who has it."""

    there: Flags
    firm: Integers
    start: Integers
    from_day: Integers
    leaves_in: Integers
    until: Integers
    end_month: Integers
    last_month: Integers


def jobs(plan: Plan, territory: Territory, firms: Employers, number: Integers, birth_day: Integers) -> Jobs:
    """The jobs of wage earners; ``birth_day`` as days since 1970."""
    return _lay_out(plan, firms, number, _chain(plan, territory, firms, number, birth_day))


def _chain(plan: Plan, territory: Territory, firms: Employers, number: Integers, birth_day: Integers) -> list[_Job]:
    """The first job, the next ones, and last of all the second one beside the first."""
    draws, rates, months = plan.draws, plan.rates, plan.months
    area = territory.area(number)
    home = firms.home_of(number)
    born = birth_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    grown = born + _YOUNGEST_MONTHS + 1 - np.int64((plan.first.year - 1970) * 12 + plan.first.number - 1)
    before = draws.chance("starts before", number, rates.starts_before)
    start = np.where(before, 0, 1 + draws.below("starts", number, max(1, months - 1)))
    start = np.minimum(np.maximum(start, np.maximum(firms.founded[home], grown)), months - 1)
    late_day = _day_of_month(draws, rates.first_day, number * JOB_KEYS)
    from_day = plan.days[start] + np.where(start == firms.founded[home], 0, late_day)
    chain = [_stay(plan, firms, number, 0, np.ones(len(number), dtype=np.bool_), home, start, from_day)]
    gaps = np.array([gap for gap, _ in rates.gaps], dtype=np.int64)
    for job in range(1, min(2 + months // 12, _MOST_JOBS)):
        last, key = chain[-1], number * JOB_KEYS + job
        gap = gaps[draws.pick("gap", key, [weight for _, weight in rates.gaps])]
        age = (np.minimum(last.until, plan.days[months]) - birth_day) * 4 // _YEAR_DAYS_IN_FOUR
        start = np.minimum(last.leaves_in + np.maximum(gap, 0), months)
        there = last.there & (last.until < NEVER) & (gap >= 0) & (age < rates.stops_at_age) & (start < months)
        soon = np.minimum(last.until + draws.below("days between", key, 3), plan.days[start + 1] - 1)
        later = plan.days[start] + _day_of_month(draws, rates.first_day, key)
        firm = _other_firm(draws, rates.moves_region, territory, firms, key, area)
        there &= (firms.founded[firm] < start) & ~_met(chain, firm)
        chain.append(_stay(plan, firms, number, job, there, firm, start, np.where(gap == 0, soon, later)))
    return [*chain, _beside(plan, territory, firms, number, area, chain)]


def _beside(
    plan: Plan, territory: Territory, firms: Employers, number: Integers, area: Integers, chain: list[_Job]
) -> _Job:
    """A second job that begins while the first goes on."""
    draws, rates, job = plan.draws, plan.rates, len(chain)
    key, first = number * JOB_KEYS + job, chain[0]
    start = first.start + 1 + draws.below("second job starts", key, rates.second_job_after)
    start = np.minimum(start, plan.months)
    firm = _other_firm(draws, rates.moves_region, territory, firms, key, area)
    there = draws.chance("second job", number, rates.second_job) & (start < first.end_month)
    there &= (firms.founded[firm] < start) & ~_met(chain, firm)
    for other in chain:
        there &= ~other.there | (other.start != start)
    return _stay(plan, firms, number, job, there, firm, start, plan.days[start])


def _stay(
    plan: Plan, firms: Employers, number: Integers, job: int, there: Flags, firm: Integers, start: Integers,
    from_day: Integers,
) -> _Job:  # fmt: skip
    """Until when somebody stays who starts like this."""
    draws, months, key = plan.draws, plan.months, number * JOB_KEYS + job
    leaves_in = start + _months_stayed(draws, [sector.leaves for sector in plan.rates.sectors], firms.sector[firm], key)
    stays = leaves_in >= months
    leaves_in = np.minimum(leaves_in, months)
    day = np.where(draws.chance("leaves at the end", key, plan.rates.last_day), 0, 1 + draws.below("last day", key, 27))
    until = np.where(stays, NEVER, plan.days[leaves_in] + day)
    end_month = np.where(stays, months, leaves_in + (day > 0))
    last_month = np.where(day > 0, leaves_in, leaves_in - 1)
    return _Job(there, firm, start, from_day, leaves_in, until, end_month, last_month)


def _months_stayed(draws: Draws, leaves: list[int], sector: Integers, key: Integers) -> Integers:
    """From 1: how many months until somebody leaves who does so every month with his sector's chance."""
    thrown = draws.below("stays", key, 1 << 30)
    stayed = np.empty(len(key), dtype=np.int64)
    for place, chance in enumerate(leaves):
        here = sector == place
        if here.any():
            left = [1 << 30]
            while chance and left[-1] > 0 and len(left) < 1_000:
                left.append(left[-1] * (10_000 - chance) // 10_000)
            # ``left`` falls; the first value not above what was thrown ends the stay.
            stayed[here] = len(left) - np.searchsorted(np.array(left[::-1]), thrown[here], side="right")
            stayed[here] = np.maximum(stayed[here], 1) if chance else NEVER
    return stayed


def _day_of_month(draws: Draws, first_day: int, key: Integers) -> Integers:
    """Days after the first of the month on which somebody starts."""
    return np.where(draws.chance("starts on the first", key, first_day), 0, 1 + draws.below("first day", key, 24))


def _other_firm(
    draws: Draws, moves: int, territory: Territory, firms: Employers, key: Integers, area: Integers
) -> Integers:
    """The firm of somebody met by chance, mostly in the same region: large firms hire many."""
    wage_earners = territory.segment_first[:, 1] - territory.segment_first[:, 0]
    elsewhere = draws.pick("region of work", key, [region.codes for region in REGIONS])
    moved = draws.chance("moves", key, moves) & (wage_earners[elsewhere] > 0)
    area = np.where(moved, elsewhere, area)
    return firms.home_of(territory.segment_first[area, 0] + draws.below("met", key, wage_earners[area]))


def _met(chain: list[_Job], firm: Integers) -> Flags:
    met = np.zeros(len(firm), dtype=np.bool_)
    for job in chain:
        met |= job.there & (job.firm == firm)
    return met


def _lay_out(plan: Plan, firms: Employers, number: Integers, chain: list[_Job]) -> Jobs:
    """The jobs in one line by person and start, with cards and records as they came about on the way."""
    draws, rates = plan.draws, plan.rates
    there = np.stack([job.there for job in chain], axis=1)
    starts = np.where(there, np.stack([job.start for job in chain], axis=1), 2 * plan.months)
    order = np.argsort(starts, axis=1, kind="stable")

    def in_order(column: str) -> Integers:
        return np.take_along_axis(np.stack([getattr(job, column) for job in chain], axis=1), order, axis=1)

    there = np.take_along_axis(there, order, axis=1)
    second = order == len(chain) - 1
    key = number[:, None] * JOB_KEYS + order
    firm, start, until, last_month = in_order("firm"), in_order("start"), in_order("until"), in_order("last_month")
    kind = _kinds(plan, number, there & ~second)
    new = draws.chance("new card", key.ravel(), rates.new_card).reshape(key.shape) & ~second
    new[:, 0] = True
    new |= kind != OWN
    card = np.cumsum(new & there & (kind == OWN), axis=1) - 1
    card = np.where(kind == OWN, card, SECOND_CARDS)
    unreported = draws.chance("exit never reported", key.ravel(), rates.exit_never_reported).reshape(key.shape)
    told_until = np.where(unreported, NEVER, until)
    # Who is there when a firm begins is registered on its first day, everybody else on the first of the next month.
    registered = 2 * np.where(start == firms.founded[firm], start, start + 1) + 1
    # The end is told of on the first of the month after it, and not before the beginning was.
    end_told = np.where(told_until < NEVER, np.maximum(2 * (last_month + 1), registered + 1), NEVER)
    person = np.broadcast_to(number[:, None], order.shape)

    def line(column: Integers) -> Integers:
        return column[there]

    return Jobs(
        number=line(person), job=line(order), firm=line(firm), kind=line(kind), card=line(card), new_card=new[there],
        from_day=line(in_order("from_day")), until=line(until), told_until=line(told_until), first_month=line(start),
        end_month=line(in_order("end_month")), registered=line(registered), end_told=line(end_told),
        second=second[there],
    )  # fmt: skip


def _kinds(plan: Plan, number: Integers, may: Flags) -> Integers:
    """As whom each job was registered: at most one of the later ones under another NIK than the first."""
    draws, rates = plan.draws, plan.rates
    again = (number % SECOND_NIK_EVERY == 0) & draws.chance("second nik", number, rates.second_nik)
    mistyped = draws.chance("mistyped nik", number, rates.mistyped_nik) & ~again
    kind = np.zeros(may.shape, dtype=np.int64)
    later = may.copy()
    later[:, 0] = False
    where = later.argmax(axis=1)
    has = later.any(axis=1)
    rows = np.arange(len(number))
    kind[rows[has & again], where[has & again]] = SECOND_NIK
    kind[rows[has & mistyped], where[has & mistyped]] = MISTYPED
    return kind


def in_jkp(firms: Employers, jobs: Jobs, young: Flags) -> Flags:
    """Who is in JKP through which job: as the registry decides when a job is told of. PP 6/2025 Pasal 4.

    ``young``: under the age limit on the first day. Nobody is in JKP through two jobs that run as far as is known.
    """
    member: Flags = (firms.programmes[jobs.firm] == _JKP) & young
    first = np.concatenate([[True], jobs.number[1:] != jobs.number[:-1]])
    places = np.arange(len(jobs)) - np.maximum.accumulate(np.where(first, np.arange(len(jobs)), 0))
    # A person's jobs stand beside each other in the order in which they were told of.
    for place in range(1, int(places.max(initial=0)) + 1):
        here = np.flatnonzero(places == place)
        for back in range(1, place + 1):
            earlier = here - back
            runs = jobs.end_told[earlier] > jobs.registered[here]
            member[here] &= ~(member[earlier] & runs & (jobs.kind[earlier] == jobs.kind[here]))
    return member
