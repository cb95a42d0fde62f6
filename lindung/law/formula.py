"""One formula, four readings: Python ints, NumPy int64 columns, SQL text and a sentence.

A contribution is a ``Share``: an exact rate of a base, rounded half up to the rupiah; the base is the wage,
or the smaller of the wage and a ceiling. docs/decisions/0003-one-formula-four-ways.md says why there is no
more than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lindung.law.errors import LawError
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.law.wording import Language, Words, rate_text, rupiah_text

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

SLOT = "%s"
"""Where a sentence template takes the wage; a percent sign of the text itself is written twice."""


@dataclass(frozen=True, slots=True)
class Wage:
    """The monthly wage, whole rupiah: an int, an int64 column, the SQL column ``wage_rupiah``."""

    def value(self, wage_rupiah: int) -> int:
        return wage_rupiah

    def column(self, wages: NDArray[np.int64], scratch: NDArray[np.int64]) -> NDArray[np.int64]:
        """The wages themselves; ``scratch`` stays untouched."""
        return wages

    def sql(self) -> str:
        return "wage_rupiah::bigint"

    def template(self, language: Language) -> str:
        return f"upah {SLOT}" if language == "id" else f"wage {SLOT}"


@dataclass(frozen=True, slots=True)
class CappedWage:
    """The smaller of the wage and a ceiling in rupiah; ``called`` names the ceiling for the reader."""

    ceiling_rupiah: int
    called: Words

    def value(self, wage_rupiah: int) -> int:
        return min(wage_rupiah, self.ceiling_rupiah)

    def column(self, wages: NDArray[np.int64], scratch: NDArray[np.int64]) -> NDArray[np.int64]:
        """``scratch`` (same length as ``wages``), filled."""
        import numpy as np

        return np.minimum(wages, self.ceiling_rupiah, out=scratch)

    def sql(self) -> str:
        return f"LEAST(wage_rupiah::bigint, {self.ceiling_rupiah})"

    def template(self, language: Language) -> str:
        ceiling = f"{self.called.say(language)} {rupiah_text(self.ceiling_rupiah, language)}"
        if language == "id":
            return f"yang lebih kecil antara upah {SLOT} dan {ceiling}"
        return f"the smaller of wage {SLOT} and {ceiling}"


Base = Wage | CappedWage


class Share:
    """``rate`` of ``base``, rounded half up to the rupiah. Raises LawError if 64 bits could overflow."""

    __slots__ = ("base", "divisor", "half", "multiplier", "rate")

    def __init__(self, rate: Fraction, base: Base) -> None:
        self.rate = rate
        self.base = base
        # An even divisor has a whole half, so "half up" is one addition before one division that cuts down.
        even = 1 if rate.denominator % 2 == 0 else 2
        self.multiplier = rate.numerator * even
        self.divisor = rate.denominator * even
        self.half = self.divisor // 2
        if rate < 0 or self.multiplier * MOST_WAGE_RUPIAH + self.half >= 2**63:
            raise LawError(
                Words(
                    id=f"tarif {rate} terlalu rinci atau negatif untuk dihitung tepat dengan 64 bit",
                    en=f"the rate {rate} is negative or too fine to be exact in 64 bits",
                )
            )

    def value(self, base_rupiah: int) -> tuple[int, bool]:
        """The amount of an already capped base, and whether rounding changed it."""
        product = base_rupiah * self.multiplier
        return (product + self.half) // self.divisor, product % self.divisor != 0

    def column(self, base: NDArray[np.int64], out: NDArray[np.int64]) -> None:
        """Write the amounts of an already capped base into ``out`` (same length, both non-negative)."""
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
        """A bigint expression over ``wage_rupiah``; no part is negative, so the division cuts down."""
        return f"(({self.base.sql()} * {self.multiplier} + {self.half}) / {self.divisor})"

    def template(self, language: Language, note: Words | None = None) -> str:
        """A sentence with one slot for the wage and one for the amount, both already written as text."""
        rate = rate_text(self.rate, language).replace("%", "%%")
        of = "dari" if language == "id" else "of"
        noted = f" ({note.say(language)})" if note else ""
        return f"{rate}{noted} {of} {self.base.template(language)} = {SLOT}"
