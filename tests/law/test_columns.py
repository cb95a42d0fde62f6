"""Whole columns: the same amounts as one at a time, and what is no column of amounts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, Month, bpu
from lindung.law.columns import ROWS_AT_ONCE, amounts, check_column, check_flags, check_length
from lindung.law.lines import RuleInWords
from lindung.law.money import MOST_WAGE_RUPIAH

RULES = bpu.rules_of(Month(2026, 5), sector="other")


@given(st.lists(st.integers(0, MOST_WAGE_RUPIAH), max_size=20))
def test_every_row_gets_what_it_would_get_alone(some: list[int]) -> None:
    columns = amounts(RULES, np.array(some, dtype=np.int64), MOST_WAGE_RUPIAH)
    assert list(columns) == ["jkk", "jkm", "jht"]
    for rule in RULES:
        assert columns[rule.key].tolist() == [RuleInWords(rule, "id").line(income).amount_rupiah for income in some]


@pytest.mark.parametrize("rows", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 2 * ROWS_AT_ONCE + 1])
def test_no_row_is_lost_where_one_step_ends_and_the_next_begins(rows: int) -> None:
    incomes = np.arange(rows, dtype=np.int64) * 97
    columns = amounts(RULES, incomes, MOST_WAGE_RUPIAH)
    assert columns["jkm"].tolist() == [3_400] * rows
    if rows:
        last = amounts(RULES, incomes[-1:], MOST_WAGE_RUPIAH)
        assert columns["jkk"][-1] == last["jkk"][0]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (np.array([1.0]), "one int64 column"),
        (np.array([[1]], dtype=np.int64), "one int64 column"),
        (np.array([1], dtype=np.int32), "one int64 column"),
        (np.array([0, -1], dtype=np.int64), r"x\[1\]: -1"),
        (np.array([10, 11], dtype=np.int64), r"x\[1\]: 11 is impossible; possible is a whole number .* Rp0 to Rp10"),
    ],
)
def test_what_is_no_column_of_amounts_is_refused_with_its_first_wrong_row(column: Any, said: str) -> None:
    with pytest.raises(ImpossibleFact, match=said):
        check_column("x", column, 10)


def test_a_column_of_amounts_tells_its_length() -> None:
    assert check_column("x", np.array([], dtype=np.int64), 10) == 0
    assert check_column("x", np.array([0, 10], dtype=np.int64), 10) == 2
    assert check_flags("x", np.array([True])) == 1


def test_flags_and_lengths_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ImpossibleFact, match="one bool column"):
        check_flags("x", np.array([1], dtype=np.int64))  # type: ignore[arg-type]  # what is refused
    with pytest.raises(ImpossibleFact, match="one bool column"):
        check_flags("x", np.array([[True]]))
    with pytest.raises(ImpossibleFact, match="3 rows like wages"):
        check_length("x", 2, 3)
    check_length("x", 3, 3)


def test_a_column_that_is_none_is_refused_as_what_was_given() -> None:
    with pytest.raises(ImpossibleFact, match=r"^given\[0\]: -1"):
        amounts(RULES, np.array([-1], dtype=np.int64), MOST_WAGE_RUPIAH)
