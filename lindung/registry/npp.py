"""The number of a firm. Ours have nine digits, the last a check digit; older ones are letters and digits."""

import secrets

from lindung.lib.damm import check_digit, is_valid

_DIGITS = 9
_LOWEST, _HOW_MANY = 10**7, 9 * 10**7


def draw() -> str:
    """A number by chance; whoever takes it must see that no other firm has it."""
    digits = str(_LOWEST + secrets.randbelow(_HOW_MANY))
    return digits + check_digit(digits)


def is_ours(number: str) -> bool:
    """Whether we could have issued it. One wrong digit, or two neighbours swapped, and we could not."""
    return len(number) == _DIGITS and number.isascii() and number[:1] != "0" and is_valid(number)
