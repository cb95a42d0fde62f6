"""One dated value of a parameter, and the shapes that a value can have in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from lindung.law.errors import LawError
from lindung.law.wording import Words, rate_text

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)

Number = int | Fraction
Amount = Number | date | None | tuple[int, ...] | tuple[str, ...] | Mapping[str, Number] | Mapping[int, Number]
"""What a file may say: a whole number, a rate, a day, ``unknown`` (None), a list, a table by word or by number."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of the first day of a value: only answers at that border depend on it."""

    confidence: Confidence
    doubt: Words | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a parameter, in force from ``from_on`` until the next one.

    Values that ``load`` returns carry the confidence and the doubts of the month asked for; those of
    ``history`` the file's. Reading a value as a shape that it has not raises LawError.
    """

    name: str
    value: Amount
    from_on: date
    article: str
    confidence: Confidence
    source: str
    checked_on: date
    doubts: tuple[Words, ...]
    start: Start
    provisional: bool = False

    @property
    def whole(self) -> int:
        if not isinstance(self.value, int):
            raise self._not("a whole number")
        return self.value

    @property
    def rate(self) -> Fraction:
        if not isinstance(self.value, Fraction):
            raise self._not("a rate")
        return self.value

    @property
    def day(self) -> date:
        if not isinstance(self.value, date):
            raise self._not("a day")
        return self.value

    @property
    def rates(self) -> Mapping[str, Fraction]:
        """A rate for each word: the risk classes of JKK."""
        if not isinstance(self.value, Mapping):
            raise self._not("a table of rates")
        return {str(key): Fraction(rate) for key, rate in self.value.items()}

    @property
    def steps(self) -> tuple[tuple[int, Number], ...]:
        """(from, number) of a table whose keys are numbers, in rising order: bands, slices, packages."""
        if not isinstance(self.value, Mapping):
            raise self._not("a table of steps")
        return tuple((int(start), number) for start, number in self.value.items())

    @property
    def amounts(self) -> tuple[tuple[int, int], ...]:
        """``steps`` whose numbers are whole: the bases of income bands, the prices of packages."""
        return tuple((start, int(number)) for start, number in self.steps)

    @property
    def limits(self) -> Mapping[str, int]:
        """A whole number for each word: the capital of each size of enterprise."""
        if not isinstance(self.value, Mapping):
            raise self._not("a table of limits")
        return {str(key): int(number) for key, number in self.value.items()}

    @property
    def choices(self) -> tuple[int, ...]:
        """A list of whole numbers: the amounts one may choose from."""
        if not isinstance(self.value, tuple):
            raise self._not("a list")
        return tuple(int(choice) for choice in self.value)

    @property
    def words(self) -> tuple[str, ...]:
        """A list of words: the industries of a relief, the programmes of a size."""
        if not isinstance(self.value, tuple):
            raise self._not("a list")
        return tuple(str(word) for word in self.value)

    def row(self, key: str | int) -> Value:
        """One row of a table as a value of its own: ``jkk/rate/II``, ``bpu/income_bands/2700000``."""
        if not isinstance(self.value, Mapping):
            raise self._not("a table")
        return replace(self, name=f"{self.name}/{key}", value=dict(self.value.items())[key])

    def sure(self, confirmed: Value) -> Value:
        """The same value with the mark and the doubts of the one that confirms it."""
        return replace(self, confidence=confirmed.confidence, doubts=confirmed.doubts)

    @property
    def text(self) -> str:
        """The value as it stands in the file: ``7000000``, ``3.7%``, ``I 0.24%, II 0.54%``."""
        if isinstance(self.value, Mapping):
            marks = ((key, ":" if isinstance(key, int) else "", number) for key, number in self.value.items())
            return ", ".join(f"{key}{mark} {number_text(number)}" for key, mark, number in marks)
        if isinstance(self.value, tuple):
            return ", ".join(map(str, self.value))
        if self.value is None:
            return "unknown"
        return str(self.value) if isinstance(self.value, date) else number_text(self.value)

    def _not(self, shape: str) -> LawError:
        return LawError(Words(id=f"{self.name}: not {shape}", en=f"{self.name}: not {shape}"))


def number_text(number: Number) -> str:
    """A number as files write it: ``3.7%`` for a rate, else its digits."""
    return rate_text(number, "en") if isinstance(number, Fraction) else str(number)


def least_confident(*confidences: Confidence) -> Confidence:
    """The weakest of the marks given (at least one)."""
    return max(confidences, key=CONFIDENCES.index)


def read_amount(written: object) -> Amount:
    """The value of a file. Raises ValueError for what is none of the shapes of ``Amount``."""
    if written == "unknown":
        return None
    if isinstance(written, Mapping):
        return _table(written)
    if isinstance(written, list):
        if {type(word) for word in written} not in ({int}, {str}):
            raise ValueError("a list holds whole numbers or words, at least one")
        return tuple(written)
    return written if isinstance(written, date) else _number(written)


def _table(written: Mapping[object, object]) -> Amount:
    if all(type(key) is str for key in written):
        return {str(key): _number(number) for key, number in written.items()}
    starts = [key for key in written if type(key) is int]
    if len(starts) != len(written) or sorted(starts) != starts:
        raise ValueError("a table has words as keys, or whole numbers in rising order")
    return {start: _number(written[start]) for start in starts}


def _number(written: object) -> Number:
    if type(written) is int:
        return written
    text = str(written)
    if not text.endswith("%"):
        raise ValueError(f"{text!r} is neither a whole number nor a rate such as 3.70%")
    return Fraction(text[:-1]) / 100
