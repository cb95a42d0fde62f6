"""Rupiah, percentages and articles in two languages."""

from fractions import Fraction

import pytest

from lindung.law.wording import article_text, rate_text, rupiah_text


def test_rupiah_are_grouped_as_each_language_groups_them() -> None:
    assert rupiah_text(12_000_000, "id") == "Rp12.000.000"
    assert rupiah_text(12_000_000, "en") == "Rp12,000,000"
    assert rupiah_text(0, "id") == "Rp0"


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        (Fraction(3, 2), "Rp1.50"),
        (Fraction(2, 3), "Rp0.67"),
        (Fraction(1, 3), "Rp0.33"),
        (Fraction(1, 200), "Rp0.01"),
        (Fraction(999, 1000), "Rp1"),
    ],
)
def test_sen_are_written_to_the_nearest_a_half_upwards(exact: Fraction, text: str) -> None:
    assert rupiah_text(exact, "en") == text


@pytest.mark.parametrize(
    ("rate", "indonesian", "english"),
    [
        (Fraction(37, 1000), "3,7%", "3.7%"),
        (Fraction(54, 10_000), "0,54%", "0.54%"),
        (Fraction(1, 100), "1%", "1%"),
        (Fraction(0), "0%", "0%"),
        (Fraction(12, 100_000), "0,012%", "0.012%"),
        (Fraction(1, 3), "1/3", "1/3"),
    ],
)
def test_a_rate_is_written_exactly(rate: Fraction, indonesian: str, english: str) -> None:
    assert rate_text(rate, "id") == indonesian
    assert rate_text(rate, "en") == english


def test_an_article_is_cited_as_each_language_cites_it() -> None:
    cited = "PP 45/2015 Pasal 28 ayat 3 dan Pasal 29; surat B/1/2026"
    assert article_text(cited, "id") == cited
    assert article_text(cited, "en") == "PP 45/2015 art 28(3) and art 29; letter B/1/2026"
