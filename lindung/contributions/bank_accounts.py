"""Bank accounts that money may be paid to: the banks, a number as people type it, and whose name fits a firm's."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lindung.lib.crypto import blind_index

BANKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "014": "BCA",
        "536": "BCA Syariah",
        "009": "BNI",
        "002": "BRI",
        "451": "BSI",
        "200": "BTN",
        "022": "CIMB Niaga",
        "011": "Danamon",
        "008": "Mandiri",
        "016": "Maybank",
        "426": "Mega",
        "147": "Muamalat",
        "028": "OCBC",
        "019": "Panin",
        "013": "Permata",
    }
)
"""Code in interbank transfers -> name, by name: the banks with the most accounts. Not everybody's bank is here."""

FEWEST_DIGITS: Final = 6
MOST_DIGITS: Final = 20
_GAPS: Final = re.compile(r"[\s.\-–_/]")
# What a firm is by law stands before, behind or not at all in the name of its account.
_LEGAL_FORMS: Final = frozenset(
    {"pt", "cv", "tbk", "persero", "ud", "fa", "firma", "perum", "pd", "koperasi", "yayasan"}
)


def account_number(typed: str) -> str | None:
    """The digits of a bank account's number, gaps taken out; None for what cannot be one.

    Banks number in lengths of their own, so no more is asked than digits, not all the same.
    """
    digits = _GAPS.sub("", unicodedata.normalize("NFKC", typed))
    right = re.fullmatch(r"[0-9]+", digits) and FEWEST_DIGITS <= len(digits) <= MOST_DIGITS and len(set(digits)) > 1
    return digits if right else None


def account_digest(bank: str, number: str) -> bytes:
    """32 bytes by which an account is known again without opening it."""
    return blind_index("bank_account", f"{bank}:{number}")


def fits(account_name: str, employer_name: str) -> bool:
    """Whether an account's name is the firm's: the same words in any order, legal form and signs aside."""
    return _words(account_name) == _words(employer_name)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.sub(r"[^0-9a-z]+", " ", re.sub(r"[.'’]", "", plain)).split()
    return sorted(word for word in words if word not in _LEGAL_FORMS)
