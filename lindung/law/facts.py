"""The inputs of one case, read strictly: the wrong kind of fact is refused, never converted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lindung.law.bases import Exact
from lindung.law.errors import ImpossibleFact, LawError
from lindung.law.inputs import DECIMAL, day_of
from lindung.law.money import MOST_WAGE_RUPIAH, wage_of, whole_number
from lindung.law.month import Month
from lindung.law.programmes import Programme
from lindung.law.wording import Words

MOST_IN_A_LIST = 1200
_MOST_PLACES = 30


class Facts:
    """Named inputs. Every method raises ImpossibleFact: the input, what stood there, what is possible.

    An input that is null counts as not given. ``on`` is the day of the case, where it named one.
    """

    def __init__(self, inputs: Mapping[str, object], on: date | None = None) -> None:
        self._inputs = {name: value for name, value in inputs.items() if value is not None}
        self.on = on

    def __contains__(self, name: str) -> bool:
        return name in self._inputs

    def given(self, *names: str) -> tuple[str, ...]:
        """Those of ``names`` that are given."""
        return tuple(name for name in names if name in self._inputs)

    def names(self) -> tuple[str, ...]:
        """Every input that is given."""
        return tuple(self._inputs)

    def raw(self, name: str) -> object:
        """The value as it stands, None when it is not given."""
        return self._inputs.get(name)

    def refuse(self, names: frozenset[str], beside: str) -> None:
        """Raise LawError if any of ``names`` is given, as it has no meaning beside ``beside``."""
        if extra := ", ".join(sorted(names & self._inputs.keys())):
            raise LawError(
                Words(
                    id=f"input {extra} tidak dapat dipakai bersama {beside}: buat dua kasus terpisah",
                    en=f"input {extra} has no meaning beside {beside}: make two cases of it",
                )
            )

    def wage(self, name: str = "wage") -> int:
        """Monthly wage in whole rupiah."""
        return wage_of(self._inputs.get(name), name)

    def whole(self, name: str, *, most: int, least: int = 0, rupiah: bool = False) -> int:
        return whole_number(name, self._inputs.get(name), most=most, least=least, rupiah=rupiah)

    def money(self, name: str, *, most: int = MOST_WAGE_RUPIAH) -> Exact:
        """Rupiah, exact: whole, a decimal, a decimal written as text, or a fraction from another case."""
        given = self._inputs.get(name)
        written = Decimal(given) if isinstance(given, str) and DECIMAL.fullmatch(given) else given
        amount = _between(written, 0, most)
        if amount is None:
            raise ImpossibleFact(
                name,
                given,
                Words(id=f"rupiah dari 0 sampai {most}, titik untuk sen", en=f"rupiah, 0 to {most}, a point for sen"),
            )
        return int(amount) if amount.denominator == 1 else amount

    def text(self, name: str, possible: tuple[str, ...]) -> str | None:
        """One of the possible words, or None when it is not given."""
        given = self._inputs.get(name)
        if given is None or (isinstance(given, str) and given in possible):
            return given
        raise ImpossibleFact(name, given, Words(id=", ".join(possible), en=", ".join(possible)))

    def flag(self, name: str) -> bool | None:
        """True, False, or None when it is not given."""
        given = self._inputs.get(name)
        if given is None or isinstance(given, bool):
            return given
        raise ImpossibleFact(name, given, Words(id="true atau false", en="true or false"))

    def day(self, name: str) -> date | None:
        """A date, or None when it is not given."""
        given = self._inputs.get(name)
        return None if given is None else day_of(name, given)

    def days(self, name: str) -> frozenset[date]:
        """A list of dates; empty when it is not given."""
        given = self._inputs.get(name, [])
        if not isinstance(given, list) or len(given) > MOST_IN_A_LIST:
            raise ImpossibleFact(name, given, Words(id="daftar tanggal", en="a list of dates"))
        return frozenset(day_of(name, day) for day in given)

    def month(self, name: str) -> Month | None:
        """A month like 2025-01, or None when it is not given."""
        given = self._inputs.get(name)
        if given is None:
            return None
        if isinstance(given, str):
            return Month.parse(given)
        raise ImpossibleFact(name, given, Words(id="bulan seperti 2025-01", en="a month like 2025-01"))

    def rate(self, name: str, *, most: int = 1) -> Fraction | None:
        """A share from 0 up to ``most``, 0.057 for 5.7%; None when it is not given."""
        given = self._inputs.get(name)
        if given is None:
            return None
        rate = _between(given, 0, most)
        if rate is None:
            possible = Words(
                id=f"desimal dari 0 sampai {most}, seperti 0.057", en=f"a decimal, 0 to {most}, like 0.057"
            )
            raise ImpossibleFact(name, given, possible)
        return rate

    def growth(self, name: str) -> Fraction:
        """A yearly growth, above -1 and up to 1: 0.0511 for 5.11%."""
        given = self._inputs.get(name)
        growth = _between(given, -1, 1)
        if growth is None or growth == -1:
            raise ImpossibleFact(name, given, Words(id="desimal seperti 0.0511", en="a decimal like 0.0511"))
        return growth

    def amounts(self, name: str) -> tuple[int, ...]:
        """A list of whole amounts, at least one."""
        given = self._inputs.get(name)
        if not isinstance(given, list) or not 1 <= len(given) <= MOST_IN_A_LIST:
            raise ImpossibleFact(name, given, Words(id="daftar jumlah rupiah", en="a list of amounts in rupiah"))
        return tuple(wage_of(amount, f"{name}[{place}]") for place, amount in enumerate(given))

    def programmes(self) -> frozenset[Programme] | None:
        """The programmes named, at least one, or None when they are not given."""
        given = self._inputs.get("programmes")
        if given is None:
            return None
        if isinstance(given, list) and given and all(name in Programme.__members__ for name in given):
            return frozenset(Programme[name] for name in given)
        known = ", ".join(Programme)
        raise ImpossibleFact(
            "programmes", given, Words(id=f"daftar dari {known}", en=f"a list of one or more of {known}")
        )


def _between(given: object, least: int, most: int) -> Fraction | None:
    """An exact number from ``least`` to ``most``, or None for anything else."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal | Fraction):
        return None
    # A decimal of a million places is a number too, but no amount and no rate.
    if isinstance(given, Decimal):
        exponent = given.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -_MOST_PLACES or given.adjusted() > _MOST_PLACES:
            return None
    return Fraction(given) if least <= given <= most else None
