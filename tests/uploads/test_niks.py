"""What a NIK tells by itself: the forms in which it is typed, and those that no NIK can have (B-001 to B-031)."""

import polars as pl
import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from lindung.registry.provinces import FICTITIOUS, province_codes
from lindung.uploads.niks import read_niks
from tests.often import often

GOOD = "3275014203900001"
few = settings(max_examples=often(40), deadline=None)


def read(text: str | None, *, number: bool = False) -> tuple[str | None, str | None]:
    """(NIK, fault) of one cell."""
    frame = read_niks(pl.Series([text], dtype=pl.String), pl.Series([number]))
    return frame["nik"][0], frame["nik_fault"][0]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "3275-0142-0390-0001",
        "3275.0142.0390.0001",
        " 3275 0142 0390 0001\u00a0",
        "'3275014203900001",
        "３２７５０１４２０３９００００１",
        "٣٢٧٥٠١٤٢٠٣٩٠٠٠٠١",
        "۳۲۷۵۰۱۴۲۰۳۹۰۰۰۰۱",
        "3275\u200b014203900001",
    ],
)
def test_harmless_variety_is_the_same_number(text: str) -> None:
    assert read(text) == (GOOD, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (None, "nik_missing"),
        ("", "nik_missing"),
        ("-", "nik_missing"),
        ("327501420390000", "nik_length"),
        ("32750142039000011", "nik_length"),
        ("32750l42O39OOOO1", "nik_letters"),
        ("32750I42039OOO01", "nik_letters"),
        ("tidak ada KTP", "nik_not_number"),
        ("32750142039O", "nik_not_number"),
        ("90012345678", "nik_is_kpj"),
        ("A1234567", "passport"),
        ("ab123456", "passport"),
        ("1111111111111111", "nik_example"),
        ("1234567890123456", "nik_example"),
        ("3201010101010001", "nik_example"),
        ("3275014203900000", "nik_unknown"),
        ("0075014203900001", "nik_province"),
        ("2075014203900001", "nik_province"),
        ("5475014203900001", "nik_province"),
        ("3275010003900001", "nik_day"),
        ("3275013203900001", "nik_day"),
        ("3275014003900001", "nik_day"),
        ("3275017203900001", "nik_day"),
        ("3275014200900001", "nik_month"),
        ("3275014213900001", "nik_month"),
        ("3.27501E+15", "nik_retype"),
        ("1e16", "nik_retype"),
    ],
)
def test_what_no_nik_can_be_has_its_own_reason(text: str | None, fault: str) -> None:
    assert read(text) == (None, fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("3275014203900010", "nik_retype"),
        ("32750142039000100", "nik_retype"),
        ("9107014203900002", "nik_retype"),
        (GOOD, None),
    ],
)
def test_a_number_cell_is_believed_only_where_no_digit_can_have_gone(text: str, fault: str | None) -> None:
    assert read(text, number=True)[1] == fault


def test_the_number_meant_by_letters_is_told() -> None:
    frame = read_niks(pl.Series(["32750l42O39OOOO1"]), pl.Series([False]))
    assert frame["nik_meant"][0] == "3275014203900001"


@pytest.mark.parametrize("day", ["01", "31", "41", "71"])
def test_men_and_women_have_their_own_days(day: str) -> None:
    assert read(f"327501{day}03900001")[1] is None


def test_every_province_of_today_is_known_with_the_new_ones_of_papua() -> None:
    assert len(province_codes() - {"97"}) == 38
    assert {"91", "92", "93", "94", "95", "96", "97"} <= province_codes()
    assert FICTITIOUS not in province_codes()


def test_invented_people_are_refused_in_production_only() -> None:
    assert read("9910014203900001")[1] is None
    with override_settings(PRODUCTION=True):
        assert read("9910014203900001")[1] == "nik_province"


@few
@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_nik_or_has_a_reason(text: str) -> None:
    nik, fault = read(text)
    assert (nik is None) == (fault is not None)
    assert nik is None or (len(nik) == 16 and nik.isascii() and nik.isdigit())
