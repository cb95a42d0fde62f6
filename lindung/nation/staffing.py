"""People taken into a firm and out of it again, by the registry's own services."""

from datetime import datetime

import polars as pl

from lindung.access.trail import SYSTEM
from lindung.registry.services import WORKERS, end_employments, register_workers


def hire(*, employer_id: int, people: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Register invented people; ``people`` has the columns of ``invent``, ``employee_no`` and ``from_on``.

    Gives the columns of ``register_workers``, in the same order.
    """
    return register_workers(
        actor=SYSTEM, employer_id=employer_id, workers=people.select(*WORKERS), now=now, identity="matched"
    )


def release(*, employer_id: int, ends: pl.DataFrame, now: datetime) -> int:
    """Tell of ends of work; ``ends`` has ``employment_id`` and ``until_on``. Gives how many ended."""
    return end_employments(actor=SYSTEM, employer_id=employer_id, ends=ends, now=now)
