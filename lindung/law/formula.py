"""One formula, four readings: Python ints, NumPy int64 columns, SQL text and a sentence.

A contribution is a ``Share``: an exact rate of a base (``bases.py``), rounded half up to the rupiah.
docs/decisions/0003-one-formula-four-ways.md says why there is no more than that.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lindung.law.errors import LawError
from lindung.law.wording import Language, Words, rate_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.bases import Base, Exact


class Share:
    """``rate`` of ``base``, rounded half up to the rupiah. Raises LawError if 64 bits could overflow."""

    __slots__ = ("base", "divisor", "half", "multiplier", "rate")

    def __init__(self, rate: Fraction, base: Base) -> None:
        self.rate = rate
        self.base = base
        exact = rate / base.denominator
        # An even divisor has a whole half, so "half up" is one addition before one division that cuts down.
        even = 1 if exact.denominator % 2 == 0 else 2
        self.multiplier = exact.numerator * even
        self.divisor = exact.denominator * even
        self.half = self.divisor // 2
        if rate < 0 or self.multiplier * base.most + self.half >= 2**63:
            raise LawError(
                Words(
                    id=f"tarif {rate} terlalu rinci atau negatif untuk dihitung tepat dengan 64 bit",
                    en=f"the rate {rate} is negative or too fine to be exact in 64 bits",
                )
            )

    def value(self, base: Exact) -> tuple[int, bool]:
        """The rupiah of what ``base.value`` gave, and whether rounding changed them."""
        product = base * self.multiplier
        return int((product + self.half) // self.divisor), product % self.divisor != 0

    def column(self, base: NDArray[np.int64], out: NDArray[np.int64]) -> None:
        """Write the amounts of what ``base.column`` gave into ``out`` (same length, both non-negative)."""
        import numpy as np

        if self.multiplier == 0:
            out.fill(0)
            return
        # No number here is negative, and NumPy divides unsigned integers by a constant a third faster.
        amounts, bases = out.view(np.uint64), base.view(np.uint64)
        if self.multiplier != 1:
            bases = np.multiply(bases, np.uint64(self.multiplier), out=amounts)
        np.add(bases, np.uint64(self.half), out=amounts)
        np.floor_divide(amounts, np.uint64(self.divisor), out=amounts)

    def sql(self) -> str:
        """A bigint expression over the base's column; no part is negative, so the division cuts down."""
        return f"(({self.base.sql()} * {self.multiplier} + {self.half}) / {self.divisor})"

    def opening(self, language: Language, note: Words | None = None) -> str:
        """The sentence up to the base: ``1% of ``; empty where the whole base is owed."""
        noted = f" ({note.say(language)})" if note else ""
        if self.rate == 1:
            return f"{noted.strip()} " if noted else ""
        return f"{rate_text(self.rate, language)}{noted} {'dari' if language == 'id' else 'of'} "
