"""Facts read strictly: the wrong kind is refused by name, never converted."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from lindung.law import ImpossibleFact, Month
from lindung.law.facts import MOST_IN_A_LIST, Facts
from lindung.law.money import MOST_WAGE_RUPIAH


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (5, 5),
        ("5571428.57", Fraction(557_142_857, 100)),
        (Decimal("0.5"), Fraction(1, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("7.00"), 7),
        (0, 0),
        (MOST_WAGE_RUPIAH, MOST_WAGE_RUPIAH),
    ],
)
def test_money_is_exact_and_whole_where_it_can_be(given: object, value: object) -> None:
    read = Facts({"x": given}).money("x")
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "given",
    [
        None,
        True,
        "a lot",
        "1e9",
        "1,000",
        -1,
        Decimal("-0.01"),
        MOST_WAGE_RUPIAH + 1,
        [5],
        Decimal("NaN"),
        Decimal("1e31"),
        Decimal("1e-31"),
        Decimal("Infinity"),
        f"{MOST_WAGE_RUPIAH}.01",
    ],
)
def test_money_that_cannot_be_is_refused(given: object) -> None:
    with pytest.raises(ImpossibleFact, match=r"x: .* rupiah, 0 to 1000000000000, a point for sen|x: missing"):
        Facts({"x": given}).money("x")


def test_thirty_places_are_still_a_number() -> None:
    assert Facts({"x": Decimal("1e-30")}).money("x") == Fraction(1, 10**30)
    assert Facts({"x": Decimal("1e30")}).money("x", most=10**30) == 10**30


@pytest.mark.parametrize("given", [True, "0.05", -1, Decimal("1.01"), Decimal("NaN")])
def test_a_rate_that_cannot_be_is_refused(given: object) -> None:
    with pytest.raises(ImpossibleFact, match=r"a decimal, 0 to 1, like 0\.057"):
        Facts({"x": given}).rate("x")


def test_a_rate_is_exact_or_not_there() -> None:
    assert Facts({}).rate("x") is None
    assert Facts({"x": Decimal("0.057")}).rate("x") == Fraction(57, 1000)
    assert Facts({"x": 0}).rate("x") == 0
    assert Facts({"x": 1}).rate("x") == 1


def test_a_growth_may_be_negative_but_not_the_loss_of_all() -> None:
    assert Facts({"x": Decimal("-0.0207")}).growth("x") == Fraction(-207, 10_000)
    assert Facts({"x": 1}).growth("x") == 1
    for wrong in (-1, Decimal("1.0001"), None, "0.05"):
        with pytest.raises(ImpossibleFact, match=r"a decimal like 0\.0511"):
            Facts({"x": wrong}).growth("x")


@pytest.mark.parametrize("given", ["2026-04-15", [5], ["soon"], ["2026-04-15"] * (MOST_IN_A_LIST + 1)])
def test_days_that_cannot_be_are_refused(given: Any) -> None:
    with pytest.raises(ImpossibleFact, match="x: "):
        Facts({"x": given}).days("x")


def test_days_are_a_set_of_dates() -> None:
    assert Facts({}).days("x") == frozenset()
    assert Facts({"x": ["2026-04-15", date(2026, 4, 16)]}).days("x") == {date(2026, 4, 15), date(2026, 4, 16)}
    assert len(Facts({"x": ["2026-04-15"] * MOST_IN_A_LIST}).days("x")) == 1


def test_a_month_is_read_or_not_there() -> None:
    assert Facts({}).month("x") is None
    assert Facts({"x": "2025-01"}).month("x") == Month(2025, 1)
    for wrong in (202501, date(2025, 1, 1)):
        with pytest.raises(ImpossibleFact, match="a month like 2025-01"):
            Facts({"x": wrong}).month("x")


@pytest.mark.parametrize("given", [None, [], 5, "5", [5] * (MOST_IN_A_LIST + 1)])
def test_a_list_of_amounts_has_some_and_not_too_many(given: Any) -> None:
    with pytest.raises(ImpossibleFact, match="a list of amounts in rupiah"):
        Facts({"x": given}).amounts("x")
    assert len(Facts({"x": [5] * MOST_IN_A_LIST}).amounts("x")) == MOST_IN_A_LIST


def test_words_and_flags_are_those_that_are_known() -> None:
    facts = Facts({"x": "a", "flag": False})
    assert facts.text("x", ("a", "b")) == "a"
    assert facts.text("y", ("a", "b")) is None
    assert (facts.flag("flag"), facts.flag("y")) == (False, None)
    for wrong in ("c", 5, ["a"]):
        with pytest.raises(ImpossibleFact, match="possible is a, b"):
            Facts({"x": wrong}).text("x", ("a", "b"))
    for wrong in (0, "false"):
        with pytest.raises(ImpossibleFact, match="true or false"):
            Facts({"x": wrong}).flag("x")


def test_an_input_that_is_null_is_not_given() -> None:
    facts = Facts({"x": None, "y": 0})
    assert ("x" in facts, "y" in facts) == (False, True)
    assert facts.given("x", "y") == ("y",)
    assert facts.names() == ("y",)
    assert (facts.raw("x"), facts.raw("y")) == (None, 0)
