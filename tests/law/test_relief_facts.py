"""Whether an employer has a relief: what a case says against the conditions of the law."""

from typing import Any

import pytest

from lindung.law import ImpossibleFact, LawError, Month, answer
from lindung.law.facts import Facts
from lindung.law.relief_facts import wage_earner_relief
from lindung.law.reliefs import Relief

JUNE = Month(2025, 6)
NOT_ALL = (
    "The relief of PP 7/2025 is not taken: not all its conditions are given (industry, active_members, jkk_paid_until)"
)
QUALIFIES: dict[str, Any] = {"industry": "toys", "active_members": 50, "jkk_paid_until": "2025-01"}


def _given(month: Month, **inputs: Any) -> tuple[Relief | None, list[str]]:
    relief, said = wage_earner_relief(month, Facts(inputs))
    return relief, [words.en for words in said]


def test_saying_that_the_employer_qualifies_is_enough_in_the_months_of_the_relief() -> None:
    assert _given(JUNE, labour_intensive_relief=True) == (Relief.LABOUR_INTENSIVE, [])
    assert _given(JUNE, relief="PP 36/2025") == (Relief.LABOUR_INTENSIVE, [])
    assert _given(Month(2026, 2), labour_intensive_relief=True) == (None, ["PP 7/2025 does not reach February 2026"])


def test_all_conditions_together_are_as_good_as_saying_so_and_fewer_are_not() -> None:
    assert _given(JUNE, **QUALIFIES) == (Relief.LABOUR_INTENSIVE, [])
    for left_out in QUALIFIES:
        fewer = {name: value for name, value in QUALIFIES.items() if name != left_out}
        assert _given(JUNE, **fewer) == (None, [NOT_ALL])
        assert _given(JUNE, labour_intensive_relief=True, **fewer) == (Relief.LABOUR_INTENSIVE, [])
    assert _given(JUNE, **QUALIFIES, labour_intensive_relief=False) == (None, [])
    assert _given(JUNE) == (None, [])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"industry": "other"}, "PP 7/2025 is for food_drink_tobacco, textiles_clothing, leather, footwear, toys, fur"),
        ({"active_members": 49}, "PP 7/2025 asks for at least 50 active members"),
        ({"jkk_paid_until": "2024-12"}, "PP 7/2025 asks that contributions are paid up to 2025-01"),
    ],
)
def test_a_condition_that_is_not_met_is_told(changed: dict[str, Any], said: str) -> None:
    relief, told = _given(JUNE, **(QUALIFIES | changed))
    assert relief is None
    assert told[0].startswith(said)


def test_months_paid_have_a_meaning_only_beside_their_relief() -> None:
    with pytest.raises(LawError, match="paid_until has no meaning beside no relief of PP 49/2020:"):
        _given(Month(2020, 9), paid_until="2020-07")
    with pytest.raises(LawError, match="paid_until has no meaning"):
        _given(JUNE, paid_until="2020-07", labour_intensive_relief=True)


def test_paying_further_than_asked_is_fine() -> None:
    assert _given(JUNE, **(QUALIFIES | {"jkk_paid_until": "2025-05", "active_members": 51}))[0]
    assert _given(Month(2020, 9), relief="PP 49/2020", paid_until="2020-08") == (Relief.PANDEMIC, [])


def test_an_employer_has_up_to_a_hundred_million_members() -> None:
    assert _given(JUNE, **(QUALIFIES | {"active_members": 100_000_000}))[0] is Relief.LABOUR_INTENSIVE
    with pytest.raises(ImpossibleFact, match=r"active_members: 100000001 .* from 0 to 100000000"):
        _given(JUNE, **(QUALIFIES | {"active_members": 100_000_001}))


def test_the_pandemic_relief_asks_for_contributions_up_to_july_2020() -> None:
    assert _given(Month(2020, 9), relief="PP 49/2020") == (Relief.PANDEMIC, [])
    assert _given(Month(2020, 9), relief="PP 49/2020", paid_until="2020-07") == (Relief.PANDEMIC, [])
    assert _given(Month(2020, 9), relief="PP 49/2020", paid_until="2020-06") == (
        None,
        ["PP 49/2020 asks that contributions are paid up to 2020-07"],
    )


def test_of_two_reliefs_the_one_that_reaches_the_month_is_taken() -> None:
    both = {"relief": "PP 49/2020", "labour_intensive_relief": True}
    assert _given(JUNE, **both) == (Relief.LABOUR_INTENSIVE, [])
    assert _given(Month(2020, 9), **both) == (Relief.PANDEMIC, [])
    assert _given(Month(2026, 3), **both)[1] == [
        "PP 49/2020 does not reach March 2026",
        "PP 7/2025 does not reach March 2026",
    ]
    assert _given(Month(2026, 3), relief="PP 7/2025", labour_intensive_relief=True)[1] == [
        "PP 7/2025 does not reach March 2026"
    ]


@pytest.mark.parametrize(
    ("inputs", "fact"),
    [
        ({"relief": "PP 7/2025", "labour_intensive_relief": False}, "labour_intensive_relief"),
        ({"relief": "PP 50/2025"}, "relief"),
        ({"relief": 7}, "relief"),
        ({"labour_intensive_relief": True, "industry": "steel"}, "industry"),
        ({"labour_intensive_relief": True, "active_members": -1}, "active_members"),
        ({"labour_intensive_relief": True, "jkk_paid_until": 202501}, "jkk_paid_until"),
        ({"labour_intensive_relief": True, "jkk_paid_until": "January"}, "month"),
    ],
)
def test_facts_about_a_relief_that_cannot_be_are_refused(inputs: dict[str, Any], fact: str) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        _given(JUNE, **inputs)
    assert refusal.value.fact == fact


def test_a_relief_that_was_not_given_is_told_in_the_answer() -> None:
    said = answer("PU", "2026-02", {"wage": 1, "jkk_class": "I", "labour_intensive_relief": True}, "en")
    assert said.sentences == ("PP 7/2025 does not reach February 2026",)
    split = {"wage": 1, "jkk_class": "I", "jkp_member": True, "relief": "PP 36/2025"}
    assert answer("PU-JKP-SPLIT", "2026-02", split, "id").sentences == ("PP 7/2025 tidak berlaku pada Februari 2026",)
