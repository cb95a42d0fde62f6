"""An answer: the amounts asked for with everything that explains them, whatever the segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lindung.law.parameters import least_confident
from lindung.law.programmes.rules import law_row
from lindung.law.readings import ROUNDING

if TYPE_CHECKING:
    from fractions import Fraction

    from lindung.law.lines import Line
    from lindung.law.month import Month
    from lindung.law.parameters import Confidence, Value
    from lindung.law.programmes.rules import LawRow
    from lindung.law.readings import Reading
    from lindung.law.wording import Language

Plain = int | str | bool | Decimal | date | None
Result = Mapping[str, Plain]
"""Key -> whole rupiah; a Decimal only for what the law leaves unrounded, a day or a word where the key says so."""

COUNTS: Final = frozenset({"months_late", "months_in_arrears", "months_to_pay", "age", "pension_age", "band"})


def is_count(key: str) -> bool:
    """Whether a whole number of a result counts months or years instead of rupiah."""
    return key in COUNTS or key.endswith(("_months_late", "_claim_back_months"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of one case, in one language.

    ``result``: every key that can be expected of the segment, whole rupiah unless the key says otherwise.
    ``lines``: the amounts that are owed or split, each explained. ``sentences``: what is said beside them.
    ``readings``: the choices taken where the law is silent. ``values``: parameters used beside the lines'.
    ``facts``: the case as it was understood. ``exact``: amounts before they were rounded, where another case
    may start from them.
    """

    segment: str
    month: Month
    language: Language
    result: Result
    lines: tuple[Line, ...] = ()
    sentences: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    values: tuple[Value, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    exact: Mapping[str, Fraction] = field(default_factory=dict)

    def rupiah(self, key: str) -> int:
        """The amount of a key of the result; KeyError where the answer has no such amount."""
        amount = self.result[key]
        if isinstance(amount, bool) or not isinstance(amount, int) or is_count(key):
            raise KeyError(key)
        return amount

    def as_data(self) -> dict[str, object]:
        """Everything, for JSON: a Decimal or a Fraction stands for an exact number, a date for its day."""
        return {
            "segment": self.segment,
            "month": str(self.month),
            **self.facts,
            "result": dict(self.result),
            "lines": [
                {
                    "key": line.key,
                    "programme": line.programme,
                    "payer": line.payer,
                    "billed": line.billed,
                    "base_rupiah": line.base_rupiah,
                    "rate": str(line.rate),
                    "rate_text": line.rate_text,
                    "amount_rupiah": line.amount_rupiah,
                    "article": line.article,
                    "sentence": line.sentence,
                    "confidence": line.confidence,
                    "doubts": list(line.doubts),
                }
                for line in self.lines
            ],
            "sentences": list(self.sentences),
            "notes": list(self.notes),
            "law": {name: {"value": row[0], "article": row[1], "from": row[2]} for name, row in self.law.items()},
            "confidence": self.confidence,
            "provisional": self.provisional,
        }

    @property
    def notes(self) -> tuple[str, ...]:
        """Every doubt once, in words; rounding first wherever there are amounts: the law is silent on it."""
        said = [ROUNDING.doubt] if self.lines else []
        said += [reading.doubt for reading in self.readings]
        said += [doubt for value in self.values for doubt in value.doubts]
        texts = [words.say(self.language) for words in said]
        return tuple(dict.fromkeys([*texts, *(doubt for line in self.lines for doubt in line.doubts)]))

    @property
    def confidence(self) -> Confidence:
        """The weakest mark of what the answer rests on; rounding, always open, is left out."""
        marks = [mark.confidence for part in (self.lines, self.readings, self.values) for mark in part]
        return least_confident("high", *marks)

    @property
    def law(self) -> dict[str, LawRow]:
        """Parameter -> (value, article, in force from)."""
        rows = {name: row for line in self.lines for name, row in line.law.items()}
        return {**rows, **{value.name: law_row(value) for value in self.values}}

    @property
    def provisional(self) -> bool:
        """Whether a value was used that the law renews and has not published for this month."""
        return any(line.provisional for line in self.lines) or any(value.provisional for value in self.values)
