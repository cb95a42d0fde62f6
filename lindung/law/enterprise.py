"""What an employer must take for its workers, by the size of its enterprise. Perpres 109/2013 Pasal 6 ayat 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lindung.law.errors import ImpossibleFact
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.wording import Words

if TYPE_CHECKING:
    from datetime import date

    from lindung.law.facts import Facts
    from lindung.law.month import Month

SIZES: Final = ("micro", "small", "medium", "large")
CONSTRUCTION: Final = "construction services"
EMPLOYERS: Final = (CONSTRUCTION, "other")
PERMANENT: Final = "PKWTT"
PROJECT_CONTRACTS: Final = ("PKWT", "borongan", "harian")
"""Fixed-term, piece-rate and daily: on a construction project these pay by the project (PP 44/2015 Pasal 54)."""
CONTRACTS: Final = (PERMANENT, *PROJECT_CONTRACTS)
_CONTRACTS_IN_OTHER_WORDS: Final = {"harian lepas": "harian", "daily": "harian", "piece_rate": "borongan"}


def contract_of(facts: Facts) -> str | None:
    """The kind of contract that a case names, one of ``CONTRACTS``; None when it names none."""
    named = facts.text("contract", (*CONTRACTS, *_CONTRACTS_IN_OTHER_WORDS))
    return _CONTRACTS_IN_OTHER_WORDS.get(named, named) if named else None


def mandatory(size: str, month: Month) -> Value:
    """The programmes that an enterprise of this size must take; ``words`` are their codes."""
    return load(f"enterprise/mandatory_{size}", month)


def mandatory_programmes(size: str, month: Month) -> frozenset[Programme]:
    """``mandatory`` as programmes."""
    return frozenset(Programme(code) for code in mandatory(size, month).words)


def size_by(kind: str, amount_rupiah: int, month: Month) -> tuple[str, Value]:
    """The size of an enterprise by ``capital`` (without land and buildings) or ``sales`` of a year."""
    limits = load(f"enterprise/{kind}_up_to", month)
    fitting = [size for size, most in limits.limits.items() if amount_rupiah <= most]
    return (fitting[0] if fitting else SIZES[-1]), limits


def jkp_open(
    *, size: str, month: Month, citizen: bool, contract: str, jkn: bool, enrolled: frozenset[Programme]
) -> tuple[bool, Words]:
    """Whether a worker is in JKP without asking, and why. PP 6/2025 Pasal 4; the age is asked apart."""
    needed = load(f"jkp/needed_programmes_{'large' if size in ('medium', 'large') else 'small'}", month)
    if not citizen:
        return False, Words(id="JKP hanya untuk warga negara Indonesia", en="JKP is for citizens only")
    if contract not in (PERMANENT, "PKWT"):
        return False, Words(id="JKP hanya untuk PKWT dan PKWTT", en="JKP is for PKWT and PKWTT only")
    missing = [code for code in needed.words if Programme(code) not in enrolled]
    if missing or not jkn:
        lacks = ", ".join([*missing, *([] if jkn else ["JKN"])])
        return False, Words(id=f"belum ikut {lacks}", en=f"not enrolled in {lacks}")
    return True, Words(id="peserta JKP dengan sendirinya", en="a member of JKP without asking")


def check_age_at_registration(parameter: str, birth_on: date | None, age: int | None, on: date) -> Value | None:
    """The age limit of a registration on a day, where an age is known.

    ``age`` in completed years counts before a birth date. A limit that is only recalled refuses nobody: it is
    returned for its doubt. Raises ImpossibleFact at or above a limit that was read, NotInForce before the first.
    """
    if age is None:
        if birth_on is None:
            return None
        age = completed_years(birth_on, on)
    limit = load(parameter, on)
    if age >= limit.whole and limit.confidence != "low":
        possible = Words(
            id=f"di bawah {limit.whole} tahun pada hari pendaftaran {on} ({limit.article})",
            en=f"under {limit.whole} years on the day of registration {on} ({limit.article})",
        )
        raise ImpossibleFact("age", age, possible)
    return limit


def completed_years(birth_on: date, on: date) -> int:
    """The age in completed years on a day; whoever is born on 29 February completes a year on 1 March."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
