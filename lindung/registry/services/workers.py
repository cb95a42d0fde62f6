"""People whom the civil registry knows already, taken into a firm as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.conf import settings
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.addresses import is_address
from lindung.law import Programme
from lindung.lib.crypto import blind_index_column
from lindung.registry.placing import PEOPLE, claim_people, lock_firm, place_people
from lindung.registry.queries import employer

WORKERS = {
    "nik": pl.String,
    "name": pl.String,
    "birth_on": pl.Date,
    "sex": pl.String,
    "mother_name": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "employee_no": pl.String,
    "from_on": pl.Date,
}
"""What is told of a new worker; only ``email`` and ``phone`` (E.164) may be null."""

_FICTITIOUS_PROVINCE = "99"
_ROWS_AT_ONCE = 25_000
_PLACED = ("person_id", "membership_id", "employment_id", "kpj", "known")


@dataclass(frozen=True, slots=True)
class WorkerFault:
    """What is wrong with one row: its number from 0, the column, and a code such as ``repeated``."""

    row: int
    column: str
    code: str


class WorkersRefused(Exception):
    """Some rows cannot be taken, so none was; ``faults`` names them all."""

    def __init__(self, faults: Sequence[WorkerFault]) -> None:
        first = faults[0]
        super().__init__(f"{len(faults)} faults, the first in row {first.row}: {first.column} {first.code}")
        self.faults = tuple(faults)


@transaction.atomic
def register_workers(*, actor: Actor, employer_id: int, workers: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Take people into a firm: who is new becomes a person with a card, who is known gets an employment.

    ``workers`` has the columns of ``WORKERS``, one row per person, each matched with the civil registry by whoever
    calls; who is not matched yet goes by ``propose_workers``. Gives, in the same order, ``person_id``,
    ``membership_id``, ``employment_id`` (int64), ``kpj`` and ``known``. A known NIK never makes a second person:
    its employment goes on the newest card, its contact data stay as they are (an employer may not redirect
    somebody's messages), and where it is at work in this firm already, that employment is given back.
    Raises ``WorkersRefused``, ``Employer.DoesNotExist``.
    """
    in_jkp = Programme.JKP in employer(employer_id).programmes
    if dict(workers.schema) != WORKERS:
        raise TypeError(f"workers must have the columns {', '.join(WORKERS)}")
    if faults := worker_faults(workers=workers, needed=[name for name in WORKERS if name not in ("email", "phone")]):
        raise WorkersRefused(faults)
    people = workers.with_row_index("row").select(
        pl.col("row").cast(pl.Int64),
        *workers.columns,
        nik_index=pl.Series(blind_index_column("nik", workers["nik"].to_list()), dtype=pl.Binary),
        citizen=pl.lit(True),
        address=pl.lit(None, dtype=pl.String),
        contract=pl.lit(""),
        contract_until_on=pl.lit(None, dtype=pl.Date),
        location=pl.lit(""),
    )
    placed = []
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
        # By NIK index throughout, so that two lists with the same people take their locks in the same order.
        for part in people.select(*PEOPLE).sort("nik_index").iter_slices(_ROWS_AT_ONCE):
            claimed = claim_people(cursor, employer_id, part)
            others = claimed.filter(pl.col("known") & (pl.col("birth_on") != pl.col("birth_on_known")))
            if others.height:
                raise WorkersRefused([WorkerFault(row, "nik", "somebody_elses") for row in sorted(others["row"])])
            cause = f"employer:{employer_id}"
            placed.append(place_people(cursor, employer_id, in_jkp, claimed, actor=actor, cause=cause, now=now))
    result = pl.concat(placed).sort("row").select(*_PLACED) if placed else _nobody()
    trail.record(
        actor=actor,
        act="workers_registered",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"workers": workers.height, "known": int(result["known"].sum())},
    )
    return result


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(_PLACED[:3], pl.Int64) | {"kpj": pl.String, "known": pl.Boolean})


def worker_faults(*, workers: pl.DataFrame, needed: Sequence[str]) -> list[WorkerFault]:
    """Everything that is wrong with rows about workers, by row: what every way in has to refuse.

    ``workers`` has at least the columns of ``WORKERS``; those in ``needed`` may not be null.
    """
    rules = [(name, "missing", pl.col(name).is_null()) for name in needed]
    rules += [
        ("nik", "not_a_nik", ~pl.col("nik").str.contains("^[0-9]{16}$")),
        ("nik", "repeated", pl.col("nik").is_duplicated() & pl.col("nik").is_not_null()),
        ("name", "empty", pl.col("name").str.strip_chars() == ""),
        ("sex", "unknown", ~pl.col("sex").is_in(["L", "P"])),
        ("birth_on", "after_start", pl.col("birth_on") >= pl.col("from_on")),
    ]
    if settings.PRODUCTION:
        rules.append(("nik", "invented", pl.col("nik").str.starts_with(_FICTITIOUS_PROVINCE)))
    faults = []
    for column, code, broken in rules:
        rows = workers.select(broken.fill_null(False).arg_true()).to_series()
        faults += [WorkerFault(row, column, code) for row in rows]
    for kind in ("email", "phone"):
        faults += [
            WorkerFault(row, kind, "not_an_address")
            for row, value in enumerate(workers[kind])
            if value is not None and not is_address(kind, value)
        ]
    return sorted(faults, key=lambda fault: fault.row)
