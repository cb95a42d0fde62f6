"""Binary COPY gives the table exactly the columns it was given."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.lib.copy import copy_columns, copy_rows, fetch_columns
from lindung.lib.ids import draw
from tests.often import often

rows = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        st.integers(-(2**31), 2**31 - 1),
        st.integers(-(2**15), 2**15 - 1),
        st.booleans(),
        st.dates(date(1800, 1, 1), date(2999, 12, 31)),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_every_value_arrives_as_it_was(db_connection: Any, given_rows: list[tuple[Any, ...]]) -> None:
    db_connection.execute("DROP TABLE IF EXISTS t")
    db_connection.execute('CREATE TEMP TABLE t ("big" bigint, "whole" int, "small" smallint, "yes" bool, "day" date)')
    big, whole, small, yes, day = zip(*given_rows, strict=True)
    count = copy_columns(
        db_connection,
        "t",
        {
            "big": np.array(big, dtype=np.int64),
            "whole": np.array(whole, dtype=np.int32),
            "small": np.array(small, dtype=np.int16),
            "yes": np.array(yes, dtype=bool),
            "day": np.array(day, dtype="datetime64[D]"),
        },
    )
    db_connection.execute("SELECT * FROM t")
    assert (count, db_connection.fetchall()) == (len(given_rows), given_rows)


def test_more_rows_than_one_slice_arrive_whole(db_connection: Any) -> None:
    db_connection.execute("CREATE TEMP TABLE t (n bigint)")
    copy_columns(db_connection, "t", {"n": np.arange(70_000, dtype=np.int64)})
    db_connection.execute("SELECT count(*), sum(n) FROM t")
    assert db_connection.fetchone() == (70_000, 70_000 * 69_999 // 2)


def test_a_column_that_is_no_fixed_width_is_refused(db_connection: Any) -> None:
    with pytest.raises(TypeError, match="float64"):
        copy_columns(db_connection, "t", {"n": np.array([0.5])})


texts = st.none() | st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20)


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            texts,
            st.none() | st.binary(max_size=20),
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_frames_with_texts_and_bytes_arrive_as_they_were(db_connection: Any, told: list[tuple[Any, ...]]) -> None:
    db_connection.execute("DROP TABLE IF EXISTS t")
    db_connection.execute("CREATE TEMP TABLE t (note text, raw bytea, big bigint, day date, usual int DEFAULT 7)")
    frame = pl.DataFrame(
        told, schema={"note": pl.String, "raw": pl.Binary, "big": pl.Int64, "day": pl.Date}, orient="row"
    )
    assert copy_rows(db_connection, "t", frame) == len(told)
    db_connection.execute("SELECT note, raw, big, day, usual FROM t")
    arrived = [(note, None if raw is None else bytes(raw), *rest) for note, raw, *rest in db_connection.fetchall()]
    assert arrived == [(*row, 7) for row in told]


def test_ids_are_drawn_in_ascending_blocks_that_never_meet(db_connection: Any) -> None:
    first = draw(db_connection, "registry_person_id_seq", 1000)
    second = draw(db_connection, "registry_person_id_seq", 3)
    assert len(np.unique(first)) == 1000
    assert second.min() > first.max()


_FETCHED = {"big": pl.Int64, "yes": pl.Boolean, "day": pl.Date, "name": pl.String, "digest": pl.Binary}
_texts = st.text(st.characters(exclude_characters="\0\x1f", exclude_categories=("Cs",)), max_size=12)
_fetched_rows = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        st.booleans(),
        st.one_of(st.none(), st.dates(date(1800, 1, 1), date(2999, 12, 31))),
        st.one_of(st.none(), _texts),
        st.binary(min_size=32, max_size=32),
    ),
    max_size=30,
)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_fetched_rows)
def test_columns_come_from_the_server_as_they_lie_there(db_connection: Any, given_rows: list[tuple[Any, ...]]) -> None:
    db_connection.execute("DROP TABLE IF EXISTS t")
    db_connection.execute("CREATE TEMP TABLE t (big bigint, yes bool, day date, name text, digest bytea)")
    for row in given_rows:
        db_connection.execute("INSERT INTO t VALUES (%s, %s, %s, %s, %s)", row)
    fetched = fetch_columns("SELECT * FROM t WHERE big <= %s", [2**63 - 1], _FETCHED)
    assert dict(fetched.schema) == _FETCHED
    assert fetched.rows() == [(big, yes, day, name or "", digest) for big, yes, day, name, digest in given_rows]


def test_a_separator_inside_a_text_moves_no_value_to_another_row(db_connection: Any) -> None:
    fetched = fetch_columns(
        "SELECT * FROM (VALUES (1::bigint, E'a\\x1fb'), (2, 'c')) AS t(n, name)", [], {"n": pl.Int64, "name": pl.String}
    )
    assert fetched.rows() == [(1, "ab"), (2, "c")]
