"""Inventing people straight into a firm: registration with the registry's own service, part by part."""

from collections.abc import Iterator
from datetime import date, datetime

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.lib.clock import wib_date
from lindung.nation.people import invent
from lindung.registry.services import WORKERS, register_workers

_ROWS_AT_ONCE = 25_000


def hire(*, employer_id: int, people: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Register invented people; ``people`` has the columns of ``invent``, ``employee_no`` and ``from_on``.

    Gives the columns of ``register_workers``, in the same order.
    """
    return register_workers(actor=SYSTEM, employer_id=employer_id, workers=people.select(*WORKERS), now=now)


def hire_many(
    *, employer_id: int, seed: int, first: int, count: int, from_on: date, now: datetime
) -> Iterator[pl.DataFrame]:
    """Invent and register ``count`` people, 25,000 at a time, so that memory stays flat; gives each part."""
    for start in range(first, first + count, _ROWS_AT_ONCE):
        size = min(_ROWS_AT_ONCE, first + count - start)
        number = pl.int_range(start - first + 1, start - first + size + 1)
        people = invent(seed, first=start, count=size, today=wib_date(now)).with_columns(
            employee_no=pl.concat_str(pl.lit("P"), number.cast(pl.String).str.zfill(6)), from_on=pl.lit(from_on)
        )
        yield hire(employer_id=employer_id, people=people, now=now)
