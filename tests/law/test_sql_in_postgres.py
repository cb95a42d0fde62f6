"""The SQL reading of the formulas, computed by PostgreSQL itself."""

from typing import Any

import numpy as np
import pytest

from lindung.law import Month, Programme
from lindung.law.contributions import KEYS, assess, sql_expressions
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.programmes.jkk import RISK_CLASSES

ALL = frozenset(Programme)
MONTHS = (Month(2021, 2), Month(2021, 3), Month(2025, 1), Month(2025, 2), Month(2026, 2), Month(2026, 3))
EDGES = (0, 1, 49, 50, 51, 1_250, 4_999_999, 5_000_000, 5_000_001, 10_547_399, 10_547_400, 10_547_401)


def _wages() -> Any:
    random = np.random.default_rng(20260221)
    drawn = [random.integers(0, most, 1_000, dtype=np.int64) for most in (40_000_000, MOST_WAGE_RUPIAH)]
    return np.concatenate([np.array([*EDGES, MOST_WAGE_RUPIAH], dtype=np.int64), *drawn])


@pytest.mark.django_db
@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("column_type", ["bigint", "numeric"])
def test_postgres_computes_what_numpy_computes(db_connection: Any, month: Month, column_type: str) -> None:
    wages = _wages()
    everybody = np.ones(len(wages), dtype=bool)
    for jkk_class in RISK_CLASSES:
        expressions = sql_expressions(month, jkk_class, ALL)
        answer = assess(month=month, jkk_class=jkk_class, programmes=ALL, wages=wages, jkp_member=everybody)
        selected = ", ".join(f"{sql} AS {key}" for key, sql in expressions.items())
        db_connection.execute(
            f"SELECT {selected} FROM unnest(%s::{column_type}[]) WITH ORDINALITY AS w(wage_rupiah, place) "
            "ORDER BY place",
            [wages.tolist()],
        )
        rows = np.array(db_connection.fetchall(), dtype=np.int64)
        for place, key in enumerate(KEYS):
            assert np.array_equal(rows[:, place], getattr(answer, key)), key


@pytest.mark.django_db
def test_an_integer_column_does_not_overflow(db_connection: Any) -> None:
    expressions = sql_expressions(Month(2026, 2), "V", ALL)
    db_connection.execute(f"SELECT {expressions['jkk']} FROM (SELECT 2000000000::integer AS wage_rupiah) AS w")
    assert db_connection.fetchone()[0] == 34_800_000
