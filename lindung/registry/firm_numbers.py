"""Tax and business numbers of firms: their form, and the keyed index by which one that is known is found."""

from typing import Final

from lindung.lib.crypto import blind_index

NPWP_DIGITS: Final = 16
OLD_NPWP_DIGITS: Final = 15
NIB_DIGITS: Final = 13


class BadNumber(ValueError):
    """No such number can exist; the text is the kind, ``npwp`` or ``nib``."""


def read_npwp(text: str) -> str:
    """An NPWP as sixteen digits; one of fifteen, from before 2024, takes a zero in front. Raises ``BadNumber``."""
    digits = _digits(text)
    if len(digits) == OLD_NPWP_DIGITS:
        digits = f"0{digits}"
    if len(digits) != NPWP_DIGITS or len(set(digits)) == 1:
        raise BadNumber("npwp")
    return digits


def read_nib(text: str) -> str:
    """An NIB as thirteen digits. Raises ``BadNumber``."""
    digits = _digits(text)
    if len(digits) != NIB_DIGITS or len(set(digits)) == 1:
        raise BadNumber("nib")
    return digits


def number_index(kind: str, digits: str) -> bytes:
    """The blind index of a number of a kind, ``npwp`` or ``nib``."""
    return blind_index(f"firm {kind}", digits)


def _digits(text: str) -> str:
    kept = "".join(c for c in text if c not in " .-/")
    return kept if kept.isascii() and kept.isdigit() else ""
