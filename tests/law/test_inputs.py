"""Inputs by name, from text and under other names."""

from datetime import date
from decimal import Decimal

import pytest

from lindung.law import ImpossibleFact
from lindung.law.inputs import INPUTS, canonical, day_of, read_text, wage_steps


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("wage", "12000000", 12_000_000),
        ("wage", "-5", -5),
        ("wage", "12.000.000", "12.000.000"),
        ("wage", "9" * 21, "9" * 21),
        ("months", "3", 3),
        ("annual_rate", "0.057", Decimal("0.057")),
        ("annual_rate", "1e5", "1e5"),
        ("annual_rate", "NaN", "NaN"),
        ("wage_paid_in_month", "5571428.57", Decimal("5571428.57")),
        ("citizen", "false", False),
        ("citizen", "true", True),
        ("citizen", "ya", "ya"),
        ("birth_date", "1990-12-31", "1990-12-31"),
        ("sector", "transport", "transport"),
        ("programmes", "JHT,JP", ["JHT", "JP"]),
        ("holidays", "2026-04-15", ["2026-04-15"]),
        ("wages_of_months", "1,2", [1, 2]),
        ("wages_of_months", "1,two", [1, "two"]),
        (
            "debts",
            "2025-06=1000+60,2025-07=5",
            [
                {"month": "2025-06", "contribution": 1_000, "penalty": 60},
                {"month": "2025-07", "contribution": 5, "penalty": 0},
            ],
        ),
    ],
)
def test_text_becomes_the_value_that_a_file_would_give(name: str, text: str, value: object) -> None:
    read = read_text(name, text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ["2025-06", "2025-06=", "June=5", "2025-06=5+", "2025-06=5;2025-07=6"])
def test_debts_that_cannot_be_read_name_the_shape(text: str) -> None:
    with pytest.raises(ImpossibleFact, match=r"month=contribution\+fine: 2025-06=1000000\+60000$"):
        read_text("debts", text)


def test_other_names_lead_to_one() -> None:
    assert canonical({"bonus": 1, "wage": 2}) == {"bonus_paid": 1, "wage": 2}
    with pytest.raises(ImpossibleFact, match="one of bonus and bonus_paid"):
        canonical({"bonus_paid": 1, "bonus": 1})
    known = [name for one in INPUTS.values() for name in (one.name, *one.aliases)]
    assert len(known) == len(set(known))


def test_wage_steps_are_known_by_their_days() -> None:
    names = {"wage_until_14th": 1, "wage_from_15th": 2, "wage_until_1st": 3, "wage": 4, "wage_until_4": 5}
    assert wage_steps(names) == ({14: "wage_until_14th", 1: "wage_until_1st"}, {15: "wage_from_15th"})


def test_every_input_is_titled_in_both_languages() -> None:
    for one in INPUTS.values():
        assert one.title.id
        assert one.title.en
        assert INPUTS[one.name] is one


@pytest.mark.parametrize("given", ["1990-W24-3", "19901231", "1990-02-30", "soon", 19901231, None])
def test_only_a_plain_date_is_a_date(given: object) -> None:
    with pytest.raises(ImpossibleFact, match="a date like 1990-12-31"):
        day_of("day", given)


def test_a_date_may_be_written_or_real() -> None:
    assert day_of("day", "1990-12-31") == day_of("day", date(1990, 12, 31)) == date(1990, 12, 31)
