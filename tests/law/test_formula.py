"""A share of any rate, read as ints and as columns."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

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


@given(wages, wages)
def test_a_capped_wage_is_the_smaller_one(wage: int, ceiling_rupiah: int) -> None:
    base = CappedWage(ceiling_rupiah, Words(id="batas", en="ceiling"))
    column = np.array([wage], dtype=np.int64)
    expected = sorted([wage, ceiling_rupiah])[0]
    assert base.value(wage) == expected
    assert base.column(column, np.empty_like(column)).tolist() == [expected]
