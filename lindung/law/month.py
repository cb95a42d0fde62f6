"""The contribution month: the law of contributions is dated by it, never by the day of payment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lindung.law.errors import ImpossibleFact
from lindung.law.wording import Words, month_words

_SHAPE = re.compile(r"(\d{4})-(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, ordered. ``Month(2026, 2)`` is February 2026.

    Raises ImpossibleFact outside January 1900 to December 2999.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (_FIRST_YEAR <= self.year <= _LAST_YEAR and 1 <= self.number <= 12):
            raise ImpossibleFact("month", f"{self.year:04d}-{self.number:02d}", _POSSIBLE)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-02``. Raises ImpossibleFact for any other shape."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise ImpossibleFact("month", text, _POSSIBLE)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that contains ``day``."""
        return cls(day.year, day.month)

    @property
    def first_on(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        return self.next().first_on - timedelta(days=1)

    @property
    def words(self) -> Words:
        """As people say it: ``Februari 2026``, ``February 2026``."""
        return month_words(self.year, self.number)

    @property
    def index(self) -> int:
        """Months since January of the year 0, for arithmetic."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> Month:
        year, zero_based = divmod(self.index + months, 12)
        return Month(year, zero_based + 1)

    def next(self) -> Month:
        return self.plus(1)

    def previous(self) -> Month:
        return self.plus(-1)

    def __str__(self) -> str:
        """As files and commands write it: ``2026-02``."""
        return f"{self.year:04d}-{self.number:02d}"


_POSSIBLE = Words(
    id="satu bulan seperti 2026-02, dari 1900-01 sampai 2999-12",
    en="one month like 2026-02, from 1900-01 to 2999-12",
)
