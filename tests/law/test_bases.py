"""What a contribution is a share of, read as ints, as columns and in words."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Month
from lindung.law.bases import BandedIncome, Base, CappedWage, Fixed, Packages, Slices, Wage
from lindung.law.money import MOST_CONTRACT_RUPIAH, MOST_WAGE_RUPIAH
from lindung.law.parameters import load
from lindung.law.wording import Words

JUNE = Month(2025, 6)
BANDS = BandedIncome(load("bpu/income_bands", JUNE).amounts)
SLICES = Slices(tuple((begins, Fraction(rate)) for begins, rate in load("jakon/jkk_slices", JUNE).steps))
PACKAGES = Packages(load("pmi/package_amounts", JUNE).amounts, 13_500, 120)
incomes = st.one_of(st.integers(0, 25_000_000), st.integers(0, MOST_WAGE_RUPIAH))
contracts = st.one_of(st.integers(0, 6_000_000_000), st.integers(0, MOST_CONTRACT_RUPIAH))


def _column_of(base: Base, given: list[int]) -> list[int]:
    column = np.array(given, dtype=np.int64)
    before = column.copy()
    values = base.column(column, np.full_like(column, -7)).tolist()
    assert column.tolist() == before.tolist(), "a base must leave its source alone"
    return [int(value) for value in values]


@given(st.lists(incomes, min_size=1, max_size=20))
def test_an_income_takes_the_base_of_its_band(some: list[int]) -> None:
    expected = [max(base for first, base in BANDS.bands if first <= income) for income in some]
    assert [BANDS.value(income) for income in some] == expected
    assert _column_of(BANDS, some) == expected


def test_a_band_begins_with_its_first_rupiah_and_reaches_over_the_gap_of_the_annex() -> None:
    assert [BANDS.value(income) for income in (0, 1_099_000, 1_099_999, 1_100_000)] == [
        1_000_000,
        1_000_000,
        1_000_000,
        1_200_000,
    ]
    assert [BANDS.band(income) for income in (0, 20_199_999, 20_200_000, MOST_WAGE_RUPIAH)] == [0, 31, 32, 32]
    assert BANDS.most == 20_700_000


@given(st.lists(contracts, min_size=1, max_size=20))
def test_a_contract_is_the_sum_of_its_slices_each_at_its_own_rate(some: list[int]) -> None:
    ends = [*(begins for begins, _ in SLICES.steps[1:]), MOST_CONTRACT_RUPIAH]
    for contract in some:
        parts = [
            rate * max(0, min(contract, end) - begins) for (begins, rate), end in zip(SLICES.steps, ends, strict=True)
        ]
        assert SLICES.value(contract) == sum(parts) * SLICES.denominator
        assert SLICES.shown(contract) == contract
    assert _column_of(SLICES, some) == [SLICES.value(contract) for contract in some]


def test_slices_count_in_hundredths_of_a_percent_and_know_their_largest_value() -> None:
    assert SLICES.denominator == 10_000
    assert SLICES.most == MOST_CONTRACT_RUPIAH * 21
    assert SLICES.value(MOST_CONTRACT_RUPIAH) <= SLICES.most
    assert Slices(((0, Fraction(1, 3)), (10, Fraction(1, 4)))).denominator == 12


@given(st.lists(st.integers(6, 120), min_size=1, max_size=20))
def test_a_length_pays_the_package_below_and_each_month_beyond_it(some: list[int]) -> None:
    packages = {6: 108_000, 12: 189_000, 24: 332_500}
    expected = []
    for months in some:
        reached = max(length for length in packages if length <= months)
        expected.append(packages[reached] + 13_500 * (months - reached))
    assert [PACKAGES.value(months) for months in some] == expected
    assert [PACKAGES.shown(months) for months in some] == expected
    assert _column_of(PACKAGES, some) == expected
    assert max(expected) <= PACKAGES.most == 332_500 + 13_500 * 120


@given(st.lists(incomes, min_size=1, max_size=5), st.integers(0, MOST_WAGE_RUPIAH))
def test_a_fixed_amount_asks_nothing_of_what_is_given(some: list[int], amount: int) -> None:
    fixed = Fixed(amount, Words(id="tetap", en="fixed"))
    assert {fixed.value(income) for income in some} == {fixed.shown(some[0])} == {fixed.most} == {amount}
    assert _column_of(fixed, some) == [amount] * len(some)


def test_a_wage_is_itself_and_a_capped_one_at_most_its_ceiling() -> None:
    capped = CappedWage(5, Words(id="batas", en="ceiling"))
    assert [capped.value(wage) for wage in (4, 5, 6)] == [capped.shown(wage) for wage in (4, 5, 6)] == [4, 5, 5]
    assert (capped.most, Wage().most) == (5, MOST_WAGE_RUPIAH)
    assert Wage().value(Fraction(5, 2)) == Wage().shown(Fraction(5, 2)) == Fraction(5, 2)
    assert {base.denominator for base in (capped, Wage(), BANDS, PACKAGES, Fixed(1, capped.called))} == {1}


@pytest.mark.parametrize(
    ("base", "given_", "indonesian", "english"),
    [
        (Wage(), 1_000, "upah Rp1.000", "wage Rp1,000"),
        (Wage(), Fraction(557_142_857, 100), "upah Rp5.571.428,57", "wage Rp5,571,428.57"),
        (
            BANDS,
            3_000_000,
            "dasar iuran Rp2.950.000 (penghasilan Rp3.000.000, golongan mulai Rp2.700.000)",
            "contribution base Rp2,950,000 (income Rp3,000,000, band from Rp2,700,000)",
        ),
        (SLICES, 0, "0,21% dari Rp0", "0.21% of Rp0"),
        (SLICES, 100_000_000, "0,21% dari Rp100.000.000", "0.21% of Rp100,000,000"),
        (
            SLICES,
            100_000_001,
            "0,21% dari Rp100.000.000 + 0,17% dari Rp1",
            "0.21% of Rp100,000,000 + 0.17% of Rp1",
        ),
        (PACKAGES, 6, "paket 6 bulan Rp108.000", "package of 6 months Rp108,000"),
        (PACKAGES, 8, "paket 6 bulan Rp108.000 + 2 x Rp13.500", "package of 6 months Rp108,000 + 2 x Rp13,500"),
        (Packages(((1, 5),), 0, 9), 8, "satu harga Rp5", "one price Rp5"),
        (Fixed(6_800, Words(id="tetap", en="fixed")), 1, "tetap Rp6.800", "fixed Rp6,800"),
    ],
)
def test_a_base_says_itself_in_both_languages(base: Any, given_: Any, indonesian: str, english: str) -> None:
    assert base.words(given_, "id") == indonesian
    assert base.words(given_, "en") == english
