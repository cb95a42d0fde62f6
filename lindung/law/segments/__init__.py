"""Worked cases: facts in, amounts out. One file here is one segment, as its name says (``pu_jkp_split.py``).

A case is a mapping with ``id``, ``segment``, ``date`` (the contribution month) and ``inputs``; what a segment
does not know it refuses by name, so an answer never rests on an input that was passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from lindung.law.errors import ImpossibleFact, LawError, NotYetComputed
from lindung.law.facts import Facts
from lindung.law.month import Month
from lindung.law.wording import Words

Amounts = dict[str, int | Decimal]
"""Key -> whole rupiah; a Decimal only for what the law leaves unrounded."""


class Segment(Protocol):
    """What a file of this folder offers."""

    INPUTS: frozenset[str]

    def evaluate(self, month: Month, facts: Facts) -> Amounts: ...


def names() -> tuple[str, ...]:
    """The segments that are computed, as cases write them: ``PU``, ``PU-JKP-SPLIT``."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return tuple(sorted(file.stem.upper().replace("_", "-") for file in files))


def find(name: object) -> Segment:
    """The module of a segment; raises NotYetComputed for any other name."""
    if name not in names():
        known = ", ".join(names())
        raise NotYetComputed(
            Words(
                id=f"segment {name!r} belum dihitung; yang dihitung: {known}",
                en=f"segment {name!r} is not yet computed; computed are: {known}",
            )
        )
    return cast(Segment, import_module(f"{__name__}.{str(name).lower().replace('-', '_')}"))


def evaluate(case: Mapping[str, object]) -> Amounts:
    """Every amount that the segment of ``case`` can give.

    Raises NotYetComputed for an unknown segment or input, ImpossibleFact for a fact that cannot be,
    NotInForce for a month before the law, LawError for a case that lacks a part.
    """
    segment = find(case.get("segment"))
    inputs = case.get("inputs")
    if not isinstance(inputs, Mapping):
        raise LawError(Words(id="inputs: harus berupa pemetaan nama ke nilai", en="inputs: must map names to values"))
    if unknown := sorted(str(name) for name in inputs.keys() - segment.INPUTS):
        names_text, known = ", ".join(unknown), ", ".join(sorted(segment.INPUTS))
        raise NotYetComputed(
            Words(
                id=f"input {names_text} belum dihitung untuk segment {case['segment']}; yang dikenal: {known}",
                en=f"input {names_text} is not yet computed for segment {case['segment']}; known are: {known}",
            )
        )
    return segment.evaluate(_month(case.get("date")), Facts(inputs))


def _month(given: object) -> Month:
    """The contribution month; a whole date stands for the month that contains it."""
    if isinstance(given, date):
        return Month.of(given)
    if given is not None and not isinstance(given, str):
        raise ImpossibleFact("date", given, Words(id="bulan seperti 2026-02", en="a month like 2026-02"))
    return Month.parse(given or "")
