"""From what people type to values: never a guess, never a number out of nothing."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.uploads.cleaning import birth_dates, digits, month_of, plain_name, tidy, wages
from tests.often import often

# A call compiles its patterns anew, so that single texts cost what a whole column costs.
few = settings(max_examples=often(40), deadline=None)
amounts = st.integers(1, MOST_WAGE_RUPIAH)


def wage(text: str | None) -> tuple[int | None, str | None]:
    # A neighbour that is no plain number, so that the quick way for plain columns is not taken.
    row: tuple[int | None, str | None] = wages(pl.Series([text, "x"], dtype=pl.String)).row(0)
    return row


def grouped(amount: int, mark: str) -> str:
    return f"{amount:,}".replace(",", mark)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("4500000", 4_500_000),
        ("4.500.000", 4_500_000),
        ("4,500,000", 4_500_000),
        ("4500000,00", 4_500_000),
        ("4500000.00", 4_500_000),
        ("4500000.0000", 4_500_000),
        ("4.500,00", 4_500),
        ("Rp 4,5 jt", 4_500_000),
        ("Rp4.500.000,-", 4_500_000),
        ("Rp. 4.500.000,00", 4_500_000),
        ("IDR 4,500,000.00", 4_500_000),
        ("4 500 000", 4_500_000),
        ("4'500'000", 4_500_000),
        ("'4500000", 4_500_000),
        (" 4500000\u00a0", 4_500_000),
        ("４５０００００", 4_500_000),
        ("4,25 juta", 4_250_000),
        ("500 ribu", 500_000),
    ],
)
def test_wages_are_read_the_indonesian_way(text: str, rupiah: int) -> None:
    assert wage(text) == (rupiah, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "wage_missing"),
        ("", "wage_missing"),
        (" - ", "wage_missing"),
        ("Rp -", "wage_missing"),
        ("0", "wage_zero"),
        ("0,00", "wage_zero"),
        ("-0", "wage_negative"),
        ("-4500000", "wage_negative"),
        ("−4.500.000", "wage_negative"),
        ("4500000-", "wage_negative"),
        ("(4.500.000)", "wage_negative"),
        ("Rp -4.500.000", "wage_negative"),
        ("4.5", "wage_ambiguous"),
        ("4,500", "wage_ambiguous"),
        ("5.000", "wage_ambiguous"),
        ("4500.000", "wage_ambiguous"),
        ("4.500 rb", "wage_ambiguous"),
        ("4500000.5", "wage_fraction"),
        ("4.500.000,50", "wage_fraction"),
        ("2045454.545454", "wage_fraction"),
        ("empat juta", "wage_unreadable"),
        ("1e400", "wage_unreadable"),
        ("1E16", "wage_unreadable"),
        ("NaN", "wage_unreadable"),
        ("Infinity", "wage_unreadable"),
        ("4.50.000", "wage_unreadable"),
        ("4,500.000", "wage_unreadable"),
        ("4500000 0", "wage_unreadable"),
        ("4500000x", "wage_unreadable"),
        ("9223372036854775808", "wage_too_large"),
        ("1000000000001", "wage_too_large"),
        ("9" * 400, "wage_too_large"),
    ],
)
def test_what_is_no_wage_or_may_mean_two_is_never_guessed(text: str | None, code: str) -> None:
    assert wage(text) == (None, code)


@few
@given(
    amounts,
    st.sampled_from(["", "Rp", "Rp ", "Rp. ", "IDR ", "rp"]),
    st.sampled_from(["", ",00", ",-", ",0"]),
    st.sampled_from(["", " ", "\u00a0", "'"]),
)
def test_an_amount_written_out_in_full_comes_back_as_it_is(amount: int, head: str, tail: str, edge: str) -> None:
    plain = f"{edge}{head}{amount}{tail}{edge}"
    if amount >= 1000 or not tail.strip(",-"):
        assert wage(plain) == (amount, None)
    if amount >= 1_000_000:
        assert wage(f"{edge}{head}{grouped(amount, '.')}{tail}") == (amount, None)
        assert wage(head + grouped(amount, ",") + tail.replace(",0", ".0")) == (amount, None)
        assert wage(head + grouped(amount, " ") + tail) == (amount, None)


@few
@given(st.integers(1000, 999_999), st.sampled_from([".", ","]))
def test_one_group_of_three_is_always_asked_about(amount: int, mark: str) -> None:
    assert wage(grouped(amount, mark)) == (None, "wage_ambiguous")


@few
@given(st.text(max_size=30) | st.from_regex(r"\A[ '(-]?(Rp)?[0-9.,' ]{0,18}( jt|rb|-|\))?\Z"))
def test_a_wage_is_either_possible_or_has_a_fault(text: str) -> None:
    rupiah, code = wage(text)
    assert (rupiah is None) != (code is None)
    assert rupiah is None or 0 < rupiah <= MOST_WAGE_RUPIAH


@few
@given(st.lists(st.from_regex(r"\A[0-9.,Rp -]{0,14}\Z"), min_size=1, max_size=20))
def test_a_cell_is_read_the_same_whatever_stands_around_it(texts: list[str]) -> None:
    assert wages(pl.Series(texts)).rows() == [wage(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("'3273010190000001", "3273010190000001"),
        (" 3273 0101 9000 0001\u00a0", "3273010190000001"),
        ("32.7301.019000.0001", "3273010190000001"),
        ("３２７３０１０１９００００００１", "3273010190000001"),
        ("12345678901.0", "12345678901"),
        ("12-345678901", "12345678901"),
        ("3.27301E+15", "3.27301E+15"),
        ("-", None),
        ("0", None),
        ("N/A", None),
        ("", None),
        ("KPJ12", "KPJ12"),
    ],
)
def test_numbers_that_are_names_lose_their_ornaments_and_nothing_else(text: str, bare: str | None) -> None:
    assert digits(pl.Series([text, "x"]))[0] == bare


@few
@given(st.from_regex(r"\A[0-9]{16}\Z"), st.sampled_from([" ", "-", ".", "\u00a0", "'"]))
def test_no_digit_is_lost_or_won(number: str, mark: str) -> None:
    spaced = mark.join(number[start : start + 4] for start in range(0, 16, 4))
    expected = None if number.strip("0") == "" else number
    assert digits(pl.Series([spaced, "x"]))[0] == expected


@pytest.mark.parametrize(
    "text",
    ["10/2026", "10-2026", "2026-10", "2026/10", "202610", "102026", "2026-10-01", "2026-10-01 00:00:00", "01-10-2026",
     "31/10/2026", "Oktober 2026", "OKT 2026", "Oct-26", "oct 2026", "46296", " '10/2026"],
)  # fmt: skip
def test_a_month_is_read_in_every_form(text: str) -> None:
    assert month_of(text) == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["13/2026", "0/2026", "2026", "10", "bulan ini", "2026-13", "99/9999", "Foo 2026"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_of(text) is None


@few
@given(st.text(max_size=20))
def test_any_text_is_a_month_or_none(text: str) -> None:
    month = month_of(text)
    assert month is None or month.day == 1


@pytest.mark.parametrize("text", ["02-03-1990", "2/3/1990", "1990-03-02", "1990-03-02 00:00:00", "32934", "19900302"])
def test_a_birth_date_is_read_day_first_in_every_form(text: str) -> None:
    assert birth_dates(pl.Series([text]))["birth_on"].to_list() == [date(1990, 3, 2)]


def test_a_birth_date_that_can_only_be_american_is_given_as_such() -> None:
    assert birth_dates(pl.Series(["03/25/1990", "2 Maret"])).rows() == [(None, date(1990, 3, 25)), (None, None)]


@few
@given(st.dates(date(1930, 1, 1), date(2015, 12, 31)))
def test_the_day_number_of_a_spreadsheet_is_that_day(day: date) -> None:
    number = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert birth_dates(pl.Series([str(number)]))["birth_on"].to_list() == [day]


def test_names_are_compared_by_their_letters() -> None:
    assert plain_name(pl.Series(["  siti  NURHALIZÉ-a.", "O'Hara, Ir."])).to_list() == ["SITI NURHALIZE A", "O HARA IR"]


def test_invisible_characters_do_not_count() -> None:
    assert tidy(pl.Series(["\u200bSiti\u202e \ufeff", "' '", "a\x00b"])).to_list() == ["Siti", None, "ab"]
