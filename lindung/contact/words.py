"""What a letter is made of, before it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """One letter in plain sentences; ``closing`` stands under the link."""

    subject: str
    paragraphs: list[str]
    closing: list[str]
    link_text: str
