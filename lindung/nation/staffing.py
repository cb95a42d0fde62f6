"""People taken into a firm and out of it again, by the registry's own services."""

from datetime import datetime

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.registry.services import EXITS, WORKERS, register_workers, report_exits

RESIGNED = "A1"
"""The cause of every exit that is invented."""


def hire(*, employer_id: int, people: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Register invented people; ``people`` has the columns of ``invent``, ``employee_no`` and ``from_on``.

    Gives the columns of ``register_workers``, in the same order.
    """
    return register_workers(actor=SYSTEM, employer_id=employer_id, workers=people.select(*WORKERS), now=now)


def release(*, employer_id: int, ends: pl.DataFrame, now: datetime) -> int:
    """Tell of people who went of their own accord; ``ends`` has ``employment_id``, ``until_on``. Gives how many."""
    exits = ends.with_columns(cause=pl.lit(RESIGNED)).select(*EXITS)
    return report_exits(actor=SYSTEM, employer_id=employer_id, exits=exits, now=now)
