"""The inputs of one case, read strictly: the wrong kind of fact is refused, never converted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lindung.law.errors import ImpossibleFact, LawError
from lindung.law.money import wage_of, whole_number
from lindung.law.programmes import Programme
from lindung.law.wording import Words


class Facts:
    """Named inputs. Every method raises ImpossibleFact: the input, what stood there, what is possible."""

    def __init__(self, inputs: Mapping[str, object]) -> None:
        self._inputs = inputs

    def __contains__(self, name: str) -> bool:
        return name in self._inputs

    def refuse(self, names: frozenset[str], beside: str) -> None:
        """Raise LawError if any of ``names`` is given, as it has no meaning beside ``beside``."""
        if extra := ", ".join(sorted(names & self._inputs.keys())):
            raise LawError(
                Words(
                    id=f"input {extra} tidak dapat dipakai bersama {beside}: buat dua kasus terpisah",
                    en=f"input {extra} has no meaning beside {beside}: make two cases of it",
                )
            )

    def wage(self) -> int:
        """Monthly wage in whole rupiah."""
        return wage_of(self._inputs.get("wage"))

    def whole(self, name: str, *, most: int, least: int = 0, rupiah: bool = False) -> int:
        return whole_number(name, self._inputs.get(name), most=most, least=least, rupiah=rupiah)

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
        if given is None or type(given) is date:
            return given
        try:
            day = date.fromisoformat(str(given))
        except ValueError:
            day = None
        # fromisoformat reads other shapes too, such as weeks: only the plain one is taken.
        if day is None or str(day) != given:
            raise ImpossibleFact(name, given, Words(id="tanggal seperti 1990-12-31", en="a date like 1990-12-31"))
        return day

    def growth(self, name: str) -> Decimal:
        """A yearly growth, above -1 and up to 1: 0.0511 for 5.11%."""
        given = self._inputs.get(name)
        if isinstance(given, bool) or not isinstance(given, int | Decimal) or not -1 < given <= 1:
            raise ImpossibleFact(name, given, Words(id="desimal seperti 0.0511", en="a decimal like 0.0511"))
        return Decimal(given)

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
