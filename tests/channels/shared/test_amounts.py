"""Sums, percentages and counts as people type them: harmless variety is taken, two readings are refused."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.channels.shared.amounts import PercentField, RupiahField, RupiahListField, WholeField, read_rupiah
from lindung.channels.shared.formats import count, rupiah
from lindung.channels.shared.forms import HouseForm


class Asked(HouseForm):
    wage = RupiahField(label="Upah", required=False)
    wages = RupiahListField(label="Upah lama", required=False)
    rate = PercentField(label="Tarif", required=False)
    months = WholeField(label="Bulan", required=False)


def read(name: str, typed: str) -> Any:
    form = Asked({name: typed})
    return form.cleaned_data[name] if form.is_valid() else form.errors[name]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("4500000", 4_500_000),
        ("4.500.000", 4_500_000),
        ("4,500,000", 4_500_000),
        ("4.500.000,00", 4_500_000),
        ("Rp4.500.000,-", 4_500_000),
        ("Rp 4,5 jt", 4_500_000),
        ("4,5 juta", 4_500_000),
        ("12jt", 12_000_000),
        ("1,25 miliar", 1_250_000_000),
        ("750 ribu", 750_000),
        ("４．５００．０００", 4_500_000),
        ("0", 0),
    ],
)
def test_a_sum_is_taken_in_every_harmless_form(typed: str, amount: int) -> None:
    assert read("wage", typed) == amount


@pytest.mark.parametrize("typed", ["4.5", "4,500", "-5", "1e6", "banyak", "4.50.000", "٤٥٠٠", "4 juta 5", "0x10"])
def test_a_sum_that_is_none_or_could_be_two_is_refused_with_an_example(typed: str) -> None:
    assert "Upah harus jumlah rupiah bulat" in read("wage", typed)[0]
    assert "4.500.000" in read("wage", typed)[0]


@given(st.integers(0, 10**15))
def test_a_sum_as_we_write_it_is_read_back(amount: int) -> None:
    assert read_rupiah(rupiah(amount)) == amount
    assert read_rupiah(str(amount)) == amount


@pytest.mark.parametrize("typed", ["5,7", "5.7", "5,7%", "5,70 %", " 5,7 "])
def test_a_percentage_becomes_an_exact_share(typed: str) -> None:
    assert read("rate", typed) == Decimal("0.057")


def test_a_count_may_have_thousands() -> None:
    assert read("months", "1.200") == 1200
    assert read("months", count(24)) == 24
    assert "harus bilangan bulat" in read("months", "dua")[0]


def test_several_sums_stand_between_semicolons_and_the_wrong_one_is_named() -> None:
    assert read("wages", "4500000; 4,7 jt ;4.600.000;") == [4_500_000, 4_700_000, 4_600_000]
    assert "bagian ke-2" in read("wages", "4500000; abc")[0]
    assert read("wages", " ; ") is None


@pytest.mark.parametrize("name", ["wage", "wages", "rate", "months"])
@given(typed=st.text(max_size=100))
def test_no_text_breaks_a_field_and_what_was_typed_stays(name: str, typed: str) -> None:
    form = Asked({name: typed})
    form.is_valid()
    assert form[name].value() == typed


def test_what_is_much_too_long_is_refused_before_it_is_read() -> None:
    assert "terlalu panjang" in read("wage", "9" * 61)[0]
