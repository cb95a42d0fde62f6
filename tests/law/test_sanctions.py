"""Administrative sanctions for not registering workers."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, LawError, Month, NotInForce, answer
from lindung.law.arrears import is_working_day
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.law.sanctions import fine, steps

days = st.dates(date(2015, 7, 1), date(2030, 12, 31))


@given(days, st.sets(st.integers(1, 40), max_size=10))
def test_each_warning_lasts_ten_working_days_and_the_fine_thirty_days(first: date, off: set[int]) -> None:
    holidays = {first + timedelta(days=number) for number in off}
    warned, second, fined, refused = (step.from_on for step in steps(first, holidays))
    assert warned == first
    for begins, ends in ((warned, second), (second, fined)):
        between = [begins + timedelta(days=number + 1) for number in range((ends - begins).days - 1)]
        assert sum(is_working_day(day, holidays) for day in between) == 10
        assert is_working_day(between[-1], holidays)
    assert refused - fined == timedelta(days=30)


def test_the_steps_are_named_in_order() -> None:
    taken = steps(date(2026, 2, 2))
    assert [step.key for step in taken] == ["first_warning", "second_warning", "fine", "services_refused"]
    assert all(step.words.id != step.words.en for step in taken)
    with pytest.raises(NotInForce):
        steps(date(2015, 6, 30))


def test_the_fine_for_not_registering_is_a_tenth_of_a_percent_not_two_percent() -> None:
    line = fine(1_000_000, Month(2025, 6), "en")
    assert (line.key, line.amount_rupiah, line.rate_text) == ("fine", 1_000, "0.1%")
    assert (line.payer, line.confidence) == ("employer", "high")
    assert line.sentence == (
        "0.1% a month x contribution that should have been paid Rp1,000,000 = Rp1,000, for at most 30 days "
        "(PP 86/2013 art 5-9)"
    )
    assert line.doubts == ()
    assert fine(1_500, Month(2025, 6)).amount_rupiah == 2
    assert "Pembulatan" in fine(1_499, Month(2025, 6)).doubts[0]
    assert fine(1_499, Month(2025, 6)).amount_rupiah == 1
    with pytest.raises(ImpossibleFact, match="contribution_owed"):
        fine(MOST_DEBT_RUPIAH + 1, Month(2025, 6))


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "contribution_owed: missing; possible is an amount in rupiah, or first_warning_on"),
        ({"contribution_owed": 1, "holidays": []}, "holidays has no meaning beside contribution_owed"),
        ({"first_warning_on": "2026-02-02", "holidays": ["soon"]}, "holidays: 'soon'"),
    ],
)
def test_a_sanction_without_its_facts_is_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        answer("SANCTION", "2026-02", inputs)


def test_the_fine_and_the_steps_may_be_asked_together() -> None:
    said = answer("SANCTION", "2026-02", {"contribution_owed": 1_000_000, "first_warning_on": date(2026, 2, 2)}, "en")
    assert said.rupiah("fine") == 1_000
    assert said.sentences[2] == "4 March 2026: fine"
    assert len(answer("SANCTION", "2026-02", {"first_warning_on": "2026-02-02"}).lines) == 0
