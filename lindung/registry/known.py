"""What a firm may learn of people whom it names before anything is written: who works here, who waits, who has a card.

Whoever shows it says no more of a stranger than that he has a card, and that only where the firm knows his data.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db import connection

from lindung.registry.columns import array
from lindung.registry.models import Enrolment
from lindung.registry.placing import find_cards, find_people
from lindung.registry.recognising import recognise

OPEN_ROWS: Final = {"row": pl.Int64, "state": pl.String}


def known_people(*, employer_id: int, rows: Sequence[int], nik_indexes: Sequence[bytes]) -> pl.DataFrame:
    """Those of the given NIKs (keyed indexes) that we have, as ``placing.FOUND``; ``rows`` names them."""
    with connection.cursor() as cursor:
        return find_people(cursor, employer_id, rows, nik_indexes)


def known_cards(*, employer_id: int, rows: Sequence[int], kpjs: Sequence[str]) -> pl.DataFrame:
    """Those of the given cards (digits only) that we have, as ``placing.FOUND``; ``rows`` names them."""
    with connection.cursor() as cursor:
        return find_cards(cursor, employer_id, rows, kpjs)


def open_rows_by_nik(*, employer_id: int, rows: Sequence[int], nik_indexes: Sequence[bytes]) -> pl.DataFrame:
    """Those of the given NIKs about whom this firm has an enrolment that is not settled: ``OPEN_ROWS``."""
    return _open_rows("nik_index = given.key", "bytea[]", employer_id, rows, nik_indexes)


def open_rows_by_kpj(*, employer_id: int, rows: Sequence[int], kpjs: Sequence[str]) -> pl.DataFrame:
    """The same for cards."""
    return _open_rows("kpj = given.key", "text[]", employer_id, rows, kpjs)


def _open_rows(
    condition: str, kind: str, employer_id: int, rows: Sequence[int], keys: Sequence[bytes] | Sequence[str]
) -> pl.DataFrame:
    states = ", ".join(f"'{state.value}'" for state in Enrolment.OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT given.row, e.state FROM unnest(%s::bigint[], %s::{kind}) AS given(row, key)"
            f" JOIN registry_enrolment e ON e.employer_id = %s AND e.{condition} AND e.state IN ({states})",
            [array(rows), array(keys), employer_id],
        )
        return pl.DataFrame(cursor.fetchall(), schema=OPEN_ROWS, orient="row")


def locations(*, employer_id: int, most: int = 500) -> list[str]:
    """The places where the firm's workers are, as it calls them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT location FROM registry_employment WHERE employer_id = %s AND until_on IS NULL"
            " AND location <> '' ORDER BY location LIMIT %s",
            [employer_id, most],
        )
        return [location for (location,) in cursor.fetchall()]


def recognised(*, employer_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """What ``propose_workers`` would make of rows, as ``recognising.recognise``; nothing is written."""
    with connection.cursor() as cursor:
        return recognise(cursor, employer_id, rows)


def still_running(*, employer_id: int, employment_ids: Sequence[int]) -> int:
    """How many of these employments are this firm's and have no end yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM registry_employment"
            " WHERE employer_id = %s AND until_on IS NULL AND id = ANY(%s::bigint[])",
            [employer_id, array(employment_ids)],
        )
        return int(cursor.fetchone()[0])
