"""Amounts, dates and long numbers in the reader's language. Whole numbers and exact ratios only."""

import operator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import SupportsIndex

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from lindung.law.wording import Language

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_SCALES = ((1_000_000_000_000, "T"), (1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb"))


def language() -> Language:
    """The reader's language, as the law and the documents know it."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def _separators() -> tuple[str, str]:
    """Return (thousands, decimal) of the active language."""
    return (",", ".") if language() == "en" else (".", ",")


def _whole(value: SupportsIndex) -> int:
    if isinstance(value, bool):
        raise TypeError("a truth value is not an amount")
    return operator.index(value)


def count(value: SupportsIndex) -> str:
    """Return a whole number with thousands separated: `12.500`. Raise TypeError for what is not whole."""
    number = _whole(value)
    grouped = f"{abs(number):,}".replace(",", _separators()[0])
    return f"{MINUS}{grouped}" if number < 0 else grouped


def rupiah(value: SupportsIndex) -> str:
    """Return whole rupiah as `Rp4.500.000`, below zero `−Rp500`. Raise TypeError for what is not whole."""
    number = _whole(value)
    return f"{MINUS if number < 0 else ''}Rp{count(abs(number))}"


def short_rupiah(value: SupportsIndex) -> str:
    """Return a round axis label, `Rp50 jt`; more than one decimal is cut, never rounded up."""
    number = _whole(value)
    units = {
        "T": pgettext("triliun", "T"),
        "M": pgettext("miliar", "M"),
        "jt": pgettext("juta", "jt"),
        "rb": pgettext("ribu", "rb"),
    }
    for size, unit in _SCALES:
        if number >= size:
            tenths = number * 10 // size
            shown = count(tenths // 10) + (f"{_separators()[1]}{tenths % 10}" if tenths % 10 else "")
            return f"Rp{shown}{NO_BREAK_SPACE}{units[unit]}"
    return rupiah(number)


def percent(ratio: Fraction | Decimal | int) -> str:
    """Return an exact ratio (1 is 100%) as `5,7%`, at most four decimals. Others raise TypeError."""
    if isinstance(ratio, bool) or not isinstance(ratio, Fraction | Decimal | int):
        raise TypeError("a ratio is a Fraction, a Decimal or an int")
    exact = Fraction(ratio) * 1_000_000
    scaled = int(abs(exact) + Fraction(1, 2))
    whole, decimals = divmod(scaled, 10_000)
    tail = f"{decimals:04d}".rstrip("0")
    sign = MINUS if exact < 0 and scaled else ""
    return f"{sign}{count(whole)}{_separators()[1] + tail if tail else ''}%"


def split_groups(number: str, size: int = 4) -> list[str]:
    """Return the characters of a card or identity number in groups, gaps of the input dropped."""
    plain = "".join(str(number).split())
    return [plain[start : start + size] for start in range(0, len(plain), size)]


def groups(number: str) -> str:
    """Return `3273 0142 0390 0001` with gaps that do not break over a line."""
    return NO_BREAK_SPACE.join(split_groups(number))


def long_date(day: date) -> str:
    """Return `2 Maret 1990`."""
    return date_format(day, "j F Y")


def moment(at: datetime) -> str:
    """Return `2 Maret 1990, 14.05`, English `14:05`; the caller has turned it to local time."""
    return date_format(at, "j F Y, H:i" if _separators()[0] == "," else "j F Y, H.i")


def month_name(day: date) -> str:
    """Return `Oktober 2026` for any day of that month."""
    return f"{_month(day.month, get_language())} {day.year}"


def month_brief(day: date) -> str:
    """Return `Okt 26`, where a name has little room."""
    return f"{date_format(day, 'M')} {day:%y}"


def month_only(day: date) -> str:
    """Return `Oktober`."""
    return _month(day.month, get_language())


@cache
def _month(number: int, language: str | None) -> str:
    """A page says the name of a month dozens of times; ``language`` is the active one, whose name this is."""
    return str(MONTHS[number])
