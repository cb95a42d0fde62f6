"""What is asked for: how many people, from which seed, over which months. The same plan gives the same nation."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from lindung.law import Month
from lindung.nation.draws import Draws, Integers
from lindung.nation.people import MOST_PEOPLE
from lindung.nation.rates import USUAL, Rates

EARLIEST = Month(2021, 2)
"""The month from which the law knows all five programmes."""


class BadPlan(ValueError):
    """No such nation can be made; the text says why."""


@dataclass(frozen=True)
class Plan:
    """``until_on`` is the nation's present: everything happened before that day, and the month before is its last.

    ``sizes``: instead of firms of every size, firms with exactly so many workers, all in one region.
    Raises ``BadPlan``.
    """

    members: int
    seed: int
    months: int
    until_on: date
    rates: Rates = USUAL
    sizes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.members <= MOST_PEOPLE:
            raise BadPlan(f"a nation has 1 to {MOST_PEOPLE:,} members, not {self.members:,}")
        if self.sizes and sum(self.sizes) != self.members:
            raise BadPlan(f"firms of {sum(self.sizes):,} workers for {self.members:,} people")
        if self.months < 1:
            raise BadPlan("a nation has at least one month")
        if self.first < EARLIEST:
            most = self.last.index - EARLIEST.index + 1
            raise BadPlan(
                f"the law of all five programmes begins in {EARLIEST}: at most {most} months up to {self.last}"
            )

    @cached_property
    def draws(self) -> Draws:
        return Draws(self.seed)

    @cached_property
    def last(self) -> Month:
        return Month.of(self.until_on).previous()

    @cached_property
    def first(self) -> Month:
        return self.last.plus(1 - self.months)

    def month(self, place: int) -> Month:
        """The month so many months after the first."""
        return self.first.plus(place)

    @cached_property
    def days(self) -> Integers:
        """The first day of each month, as days since 1970, and of as many months after the last."""
        firsts = [self.month(place).first_on for place in range(2 * self.months + 3)]
        return np.array(firsts, dtype="datetime64[D]").astype(np.int64)

    @cached_property
    def years(self) -> Integers:
        """For each month its calendar year, counted from that of the first."""
        return np.array([self.month(place).year - self.first.year for place in range(self.months)], dtype=np.int64)

    @property
    def began_on(self) -> date:
        return self.first.first_on

    @property
    def ended_on(self) -> date:
        """The day before the present, the last on which something happened."""
        return self.until_on - timedelta(days=1)
