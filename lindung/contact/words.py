"""What a letter is made of, before it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """One letter in plain sentences; ``closing`` stands under the link."""

    subject: str
    paragraphs: list[str]
    closing: list[str]
    link_text: str


def rupiah(amount: int) -> str:
    """An amount in the reader's way: `Rp4.500.000`, English `Rp4,500,000`."""
    separator = "," if (get_language() or "").startswith("en") else "."
    return f"Rp{amount:,}".replace(",", separator)
