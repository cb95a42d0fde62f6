"""What is owed for wage earners (PU) in one month: for a wage report, for one person in words, and as SQL.

All three read the same rules (``law/programmes/*.py``), so they agree to the rupiah. Nothing here knows the
date of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from lindung.law.errors import ImpossibleFact
from lindung.law.formula import Base, Share
from lindung.law.lines import Line, RuleInWords
from lindung.law.money import MOST_WAGE_RUPIAH, wage_of
from lindung.law.programmes import Programme, jht, jkk, jkm, jkp, jp
from lindung.law.programmes.rules import Builder, Rule, in_force
from lindung.law.wording import LANGUAGES, Language, Words, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.month import Month

    Rupiah = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LawRow = tuple[int | str, str, str]
"""(value, article, in force from): plain, so that it goes into JSON as it is."""

BILLED_KEYS: Final = ("jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkk", "jkm")
SPLIT_KEYS: Final = ("jkp_government", "jkp_from_jkk", "jkp_from_jkm")
KEYS: Final = BILLED_KEYS + SPLIT_KEYS

_RULES: Mapping[Programme, tuple[tuple[Month, Builder], ...]] = {
    Programme.JHT: jht.RULES,
    Programme.JP: jp.RULES,
    Programme.JKK: jkk.RULES,
    Programme.JKM: jkm.RULES,
    Programme.JKP: jkp.RULES,
}
_ROWS_AT_ONCE: Final = 65_536
"""Rows of one step: what a step reads again is still in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The amounts of one wage report: int64 columns in whole rupiah, in the order of the wages.

    A programme that was not asked for is a column of zeros. ``jkp_*`` are the split inside the operator: they
    are no part of ``amount()``. ``law`` maps a parameter to (value, article, in force from).
    """

    jht_employer: Rupiah
    jht_worker: Rupiah
    jp_employer: Rupiah
    jp_worker: Rupiah
    jkk: Rupiah
    jkm: Rupiah
    jkp_government: Rupiah
    jkp_from_jkk: Rupiah
    jkp_from_jkm: Rupiah
    provisional: bool
    law: Mapping[str, LawRow]

    def amount(self) -> Rupiah:
        """What the employer pays over for each row: its own and the worker's shares."""
        total = self.jht_employer + self.jht_worker
        for key in BILLED_KEYS[2:]:
            total += getattr(self, key)
        return total

    def totals(self) -> dict[str, int]:
        """The sum of every column and of the billed ones (``amount``); exact up to 80 million rows."""
        sums = {key: int(getattr(self, key).sum()) for key in KEYS}
        return {**sums, "amount": sum(sums[key] for key in BILLED_KEYS)}


@lru_cache(maxsize=1024)
def rules_of(month: Month, jkk_class: str | None, programmes: frozenset[Programme]) -> tuple[Rule, ...]:
    """The rules of the programmes in the order of ``KEYS``.

    Raises NotInForce when a programme had not begun, ImpossibleFact for a risk class that JKK lacks.
    """
    return tuple(
        rule
        for programme in Programme
        if programme in programmes
        for rule in in_force(programme, _RULES[programme], month)(month, jkk_class)
    )


def law_of(month: Month, jkk_class: str | None, programmes: frozenset[Programme]) -> tuple[dict[str, LawRow], bool]:
    """Parameter -> (value, article, in force from) of an answer, and whether any is provisional."""
    rules = rules_of(month, jkk_class, programmes)
    law = {name: row for rule in rules for name, row in rule.law.items()}
    return law, any(value.provisional for rule in rules for value in rule.values)


def assess(
    *,
    month: Month,
    jkk_class: str | None,
    programmes: frozenset[Programme],
    wages: Rupiah,
    jp_wages: Rupiah | None = None,
    jp_liable: Flags | None = None,
    jkp_member: Flags | None = None,
) -> Assessment:
    """The contributions of every row of ``wages`` (int64, whole rupiah) for one employer and month.

    ``jp_wages``: the wages on which JP runs where they differ (part months), else None. ``jp_liable``: who
    owes JP; None: everybody. ``jkp_member``: whose JKK and JKM are split; None: nobody. ``jkk_class``: I to
    V, None only without JKK. Raises NotInForce, or ImpossibleFact naming the fact and its first wrong row.
    """
    import numpy as np

    rows = _check_wages("wages", wages)
    if jp_wages is not None:
        _check_length("jp_wages", _check_wages("jp_wages", jp_wages), rows)
    for fact, flags in (("jp_liable", jp_liable), ("jkp_member", jkp_member)):
        if flags is not None:
            _check_length(fact, _check_flags(fact, flags), rows)
    rules = rules_of(month, jkk_class, programmes)
    # One block for all columns: the system hands out one large piece of memory much faster than nine.
    columns = dict(zip(KEYS, np.empty((len(KEYS), rows), np.int64), strict=True))
    bases: dict[Programme, tuple[Rupiah, Flags | None]] = dict.fromkeys(Programme, (wages, None))
    bases[Programme.JP] = (wages if jp_wages is None else jp_wages, jp_liable)
    bases[Programme.JKP] = (wages, jkp_member)
    work: dict[tuple[Base, int, int], _Work] = {}
    for rule in rules:
        if rule.programme is Programme.JKP and jkp_member is None:
            continue
        source, only_for = bases[rule.programme]
        group = work.setdefault((rule.formula.base, id(source), id(only_for)), _Work(source, only_for, []))
        group.shares.append((rule.key, rule.formula))
    for key in columns.keys() - {key for group in work.values() for key, _ in group.shares}:
        columns[key].fill(0)
    _fill(work, columns)
    law, provisional = law_of(month, jkk_class, programmes)
    return Assessment(**columns, law=law, provisional=provisional)


def explain(
    *,
    month: Month,
    wage: int,
    jkk_class: str | None,
    programmes: frozenset[Programme],
    jp_liable: bool = True,
    jkp_member: bool = False,
    language: Language = "id",
) -> list[Line]:
    """The same amounts for one worker, each with its base, rate, article and a sentence in ``language``.

    Who does not owe JP gets its lines with 0 and the reason; the JKP split appears for its members alone
    (``Line.billed`` False: already inside the JKK and JKM lines, or paid by the State). Errors: ``assess``.
    """
    wage_of(wage)
    wage_text = rupiah_text(wage, language)
    lines = []
    for rule in _in_words(month, jkk_class, programmes, language):
        programme = rule.rule.programme
        if programme is Programme.JP and not jp_liable:
            lines.append(rule.nothing_owed())
        elif programme is not Programme.JKP or jkp_member:
            lines.append(rule.line(wage, wage_text))
    return lines


def sql_expressions(month: Month, jkk_class: str | None, programmes: frozenset[Programme]) -> dict[str, str]:
    """Key -> a PostgreSQL bigint expression over ``wage_rupiah``, for a worker who owes every programme.

    Errors as for ``assess``.
    """
    return {rule.key: rule.formula.sql() for rule in rules_of(month, jkk_class, programmes)}


@lru_cache(maxsize=1024)
def _in_words(
    month: Month, jkk_class: str | None, programmes: frozenset[Programme], language: Language
) -> tuple[RuleInWords, ...]:
    if language not in LANGUAGES:
        raise ImpossibleFact("language", language, Words(id="id atau en", en="id or en"))
    return tuple(RuleInWords(rule, language) for rule in rules_of(month, jkk_class, programmes))


class _Work(NamedTuple):
    """Shares of one base: computed in one pass over its rows."""

    source: Rupiah
    only_for: Flags | None
    shares: list[tuple[str, Share]]


def _fill(work: Mapping[tuple[Base, int, int], _Work], columns: Mapping[str, Rupiah]) -> None:
    """Write every share into its column, some rows at a time."""
    import numpy as np

    rows = len(columns[KEYS[0]])
    scratch = np.empty(min(rows, _ROWS_AT_ONCE), np.int64)
    for first in range(0, rows, _ROWS_AT_ONCE):
        window = slice(first, min(first + _ROWS_AT_ONCE, rows))
        room = scratch[: window.stop - first]
        for (formula_base, _, _), (source, only_for, shares) in work.items():
            base = formula_base.column(source[window], room)
            if only_for is not None:
                # Nothing of nothing is nothing: one multiplication of the base serves all its shares.
                base = np.multiply(base, only_for[window], out=room)
            for key, share in shares:
                share.column(base, columns[key][window])


def _check_wages(fact: str, wages: Rupiah) -> int:
    """The number of rows; raises ImpossibleFact unless it is one int64 column of possible wages."""
    if wages.ndim != 1 or wages.dtype.str != "<i8":
        raise ImpossibleFact(fact, f"{wages.ndim}-d {wages.dtype}", Words(id="satu kolom int64", en="one int64 column"))
    if wages.size and not (wages.min() >= 0 and wages.max() <= MOST_WAGE_RUPIAH):
        row = int(((wages < 0) | (wages > MOST_WAGE_RUPIAH)).argmax())
        wage_of(int(wages[row]), f"{fact}[{row}]")
    return len(wages)


def _check_flags(fact: str, flags: Flags) -> int:
    if flags.ndim != 1 or flags.dtype.kind != "b":
        raise ImpossibleFact(fact, f"{flags.ndim}-d {flags.dtype}", Words(id="satu kolom bool", en="one bool column"))
    return len(flags)


def _check_length(fact: str, length: int, rows: int) -> None:
    if length != rows:
        raise ImpossibleFact(fact, length, Words(id=f"{rows} baris seperti wages", en=f"{rows} rows like wages"))
