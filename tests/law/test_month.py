"""The contribution month."""

from datetime import date

import pytest

from lindung.law import ImpossibleFact, Month
from lindung.law.wording import day_words

NAMES = [
    (1, "Januari", "January"),
    (2, "Februari", "February"),
    (3, "Maret", "March"),
    (4, "April", "April"),
    (5, "Mei", "May"),
    (6, "Juni", "June"),
    (7, "Juli", "July"),
    (8, "Agustus", "August"),
    (9, "September", "September"),
    (10, "Oktober", "October"),
    (11, "November", "November"),
    (12, "Desember", "December"),
]


def test_a_month_is_written_as_it_is_read() -> None:
    assert str(Month.parse("2026-02")) == "2026-02"
    assert Month.parse("2026-02") == Month(2026, 2)


@pytest.mark.parametrize("text", ["2026-2", "2026-13", "2026-00", "26-02", "2026-02-01", "", "1899-12", "3000-01"])
def test_anything_else_than_a_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ImpossibleFact, match="one month like 2026-02"):
        Month.parse(text)


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    assert Month(2025, 12).next() == Month(2026, 1)
    assert Month(2026, 1).previous() == Month(2025, 12)
    assert Month(2026, 1).plus(-13) == Month(2024, 12)


def test_months_are_ordered_by_time() -> None:
    assert sorted([Month(2026, 1), Month(2025, 12), Month(2025, 2)]) == [
        Month(2025, 2),
        Month(2025, 12),
        Month(2026, 1),
    ]


def test_a_month_knows_its_first_and_last_day() -> None:
    assert Month(2024, 2).first_on == date(2024, 2, 1)
    assert Month(2024, 2).last_on == date(2024, 2, 29)
    assert Month.of(date(2024, 2, 29)) == Month(2024, 2)


@pytest.mark.parametrize(("number", "indonesian", "english"), NAMES)
def test_a_month_is_said_as_people_say_it(number: int, indonesian: str, english: str) -> None:
    assert Month(2026, number).words == (f"{indonesian} 2026", f"{english} 2026")
    assert day_words(date(2026, number, 5)) == (f"5 {indonesian} 2026", f"5 {english} 2026")
