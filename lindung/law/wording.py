"""How the law writes: two languages, rupiah, percentages and articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
_MOST_DECIMALS = 9


class Words(NamedTuple):
    """The same words in Indonesian and in English."""

    id: str
    en: str

    def say(self, language: Language) -> str:
        return self.id if language == "id" else self.en


def rupiah_text(amount_rupiah: int, language: Language) -> str:
    """Whole rupiah: ``Rp12.000.000`` in Indonesian, ``Rp12,000,000`` in English."""
    grouped = f"{amount_rupiah:,}"
    return f"Rp{grouped.replace(',', '.')}" if language == "id" else f"Rp{grouped}"


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


def article_text(article: str, language: Language) -> str:
    """A citation, kept in Indonesian (``PP 45/2015 Pasal 28 ayat 3``), as the reader's language cites it."""
    if language == "id":
        return article
    english = re.sub(r"Pasal (\w+) ayat (\d+)", r"art \1(\2)", article)
    for indonesian, word in (("Pasal", "art"), (" dan ", " and "), ("surat", "letter")):
        english = english.replace(indonesian, word)
    return english
