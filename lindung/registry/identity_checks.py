"""What the civil registry was asked and answered: written down for every question, and used again for a while."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from lindung.access.trail import Actor
from lindung.lib.copy import copy_rows
from lindung.partners.dukcapil.answers import (
    Compared,
    Deceased,
    Duplicate,
    Inactive,
    Invalid,
    Match,
    NotFound,
    Outcome,
    Unavailable,
)
from lindung.registry import identity
from lindung.registry.columns import array
from lindung.registry.enrolment_rows import told

PURPOSE = "enrolment"
_WORDS: Mapping[type, str] = {
    Compared: "compared",
    NotFound: "not_found",
    Deceased: "deceased",
    Duplicate: "duplicate",
    Inactive: "inactive",
    Invalid: "invalid",
}


def with_elements(rows: pl.DataFrame) -> pl.DataFrame:
    """``enrolment_rows.OPENED`` with ``given`` (what is to be compared) and ``elements_hash`` (keyed, 32 bytes)."""
    given = [
        identity.elements_of(
            name=name, birth_on=birth_on, sex=sex, mother_name=mother_name, birth_place=told(details).get("birth_place")
        )
        for name, birth_on, sex, mother_name, details in rows.select(
            "name", "birth_on", "sex", "mother_name", "details"
        ).iter_rows()
    ]
    return rows.with_columns(
        given=pl.Series(given, dtype=pl.Object),
        elements_hash=pl.Series([identity.elements_hash(one) for one in given], dtype=pl.Binary),
    )


def known_answers(cursor: Any, rows: pl.DataFrame, now: datetime) -> dict[int, Outcome]:
    """The newest comparison of the very same data while it is good, by row; none that the row is to be asked anew.

    Only comparisons are used again: what was not there or not in order may have been mended since.
    """
    cursor.execute(
        "SELECT given.row, c.answer FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::timestamptz[])"
        " AS given (row, nik_index, elements_hash, anew_at)"
        " JOIN LATERAL (SELECT answer FROM registry_identitycheck WHERE nik_index = given.nik_index"
        "   AND elements_hash = given.elements_hash AND outcome = 'compared' AND asked_at > %s"
        "   AND (given.anew_at IS NULL OR asked_at > given.anew_at) ORDER BY asked_at DESC LIMIT 1) c ON true",
        [
            *(array(rows[name]) for name in ("row", "nik_index", "elements_hash")),
            rows["ask_anew_at"].to_list(),
            now - timedelta(days=identity.CACHE_DAYS),
        ],
    )
    return {
        row: Compared({element: Match(*match) for element, match in json.loads(answer).items()})
        for row, answer in cursor.fetchall()
    }


def write_checks(
    cursor: Any, rows: pl.DataFrame, answers: Mapping[int, Outcome], *, actor: Actor, now: datetime
) -> None:
    """One line for every question that was put, whatever became of it."""
    asked = rows.filter(pl.col("row").is_in(list(answers)))
    if asked.is_empty():
        return
    outcomes = [answers[row] for row in asked["row"]]
    words = [f"unavailable_{o.kind}" if isinstance(o, Unavailable) else _WORDS[type(o)] for o in outcomes]
    compared = [json.dumps(dict(o.matches) if isinstance(o, Compared) else {}) for o in outcomes]
    copy_rows(
        cursor,
        "registry_identitycheck",
        asked.select(
            "nik_index",
            "elements_hash",
            enrolment_id="row",
            purpose=pl.lit(PURPOSE),
            actor_kind=pl.lit(actor.kind),
            actor_id=pl.lit(actor.id),
            outcome=pl.Series(words, dtype=pl.String),
            answer=pl.Series(compared, dtype=pl.String),
            quota_left=pl.Series([o.quota_left for o in outcomes], dtype=pl.Int64),
            asked_at=pl.lit(now.isoformat()),
        ),
    )
