"""Rows about new workers as they lie in the table, sealed, and as they are worked with, open."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString

import polars as pl

from lindung.lib.copy import copy_rows
from lindung.lib.crypto import blind_index_column, decrypt
from lindung.registry.columns import sealed
from lindung.registry.models import Enrolment

PROPOSED = {
    "row_no": pl.UInt32,
    "nik": pl.String,
    "name": pl.String,
    "birth_on": pl.Date,
    "sex": pl.String,
    "mother_name": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "employee_no": pl.String,
    "from_on": pl.Date,
    "contract": pl.String,
    "contract_until_on": pl.Date,
    "location": pl.String,
    "wage_rupiah": pl.Int64,
    "details": pl.String,
    "kpj": pl.String,
    "citizen": pl.Boolean,
}
"""What a firm tells of a worker. ``row_no`` is the row in its list, ``sex`` L or P, ``phone`` E.164, ``contract`` PKWT
or PKWTT, ``contract_until_on`` excluded, ``details`` a JSON object of texts. Never null are ``row_no``, ``name``,
``birth_on``, ``from_on``; ``nik`` and ``sex`` only where ``kpj`` says whose card it is."""

_SEALED = ("nik", "mother_name", "email", "phone", "details")
_CLEAR = tuple(name for name in PROPOSED if name not in _SEALED)
_KEPT: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "batch_id": pl.Int64,
    "nik_index": pl.Binary,
    "revision": pl.Int64,
    "tries": pl.Int64,
    "ask_anew_at": pl.Datetime("us", "UTC"),
    "reserved_person_id": pl.Int64,
}
OPENED = _KEPT | PROPOSED
"""A row opened; ``row`` is its id."""


def tidied(rows: pl.DataFrame) -> pl.DataFrame:
    """``PROPOSED`` with one form for what was left out: empty texts, citizens, and null where no card is named."""
    return rows.with_columns(
        pl.col("name").str.strip_chars(),
        pl.col("mother_name", "employee_no", "contract", "location").fill_null(""),
        pl.col("citizen").fill_null(value=True),
        pl.when(pl.col("kpj") != "").then(pl.col("kpj")).alias("kpj"),
    )


def with_index(rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` with ``nik_index``, null where there is no NIK."""
    niks = rows["nik"]
    there = niks.is_not_null()
    found = iter(blind_index_column("nik", niks.filter(there).to_list()))
    return rows.with_columns(nik_index=pl.Series([next(found) if given else None for given in there], dtype=pl.Binary))


def write_rows(cursor: Any, *, batch_id: int, employer_id: int, rows: pl.DataFrame) -> None:
    """Append ``tidied`` rows with their ``row`` (id) and ``nik_index``; all of them wait."""
    copy_rows(
        cursor,
        "registry_enrolment",
        rows.select(
            *columns_of(rows),
            batch_id=pl.lit(batch_id),
            employer_id=pl.lit(employer_id),
            state=pl.lit(Enrolment.State.WAITING.value),
            outcome=pl.lit(""),
            differing=pl.lit(""),
        ),
    )


def columns_of(rows: pl.DataFrame) -> list[pl.Expr | pl.Series]:
    """What is told in ``tidied`` rows with ``row`` and ``nik_index``, as columns of the table."""
    closed = [
        sealed(rows[name], f"registry_enrolment.{name}_encrypted", rows["row"]).alias(f"{name}_encrypted")
        for name in _SEALED
    ]
    clear = [pl.col(name) for name in _CLEAR if name not in ("kpj", "sex")]
    return [pl.col("row").alias("id"), *clear, pl.col("kpj", "sex").fill_null(""), pl.col("nik_index"), *closed]


def read_rows(cursor: Any, condition: LiteralString, params: Sequence[object]) -> pl.DataFrame:
    """The rows that a condition written in code picks, as ``OPENED``. Raises ``CannotDecrypt``."""
    names = [*_CLEAR, *(f"{name}_encrypted" for name in _SEALED), *(name for name in _KEPT if name != "row")]
    cursor.execute(f"SELECT id, {', '.join(names)} FROM registry_enrolment WHERE {condition}", params)
    return pl.DataFrame(
        [_opened(dict(zip(("row", *names), record, strict=True))) for record in cursor.fetchall()],
        schema=OPENED,
        orient="row",
    )


def _opened(record: dict[str, Any]) -> dict[str, Any]:
    for name in _SEALED:
        closed = record.pop(f"{name}_encrypted")
        place = f"registry_enrolment.{name}_encrypted:{record['row']}"
        record[name] = None if closed is None else decrypt(closed, place).decode()
    record["kpj"], record["sex"] = record["kpj"] or None, record["sex"] or None
    record["nik_index"] = None if record["nik_index"] is None else bytes(record["nik_index"])
    return record


def told(details: str | None) -> Mapping[str, str]:
    """What else was told of a worker, such as ``address`` and ``birth_place``; only what was given."""
    known: Mapping[str, str] = json.loads(details) if details else {}
    return known


SETTLED: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "state": pl.String,
    "outcome": pl.String,
    "differing": pl.String,
    "scores": pl.String,
    "next_try_at": pl.Datetime("us", "UTC"),
    "person_id": pl.Int64,
    "membership_id": pl.Int64,
    "employment_id": pl.Int64,
    "known": pl.Boolean,
    "asked": pl.Boolean,
    "reserved_person_id": pl.Int64,
}
"""What became of a row: ``scores`` is JSON; the ids and ``known`` are of who is enrolled; ``asked`` says that the civil
registry was, just now; ``reserved_person_id`` null leaves the one there is."""


def settle(cursor: Any, decided: pl.DataFrame, now: datetime) -> None:
    """Write what became of rows; ``decided`` has the first four columns of ``SETTLED`` and any of the others."""
    if decided.is_empty():
        return
    nothing = {"scores": pl.lit("{}"), "known": pl.lit(value=False), "asked": pl.lit(value=False)}
    whole = decided.with_columns(
        nothing.get(name, pl.lit(None, dtype=kind)).alias(name)
        for name, kind in SETTLED.items()
        if name not in decided.columns
    )
    cursor.execute(
        "UPDATE registry_enrolment e SET state = new.state, outcome = new.outcome, differing = new.differing,"
        " scores = new.scores, next_try_at = new.next_try_at, person_id = new.person_id,"
        " membership_id = new.membership_id, employment_id = new.employment_id, known = new.known,"
        " tries = e.tries + new.asked::int,"
        " reserved_person_id = coalesce(new.reserved_person_id, e.reserved_person_id),"
        " decided_at = CASE WHEN new.state <> 'waiting' THEN %s::timestamptz END"
        " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::jsonb[], %s::timestamptz[],"
        " %s::bigint[], %s::bigint[], %s::bigint[], %s::bool[], %s::bool[], %s::bigint[])"
        f" AS new (id, {', '.join(list(SETTLED)[1:])}) WHERE e.id = new.id",
        [now, *(whole[name].to_list() for name in SETTLED)],
    )
