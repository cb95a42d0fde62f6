"""What is owed for wage earners (PU) in one month: for a wage report, for one person in words, and as SQL.

All three read the same rules (``law/programmes/*.py``), so they agree to the rupiah. Nothing here knows the
date of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lindung.law.columns import Work, check_column, check_flags, check_length, fill
from lindung.law.errors import ImpossibleFact
from lindung.law.lines import NO_JP, Exemption, Line, RuleInWords
from lindung.law.money import MOST_WAGE_RUPIAH, exact_wage
from lindung.law.programmes import Programme, jht, jkk, jkm, jkp, jp
from lindung.law.programmes.rules import Builder, LawRow, Rule, in_force
from lindung.law.reliefs import Relief, relieved, splits_jkp
from lindung.law.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lindung.law.bases import Base, Exact
    from lindung.law.month import Month

    Rupiah = NDArray[np.int64]
    Flags = NDArray[np.bool_]

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
_NO_SPLIT: Final = Words(
    id="Pembagian JKP selama keringanan padat karya disesuaikan; angkanya tidak ditemukan, jadi tidak dihitung.",
    en="During the labour-intensive relief the JKP split is adjusted; the figure was not found, so none is computed.",
)


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
def rules_of(
    month: Month, jkk_class: str | None, programmes: frozenset[Programme], relief: Relief | None = None
) -> tuple[Rule, ...]:
    """The rules of the programmes in the order of ``KEYS``, reduced by ``relief`` in its months.

    During the labour-intensive relief there is no JKP split: its adjusted figure was not found, and the JKK
    rule says so. Raises NotInForce when a programme had not begun, ImpossibleFact for an unknown risk class.
    """
    rules = [
        relieved(rule, month, relief)
        for programme in Programme
        if programme in programmes
        for rule in in_force(programme, _RULES[programme], month)(month, jkk_class)
    ]
    if Programme.JKP in programmes and not splits_jkp(month, relief):
        rules = [rule.remarked(_NO_SPLIT) for rule in rules if rule.programme is not Programme.JKP]
    return tuple(rules)


def law_of(
    month: Month, jkk_class: str | None, programmes: frozenset[Programme], relief: Relief | None = None
) -> tuple[dict[str, LawRow], bool]:
    """Parameter -> (value, article, in force from) of an answer, and whether any is provisional."""
    rules = rules_of(month, jkk_class, programmes, relief)
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
    relief: Relief | None = None,
) -> Assessment:
    """The contributions of every row of ``wages`` (int64, whole rupiah) for one employer and month.

    ``jp_wages``: the wages on which JP runs where they differ (part months), else None. ``jp_liable``: who
    owes JP; None: everybody. ``jkp_member``: whose JKK and JKM are split; None: nobody. ``jkk_class``: I to
    V, None only without JKK. ``relief``: the one that the employer has (``rules_of``). Raises NotInForce, or
    ImpossibleFact naming the fact and its first wrong row.
    """
    import numpy as np

    rows = check_column("wages", wages, MOST_WAGE_RUPIAH)
    if jp_wages is not None:
        check_length("jp_wages", check_column("jp_wages", jp_wages, MOST_WAGE_RUPIAH), rows)
    for fact, flags in (("jp_liable", jp_liable), ("jkp_member", jkp_member)):
        if flags is not None:
            check_length(fact, check_flags(fact, flags), rows)
    rules = rules_of(month, jkk_class, programmes, relief)
    # One block for all columns: the system hands out one large piece of memory much faster than nine.
    columns = dict(zip(KEYS, np.empty((len(KEYS), rows), np.int64), strict=True))
    bases: dict[Programme | None, tuple[Rupiah, Flags | None]] = dict.fromkeys(Programme, (wages, None))
    bases[Programme.JP] = (wages if jp_wages is None else jp_wages, jp_liable)
    bases[Programme.JKP] = (wages, jkp_member)
    work: dict[tuple[Base, int, int], Work] = {}
    for rule in rules:
        if rule.programme is Programme.JKP and jkp_member is None:
            continue
        base, (source, only_for) = rule.formula.base, bases[rule.programme]
        group = work.setdefault((base, id(source), id(only_for)), Work(base, source, only_for, []))
        group.shares.append((rule.key, rule.formula))
    for key in columns.keys() - {key for group in work.values() for key, _ in group.shares}:
        columns[key].fill(0)
    fill(work.values(), columns, rows)
    law, provisional = law_of(month, jkk_class, programmes, relief)
    return Assessment(**columns, law=law, provisional=provisional)


def explain(
    *,
    month: Month,
    wage: Exact,
    jkk_class: str | None,
    programmes: frozenset[Programme],
    jp_liable: bool = True,
    jkp_member: bool = False,
    language: Language = "id",
    jp_wage: Exact | None = None,
    relief: Relief | None = None,
    exempt: Mapping[Programme, Exemption] | None = None,
) -> list[Line]:
    """The same amounts for one worker, each with its base, rate, article and a sentence in ``language``.

    Who does not owe JP gets its lines with 0 and the reason; the JKP split appears for its members alone
    (``Line.billed`` False: already inside the JKK and JKM lines, or paid by the State). ``jp_wage``: the wage
    on which JP runs, if another. ``exempt``: programmes not owed for a reason of their own. Errors: ``assess``.
    """
    reasons: dict[Programme | None, Exemption] = {Programme.JP: NO_JP} if not jp_liable else {}
    reasons.update((exempt or {}).items())
    wages: dict[Programme | None, Exact] = {programme: exact_wage(wage) for programme in Programme}
    if jp_wage is not None:
        wages[Programme.JP] = exact_wage(jp_wage, "jp_wage")
    lines = []
    for rule in _in_words(month, jkk_class, programmes, relief, language):
        programme = rule.rule.programme
        if programme in reasons:
            lines.append(rule.nothing_owed(reasons[programme]))
        elif programme is not Programme.JKP or jkp_member:
            lines.append(rule.line(wages[programme]))
    return lines


def sql_expressions(
    month: Month, jkk_class: str | None, programmes: frozenset[Programme], relief: Relief | None = None
) -> dict[str, str]:
    """Key -> a PostgreSQL bigint expression over ``wage_rupiah``, for a worker who owes every programme.

    Errors as for ``assess``.
    """
    return {rule.key: rule.formula.sql() for rule in rules_of(month, jkk_class, programmes, relief)}


@lru_cache(maxsize=1024)
def _in_words(
    month: Month,
    jkk_class: str | None,
    programmes: frozenset[Programme],
    relief: Relief | None,
    language: Language,
) -> tuple[RuleInWords, ...]:
    if language not in LANGUAGES:
        raise ImpossibleFact("language", language, Words(id="id atau en", en="id or en"))
    return tuple(RuleInWords(rule, language) for rule in rules_of(month, jkk_class, programmes, relief))
