"""Whole rupiah: the one rounding rule and the limits inside which every answer is exact.

No regulation fixes the rounding of contributions. Each share is rounded half up to the rupiah, per worker per
month, then summed: docs/decisions/0002-rounding-half-up.md.
"""

from __future__ import annotations

from fractions import Fraction

from lindung.law.errors import ImpossibleFact
from lindung.law.wording import LANGUAGES, Words, rupiah_text

MOST_WAGE_RUPIAH = 10**12
"""Highest monthly wage that is computed: with it no product of a formula leaves a signed 64-bit integer."""

MOST_CONTRACT_RUPIAH = 10**14
"""Highest value of a construction contract that is computed."""

MOST_DEBT_RUPIAH = 10**15
"""Highest contribution debt on which a penalty is computed."""


def round_half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` to the nearest whole, a half upwards; both at least 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def whole_number(fact: str, given: object, *, most: int, least: int = 0, rupiah: bool = False) -> int:
    """``given`` as an int from ``least`` to ``most``; ImpossibleFact names ``fact`` and what is possible.

    A bool, a text or a number with a fraction is refused, never converted. ``rupiah`` shows the bounds as
    money.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        indonesian, english = (
            (rupiah_text(least, language), rupiah_text(most, language)) if rupiah else (str(least), str(most))
            for language in LANGUAGES
        )
        raise ImpossibleFact(
            fact,
            given,
            Words(
                id="bilangan bulat tanpa pemisah, dari {} sampai {}".format(*indonesian),
                en="a whole number without separators, from {} to {}".format(*english),
            ),
        )
    return given


def wage_of(given: object, fact: str = "wage") -> int:
    """A monthly wage in whole rupiah, 0 to 10^12; raises ImpossibleFact."""
    return whole_number(fact, given, most=MOST_WAGE_RUPIAH, rupiah=True)


def exact_wage(given: int | Fraction, fact: str = "wage") -> int | Fraction:
    """``wage_of`` for a wage that may have sen or be an average; raises ImpossibleFact."""
    if isinstance(given, Fraction) and 0 <= given <= MOST_WAGE_RUPIAH:
        return given
    return wage_of(given, fact)
