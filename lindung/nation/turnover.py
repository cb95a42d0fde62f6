"""Who works in a firm of the demonstration from when to when: first workforce, who leaves, who comes in their place."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from lindung.nation.draws import Draws
from lindung.nation.firms import Firm
from lindung.nation.rates import USUAL
from lindung.nation.wages import starting_wages

STINTS = {"number": pl.Int64, "from_on": pl.Date, "until_on": pl.Date, "starting_wage": pl.Int64}
"""One row per stint: the person's number, first day, day after the last (null: still there), wage at the start."""

_LEAST_WAGE_RUPIAH = 2_600_000
_MONTH_KEYS = 1_024


def stints(
    firm: Firm, *, seed: int, months: Sequence[date], numbers: Iterator[int], movers: Sequence[tuple[int, date]] = ()
) -> pl.DataFrame:
    """The stints of one firm over ``months`` (first days, ascending), with the columns of ``STINTS``.

    ``numbers`` gives persons who are new everywhere; ``movers`` are persons who join on a day of their own.
    """
    draws = Draws(seed)
    starts = {next(numbers): months[0] for _ in range(firm.workers)}
    ends: dict[int, date] = {}
    for place, month in enumerate(months[1:]):
        staff = np.array([number for number in starts if number not in ends], dtype=np.int64)
        key = staff * _MONTH_KEYS + place
        days = monthrange(month.year, month.month)[1]
        leaves = draws.chance(f"leaves {firm.npp}", key, firm.leavers * 10)
        last_days = draws.below(f"last day {firm.npp}", key, days - 1)
        first_days = draws.below(f"next in line {firm.npp}", key, 15)
        for number, last, first in zip(staff[leaves], last_days[leaves], first_days[leaves], strict=True):
            ends[int(number)] = month + timedelta(days=1 + int(last))
            # A little late, as hiring is: the next in line starts in the same month, in its first half.
            starts[next(numbers)] = month + timedelta(days=int(first))
    starts |= dict(movers)
    everybody = np.array(list(starts), dtype=np.int64)
    return pl.DataFrame(
        {
            "number": everybody,
            "from_on": list(starts.values()),
            "until_on": [ends.get(number) for number in starts],
            "starting_wage": starting_wages(draws, USUAL, everybody, _LEAST_WAGE_RUPIAH),
        },
        schema=STINTS,
    )
