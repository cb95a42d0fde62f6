"""The number on a card. Ours have eleven digits, the last a check digit; numbers of former systems are opaque."""

import secrets
from typing import Literal

from lindung.lib.damm import check_digit, is_valid

OUR_DIGITS = 11
FEWEST_DIGITS, MOST_DIGITS = 8, 13
_LOWEST, _HOW_MANY = 10**9, 9 * 10**9  # ten digits, none of which a spreadsheet would drop as a leading zero

Reading = Literal["ours", "doubtful", "former", "none"]


def draw() -> str:
    """A number by chance, so that none tells another; whoever takes it must see that nobody has it."""
    digits = str(_LOWEST + secrets.randbelow(_HOW_MANY))
    return digits + check_digit(digits)


def is_kpj(number: str) -> bool:
    """Whether this can be a card's number at all: 8 to 13 ASCII digits."""
    return FEWEST_DIGITS <= len(number) <= MOST_DIGITS and number.isascii() and number.isdigit()


def is_ours(number: str) -> bool:
    """Whether we could have issued it. One wrong digit, or two neighbours swapped, and we could not."""
    return len(number) == OUR_DIGITS and is_kpj(number) and number[0] != "0" and is_valid(number)


def check(number: str) -> Reading:
    """What a typed number can be.

    ``doubtful`` has eleven digits and is none of ours: a slip of the finger, or a former number of the same length.
    ``former`` can only be of a former system; ``none`` is no card's number.
    """
    if not is_kpj(number):
        return "none"
    if len(number) != OUR_DIGITS:
        return "former"
    return "ours" if is_ours(number) else "doubtful"
