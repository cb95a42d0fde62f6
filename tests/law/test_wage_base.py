"""The wage on which contributions run: pay bases, months that are not whole, what is no wage."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, LawError, Month, readings
from lindung.law.facts import Facts
from lindung.law.wage_base import Earned, earned

FEBRUARY = Month(2026, 2)


def _earned(month: Month = FEBRUARY, **inputs: Any) -> Earned:
    return earned(month, Facts(inputs))


def test_a_whole_month_is_its_wage_and_nothing_is_doubtful() -> None:
    assert _earned(wage=5_000_000) == Earned(5_000_000)
    assert _earned(wage=5_000_000, pay_basis="monthly") == Earned(5_000_000)
    assert _earned(wage=5_000_000, joined="2026-02-01", left="2026-02-28") == Earned(5_000_000)
    assert _earned(wage=5_000_000, joined="2020-01-15", left="2030-01-15", unpaid_days=0) == Earned(5_000_000)


def test_fixed_allowances_are_wage() -> None:
    assert _earned(basic_wage=4_000_000) == Earned(4_000_000)
    assert _earned(basic_wage=4_000_000, fixed_allowances=500_000) == Earned(4_500_000)
    with pytest.raises(LawError, match="wage has no meaning beside basic_wage:"):
        _earned(basic_wage=4_000_000, wage=1)
    with pytest.raises(LawError, match="fixed_allowances has no meaning beside wage:"):
        _earned(fixed_allowances=4_000_000, wage=1)


def test_a_daily_wage_counts_25_days_and_jp_what_was_paid() -> None:
    assert _earned(pay_basis="daily", wage=200_000).wage == 5_000_000
    assert _earned(pay_basis="daily", wage=200_000).readings == (readings.DAILY_JP,)
    worked = _earned(pay_basis="daily", daily_wage=200_000, days_worked=31)
    assert (worked.wage, worked.jp_wage, worked.readings) == (5_000_000, 6_200_000, ())
    assert [value.name for value in worked.values] == ["wage/days_per_month"]
    paid = _earned(pay_basis="daily", daily_wage=200_000, wage_paid_in_month="4000000.50")
    assert paid.jp_wage == Fraction(8_000_001, 2)
    with pytest.raises(ImpossibleFact, match="days_worked: 32"):
        _earned(pay_basis="daily", daily_wage=200_000, days_worked=32)
    with pytest.raises(ImpossibleFact, match="daily_wage: -1"):
        _earned(pay_basis="daily", daily_wage=-1)


def test_the_highest_daily_wage_is_the_one_that_may_be_paid_on_31_days() -> None:
    highest = 32_258_064_516
    assert _earned(daily_wage=highest, days_worked=31).jp_wage == 999_999_999_996
    with pytest.raises(ImpossibleFact, match=r"daily_wage: 32258064517 is .* from Rp0 to Rp32,258,064,516$"):
        _earned(daily_wage=highest + 1)


def test_a_daily_wage_needs_no_basis_beside_its_name() -> None:
    assert _earned(daily_wage=200_000).wage == 5_000_000


def test_a_worker_paid_by_day_or_piece_who_was_away_must_have_what_was_paid() -> None:
    for absent in ({"joined": "2026-02-10"}, {"left": "2026-02-10"}, {"unpaid_days": 2}):
        name = next(iter(absent))
        with pytest.raises(ImpossibleFact, match=f"{name}: .* together with days_worked or wage_paid_in_month$"):
            _earned(daily_wage=200_000, **absent)
        with pytest.raises(ImpossibleFact, match=r"together with wages_of_months or wage_paid_in_month$"):
            _earned(pay_basis="piece_rate", wage=1, months_on_record=1, **absent)
        assert _earned(daily_wage=200_000, days_worked=9, **absent).jp_wage == 1_800_000
        assert _earned(daily_wage=200_000, wage_paid_in_month=7, **absent).jp_wage == 7
        assert _earned(pay_basis="piece_rate", wages_of_months=[1, 2, 3], **absent).jp_wage == 3
        first = _earned(pay_basis="piece_rate", wage=9, months_on_record=1, wage_paid_in_month=7, **absent)
        assert (first.wage, first.jp_wage) == (9, 7)
    with pytest.raises(ImpossibleFact, match="joined: '2026-03-01'"):
        _earned(daily_wage=200_000, days_worked=9, joined="2026-03-01")
    with pytest.raises(ImpossibleFact, match=r"^joined: '2026-02-03' is impossible; possible is together with"):
        _earned(daily_wage=200_000, unpaid_days=2, left="2026-02-10", joined="2026-02-03")


def test_another_name_of_a_pay_basis_is_the_same_one() -> None:
    for name in ("weather_piece_rate", "piece_rate_weather_dependent"):
        assert _earned(pay_basis=name, wages_of_months=[1] * 12).readings == ()
        with pytest.raises(LawError, match="days_worked has no meaning beside pay_basis: piece_rate_weather:"):
            _earned(pay_basis=name, wages_of_months=[1], days_worked=1)
    assert _earned(pay_basis="piece rate", wages_of_months=[1] * 3).readings == ()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"wage": 1, "days_worked": 1}, "days_worked has no meaning beside pay_basis: monthly"),
        ({"wage": 1, "months_on_record": 1}, "months_on_record has no meaning beside pay_basis: monthly"),
        (
            {"wage": 1, "wages_of_months": [1], "pay_basis": "hourly"},
            "wages_of_months has no meaning beside pay_basis: hourly",
        ),
        ({"wage": 1, "daily_wage": 1, "pay_basis": "monthly"}, "daily_wage has no meaning beside pay_basis: monthly"),
        ({"wage": 1, "daily_wage": 1}, "wage has no meaning beside daily_wage"),
        ({"daily_wage": 1, "months_on_record": 1}, "months_on_record has no meaning beside pay_basis: daily"),
        (
            {"daily_wage": 1, "days_worked": 1, "wage_paid_in_month": 1},
            "days_worked has no meaning beside wage_paid_in_month",
        ),
        ({"pay_basis": "piece_rate", "daily_wage": 1}, "daily_wage has no meaning beside pay_basis: piece_rate"),
        *(
            ({"pay_basis": basis, name: 1}, f"{name} has no meaning beside pay_basis: {basis}")
            for basis in ("daily", "piece_rate", "piece_rate_weather")
            for name in ("basic_wage", "fixed_allowances", "wage_before_raise", "raised_on", "part_month")
        ),
        *(
            (
                {"pay_basis": basis, "wage_until_14th": 1, "wage_from_15th": 2},
                f"wage_from_15th, wage_until_14th has no meaning beside pay_basis: {basis}",
            )
            for basis in ("daily", "piece_rate", "piece_rate_weather")
        ),
    ],
)
def test_a_fact_of_another_pay_basis_is_not_passed_over(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=f"^input {said}: make two cases of it$"):
        _earned(**inputs)


@pytest.mark.parametrize(("on_record", "known", "fits"), [(3, 3, True), (9, 3, True), (2, 2, True), (1, 2, False)])
def test_the_months_on_record_must_be_those_listed(on_record: int, known: int, fits: bool) -> None:
    facts = {"pay_basis": "piece_rate", "wages_of_months": [1] * known, "months_on_record": on_record}
    if fits:
        assert _earned(**facts).wage == 1
    else:
        with pytest.raises(ImpossibleFact, match=f"months_on_record: {on_record} .* {known} like wages_of_months"):
            _earned(**facts)


def test_more_months_on_record_than_listed_must_be_listed() -> None:
    for on_record in (2, 3):
        with pytest.raises(ImpossibleFact, match="1 like wages_of_months"):
            _earned(pay_basis="piece_rate", wages_of_months=[1], months_on_record=on_record)
    assert _earned(pay_basis="piece_rate", wages_of_months=[9, 1, 1, 1], months_on_record=4).wage == 1
    assert _earned(pay_basis="piece_rate", wages_of_months=[1], months_on_record=1).wage == 1


@pytest.mark.parametrize("pay", [{"wage": 1}, {"wages_of_months": [1, 1, 1]}])
def test_from_one_month_to_a_hundred_years_can_be_on_record(pay: dict[str, Any]) -> None:
    for impossible in (0, 1_201):
        with pytest.raises(ImpossibleFact, match=f"^months_on_record: {impossible} .* from 1 to 1200$"):
            _earned(pay_basis="piece_rate", months_on_record=impossible, **pay)


def test_of_a_hundred_years_on_record_the_last_months_are_asked_for_and_are_enough() -> None:
    assert _earned(pay_basis="piece_rate", wages_of_months=[1, 1, 1], months_on_record=1_200).wage == 1
    with pytest.raises(ImpossibleFact, match=r"^wages_of_months: missing; possible is the pay of each of the last 3"):
        _earned(pay_basis="piece_rate", wage=1, months_on_record=1_200)


def test_piece_rate_pay_is_averaged_over_the_last_months() -> None:
    three = _earned(pay_basis="piece_rate", wages_of_months=[9, 1_000_000, 2_000_000, 6_000_000])
    assert (three.wage, three.jp_wage, three.readings) == (3_000_000, 6_000_000, ())
    assert type(three.wage) is int
    twelve = _earned(pay_basis="piece_rate_weather", wages_of_months=[99_000_000, *[1_000_000] * 12])
    assert (twelve.wage, twelve.jp_wage, twelve.readings) == (1_000_000, None, ())
    two = _earned(pay_basis="piece_rate", wages_of_months=[1, 2])
    assert (two.wage, two.jp_wage, two.readings) == (Fraction(3, 2), 2, (readings.FEWER_MONTHS_ON_RECORD,))
    this_month = _earned(pay_basis="piece_rate", wages_of_months=[1, 2, 3], wage=5)
    assert (this_month.wage, this_month.jp_wage) == (2, 5)
    paid = _earned(pay_basis="piece_rate", wages_of_months=[1, 2, 3], wage_paid_in_month=7)
    assert paid.jp_wage == 7


def test_a_first_month_of_piece_rate_stands_alone() -> None:
    first = _earned(pay_basis="piece_rate", wage=6_000_000, months_on_record=1)
    assert (first.wage, first.jp_wage, first.readings) == (6_000_000, None, (readings.FEWER_MONTHS_ON_RECORD,))


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"pay_basis": "piece_rate", "wage": 1}, "months_on_record: missing"),
        ({"pay_basis": "piece_rate", "wage": 1, "months_on_record": 0}, "months_on_record: 0"),
        ({"pay_basis": "piece_rate", "wage": 1, "months_on_record": 2}, "the pay of each of the last 2 months"),
        ({"pay_basis": "piece_rate", "wage": 1, "months_on_record": 9}, "the pay of each of the last 3 months"),
        ({"pay_basis": "piece_rate_weather", "wage": 1, "months_on_record": 9}, "of the last 9 months"),
        ({"pay_basis": "piece_rate", "wages_of_months": []}, "a list of amounts"),
        ({"pay_basis": "piece_rate", "wages_of_months": [1, -1]}, r"wages_of_months\[1\]: -1"),
        ({"pay_basis": "weekly", "wage": 1}, "monthly, daily, piece_rate, piece_rate_weather, hourly"),
        ({"wage": 1, "joined": "2026-03-01"}, "joined: '2026-03-01' is impossible; possible is 2026-02-28 at the lat"),
        ({"wage": 1, "left": "2026-01-31"}, "left: '2026-01-31' is impossible; possible is 2026-02-01 at the earliest"),
        ({"wage": 1, "joined": "2026-02-10", "left": "2026-02-09"}, "possible is 2026-02-10 at the earliest"),
        ({"wage": 1, "unpaid_days": 29}, "unpaid_days: 29"),
        ({"wage": 1, "joined": "2026-02-28", "unpaid_days": 2}, "unpaid_days: 2"),
        ({"wage": 1, "wage_before_raise": 1, "raised_on": "2026-02-01"}, "a day from 2026-02-02 to 2026-02-28"),
        ({"wage": 1, "wage_before_raise": 1, "raised_on": "2026-03-01"}, "raised_on: '2026-03-01'"),
        ({"wage": 1, "raised_on": "2026-02-02"}, "wage_before_raise: missing"),
        ({"wage_until_14th": 1, "wage_from_16th": 1}, "wage_from: 'wage_until_14th, wage_from_16th' is impossible"),
        ({"wage_until_14th": 1}, "wage_until, wage_from"),
        ({"wage_from_15th": 1}, "wage_until, wage_from"),
        ({"wage_until_28th": 1, "wage_from_29th": 1}, "one pair of days that follow each other"),
        ({"wage_until_0th": 1, "wage_from_1st": 1}, "one pair of days that follow each other"),
        ({"wage_until_9th": 1, "wage_from_10th": 1, "wage_from_20th": 1}, "one pair of days"),
        ({"wage_until_9th": 1, "wage_until_14th": 1, "wage_from_10th": 1}, "one pair of days"),
        ({"wage_until_9th": 1, "wage_until_14th": 1, "wage_from_10th": 1, "wage_from_15th": 1}, "one pair of days"),
        ({"wage": 1, "wage_paid_in_month": "a lot"}, "wage_paid_in_month: 'a lot'"),
        ({"wage": 1, "part_month": "half"}, "law, full, paid"),
        ({"wage": 1, "thr_paid": -1}, "thr_paid: -1 is impossible; .* from Rp0 to Rp1,000,000,000,000$"),
    ],
)
def test_wages_that_cannot_be_are_refused_by_name(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(ImpossibleFact, match=said):
        _earned(**inputs)


@pytest.mark.parametrize(
    ("inputs", "beside"),
    [
        ({"wage": 1, "wage_before_raise": 1}, "wage_before_raise has no meaning beside wage:"),
        *(
            (
                {"wage_until_14th": 1, "wage_from_15th": 2, name: 1},
                f"{name} has no meaning beside wage_until_14th, wage_from_15th:",
            )
            for name in ("wage", "basic_wage", "fixed_allowances", "wage_before_raise", "raised_on")
        ),
        (
            {"wage": 1, "wage_before_raise": 1, "raised_on": "2026-02-15", "unpaid_days": 1},
            "unpaid_days has no meaning beside raised_on:",
        ),
    ],
)
def test_facts_that_have_no_meaning_together_are_refused(inputs: dict[str, Any], beside: str) -> None:
    with pytest.raises(LawError, match=beside):
        _earned(**inputs)


def test_what_was_paid_may_be_given_instead_of_reckoned() -> None:
    part = _earned(wage=12_000_000, joined="2026-02-16", wage_paid_in_month="5571428.57")
    assert (part.wage, part.jp_wage) == (12_000_000, Fraction(557_142_857, 100))
    assert part.readings == (readings.PART_MONTH,)
    raised = _earned(wage_until_14th=10, wage_from_15th=13, wage_paid_in_month=12, unpaid_days=3)
    assert (raised.wage, raised.jp_wage) == (13, 12)
    assert raised.readings == (readings.PART_MONTH, readings.RAISE_IN_THE_MONTH)


def test_the_base_of_a_part_of_a_month_can_be_chosen() -> None:
    part = {"wage": 2_800_000, "joined": "2026-02-15"}
    assert _earned(**part).jp_wage == 1_400_000
    assert _earned(**part, part_month="law") == _earned(**part)
    full, paid = (_earned(**part, part_month=choice) for choice in ("full", "paid"))
    assert (full.wage, full.jp_wage) == (2_800_000, None)
    assert (paid.wage, paid.jp_wage) == (1_400_000, None)
    assert readings.PART_MONTH_CHOSEN in full.readings
    assert readings.PART_MONTH_CHOSEN in paid.readings
    assert readings.PART_MONTH not in full.readings + paid.readings


@given(st.integers(1, 28), st.integers(0, 27), st.integers(0, 28), st.integers(0, 10**9))
def test_the_wage_paid_is_a_calendar_days_part_of_the_rate(first: int, more: int, away: int, wage: int) -> None:
    last = min(first + more, 28)
    days = last - first + 1
    away = min(away, days)
    part = _earned(wage=wage, joined=f"2026-02-{first:02}", left=f"2026-02-{last:02}", unpaid_days=away)
    expected = None if (days, away) == (28, 0) else Fraction(((days - away) * wage * 200 + 28) // 56, 100)
    assert part.jp_wage == expected


@given(st.integers(2, 28), st.integers(1, 28), st.integers(0, 27), st.integers(0, 10**9), st.integers(0, 10**9))
def test_days_before_and_after_a_raise_count_each_at_its_own_rate(
    raised: int, first: int, more: int, old: int, new: int
) -> None:
    last = min(first + more, 28)
    part = _earned(
        wage=new,
        wage_before_raise=old,
        raised_on=f"2026-02-{raised:02}",
        joined=f"2026-02-{first:02}",
        left=f"2026-02-{last:02}",
    )
    days = [date(2026, 2, first) + timedelta(days=day) for day in range(last - first + 1)]
    total = sum(old if day.day < raised else new for day in days)
    assert part.jp_wage == Fraction((total * 200 + 28) // 56, 100)
    assert part.wage == (old if last < raised else new)


def test_who_leaves_on_the_first_day_of_the_new_wage_has_it() -> None:
    raised = {"wage": 6, "wage_before_raise": 4, "raised_on": "2026-02-15"}
    assert [_earned(**raised, left=f"2026-02-{day}").wage for day in (14, 15, 16)] == [4, 6, 6]


def test_both_ways_to_write_a_raise_are_one() -> None:
    by_day = _earned(wage=6, wage_before_raise=4, raised_on="2026-02-28")
    assert _earned(wage_until_27th=4, wage_from_28th=6) == by_day
    assert _earned(wage_until_1st=4, wage_from_2nd=6) == _earned(wage=6, wage_before_raise=4, raised_on="2026-02-02")
    assert _earned(wage_until_2nd=4, wage_from_3rd=6).wage == 6


def test_hourly_pay_is_the_wage_of_the_month_and_a_reading() -> None:
    assert _earned(pay_basis="hourly", wage=3).readings == (readings.HOURLY,)
    assert _earned(pay_basis="hourly", wage=3).wage == 3


def test_what_is_no_wage_is_told_and_never_computed_with() -> None:
    base = _earned(wage=5, thr_paid=6_000_000, bonus_paid=7_000_000, overtime_paid=1, allowances_not_fixed=2)
    assert (base.wage, base.jp_wage) == (5, None)
    assert [words.en for words in base.sentences] == [
        "Rp6,000,000 of religious-holiday pay (THR) is not wage (PP 36/2021 art 8)",
        "Rp7,000,000 of a bonus is not wage (PP 36/2021 art 8)",
    ]
    assert base.sentences[0].id == "THR Rp6.000.000 bukan upah (PP 36/2021 Pasal 8)"
    assert base.sentences[1].id == "Bonus Rp7.000.000 bukan upah (PP 36/2021 Pasal 8)"
    assert base.readings == (readings.NOT_FIXED,)


def test_a_wage_under_the_minimum_is_a_warning_and_lifts_nothing() -> None:
    assert _earned(wage=5, minimum_wage=5) == Earned(5)
    low = _earned(wage=4, minimum_wage=5)
    assert (low.wage, low.readings) == (4, (readings.MINIMUM_WAGE,))
