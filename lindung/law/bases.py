"""What a contribution is a share of: the wage, an income band's base, a fixed amount, slices of a contract.

Each base is read in the four ways of ``formula.py``: an exact number, an int64 column, SQL, words.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Protocol

from lindung.law.money import MOST_CONTRACT_RUPIAH, MOST_WAGE_RUPIAH
from lindung.law.wording import Language, Words, rate_text, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

Exact = int | Fraction
"""Rupiah without rounding: whole, or with sen where a wage was paid for part of a month."""


class Base(Protocol):
    """``most`` is the largest value, for the guard against 64 bits; values count units of 1 / ``denominator``."""

    @property
    def most(self) -> int: ...

    @property
    def denominator(self) -> int: ...

    def value(self, given: Exact) -> Exact: ...

    def shown(self, given: Exact) -> Exact:
        """The base in rupiah as a reader is told it."""

    def column(self, given: Column, scratch: Column) -> Column:
        """The values of a column; ``scratch`` (as long) may be filled and returned."""

    def sql(self) -> str:
        """A bigint expression over one named column."""

    def words(self, given: Exact, language: Language) -> str: ...


@dataclass(frozen=True, slots=True)
class Wage:
    """The monthly wage, rupiah; SQL column ``wage_rupiah``."""

    most: int = MOST_WAGE_RUPIAH
    denominator: int = 1

    def value(self, given: Exact) -> Exact:
        return given

    def shown(self, given: Exact) -> Exact:
        return given

    def column(self, given: Column, scratch: Column) -> Column:
        """The wages themselves; ``scratch`` stays untouched."""
        return given

    def sql(self) -> str:
        return "wage_rupiah::bigint"

    def words(self, given: Exact, language: Language) -> str:
        return f"{'upah' if language == 'id' else 'wage'} {rupiah_text(given, language)}"


@dataclass(frozen=True, slots=True)
class CappedWage:
    """The smaller of the wage and a ceiling in rupiah; ``called`` names the ceiling for the reader."""

    ceiling_rupiah: int
    called: Words
    denominator: int = 1

    @property
    def most(self) -> int:
        return self.ceiling_rupiah

    def value(self, given: Exact) -> Exact:
        return min(given, self.ceiling_rupiah)

    def shown(self, given: Exact) -> Exact:
        return min(given, self.ceiling_rupiah)

    def column(self, given: Column, scratch: Column) -> Column:
        import numpy as np

        return np.minimum(given, self.ceiling_rupiah, out=scratch)

    def sql(self) -> str:
        return f"LEAST(wage_rupiah::bigint, {self.ceiling_rupiah})"

    def words(self, given: Exact, language: Language) -> str:
        ceiling = f"{self.called.say(language)} {rupiah_text(self.ceiling_rupiah, language)}"
        wage = rupiah_text(given, language)
        if language == "id":
            return f"yang lebih kecil antara upah {wage} dan {ceiling}"
        return f"the smaller of wage {wage} and {ceiling}"


@dataclass(frozen=True, slots=True)
class BandedIncome:
    """The base of the band that an income lies in; a band reaches to the next one's first rupiah.

    ``bands``: (first income, base) in rising order, the first from 0. SQL column ``income_rupiah``.
    """

    bands: tuple[tuple[int, int], ...]
    denominator: int = 1

    @property
    def most(self) -> int:
        return max(base for _, base in self.bands)

    def band(self, given: Exact) -> int:
        """The place of the band, from 0."""
        return bisect_right(self.bands, given, key=lambda band: band[0]) - 1

    def value(self, given: Exact) -> int:
        return self.bands[self.band(given)][1]

    def shown(self, given: Exact) -> int:
        return self.value(given)

    def column(self, given: Column, scratch: Column) -> Column:
        import numpy as np

        firsts, bases = np.array(self.bands, np.int64).T
        return np.take(bases, np.searchsorted(firsts, given, side="right") - 1, out=scratch)

    def sql(self) -> str:
        (_, lowest), *higher = self.bands
        cases = " ".join(f"WHEN income_rupiah >= {first} THEN {base}" for first, base in reversed(higher))
        return f"(CASE {cases} ELSE {lowest} END)::bigint"

    def words(self, given: Exact, language: Language) -> str:
        first, base = self.bands[self.band(given)]
        income, begins, taken = (rupiah_text(amount, language) for amount in (given, first, base))
        if language == "id":
            return f"dasar iuran {taken} (penghasilan {income}, golongan mulai {begins})"
        return f"contribution base {taken} (income {income}, band from {begins})"


@dataclass(frozen=True, slots=True)
class Fixed:
    """An amount that the law names in rupiah; ``called`` says what it is."""

    amount_rupiah: int
    called: Words
    denominator: int = 1

    @property
    def most(self) -> int:
        return self.amount_rupiah

    def value(self, given: Exact) -> int:
        return self.amount_rupiah

    def shown(self, given: Exact) -> int:
        return self.amount_rupiah

    def column(self, given: Column, scratch: Column) -> Column:
        scratch.fill(self.amount_rupiah)
        return scratch

    def sql(self) -> str:
        return f"{self.amount_rupiah}::bigint"

    def words(self, given: Exact, language: Language) -> str:
        return f"{self.called.say(language)} {rupiah_text(self.amount_rupiah, language)}"


@dataclass(frozen=True, slots=True)
class Slices:
    """Each slice of a contract value at its own rate, added up: marginal, like an income tax.

    ``steps``: (rupiah above which the slice begins, rate) in rising order, the first from 0. SQL column
    ``contract_rupiah``. Values count units of 1 / ``denominator`` rupiah, so nothing is rounded here.
    """

    steps: tuple[tuple[int, Fraction], ...]
    denominator: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "denominator", lcm(*(rate.denominator for _, rate in self.steps)))

    @property
    def most(self) -> int:
        return MOST_CONTRACT_RUPIAH * max(int(rate * self.denominator) for _, rate in self.steps)

    def _bends(self) -> list[tuple[int, int]]:
        """(begins, by how much the rate changes there), the rate in units."""
        units = [int(rate * self.denominator) for _, rate in self.steps]
        changes = [now - before for now, before in zip(units, [0, *units[:-1]], strict=True)]
        return [(begins, change) for (begins, _), change in zip(self.steps, changes, strict=True)]

    def value(self, given: Exact) -> Exact:
        return sum(bend * max(given - begins, 0) for begins, bend in self._bends())

    def shown(self, given: Exact) -> Exact:
        return given

    def column(self, given: Column, scratch: Column) -> Column:
        import numpy as np

        scratch.fill(0)
        for begins, bend in self._bends():
            scratch += bend * np.maximum(given - begins, 0)
        return scratch

    def sql(self) -> str:
        terms = (f"{bend} * GREATEST(contract_rupiah::bigint - {begins}, 0)" for begins, bend in self._bends())
        return f"({' + '.join(terms)})"

    def words(self, given: Exact, language: Language) -> str:
        of = "dari" if language == "id" else "of"
        ends = [begins for begins, _ in self.steps[1:]]
        parts = []
        for (begins, rate), end in zip(self.steps, [*ends, given], strict=True):
            if given > begins or begins == 0:
                part = rupiah_text(min(given, end) - begins, language)
                parts.append(f"{rate_text(rate, language)} {of} {part}")
        return " + ".join(parts)


@dataclass(frozen=True, slots=True)
class Packages:
    """The price of the longest package that a contract reaches, and an amount for each month beyond it.

    ``prices``: (months, rupiah) in rising order; a contract shorter than the first is not for this base. SQL
    column ``contract_months``.
    """

    prices: tuple[tuple[int, int], ...]
    extra_rupiah: int
    most_months: int
    denominator: int = 1

    @property
    def most(self) -> int:
        return max(price for _, price in self.prices) + self.extra_rupiah * self.most_months

    def _package(self, given: Exact) -> tuple[int, int]:
        return self.prices[bisect_right(self.prices, given, key=lambda price: price[0]) - 1]

    def value(self, given: Exact) -> Exact:
        months, price = self._package(given)
        return price + self.extra_rupiah * (given - months)

    def shown(self, given: Exact) -> Exact:
        return self.value(given)

    def column(self, given: Column, scratch: Column) -> Column:
        import numpy as np

        months, prices = np.array(self.prices, np.int64).T
        package = np.searchsorted(months, given, side="right") - 1
        np.subtract(given, np.take(months, package), out=scratch)
        scratch *= self.extra_rupiah
        scratch += np.take(prices, package)
        return scratch

    def sql(self) -> str:
        (first, lowest), *longer = self.prices
        rows = [(months, f"{price} + {self.extra_rupiah} * (contract_months - {months})") for months, price in longer]
        cases = "".join(f"WHEN contract_months >= {months} THEN {price} " for months, price in reversed(rows))
        shortest = f"{lowest} + {self.extra_rupiah} * (contract_months - {first})"
        return f"(CASE {cases}ELSE {shortest} END)::bigint" if cases else f"({shortest})::bigint"

    def words(self, given: Exact, language: Language) -> str:
        months, price = self._package(given)
        beyond = int(given) - months
        taken = rupiah_text(price, language)
        if len(self.prices) == 1:
            return f"satu harga {taken}" if language == "id" else f"one price {taken}"
        package = f"paket {months} bulan {taken}" if language == "id" else f"package of {months} months {taken}"
        return f"{package} + {beyond} x {rupiah_text(self.extra_rupiah, language)}" if beyond else package
