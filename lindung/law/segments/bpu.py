"""BPU, own-account workers: JKK and JHT on the base of an income band, JKM flat, one or several months.

PP 44/2015 Lampiran II; PP 46/2015 Lampiran; reliefs of PP 49/2020 and PP 50/2025. JP and JKP are not open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from lindung.law import columns, readings
from lindung.law.answers import Answer, Plain
from lindung.law.bases import BandedIncome, Fixed
from lindung.law.enterprise import check_age_at_registration
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.lines import Line, RuleInWords
from lindung.law.money import MOST_DEBT_RUPIAH, MOST_WAGE_RUPIAH
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.programmes.rules import Rule, share
from lindung.law.relief_facts import named_relief
from lindung.law.reliefs import SECTORS, Relief, not_reached, own_account_part, part_paid, unused
from lindung.law.wording import Language, Words, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE: Final = Words(id="Bukan penerima upah: iuran sebulan", en="Own-account workers: the contributions of a month")
INPUTS: Final = frozenset(
    {
        "income",
        "programmes",
        "months",
        "sector",
        "budget_paid",
        "relief",
        "age",
        "birth_date",
        "registered_on",
        "contribution_owed",
        "months_late",
    }
)
PARAMETERS: Final = (
    *("bpu/jkk_rate", "bpu/jkm_amount", "bpu/jht_rate", "bpu/income_bands", "bpu/confirmed_bases"),
    *("bpu/registration_age", "bpu/months_at_once"),
    *("relief/pandemic", "relief/own_account_transport", "relief/own_account_other"),
)
READINGS: Final = (
    readings.BAND_BELOW,
    readings.OWN_ACCOUNT_JHT,
    readings.SECTOR_NOT_GIVEN,
    readings.NO_FINE_FOR_OWN_ACCOUNT,
)
PROGRAMMES: Final = (Programme.JKK, Programme.JKM, Programme.JHT)
ALWAYS: Final = frozenset(PROGRAMMES)
_PACKAGE: Final = frozenset({Programme.JKK, Programme.JKM})
_ANNEX_STEP_RUPIAH: Final = 1_000
"""The annex ends a band this much below the next one's beginning and says nothing of incomes between."""
_MOST_MONTHS: Final = 120


def rules_of(
    month: Month,
    programmes: frozenset[Programme] = ALWAYS,
    *,
    sector: str | None = None,
    budget_paid: bool = False,
    pandemic: bool = False,
    income: int | None = None,
) -> tuple[Rule, ...]:
    """The rules of one month. ``pandemic``: the relief of PP 49/2020 was granted; ``sector``: see SECTORS.

    ``income`` only decides which doubts are spoken: the ends of the band table are confirmed, its middle is not.
    Raises NotInForce before July 2015, ImpossibleFact for JP or JKP.
    """
    if wrong := programmes - ALWAYS:
        given = ", ".join(sorted(wrong))
        raise ImpossibleFact(
            "programmes", given, Words(id="JKK, JKM dan JHT (pilihan)", en="JKK, JKM and JHT (chosen)")
        )
    bands = load("bpu/income_bands", month)
    base = BandedIncome(bands.amounts)
    beside = (_row(bands, base, income, month),) if income is not None else (bands,)
    flat = load("bpu/jkm_amount", month)
    made = {
        Programme.JKK: share("jkk", "member", load("bpu/jkk_rate", month), base, beside=beside),
        Programme.JKM: share("jkm", "member", flat, Fixed(flat.whole, _FLAT)),
        Programme.JHT: share("jht", "member", load("bpu/jht_rate", month), base, beside=beside),
    }
    part = own_account_part(month, sector=sector, budget_paid=budget_paid, pandemic=pandemic)
    for programme in _PACKAGE:
        rule = made[programme]
        made[programme] = rule.relieved(part) if part else rule.remarked(*unused(rule, month, Relief.PANDEMIC))
    return tuple(made[programme] for programme in PROGRAMMES if programme in programmes)


def assess(
    *,
    month: Month,
    incomes: NDArray[np.int64],
    programmes: frozenset[Programme] = ALWAYS,
    sector: str | None = None,
    budget_paid: bool = False,
    pandemic: bool = False,
) -> dict[str, NDArray[np.int64]]:
    """``jkk``, ``jkm``, ``jht`` of every income (int64, whole rupiah a month) of one sector. Errors: ``rules_of``."""
    rules = rules_of(month, programmes, sector=sector, budget_paid=budget_paid, pandemic=pandemic)
    return columns.amounts(rules, incomes, MOST_WAGE_RUPIAH)


def sql_expressions(
    month: Month,
    programmes: frozenset[Programme] = ALWAYS,
    *,
    sector: str | None = None,
    budget_paid: bool = False,
    pandemic: bool = False,
) -> dict[str, str]:
    """Key -> a PostgreSQL bigint expression over ``income_rupiah``. Errors: ``rules_of``."""
    rules = rules_of(month, programmes, sector=sector, budget_paid=budget_paid, pandemic=pandemic)
    return {rule.key: rule.formula.sql() for rule in rules}


def explain(
    *,
    month: Month,
    income: int,
    programmes: frozenset[Programme] = ALWAYS,
    sector: str | None = None,
    budget_paid: bool = False,
    pandemic: bool = False,
    language: Language = "id",
) -> list[Line]:
    """The same amounts for one member and month, each with base, rate, article and sentence."""
    rules = rules_of(month, programmes, sector=sector, budget_paid=budget_paid, pandemic=pandemic, income=income)
    return [RuleInWords(rule, language).line(income) for rule in rules]


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``band`` (from 1), ``base``, ``jkk``, ``jkm``, ``jht``, ``total_jkk_jkm``, ``total`` of the first month; with
    ``months`` also ``total_<n>_months`` and the like for the whole payment, month by month through reliefs. With
    ``contribution_owed`` the ``fine``, which own-account workers do not owe.
    """
    if facts.given("contribution_owed", "months_late"):
        return _no_fine(month, facts, language)
    income = facts.whole("income", most=MOST_WAGE_RUPIAH, rupiah=True)
    programmes = facts.programmes() or ALWAYS
    sector = facts.text("sector", SECTORS)
    budget_paid = facts.flag("budget_paid") is True
    named = named_relief(facts, Relief.PANDEMIC, Relief.OWN_ACCOUNT)
    several = "months" in facts
    months = facts.whole("months", least=1, most=_MOST_MONTHS) if several else 1
    at_once = load("bpu/months_at_once", month)
    values = [at_once] if months not in at_once.choices else []
    limit = _age_limit(month, facts)
    each = [
        explain(
            month=month.plus(later),
            income=income,
            programmes=programmes,
            sector=sector,
            budget_paid=budget_paid,
            pandemic=named is Relief.PANDEMIC,
            language=language,
        )
        for later in range(months)
    ]
    base = BandedIncome(load("bpu/income_bands", month).amounts)
    result: dict[str, Plain] = {"band": base.band(income) + 1, "base": base.value(income), **amounts(each[0])}
    if several:
        for key in amounts(each[0]):
            result[f"{key}_{months}_months"] = sum(amounts(lines)[key] for lines in each)
    said = [readings.BAND_BELOW] if _in_a_gap(base, income) else []
    said += [readings.OWN_ACCOUNT_JHT] if Programme.JHT in programmes else []
    if sector is None and not budget_paid and any(_some_relief(month.plus(later)) for later in range(months)):
        said.append(readings.SECTOR_NOT_GIVEN)
    return Answer(
        "BPU",
        month,
        language,
        result,
        lines=tuple(each[0]),
        sentences=tuple(_sentences(month, each, programmes, named, budget_paid, language)),
        readings=tuple(said),
        values=(*values, *([limit] if limit else [])),
        facts={"income_rupiah": income, "programmes": sorted(programmes), "sector": sector, "months": months},
    )


def amounts(lines: Sequence[Line]) -> dict[str, int]:
    """Key -> whole rupiah of every line, ``total_jkk_jkm`` where both are there, ``total``."""
    result = {line.key: line.amount_rupiah for line in lines}
    if {"jkk", "jkm"} <= result.keys():
        result["total_jkk_jkm"] = result["jkk"] + result["jkm"]
    result["total"] = sum(line.amount_rupiah for line in lines)
    return result


def _row(bands: Value, base: BandedIncome, income: int, month: Month) -> Value:
    """The band of an income, without the table's doubt where its base is confirmed elsewhere."""
    first, taken = base.bands[base.band(income)]
    confirmed = load("bpu/confirmed_bases", month)
    row = bands.row(first)
    return row.sure(confirmed) if taken in confirmed.choices else row


def _in_a_gap(base: BandedIncome, income: int) -> bool:
    """Whether the annex ends the band of this income before it and begins the next one after it."""
    ends = [first for first, _ in base.bands[1:]]
    place = base.band(income)
    return place < len(ends) and income > ends[place] - _ANNEX_STEP_RUPIAH


def _some_relief(month: Month) -> bool:
    """Whether some sector, but not every one, has the relief of PP 50/2025 in this month."""
    parts = [part_paid(f"relief/own_account_{sector}", month) for sector in SECTORS]
    return any(parts) and not all(parts)


def _age_limit(month: Month, facts: Facts) -> Value | None:
    """The limit of age at registration where an age is known; without a day the first of the month is taken."""
    if not facts.given("age", "birth_date"):
        facts.refuse(frozenset({"registered_on"}), beside="no age and no birth_date")
    on: date = facts.day("registered_on") or month.first_on
    age = facts.whole("age", most=120) if "age" in facts else None
    return check_age_at_registration("bpu/registration_age", facts.day("birth_date"), age, on)


def _sentences(
    month: Month,
    each: list[list[Line]],
    programmes: frozenset[Programme],
    named: Relief | None,
    budget_paid: bool,
    language: Language,
) -> list[str]:
    said = []
    if not programmes >= _PACKAGE:
        said.append(
            Words(
                id="JKK dan JKM satu paket; JHT pilihan di samping keduanya",
                en="JKK and JKM are one package; JHT is a choice beside both",
            ).say(language)
        )
    if named is Relief.PANDEMIC and part_paid("relief/pandemic", month) is None:
        said.append(not_reached(named, month).say(language))
    if budget_paid:
        said.append(
            Words(
                id="Iuran yang dibayar APBN atau APBD tidak mendapat keringanan PP 50/2025",
                en="Contributions paid from a state or regional budget have no relief of PP 50/2025",
            ).say(language)
        )
    if len(each) > 1:
        totals = [(amounts(lines)["total"], month.plus(later)) for later, lines in enumerate(each)]
        for total, group in groupby(totals, key=lambda pair: pair[0]):
            run = [at for _, at in group]
            first, last = (at.words.say(language) for at in (run[0], run[-1]))
            said.append(f"{first} - {last}: {len(run)} x {rupiah_text(total, language)}")
    return said


def _no_fine(month: Month, facts: Facts, language: Language) -> Answer:
    facts.refuse(INPUTS - {"contribution_owed", "months_late"}, beside="contribution_owed, months_late")
    facts.whole("contribution_owed", most=MOST_DEBT_RUPIAH, rupiah=True)
    facts.whole("months_late", most=1200)
    load("bpu/jkk_rate", month)
    return Answer("BPU", month, language, {"fine": 0}, readings=(readings.NO_FINE_FOR_OWN_ACCOUNT,))


_FLAT: Final = Words(id="iuran tetap", en="fixed amount")
