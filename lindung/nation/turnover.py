"""Who works in a firm from when to when: the first workforce, who leaves, and who comes in their place."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from lindung.nation.firms import Firm
from lindung.nation.wages import starting_wages

STINTS = {"number": pl.Int64, "from_on": pl.Date, "until_on": pl.Date, "starting_wage": pl.Int64}
"""One row per stint: the person's number, first day, day after the last (null: still there), wage at the start."""


def stints(
    firm: Firm, *, seed: int, months: Sequence[date], numbers: Iterator[int], movers: Sequence[tuple[int, date]] = ()
) -> pl.DataFrame:
    """The stints of one firm over ``months`` (first days, ascending), with the columns of ``STINTS``.

    ``numbers`` gives persons who are new everywhere; ``movers`` are persons who join on a day of their own.
    """
    random = np.random.default_rng([seed, int(firm.npp)])
    starts = {next(numbers): months[0] for _ in range(firm.workers)}
    ends: dict[int, date] = {}
    for month in months[1:]:
        staff = [number for number in starts if number not in ends]
        leavers = [number for number in staff if random.integers(0, 1_000) < firm.leavers]
        for number in leavers:
            ends[number] = month + timedelta(days=int(random.integers(1, monthrange(month.year, month.month)[1])))
            # A little late, as hiring is: the next in line starts in the same month, in its first half.
            starts[next(numbers)] = month + timedelta(days=int(random.integers(0, 15)))
    starts |= dict(movers)
    return pl.DataFrame(
        {
            "number": list(starts),
            "from_on": list(starts.values()),
            "until_on": [ends.get(number) for number in starts],
            "starting_wage": starting_wages(random, len(starts)),
        },
        schema=STINTS,
    )
