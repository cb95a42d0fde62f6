"""How the numbers of a nation's people are laid out: region after region, and in each first those who earn wages."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lindung.nation.draws import Integers
from lindung.nation.people import Who
from lindung.nation.plan import Plan
from lindung.nation.regions import REGIONS, RICHEST_IN_CODES

SEGMENTS = ("PU", "BPU", "JAKON", "PMI")


@dataclass(frozen=True)
class Territory:
    """Who lives where and is what, by number."""

    plan: Plan

    @cached_property
    def first(self) -> Integers:
        """The number of each region's first person, and one past the last."""
        if self.plan.sizes:
            return np.array([0] * (RICHEST_IN_CODES + 1) + [self.plan.members] * (len(REGIONS) - RICHEST_IN_CODES))
        return _cut(self.plan.members, [region.codes for region in REGIONS])

    @cached_property
    def segment_first(self) -> Integers:
        """By region, the number of the first person of each segment, and one past the last."""
        return np.array(
            [
                start + _cut(end - start, self.plan.rates.segments)
                for start, end in zip(self.first[:-1], self.first[1:], strict=True)
            ]
        )

    def area(self, number: Integers) -> Integers:
        return np.searchsorted(self.first, number, side="right").astype(np.int64) - 1

    def who(self, number: Integers) -> Who:
        """The facts by which these people are invented."""
        area = self.area(number)
        first = self.first[area]
        return Who(number, area, first, self.first[area + 1] - first)

    def segment(self, number: Integers) -> Integers:
        """Places in ``SEGMENTS``."""
        ends = self.segment_first[self.area(number), 1:-1]
        places: Integers = (number[:, None] >= ends).sum(axis=1).astype(np.int64)
        return places


def _cut(whole: int, weights: tuple[int, ...] | list[int]) -> Integers:
    """Whole numbers that divide ``whole`` by weights: the edges, rounded, from 0 to ``whole``."""
    ends = np.cumsum(np.array([0, *weights], dtype=np.int64))
    return np.asarray((2 * whole * ends + ends[-1]) // (2 * ends[-1]), dtype=np.int64)
