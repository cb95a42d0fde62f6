"""The simulator: both published results to the rupiah, today's money, tax, and rates that nobody found left empty."""

from fractions import Fraction

import pytest

from lindung.channels.shared.formats import percent, rupiah
from lindung.law import answer
from lindung.law.parameters import history
from tests.channels.public.law_pages import asked, read

PAGE = "/simulasi-jht/"


def test_both_published_conventions_stand_there_by_name_to_the_rupiah() -> None:
    shown = asked(PAGE)
    assert "Saldo setelah 5 tahun Rp19.409.470" in shown.result
    assert "Aplikasi peserta Rp19.409.470" in shown.result
    facts = {"wage": 5_000_000, "years": 5, "annual_rate": Fraction(5, 100), "convention": "ministry"}
    ministry = answer("JHT-SIMULATION", "2025-01", facts)
    assert f"Kementerian {rupiah(int(str(ministry.result['balance'])))}" in shown.result
    infographic = asked(PAGE, month_0="2", month_1="2022", wage="4.000.000", annual_rate_percent="5,7")
    assert "Kementerian Rp15.800.310" in infographic.result


def test_every_year_is_shown_and_the_last_one_is_the_balance() -> None:
    shown = asked(PAGE)
    assert shown.result.count("Rp19.409.470") >= 4
    assert "1 Rp3.512.625" in shown.result


def test_an_opening_balance_grows_with_the_rest_by_both_conventions() -> None:
    shown = asked(PAGE, opening_balance="20 juta")
    assert "Saldo sekarang Rp20.000.000" in shown.result
    for convention in ("member app", "ministry"):
        facts = {"wage": 5_000_000, "years": 5, "annual_rate": Fraction(5, 100), "opening_balance": 20_000_000}
        law = answer("JHT-SIMULATION", "2025-01", facts | {"convention": convention}).result
        assert shown.result.count(rupiah(int(str(law["balance"])))) >= 2


def test_inflation_shows_what_the_balance_buys_today() -> None:
    assert "Dengan harga hari ini" not in asked(PAGE).result
    assert "Dengan harga hari ini Rp16.742.779" in asked(PAGE, inflation_percent="3").result


def test_the_tax_of_a_lump_sum_is_told_with_its_article() -> None:
    shown = asked(PAGE, years="30", annual_rate_percent="5,7")
    assert "PP 68/2009" in shown.result
    assert "Setelah pajak itu Rp253.717.847" in shown.result


def test_published_rates_are_named_and_unknown_ones_left_empty() -> None:
    text = read(PAGE).text
    for value in history("jht/development_rate"):
        said = "tidak ada" if value.value is None else percent(value.rate)
        assert f"{value.from_on.year} " in text
        assert said in text


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"years": "0"}, "years", "paling sedikit 1 tahun"),
        ({"years": "101"}, "years", "dari 0 sampai 100"),
        ({"annual_rate_percent": "101"}, "annual_rate_percent", "dari 0 sampai 100"),
        ({"annual_rate_percent": "lima"}, "annual_rate_percent", "misalnya 5,7"),
        ({"wage": ""}, "wage", "Isi upah sebulan."),
        ({"inflation_percent": "-3"}, "inflation_percent", "dari 0 sampai 100"),
        ({"opening_balance": "9" * 20}, "opening_balance", "rupiah"),
    ],
)
def test_an_impossible_fact_is_told_beside_its_field(facts: dict[str, str], field: str, said: str) -> None:
    shown = asked(PAGE, **facts)
    assert shown.status == 422, shown.result
    assert said in shown.error_of(field)


def test_a_hundred_years_are_answered() -> None:
    assert asked(PAGE, years="100", annual_rate_percent="7,19").status == 200
