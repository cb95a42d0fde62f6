"""The SQL reading of the formulas, computed by PostgreSQL itself."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lindung.law import Month, Programme, Relief, bpu, development, jakon, pmi
from lindung.law.contributions import KEYS, assess, sql_expressions
from lindung.law.development import MOST_BALANCE_RUPIAH, MOST_RUPIAH_MONTHS
from lindung.law.money import MOST_CONTRACT_RUPIAH, MOST_WAGE_RUPIAH
from lindung.law.programmes.jkk import RISK_CLASSES

ALL = frozenset(Programme)
MONTHS = (Month(2021, 2), Month(2021, 3), Month(2025, 1), Month(2025, 2), Month(2026, 2), Month(2026, 3))
EDGES = (0, 1, 49, 50, 51, 1_250, 4_999_999, 5_000_000, 5_000_001, 10_547_399, 10_547_400, 10_547_401)


def _amounts(most: int, *edges: int, often: int = 40_000_000) -> Any:
    random = np.random.default_rng(20260221)
    drawn = [random.integers(0, end, 1_000, dtype=np.int64) for end in (often, most)]
    return np.concatenate([np.array([*EDGES, *edges, most], dtype=np.int64), *drawn])


def _computed(connection: Any, expressions: dict[str, str], kind: str = "bigint", **columns: Any) -> dict[str, Any]:
    """Key -> the column that PostgreSQL computes from the given columns, row by row."""
    selected = ", ".join(f"{sql} AS {key}" for key, sql in expressions.items())
    arrays = ", ".join(f"%s::{kind}[]" for _ in columns)
    connection.execute(
        f"SELECT {selected} FROM unnest({arrays}) WITH ORDINALITY AS w({', '.join(columns)}, place) ORDER BY place",
        [column.tolist() for column in columns.values()],
    )
    rows = np.array(connection.fetchall(), dtype=np.int64)
    return {key: rows[:, place] for place, key in enumerate(expressions)}


@pytest.mark.django_db
@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("column_type", ["bigint", "numeric"])
def test_postgres_computes_what_numpy_computes(db_connection: Any, month: Month, column_type: str) -> None:
    wages = _amounts(MOST_WAGE_RUPIAH)
    everybody = np.ones(len(wages), dtype=bool)
    for jkk_class in RISK_CLASSES:
        computed = _computed(db_connection, sql_expressions(month, jkk_class, ALL), column_type, wage_rupiah=wages)
        answer = assess(month=month, jkk_class=jkk_class, programmes=ALL, wages=wages, jkp_member=everybody)
        assert tuple(computed) == KEYS
        for key in KEYS:
            assert np.array_equal(computed[key], getattr(answer, key)), key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "relief"), [(Month(2020, 9), Relief.PANDEMIC), (Month(2025, 9), Relief.LABOUR_INTENSIVE)], ids=str
)
def test_a_relief_is_the_same_in_the_database(db_connection: Any, month: Month, relief: Relief) -> None:
    wages = _amounts(MOST_WAGE_RUPIAH)
    programmes = ALL - {Programme.JKP}
    computed = _computed(db_connection, sql_expressions(month, "I", programmes, relief), wage_rupiah=wages)
    answer = assess(month=month, jkk_class="I", programmes=programmes, wages=wages, relief=relief)
    for key, column in computed.items():
        assert np.array_equal(column, getattr(answer, key)), key


@pytest.mark.django_db
@pytest.mark.parametrize("month", [Month(2015, 7), Month(2020, 9), Month(2026, 5)], ids=str)
def test_income_bands_are_the_same_in_the_database(db_connection: Any, month: Month) -> None:
    firsts = [first for first, _ in bpu.rules_of(month)[0].formula.base.bands]  # type: ignore[attr-defined]  # bands
    incomes = _amounts(MOST_WAGE_RUPIAH, *firsts, *(first - 1 for first in firsts[1:]), often=25_000_000)
    computed = _computed(db_connection, bpu.sql_expressions(month, pandemic=True), income_rupiah=incomes)
    answer = bpu.assess(month=month, incomes=incomes, pandemic=True)
    assert all(np.array_equal(computed[key], answer[key]) for key in ("jkk", "jkm", "jht"))


@pytest.mark.django_db
@pytest.mark.parametrize("pandemic", [False, True])
def test_slices_of_a_contract_are_the_same_in_the_database(db_connection: Any, pandemic: bool) -> None:
    month = Month(2020, 9)
    edges = [begins + by for begins in (10**8, 5 * 10**8, 10**9, 5 * 10**9) for by in (-1, 0, 1)]
    contracts = _amounts(MOST_CONTRACT_RUPIAH, *edges, often=6 * 10**9)
    computed = _computed(db_connection, jakon.sql_expressions(month, pandemic=pandemic), contract_rupiah=contracts)
    answer = jakon.assess(month=month, contracts=contracts, pandemic=pandemic)
    assert all(np.array_equal(computed[key], answer[key]) for key in ("jkk", "jkm"))


@pytest.mark.django_db
@pytest.mark.parametrize("when", [Month(2019, 1), Month(2024, 6)], ids=str)
def test_packages_are_the_same_in_the_database(db_connection: Any, when: Month) -> None:
    lengths = np.arange(6, 121, dtype=np.int64)
    computed = _computed(db_connection, pmi.sql_expressions(when), contract_months=lengths)
    answer = pmi.assess(when=when, contract_months=lengths)
    assert all(np.array_equal(computed[key], answer[key]) for key in ("before", "during_and_after"))


@pytest.mark.django_db
@pytest.mark.parametrize("months", [1, 6, 12])
@pytest.mark.parametrize("rate", [Fraction(0), Fraction(559, 10_000), Fraction(719, 10_000), Fraction(1)])
def test_a_year_of_development_is_the_same_in_the_database(db_connection: Any, rate: Fraction, months: int) -> None:
    openings = _amounts(MOST_BALANCE_RUPIAH)
    rupiah_months = np.minimum(np.roll(openings, 7) * 3, MOST_RUPIAH_MONTHS)
    computed = _computed(
        db_connection,
        {"development": development.sql_expression(rate, months)},
        opening_rupiah=openings,
        contribution_rupiah_months=rupiah_months,
    )
    answer = development.assess(openings=openings, rupiah_months=rupiah_months, annual_rate=rate, months=months)
    assert np.array_equal(computed["development"], answer)


@pytest.mark.django_db
def test_an_integer_column_does_not_overflow(db_connection: Any) -> None:
    expressions = sql_expressions(Month(2026, 2), "V", ALL)
    db_connection.execute(f"SELECT {expressions['jkk']} FROM (SELECT 2000000000::integer AS wage_rupiah) AS w")
    assert db_connection.fetchone()[0] == 34_800_000
