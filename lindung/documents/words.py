"""Whole rupiah written out, as a receipt says them a second time so that no digit can be added."""

from typing import Final

MOST_RUPIAH: Final = 10**15 - 1

_ID_UNITS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
_ID_SCALES = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1_000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
_ID_SINGLE = {1_000: "seribu", 100: "seratus"}
_EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
)


def amount_in_words(rupiah: int, language: str) -> str:
    """``Dua juta lima ratus ribu rupiah``; English where the language starts with ``en``.

    Raises ``ValueError`` below zero and above 10^15 - 1.
    """
    if not 0 <= rupiah <= MOST_RUPIAH:
        raise ValueError(f"no words for {rupiah} rupiah")
    words = _english(rupiah) if language.startswith("en") else _indonesian(rupiah)
    return f"{words[:1].upper()}{words[1:]} rupiah"


def _indonesian(number: int) -> str:
    if number < 12:
        return _ID_UNITS[number]
    if number < 20:
        return f"{_ID_UNITS[number - 10]} belas"
    size, word = next((size, word) for size, word in _ID_SCALES if number >= size)
    whole, rest = divmod(number, size)
    said = _ID_SINGLE[size] if whole == 1 and size in _ID_SINGLE else f"{_indonesian(whole)} {word}"
    return f"{said} {_indonesian(rest)}" if rest else said


def _english(number: int) -> str:
    if number < 20:
        return _EN_UNITS[number]
    if number < 100:
        tens = _EN_TENS[number // 10 - 2]
        return f"{tens}-{_EN_UNITS[number % 10]}" if number % 10 else tens
    size, word = next((size, word) for size, word in _EN_SCALES if number >= size)
    whole, rest = divmod(number, size)
    said = f"{_english(whole)} {word}"
    return f"{said} {_english(rest)}" if rest else said
