"""How a fault is told: why, how to mend it, how grave it is, and how its parameters are written.

A parameter's name says how it is written: ``..._rupiah`` as an amount, ``..._on`` as a date, ``month`` as a month;
anything else as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise

Severity = Literal["error", "warning", "note"]
"""An error stops the row, and the file if that cannot be booked in parts; a warning is confirmed with it; a note is
told."""

_Text = str | Promise


@dataclass(frozen=True, slots=True)
class Texts:
    """Why, and what to do; for a fault in a row also its severity and the field it stands in ("" is the whole row)."""

    reason: _Text
    cure: _Text
    severity: Severity = "error"
    field: str = ""


def describe(texts: Texts, params: Mapping[str, int | str]) -> tuple[str, str]:
    """(reason, cure) in the active language with the parameters filled in."""
    shown = {name: _shown(name, value) for name, value in params.items()}
    return str(texts.reason) % shown if shown else str(texts.reason), str(texts.cure)


def _shown(name: str, value: int | str) -> str:
    if name.endswith("_rupiah"):
        return f"Rp{number_format(value, decimal_pos=0, force_grouping=True)}"
    if name.endswith("_on"):
        return date_format(date.fromisoformat(str(value)), "j F Y")
    if name == "month":
        return date_format(date.fromisoformat(str(value)), "F Y")
    return str(value)
