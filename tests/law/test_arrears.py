"""Due dates, months late and penalties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import ImpossibleFact, Month, NotInForce
from lindung.law.arrears import due, due_on, months_late, penalty

days = st.dates(date(2015, 8, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("month", "holidays", "expected"),
    [
        (Month(2026, 3), (), date(2026, 4, 15)),
        (Month(2026, 1), (), date(2026, 2, 16)),  # the 15th is a Sunday
        (Month(2026, 7), (), date(2026, 8, 18)),  # Saturday, Sunday and the 17th of August below
        (Month(2026, 12), (), date(2027, 1, 15)),
        (Month(2020, 7), (), date(2020, 8, 18)),
        (Month(2020, 8), (), date(2020, 9, 30)),
        (Month(2020, 12), (), date(2021, 2, 1)),  # the 30th of January 2021 is a Saturday
        (Month(2021, 1), (), date(2021, 3, 1)),  # no 30th of February; the 28th is a Sunday
        (Month(2021, 2), (), date(2021, 3, 15)),
        (Month(2015, 7), (), date(2015, 8, 18)),
        (Month(2026, 3), (date(2026, 4, 15), date(2026, 4, 16)), date(2026, 4, 17)),
    ],
)
def test_the_15th_of_the_next_month_or_the_next_working_day(
    month: Month, holidays: tuple[date, ...], expected: date
) -> None:
    independence_days = {date(year, 8, 17) for year in range(2015, 2030)}
    assert due_on(month, independence_days | set(holidays)) == expected


def test_nothing_is_due_before_the_first_contribution_month() -> None:
    with pytest.raises(NotInForce):
        due_on(Month(2015, 6), ())


def test_a_due_date_that_was_moved_is_less_certain_than_one_that_was_not() -> None:
    plain, moved = due(Month(2026, 3), ()), due(Month(2026, 1), ())
    assert (plain.confidence, plain.doubts) == ("high", ())
    assert moved.confidence == "medium"
    assert "hari kerja" in moved.doubts[0]
    assert moved.sentence == (
        "Iuran Januari 2026 jatuh pada 15 Februari 2026, bukan hari kerja, sehingga paling lambat dibayar "
        "16 Februari 2026 (PP 44/2015 Pasal 22 ayat 1)"
    )
    assert due(Month(2026, 3), (), "en").sentence == (
        "The contribution of March 2026 is due on 15 April 2026 (PP 44/2015 art 22(1))"
    )


def test_a_february_without_a_30th_is_said_to_be_a_reading() -> None:
    assert due(Month(2021, 1), ()).confidence == "low"


@pytest.mark.parametrize(
    ("due_day", "paid_on", "months"),
    [
        (date(2026, 3, 16), date(2026, 3, 15), 0),
        (date(2026, 3, 16), date(2026, 3, 16), 0),
        (date(2026, 3, 16), date(2026, 3, 17), 1),
        (date(2026, 3, 16), date(2026, 4, 16), 1),
        (date(2026, 3, 16), date(2026, 4, 17), 2),
        (date(2026, 3, 16), date(2027, 3, 16), 12),
        (date(2026, 3, 16), date(2027, 3, 17), 13),
        (date(2026, 1, 30), date(2026, 2, 28), 1),
        (date(2026, 1, 30), date(2026, 3, 1), 2),
        (date(2026, 1, 30), date(2026, 3, 30), 2),
        (date(2026, 1, 30), date(2026, 3, 31), 3),
    ],
)
def test_a_month_of_delay_counts_from_its_first_day(due_day: date, paid_on: date, months: int) -> None:
    assert months_late(due_day, paid_on) == months


@given(days, st.integers(0, 2000))
def test_paying_a_day_later_costs_the_same_or_one_month_more(due_day: date, days_after: int) -> None:
    paid_on = due_day + timedelta(days=days_after)
    assert months_late(due_day, paid_on + timedelta(days=1)) - months_late(due_day, paid_on) in (0, 1)


def test_the_penalty_is_two_percent_for_each_started_month_of_the_whole_contribution() -> None:
    line = penalty(1_000_000, 3, Month(2025, 6), "en")
    assert (line.amount_rupiah, line.payer, line.programme, line.rate_text) == (60_000, "employer", None, "6%")
    assert line.sentence == "2% x 3 months late x contribution Rp1,000,000 = Rp60,000 (PP 44/2015 art 22)"
    assert line.confidence == "medium"
    assert len(line.doubts) == 2


def test_the_penalty_speaks_indonesian_and_says_when_it_was_rounded() -> None:
    line = penalty(1_111, 1, Month(2020, 9))
    assert line.sentence == "0,5% x 1 bulan terlambat x iuran Rp1.111 = Rp6 (PP 49/2020 Pasal 23 ayat 1)"
    assert "Pembulatan" in line.doubts[-1]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (Month(2020, 7), 20_000),
        (Month(2020, 8), 5_000),
        (Month(2021, 1), 5_000),
        (Month(2021, 2), 20_000),
    ],
)
def test_the_rate_follows_the_contribution_month(month: Month, expected: int) -> None:
    assert penalty(1_000_000, 1, month).amount_rupiah == expected


@pytest.mark.parametrize(
    ("owed", "late", "fact"),
    [
        (-1, 1, "contribution_owed"),
        (10**15 + 1, 1, "contribution_owed"),
        (1, -1, "months_late"),
        (1, 1201, "months_late"),
    ],
)
def test_a_debt_or_a_delay_that_cannot_be_is_refused_by_name(owed: int, late: int, fact: str) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        penalty(owed, late, Month(2026, 2))
    assert refusal.value.fact == fact
