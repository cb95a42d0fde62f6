"""Binary COPY gives the table exactly the columns it was given."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.lib.copy import copy_columns
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


def test_ids_are_drawn_in_ascending_blocks_that_never_meet(db_connection: Any) -> None:
    first = draw(db_connection, "registry_person_id_seq", 1000)
    second = draw(db_connection, "registry_person_id_seq", 3)
    assert len(np.unique(first)) == 1000
    assert second.min() > first.max()
