"""JHT development: one formula for one account, a million, the database and the reader."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, LawError, Month, NotInForce, NotKnown, answer
from lindung.law.development import (
    MOST_BALANCE_RUPIAH,
    MOST_RUPIAH_MONTHS,
    RupiahMonths,
    assess,
    contribution_rupiah_months,
    crediting,
    explain,
    rate_of,
    sql_expression,
)

rates = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 10_000))
balances = st.integers(0, MOST_BALANCE_RUPIAH)
paid = st.lists(st.integers(0, 10**9), max_size=12)
months_of_a_year = st.integers(1, 12)


def _half_up(exact: Fraction) -> int:
    return int((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


@given(rates, balances, paid, months_of_a_year)
def test_one_account_a_column_and_exact_fractions_agree(
    rate: Fraction, opening: int, contributions: list[int], months: int
) -> None:
    contributions = contributions[:months]
    earned = contribution_rupiah_months(contributions, months)
    exact = (
        (opening * months + sum(rupiah * (months - place) for place, rupiah in enumerate(contributions))) * rate / 12
    )
    line = explain(opening=opening, contributions=contributions, annual_rate=rate, months=months)
    assert line.amount_rupiah == _half_up(exact)
    column = assess(
        openings=np.array([opening], np.int64),
        rupiah_months=np.array([earned], np.int64),
        annual_rate=rate,
        months=months,
    )
    assert column.tolist() == [line.amount_rupiah]
    share = crediting(rate, months)
    assert share.value(opening * months + earned) == (line.amount_rupiah, exact.denominator != 1)


@given(rates, balances, paid, st.integers(1, 11))
def test_a_year_split_in_two_earns_what_the_whole_year_earns(
    rate: Fraction, opening: int, contributions: list[int], first: int
) -> None:
    early, late = contributions[:first], contributions[first:]
    whole = opening * 12 + contribution_rupiah_months(contributions)
    one = opening * first + contribution_rupiah_months(early, first)
    other = (opening + sum(early)) * (12 - first) + contribution_rupiah_months(late, 12 - first)
    assert whole == one + other


@given(rates, rates, balances, balances)
def test_more_money_or_a_higher_rate_never_earns_less(one: Fraction, other: Fraction, low: int, high: int) -> None:
    def earned(rate: Fraction, opening: int) -> int:
        return explain(opening=opening, annual_rate=rate).amount_rupiah

    assert earned(one, min(low, high)) <= earned(one, max(low, high))
    assert earned(min(one, other), low) <= earned(max(one, other), low)


@pytest.mark.parametrize("rows", [0, 1, 100_000])
def test_every_account_of_a_column_is_credited(rows: int) -> None:
    openings = np.arange(rows, dtype=np.int64) * 12
    before = openings.copy()
    credited = assess(openings=openings, rupiah_months=np.zeros(rows, np.int64), annual_rate=Fraction(1, 2))
    assert np.array_equal(credited, openings // 2)
    assert np.array_equal(openings, before), "what is read is left alone"


def test_the_first_contribution_earns_every_month_and_the_last_one_a_month() -> None:
    assert contribution_rupiah_months([1] * 12) == 78
    assert contribution_rupiah_months([1, 0, 0], 3) == 3
    assert contribution_rupiah_months([0, 0, 1], 3) == 1
    assert contribution_rupiah_months([]) == 0


def test_the_rate_of_a_year_is_the_one_credited() -> None:
    assert rate_of(2016).rate == Fraction(719, 10_000)
    assert rate_of(2020).rate == Fraction(559, 10_000)
    for year in (2015, 2021, 2025):
        with pytest.raises(NotKnown, match="give your own"):
            rate_of(year)
    with pytest.raises(NotInForce):
        rate_of(2014)


def test_the_sentence_names_rate_balance_months_amount_and_article() -> None:
    line = explain(opening=20_000_000, contributions=[285_000], annual_rate=rate_of(2020), language="en")
    assert line.sentence == (
        "5.59% / 12 of (opening balance Rp20,000,000 x 12 months + contributions x their months Rp3,420,000) = "
        "Rp1,133,932 (UU 40/2004 art 37(3); PP 46/2015)"
    )
    assert (line.key, line.payer, line.billed, line.confidence) == ("development", "operator", False, "medium")
    assert line.law == {"jht/development_rate": ("5.59%", "UU 40/2004 Pasal 37 ayat 3; PP 46/2015", "2020-01-01")}
    assert len(line.doubts) == 3
    own = explain(opening=1_200, annual_rate=Fraction(1, 2), months=1)
    assert own.sentence.startswith("50% / 12 dari (saldo awal Rp1.200 x 1 bulan + iuran x bulan masing-masing Rp0) = R")
    assert (own.amount_rupiah, own.base_rupiah, own.rate, own.law) == (50, 1_200, Fraction(1, 24), {})
    assert len(own.doubts) == 1
    assert own.article == "UU 40/2004 Pasal 37 ayat 3; PP 46/2015"


def test_sql_reads_the_same_formula() -> None:
    assert sql_expression(Fraction(559, 10_000)) == (
        "(((opening_rupiah::bigint * 12 + contribution_rupiah_months::bigint) * 559 + 60000) / 120000)"
    )
    assert "* 6 +" in sql_expression(Fraction(1, 100), 6)


def test_rupiah_months_are_a_base_like_any_other() -> None:
    base = RupiahMonths(12)
    column = np.array([1, 2], np.int64)
    assert base.value(5) == base.shown(5) == 5
    assert base.column(column, column) is column
    assert base.most == 2 * MOST_RUPIAH_MONTHS == 24 * MOST_BALANCE_RUPIAH
    assert (base.words(1_000, "id"), base.words(1_000, "en")) == ("Rp1.000 bulan", "Rp1,000 months")


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"annual_rate": Fraction(-1, 100)}, "annual_rate"),
        ({"annual_rate": Fraction(101, 100)}, "annual_rate"),
        ({"months": 0}, "months"),
        ({"months": 13}, "months"),
        ({"opening": -1}, "opening_balance"),
        ({"opening": MOST_BALANCE_RUPIAH + 1}, "opening_balance"),
        ({"contributions": [1] * 13}, "contributions"),
        ({"contributions": [1, 1], "months": 1}, "contributions"),
    ],
)
def test_a_year_that_cannot_be_is_refused(changed: dict[str, Any], fact: str) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        explain(**({"opening": 1, "annual_rate": Fraction(1, 20)} | changed))
    assert refusal.value.fact == fact


def test_a_balance_is_possible_up_to_a_trillion() -> None:
    with pytest.raises(ImpossibleFact, match=r"possible is rupiah, 0 to 1000000000000$"):
        explain(opening=-1, annual_rate=Fraction(1, 20))


def test_the_ends_of_what_is_possible_are_possible() -> None:
    line = explain(opening=MOST_BALANCE_RUPIAH, annual_rate=Fraction(1), months=12)
    assert line.amount_rupiah == MOST_BALANCE_RUPIAH
    assert explain(opening=0, annual_rate=Fraction(0)).amount_rupiah == 0


def test_columns_that_do_not_fit_are_refused() -> None:
    one, two = np.zeros(1, np.int64), np.zeros(2, np.int64)
    with pytest.raises(ImpossibleFact, match=r"^rupiah_months: 2 is impossible; possible is 1 rows"):
        assess(openings=one, rupiah_months=two, annual_rate=Fraction(1, 20))
    with pytest.raises(ImpossibleFact, match=r"openings\[0\]"):
        assess(openings=one - 1, rupiah_months=one, annual_rate=Fraction(1, 20))
    with pytest.raises(ImpossibleFact, match=r"rupiah_months\[0\]"):
        assess(openings=one, rupiah_months=one + MOST_RUPIAH_MONTHS + 1, annual_rate=Fraction(1, 20))
    with pytest.raises(LawError, match="64 bits"):
        crediting(Fraction(123_456_789, 10**10))


def test_a_balance_with_a_fraction_keeps_it_out_of_its_rupiah() -> None:
    said = answer("JHT-DEVELOPMENT", Month(2020, 12), {"opening_balance": "1000.50"})
    assert said.result == {"contributions": 0, "development": 56, "balance": 1_056}
    assert said.facts == {"annual_rate": "559/10000", "months": 12}


def test_one_month_of_a_year_is_answered_too() -> None:
    said = answer(
        "JHT-DEVELOPMENT", Month(2020, 12), {"opening_balance": 1_200, "annual_rate": Decimal("0.5"), "months": 1}
    )
    assert said.rupiah("development") == 50
