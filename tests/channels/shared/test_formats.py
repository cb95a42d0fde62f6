"""Amounts, dates and numbers as readers of both languages write them."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared import formats

whole_rupiah = st.integers(min_value=-(10**18), max_value=10**18)


@given(whole_rupiah)
def test_rupiah_can_be_read_back_to_the_same_amount(amount: int) -> None:
    with translation.override("id"):
        shown = formats.rupiah(amount)
    digits = shown.replace("Rp", "").replace(".", "").replace("−", "-")
    assert int(digits) == amount


@given(whole_rupiah)
def test_both_languages_group_the_same_digits_by_three(amount: int) -> None:
    with translation.override("id"):
        indonesian = formats.rupiah(amount)
    with translation.override("en"):
        english = formats.rupiah(amount)
    assert indonesian.replace(".", ",") == english
    assert all(len(group) == 3 for group in english.split(",")[1:])


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "Rp0"), (999, "Rp999"), (1_000, "Rp1.000"), (4_500_000, "Rp4.500.000"), (-500, "−Rp500")],
)
def test_rupiah_as_people_write_it(amount: int, shown: str) -> None:
    with translation.override("id"):
        assert formats.rupiah(amount) == shown


def test_rupiah_takes_the_whole_numbers_of_a_column() -> None:
    with translation.override("id"):
        assert formats.rupiah(np.int64(4_500_000)) == "Rp4.500.000"


@pytest.mark.parametrize("inexact", [4500000.0, Decimal("1.5"), Fraction(1, 2), "4500000", None, True])
def test_what_is_not_whole_is_never_shown_as_money(inexact: object) -> None:
    with pytest.raises(TypeError):
        formats.rupiah(inexact)  # type: ignore[arg-type] # that is the point


@pytest.mark.parametrize(
    ("ratio", "indonesian", "english"),
    [
        (Fraction(57, 1000), "5,7%", "5.7%"),
        (Decimal("0.0024"), "0,24%", "0.24%"),
        (1, "100%", "100%"),
        (Fraction(1, 3), "33,3333%", "33.3333%"),
        (Fraction(-1, 50), "−2%", "−2%"),
        (Fraction(0), "0%", "0%"),
    ],
)
def test_percent_shows_an_exact_ratio(ratio: Fraction, indonesian: str, english: str) -> None:
    with translation.override("id"):
        assert formats.percent(ratio) == indonesian
    with translation.override("en"):
        assert formats.percent(ratio) == english


def test_percent_refuses_a_float() -> None:
    with pytest.raises(TypeError):
        formats.percent(0.057)  # type: ignore[arg-type] # that is the point


def test_dates_are_written_out() -> None:
    day = date(1990, 3, 2)
    with translation.override("id"):
        assert formats.long_date(day) == "2 Maret 1990"
        assert formats.month_name(day) == "Maret 1990"
        assert formats.moment(datetime(2026, 10, 12, 9, 5)) == "12 Oktober 2026, 09.05"  # noqa: DTZ001 # already local
    with translation.override("en"):
        assert formats.long_date(day) == "2 March 1990"
        assert formats.month_name(day) == "March 1990"
        assert formats.moment(datetime(2026, 10, 12, 9, 5)) == "12 October 2026, 09:05"  # noqa: DTZ001 # already local


def test_long_numbers_come_in_groups_of_four() -> None:
    assert formats.split_groups("26040017358") == ["2604", "0017", "358"]
    assert formats.groups("9901 0142 03900001").split("\N{NO-BREAK SPACE}") == ["9901", "0142", "0390", "0001"]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "Rp0"),
        (500, "Rp500"),
        (20_000, "Rp20 rb"),
        (1_500_000, "Rp1,5 jt"),
        (60_000_000, "Rp60 jt"),
        (2 * 10**9, "Rp2 M"),
    ],
)
def test_axis_labels_are_short(amount: int, shown: str) -> None:
    with translation.override("id"):
        assert formats.short_rupiah(amount).replace("\N{NO-BREAK SPACE}", " ") == shown
