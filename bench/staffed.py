"""A new firm with invented workers, through the services that a firm's own registration uses."""

from datetime import date, datetime

import polars as pl


def staffed_firm(
    *, npp: str, name: str, size: str, seed: int, first: int, workers: int, since_on: date, now: datetime
) -> tuple[int, pl.DataFrame, pl.DataFrame]:
    """Its id, its people and what ``hire`` says of them, in one order. ``seed``, ``first``: ``invent``."""
    from lindung.access.trail import SYSTEM
    from lindung.nation.people import invent
    from lindung.nation.staffing import hire
    from lindung.registry.services import register_employer

    employer_id = register_employer(
        actor=SYSTEM, npp=npp, name=name, size=size, jkk_class="II", since_on=since_on, now=now
    )
    people = invent(seed, first=first, count=workers, today=since_on).with_columns(
        employee_no=pl.int_range(pl.len()).cast(pl.String), from_on=pl.lit(since_on)
    )
    return employer_id, people, hire(employer_id=employer_id, people=people, now=now)
