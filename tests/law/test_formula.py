"""A share of any rate, read as ints and as columns."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import LawError
from lindung.law.bases import CappedWage, Wage
from lindung.law.formula import Share
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.wording import Words

rates = st.fractions(0, 1, max_denominator=100_000)
wages = st.integers(0, MOST_WAGE_RUPIAH)


@given(rates, wages)
def test_any_rate_is_exact_and_rounded_half_up(rate: Fraction, wage: int) -> None:
    share = Share(rate, Wage())
    whole, rest = divmod(wage * rate.numerator, rate.denominator)
    expected = whole + int((Decimal(rest) / rate.denominator).quantize(Decimal(1), ROUND_HALF_UP))
    assert share.value(wage) == (expected, rest != 0)
    column = np.array([wage], dtype=np.int64)
    out = np.empty_like(column)
    share.column(column, out)
    assert out.tolist() == [expected]


def test_a_share_opens_its_sentence_with_its_rate_unless_all_is_owed() -> None:
    note = Words(id="catatan", en="note")
    half, whole = Share(Fraction(1, 2), Wage()), Share(Fraction(1), Wage())
    assert (half.opening("id"), half.opening("en")) == ("50% dari ", "50% of ")
    assert (half.opening("id", note), half.opening("en", note)) == ("50% (catatan) dari ", "50% (note) of ")
    assert (whole.opening("id"), whole.opening("en", note)) == ("", "(note) ")


def test_the_finest_rate_that_64_bits_hold_is_taken_and_the_next_is_not() -> None:
    # 9223371 x 10^12 and half a divisor stay below 2^63 = 9223372036854775808; 9223373 x 10^12 does not.
    assert Share(Fraction(9_223_371, 10_000_000), Wage()).value(10) == (9, True)
    with pytest.raises(LawError, match="too fine to be exact in 64 bits"):
        Share(Fraction(9_223_373, 10_000_000), Wage())


def test_nothing_of_anything_is_nothing() -> None:
    column = np.array([5, 6], dtype=np.int64)
    out = np.full_like(column, -7)
    Share(Fraction(0), Wage()).column(column, out)
    assert out.tolist() == [0, 0]
    Share(Fraction(1), Wage()).column(column, out)
    assert out.tolist() == [5, 6]


@given(wages, wages)
def test_a_capped_wage_is_the_smaller_one(wage: int, ceiling_rupiah: int) -> None:
    base = CappedWage(ceiling_rupiah, Words(id="batas", en="ceiling"))
    column = np.array([wage], dtype=np.int64)
    expected = sorted([wage, ceiling_rupiah])[0]
    assert base.value(wage) == expected
    assert base.column(column, np.empty_like(column)).tolist() == [expected]
