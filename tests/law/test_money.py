"""Rounding and the limits of what is computed."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, LawError
from lindung.law.bases import Wage
from lindung.law.formula import Share
from lindung.law.money import MOST_WAGE_RUPIAH, exact_wage, round_half_up, wage_of


@given(st.integers(0, 10**30), st.integers(1, 10**9))
def test_half_a_rupiah_goes_up_as_decimals_round_it(numerator: int, denominator: int) -> None:
    whole, rest = divmod(numerator, denominator)
    fraction = Decimal(2 * rest) / Decimal(2 * denominator)
    assert round_half_up(numerator, denominator) == whole + int(fraction.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize("wage", [-1, MOST_WAGE_RUPIAH + 1, True, "12000000", Decimal(5), None])
def test_a_wage_that_cannot_be_is_refused_with_what_is_possible(wage: object) -> None:
    with pytest.raises(ImpossibleFact, match="Rp0 to Rp1,000,000,000,000") as refusal:
        wage_of(wage)
    assert refusal.value.fact == "wage"
    assert "Rp1.000.000.000.000" in refusal.value.say("id")


def test_a_missing_fact_is_called_missing() -> None:
    with pytest.raises(ImpossibleFact, match=r"^wage: missing;"):
        wage_of(None)


def test_the_ends_of_what_is_possible_are_possible() -> None:
    assert wage_of(0) == 0
    assert wage_of(MOST_WAGE_RUPIAH) == MOST_WAGE_RUPIAH


def test_a_rate_so_fine_that_64_bits_could_overflow_is_refused() -> None:
    with pytest.raises(LawError, match="64 bits"):
        Share(Fraction(9_223_373, 10_000_000), Wage())
    with pytest.raises(LawError, match="negative"):
        Share(Fraction(-1, 100), Wage())


def test_a_wage_with_sen_has_the_bounds_of_a_wage() -> None:
    assert exact_wage(Fraction(0)) == 0
    assert exact_wage(Fraction(MOST_WAGE_RUPIAH)) == MOST_WAGE_RUPIAH
    for impossible in (Fraction(-1, 2), MOST_WAGE_RUPIAH + Fraction(1, 2)):
        with pytest.raises(ImpossibleFact, match=r"^wage: "):
            exact_wage(impossible)
