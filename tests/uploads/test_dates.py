"""Dates as they are typed: one reading, day first, or none (B-051 to B-057, B-108)."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lindung.uploads.dates import read_date, read_dates
from tests.often import often

TODAY = date(2026, 11, 21)
SECOND_OF_MARCH = date(1990, 3, 2)
few = settings(max_examples=often(60), deadline=None)


def read(text: str | None, *, past: bool = True) -> tuple[date | None, str | None, bool]:
    """(date, fault, doubtful) of one cell of a column."""
    row = read_dates(pl.Series([text], dtype=pl.String), today=TODAY, past=past).row(0, named=True)
    return row["on"], row["fault"], bool(row["doubtful"])


@pytest.mark.parametrize(
    "text",
    [
        "02-03-1990", "2-3-1990", "02/03/1990", "2.3.1990", " 02-03-1990 ", "'02-03-1990", "02 03 1990",
        "1990-03-02", "1990-3-2", "1990/03/02", "1990-03-02 00:00:00", "1990-03-02T00:00:00.000", "02-03-1990 00:00",
        "2 Maret 1990", "02-MAR-1990", "2 mrt 1990", "Jumat, 2 Maret 1990", "March 2, 1990", "19900302", "02031990",
    ],
)  # fmt: skip
def test_one_reading_is_taken_without_a_question(text: str) -> None:
    assert read(text) == (SECOND_OF_MARCH, None, False)


@pytest.mark.parametrize("text", ["02/03/90", "2 mrt 90", "32934"])
def test_two_digits_of_a_year_and_day_numbers_are_taken_and_shown(text: str) -> None:
    assert read(text) == (SECOND_OF_MARCH, None, True)


def test_the_american_order_is_taken_where_it_is_the_only_one_and_shown() -> None:
    assert read("03/25/1990") == (date(1990, 3, 25), None, True)
    assert read("03/02/1990") == (date(1990, 2, 3), None, False)


@pytest.mark.parametrize(
    ("text", "past", "year"),
    [("02-03-05", True, 2005), ("02-03-26", True, 2026), ("02-03-27", True, 1927), ("31-12-27", False, 2027)],
)
def test_the_century_is_the_one_that_can_be(text: str, past: bool, year: int) -> None:
    on, _, doubtful = read(text, past=past)
    assert on is not None
    assert (on.year, doubtful) == (year, True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/02/1990", "date_no_such_day"),
        ("29-02-1999", "date_no_such_day"),
        ("31-04-1990", "date_no_such_day"),
        ("31 Februari 1990", "date_no_such_day"),
        ("02-03-1445", "date_other_calendar"),
        ("02-03-2533", "date_other_calendar"),
        ("00/00/1955", "date_incomplete"),
        ("00-07-1955", "date_incomplete"),
        ("32-01-1990", "date_unreadable"),
        ("13-13-1990", "date_unreadable"),
        ("2 Marit 1990", "date_unreadable"),
        ("1990", "date_unreadable"),
        ("entah", "date_unreadable"),
        ("02-03-0090", "date_unreadable"),
        ("#REF!", "date_unreadable"),
    ],
)
def test_what_is_no_date_has_a_reason_and_no_date(text: str, fault: str) -> None:
    assert read(text) == (None, fault, False)


@pytest.mark.parametrize("text", [None, "", " ", "-", "--"])
def test_an_empty_cell_is_no_fault(text: str | None) -> None:
    assert read(text) == (None, None, False)


@few
@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2030, 12, 31)),
    st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d", "%d %m %Y"]),
)
def test_every_day_comes_back_from_every_form(day: date, form: str) -> None:
    assert read(f"{day:{form}}")[0] == day


@few
@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2030, 12, 31)))
def test_every_day_comes_back_from_a_spreadsheets_number(day: date) -> None:
    assert read(str((day - date(1899, 12, 30)).days)) == (day, None, True)


@few
@given(st.text(max_size=25))
def test_whatever_is_typed_is_a_date_or_has_a_reason_but_for_nothing(text: str) -> None:
    read_one = read_date(text, today=TODAY, past=True)
    assert (read_one.on is None) == (read_one.fault is not None)


def test_a_column_keeps_its_order_whichever_way_its_cells_are_read() -> None:
    days = [SECOND_OF_MARCH + timedelta(days=31 * n) for n in range(12)]
    forms = ("%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d/%m/%y")
    texts = [f"{day:{forms[place % 4]}}" for place, day in enumerate(days)]
    assert read_dates(pl.Series(texts), today=TODAY, past=True)["on"].to_list() == days
