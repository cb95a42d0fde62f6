"""What was ordered by those who owe no monthly bill, when, and whether it was paid: months, packages, stages.

Which months an own-account worker orders is the platform's rule (``contributions/offers.py``): from the first unpaid
one, or from the month that runs once the cover lapsed. Amounts are not here: see ``order_prices.py``.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lindung.contributions.ordering import ORDER_DAYS
from lindung.law import LawError
from lindung.law.parameters import load
from lindung.nation.building import Building
from lindung.nation.draws import Flags, Integers
from lindung.nation.independent import BPU, PMI, contracts, joined_day, months_after
from lindung.nation.plan import Plan
from lindung.nation.reporting import DAY_SECONDS, NEVER, WIB_SECONDS, midnight
from lindung.nation.territory import Territory

KINDS = ("own_account", "migrant", "project")
OWN_ACCOUNT, MIGRANT, PROJECT = range(len(KINDS))
_TURN_KEYS = 1_024
_DAYS_OF_MONTH = 25
_NOBODY_PAID = -(1 << 20)
_HOURS_SECONDS = (10 * 3_600, 20 * 3_600)  # of the day, when people order
_PAID_WITHIN_SECONDS = (600, 2 * DAY_SECONDS)
_TRY_AGAIN_DAYS = ORDER_DAYS + 2
# Orders that nobody paid are withdrawn a day after their number ended, by a job that runs twenty past each hour.
_WITHDRAWN_AFTER_SECONDS = (ORDER_DAYS + 1) * DAY_SECONDS
_HOUR_SECONDS, _RUNS_AT_SECONDS = 3_600, 1_200


@dataclass(frozen=True, slots=True)
class Orders:
    """Columns, a row an order: members' by person and time, then the stages of projects.

    ``number``: the person, ``project``: the project's place, ``NEVER`` where it is the other. ``from_day`` and
    ``until_day`` since 1970, the latter excluded; ``months`` 0 of a stage. ``prolongs``: more months of the package in
    the row before. Moments are seconds since 1970, ``NEVER`` where it did not happen.
    """

    kind: Integers
    number: Integers
    project: Integers
    stage_no: Integers
    from_day: Integers
    until_day: Integers
    months: Integers
    prolongs: Flags
    ordered_at: Integers
    paid_at: Integers
    withdrawn_at: Integers

    def __len__(self) -> int:
        return len(self.kind)

    def some(self, places: Integers | slice) -> "Orders":
        """Some of them, by their places."""
        return Orders(*(getattr(self, column)[places] for column in self.__slots__))

    def of_people(self, first: int, count: int) -> slice:
        """The places of the orders of ``count`` persons from number ``first`` on."""
        members = self.number[self.kind != PROJECT]
        start, end = np.searchsorted(members, [first, first + count]).tolist()
        return slice(start, end)


def orders(plan: Plan, territory: Territory, built: Building) -> Orders:
    """Everything that was ordered before the plan's present."""
    edges = territory.segment_first

    def people(segment: int) -> Integers:
        ranges = [np.arange(start, end, dtype=np.int64) for start, end in edges[:, segment : segment + 2].tolist()]
        return np.concatenate(ranges)

    members = pl.concat([_own_account(plan, people(BPU)), _packages(plan, people(PMI))]).sort("number", "ordered_at")
    return _columns(plan, pl.concat([members, _stages(built)], how="vertical"))


def present_at(plan: Plan) -> int:
    """The first second in which nothing has happened yet."""
    return int(midnight(np.array([plan.until_on], dtype="datetime64[D]").astype(np.int64))[0])


def ordered_day(ordered_at: Integers) -> Integers:
    """The day since 1970 in western Indonesia."""
    day: Integers = (ordered_at + WIB_SECONDS) // DAY_SECONDS
    return day


def _own_account(plan: Plan, number: Integers) -> pl.DataFrame:
    """Turn by turn: how many months, from which on, when, and whether they were paid."""
    draws, rates, months = plan.draws, plan.rates, plan.months
    at_once = np.array([many for many, _ in rates.bpu_at_once], dtype=np.int64)
    choices = np.sort(at_once)
    lapse = np.array([load("bpu/lapse_months", plan.month(place)).whole for place in range(months + 1)])
    joined = joined_day(plan, number)
    running = np.searchsorted(plan.days, joined, side="right") - 1
    last_paid = np.full(len(number), _NOBODY_PAID, dtype=np.int64)
    shortest, longest = rates.bpu_pause
    present = present_at(plan)
    turns: list[pl.DataFrame] = [_frame(OWN_ACCOUNT, number[:0])]
    turn = 0
    while len(number):
        key = number * _TURN_KEYS + turn
        first = np.where(running - last_paid - 1 >= lapse[running], running, last_paid + 1)
        many = at_once[draws.pick("paid at once", key, [weight for _, weight in rates.bpu_at_once])]
        # Who is behind pays what is over and the month that runs.
        many = np.maximum(many, choices[np.searchsorted(choices, running - first + 1)])
        day = plan.days[running] + draws.below("day of paying", key, _DAYS_OF_MONTH)
        day = joined if turn == 0 else day
        ordered_at = _at_hour(plan, "hour of paying", key, day)
        pays = ~draws.chance("order lapses", key, rates.order_lapses)
        # Within the month: what is ordered next finds this paid.
        paid_at = np.minimum(_paid_soon(plan, key, ordered_at), midnight(plan.days[running + 1]) - 1)
        there = ordered_at < present
        turns.append(
            _frame(
                OWN_ACCOUNT,
                number,
                from_day=plan.days[first],
                until_day=months_after(plan.days[first], many),
                months=many,
                ordered_at=ordered_at,
                paid_at=np.where(pays & (paid_at < present), paid_at, NEVER),
            ).filter(pl.Series(there))
        )
        lapses = draws.chance("lapses", key, rates.bpu_lapses)
        late = draws.chance("pays late", key, rates.bpu_late)
        pause = np.where(lapses, shortest + draws.below("pause", key, longest - shortest + 1), 0)
        pause = np.where(late & ~lapses, 1 + draws.below("months late", key, int(lapse.min()) - 1), pause)
        last_paid = np.where(pays, first + many - 1, last_paid)
        # Whose order lapsed tries again when that is over.
        running = np.where(pays, last_paid + 1 + pause, running + 2)
        goes_on = there & (running <= months) & (~lapses | draws.chance("returns", key, rates.bpu_returns))
        number, running, last_paid, joined = (column[goes_on] for column in (number, running, last_paid, joined))
        turn += 1
    return pl.concat(turns)


def _packages(plan: Plan, number: Integers) -> pl.DataFrame:
    """A package before the contract, ordered anew where the first order lapsed; some are prolonged before they end."""
    draws, rates, present = plan.draws, plan.rates, present_at(plan)
    contract = contracts(plan, number)
    until = contract["until_day"].to_numpy()
    joined = joined_day(plan, number)
    package = {
        "from_day": contract["from_day"].to_numpy(),
        "until_day": until,
        "months": contract["months"].to_numpy(),
    }
    lapses = draws.chance("order lapses", number * _TURN_KEYS, rates.order_lapses)

    def turn(which: int, day: Integers) -> tuple[Integers, Integers]:
        key = number * _TURN_KEYS + which
        ordered_at = _at_hour(plan, "hour of paying", key, day)
        paid_at = _paid_soon(plan, key, ordered_at)
        return ordered_at, np.where(paid_at < present, paid_at, NEVER)

    ordered_at, paid_at = turn(0, joined)
    first = _frame(MIGRANT, number, **package, ordered_at=ordered_at, paid_at=np.where(lapses, NEVER, paid_at))
    again_at, paid_again = turn(1, joined + _TRY_AGAIN_DAYS)
    again = _frame(MIGRANT, number, **package, ordered_at=again_at, paid_at=paid_again)
    paid = np.where(lapses, paid_again, paid_at) != NEVER
    lengths = np.array([months for months, _ in rates.abroad_extra], dtype=np.int64)
    more = lengths[draws.pick("prolonged by", number, [weight for _, weight in rates.abroad_extra])]
    # A month or less before the end, once the fares are known.
    day = until - 3 - draws.below("prolonged before the end", number, 25)
    more_at, more_paid = turn(2, day)
    prolongs = draws.chance("prolonged", number, rates.abroad_prolonged) & paid & (more_at < present)
    prolongs[prolongs] = _can_prolong(day[prolongs])
    longer = _frame(
        MIGRANT,
        number,
        from_day=until,
        until_day=months_after(until, more),
        months=more,
        prolongs=np.ones(len(number), dtype=np.bool_),
        ordered_at=more_at,
        paid_at=more_paid,
    )
    return pl.concat(
        [first, again.filter(pl.Series(lapses & (again_at < present))), longer.filter(pl.Series(prolongs))]
    )


def _can_prolong(days: Integers) -> Flags:
    """Whether the law has a price of more months on each of these days."""
    known = {}
    for day in np.unique(days).tolist():
        on = np.datetime64(day, "D").item()
        try:
            known[day] = bool(load("pmi/extra_month_amount", on).whole)
        except LawError:
            known[day] = False
    return np.array([known[day] for day in days.tolist()], dtype=np.bool_)


def _stages(built: Building) -> pl.DataFrame:
    stages = built.stages
    of = built.projects.select(pl.all().gather(stages["project"]))
    nobody = np.full(stages.height, NEVER, dtype=np.int64)
    return _frame(
        PROJECT,
        nobody,
        project=stages["project"].to_numpy(),
        stage_no=stages["stage_no"].to_numpy(),
        from_day=of["from_day"].to_numpy(),
        until_day=of["until_day"].to_numpy(),
        ordered_at=stages["ordered_at"].to_numpy(),
        paid_at=stages["paid_at"].to_numpy(),
    )


def _frame(kind: int, number: Integers, **columns: Integers | Flags) -> pl.DataFrame:
    nothing = np.full(len(number), NEVER, dtype=np.int64)
    given: dict[str, Integers | Flags] = {"kind": np.full(len(number), kind, dtype=np.int64), "number": number}
    for name in Orders.__slots__[2:]:
        default = np.zeros(len(number), dtype=np.bool_) if name == "prolongs" else nothing
        given[name] = columns.get(name, np.zeros_like(nothing) if name == "months" else default)
    return pl.DataFrame(given)


def _columns(plan: Plan, frame: pl.DataFrame) -> Orders:
    given = {name: frame[name].to_numpy() for name in Orders.__slots__}
    ordered_at = given["ordered_at"]
    due = ordered_at + _WITHDRAWN_AFTER_SECONDS - _RUNS_AT_SECONDS
    withdrawn_at = -(-due // _HOUR_SECONDS) * _HOUR_SECONDS + _RUNS_AT_SECONDS
    gone = (given["paid_at"] == NEVER) & (withdrawn_at < present_at(plan))
    return Orders(**{**given, "withdrawn_at": np.where(gone, withdrawn_at, NEVER)})


def _at_hour(plan: Plan, topic: str, key: Integers, day: Integers) -> Integers:
    opens, closes = _HOURS_SECONDS
    return midnight(day) + opens + plan.draws.below(topic, key, closes - opens)


def _paid_soon(plan: Plan, key: Integers, ordered_at: Integers) -> Integers:
    soonest, latest = _PAID_WITHIN_SECONDS
    return ordered_at + soonest + plan.draws.low("paid within", key, latest - soonest)
