"""Amounts written out."""

import pytest

from lindung.documents.words import MOST_RUPIAH, amount_in_words


@pytest.mark.parametrize(
    ("rupiah", "indonesian", "english"),
    [
        (0, "Nol rupiah", "Zero rupiah"),
        (10, "Sepuluh rupiah", "Ten rupiah"),
        (11, "Sebelas rupiah", "Eleven rupiah"),
        (17, "Tujuh belas rupiah", "Seventeen rupiah"),
        (21, "Dua puluh satu rupiah", "Twenty-one rupiah"),
        (100, "Seratus rupiah", "One hundred rupiah"),
        (111, "Seratus sebelas rupiah", "One hundred eleven rupiah"),
        (1_000, "Seribu rupiah", "One thousand rupiah"),
        (1_101, "Seribu seratus satu rupiah", "One thousand one hundred one rupiah"),
        (11_000, "Sebelas ribu rupiah", "Eleven thousand rupiah"),
        (101_000, "Seratus satu ribu rupiah", "One hundred one thousand rupiah"),
        (2_500_000, "Dua juta lima ratus ribu rupiah", "Two million five hundred thousand rupiah"),
        (1_001_000, "Satu juta seribu rupiah", "One million one thousand rupiah"),
        (3_000_000_040, "Tiga miliar empat puluh rupiah", "Three billion forty rupiah"),
        (10**12, "Satu triliun rupiah", "One trillion rupiah"),
    ],
)
def test_an_amount_is_written_out(rupiah: int, indonesian: str, english: str) -> None:
    assert amount_in_words(rupiah, "id") == indonesian
    assert amount_in_words(rupiah, "en") == english


@pytest.mark.parametrize("rupiah", [-1, MOST_RUPIAH + 1])
def test_what_has_no_words_is_refused(rupiah: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        amount_in_words(rupiah, "id")
