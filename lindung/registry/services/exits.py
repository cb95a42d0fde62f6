"""Who leaves a firm, when and why: what a later claim stands on."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.lib.clock import wib_date
from lindung.registry.columns import array
from lindung.registry.exit_causes import CAUSES, DEATH
from lindung.registry.placing import lock_firm
from lindung.registry.services.workers import WorkerFault

EXITS = {"employment_id": pl.Int64, "until_on": pl.Date, "cause": pl.String}
"""``until_on`` is excluded: the day after the last day of work. ``cause`` is a code of ``exit_causes``. No nulls."""


class ExitsRefused(Exception):
    """Some exits cannot be taken, so none was; ``faults`` names them all, by row of the frame."""

    def __init__(self, faults: Sequence[WorkerFault]) -> None:
        first = faults[0]
        super().__init__(f"{len(faults)} faults, the first in row {first.row}: {first.column} {first.code}")
        self.faults = tuple(faults)


@transaction.atomic
def report_exits(*, actor: Actor, employer_id: int, exits: pl.DataFrame, now: datetime) -> int:
    """End employments of one firm, each on its day and by its cause; ``exits`` as ``EXITS``.

    Gives how many ended; one that ended before on this day by this cause is not counted. There is no way back here:
    who returns is registered again. Raises ``ExitsRefused``.
    """
    if dict(exits.schema) != EXITS:
        raise TypeError(f"exits must have the columns {', '.join(EXITS)}")
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
        told = _with_works(cursor, employer_id, exits)
        if faults := sorted(_faults(told, wib_date(now)), key=lambda fault: fault.row):
            raise ExitsRefused(faults)
        new = told.filter(pl.col("ended_on").is_null())
        cursor.execute(
            "UPDATE registry_employment e SET until_on = given.until_on, ended_by = given.cause, exit_reported_at = %s"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::text[])"
            " AS given (person_id, id, until_on, cause) WHERE e.person_id = given.person_id AND e.id = given.id",
            [now, *(array(new[name]) for name in ("person_id", "employment_id", "until_on", "cause"))],
        )
    trail.record(
        actor=actor,
        act="exits_reported",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"workers": new.height},
    )
    return new.height


def _with_works(cursor: Any, employer_id: int, exits: pl.DataFrame) -> pl.DataFrame:
    """``exits`` with the employments they are about: nulls where this firm has none of that id."""
    cursor.execute(
        "SELECT id, person_id, from_on, until_on, ended_by FROM registry_employment"
        " WHERE employer_id = %s AND id = ANY(%s::bigint[])",
        [employer_id, array(exits["employment_id"])],
    )
    schema = {
        "employment_id": pl.Int64,
        "person_id": pl.Int64,
        "from_on": pl.Date,
        "ended_on": pl.Date,
        "ended_by": pl.String,
    }
    works = pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
    return exits.join(works, on="employment_id", how="left", maintain_order="left")


def _faults(told: pl.DataFrame, today: date) -> Iterator[WorkerFault]:
    last_worked_on = pl.col("until_on") - timedelta(days=1)
    ended_otherwise = (pl.col("ended_on") != pl.col("until_on")) | (pl.col("ended_by") != pl.col("cause"))
    rules = [
        *((name, "missing", pl.col(name).is_null()) for name in EXITS),
        # Another firm's employment and one that does not exist get the same answer.
        ("employment_id", "not_here", pl.col("employment_id").is_not_null() & pl.col("person_id").is_null()),
        ("employment_id", "repeated", pl.col("employment_id").is_duplicated()),
        ("employment_id", "ended_already", pl.col("ended_on").is_not_null() & ended_otherwise),
        ("until_on", "before_start", pl.col("until_on") <= pl.col("from_on")),
        ("until_on", "in_future", last_worked_on > today),
        ("cause", "unknown", pl.col("cause").is_in(list(CAUSES)).not_()),
        # A death in the month that is being reported goes to the claim of the heirs, which ends the work by itself.
        ("cause", "death_this_month", (pl.col("cause") == DEATH) & (last_worked_on >= today.replace(day=1))),
    ]
    for column, code, broken in rules:
        for row in told.select(broken.fill_null(False).arg_true()).to_series():
            yield WorkerFault(row, column, code)
