"""How the law writes: two languages, rupiah, percentages, days and articles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
_MOST_DECIMALS = 9
_SWAPPED = str.maketrans(",.", ".,")


class Words(NamedTuple):
    """The same words in Indonesian and in English."""

    id: str
    en: str

    def say(self, language: Language) -> str:
        return self.id if language == "id" else self.en


_MONTHS = (
    Words("Januari", "January"),
    Words("Februari", "February"),
    Words("Maret", "March"),
    Words("April", "April"),
    Words("Mei", "May"),
    Words("Juni", "June"),
    Words("Juli", "July"),
    Words("Agustus", "August"),
    Words("September", "September"),
    Words("Oktober", "October"),
    Words("November", "November"),
    Words("Desember", "December"),
)


@lru_cache(maxsize=1024)
def rupiah_text(amount_rupiah: int | Fraction, language: Language) -> str:
    """``Rp12.000.000`` in Indonesian, ``Rp12,000,000`` in English; with two places where there are sen."""
    whole, sen = divmod((200 * amount_rupiah + 1) // 2, 100)
    grouped = f"{whole:,}.{sen:02d}" if sen else f"{whole:,}"
    return f"Rp{grouped.translate(_SWAPPED) if language == 'id' else grouped}"


def rate_text(rate: Fraction, language: Language) -> str:
    """An exact rate as a percentage (``3,7%``, ``3.7%``); one without a finite decimal stays a fraction."""
    percent = rate * 100
    for decimals in range(_MOST_DECIMALS):
        scaled = percent * 10**decimals
        if scaled.denominator == 1:
            whole, rest = divmod(scaled.numerator, 10**decimals)
            mark = "," if language == "id" else "."
            return f"{whole}{mark}{rest:0{decimals}d}%" if decimals else f"{whole}%"
    return f"{rate.numerator}/{rate.denominator}"


def month_words(year: int, number: int) -> Words:
    """``Februari 2026``, ``February 2026``; ``number`` is 1 to 12."""
    return Words(*(f"{name} {year}" for name in _MONTHS[number - 1]))


def day_words(day: date) -> Words:
    """``15 Maret 2026``, ``15 March 2026``."""
    return Words(*(f"{day.day} {month}" for month in month_words(day.year, day.month)))


_CITED = {"Pasal": "art", "Lampiran": "annex", " dan ": " and ", " sampai ": " to ", "surat": "letter"}


def article_text(article: str, language: Language) -> str:
    """A citation, kept in Indonesian (``PP 45/2015 Pasal 28 ayat 3``), as the reader's language cites it."""
    if language == "id":
        return article
    english = re.sub(r"Pasal (\w+) ayat (\d+)-(\d+)", r"art \1(\2)-(\3)", article)
    english = re.sub(r"Pasal (\w+) ayat (\d+)", r"art \1(\2)", english)
    for indonesian, word in _CITED.items():
        english = english.replace(indonesian, word)
    return english
