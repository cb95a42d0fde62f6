"""PMI, migrant workers: fixed amounts before, during and after work by length of contract; JHT by choice.

Dated by the day of payment, not by a contribution month. Permenaker 4/2023 Pasal 18; P2MI 9/2026.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lindung.law import columns, readings
from lindung.law.answers import Answer, Plain
from lindung.law.bases import Base, Fixed, Packages
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.formula import Share
from lindung.law.lines import Line, RuleInWords
from lindung.law.money import whole_number
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.programmes.rules import Rule
from lindung.law.readings import Reading
from lindung.law.wording import LANGUAGES, Language, Words, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE: Final = Words(id="Pekerja migran: iuran satu kontrak", en="Migrant workers: the contributions of a contract")
INPUTS: Final = frozenset({"contract_months", "extra_months", "route", "jht", "months"})
PARAMETERS: Final = ("pmi/before_amount", "pmi/package_amounts", "pmi/extra_month_amount", "pmi/jht_choices")
READINGS: Final = (readings.ODD_LENGTH, readings.ONE_PRICE_FOR_ALL)
AGENCY: Final = "placement agency"
INDIVIDUAL: Final = "individual"
ROUTES: Final = (AGENCY, INDIVIDUAL)
MOST_MONTHS: Final = 120


def rules_of(when: Month | date, *, route: str) -> tuple[Rule, ...]:
    """``before`` (through an agency only) and ``during_and_after``, JKK and JKM together.

    Raises NotInForce before Permenaker 7/2017.
    """
    rules = [_rule("during_and_after", packages_of(when), load("pmi/package_amounts", when), _beside(when))]
    if route == AGENCY:
        before = load("pmi/before_amount", when)
        rules.insert(0, _rule("before", Fixed(before.whole, _BEFORE), before))
    return tuple(rules)


def packages_of(when: Month | date) -> Packages:
    """The prices by length of contract in force on a day; before Permenaker 4/2023 one price for every length."""
    extra = sum(value.whole for value in _beside(when))
    return Packages(load("pmi/package_amounts", when).amounts, extra, MOST_MONTHS)


def assess(
    *, when: Month | date, contract_months: NDArray[np.int64], route: str = AGENCY
) -> dict[str, NDArray[np.int64]]:
    """``before`` and ``during_and_after`` of every length of contract (int64 months), whole rupiah."""
    if contract_months.size:
        _check_length(int(contract_months.min()), when)
    return columns.amounts(rules_of(when, route=route), contract_months, MOST_MONTHS)


def sql_expressions(when: Month | date, *, route: str = AGENCY) -> dict[str, str]:
    """Key -> a PostgreSQL bigint expression over ``contract_months``."""
    return {rule.key: rule.formula.sql() for rule in rules_of(when, route=route)}


def explain(
    *,
    when: Month | date,
    contract_months: int,
    route: str = AGENCY,
    language: Language = "id",
) -> list[Line]:
    """The same amounts for one contract, in words. Raises ImpossibleFact for a length without a price."""
    whole_number("contract_months", contract_months, least=1, most=MOST_MONTHS)
    _check_length(contract_months, when)
    return [RuleInWords(rule, language).line(contract_months) for rule in rules_of(when, route=route)]


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``before``, ``during_and_after``, ``extra`` and their ``total``, paid once; ``jht`` a month, by choice, and
    ``jht_<n>_months`` over the contract.

    Without a route there is no ``before`` and no ``total``: only an agency's worker pays before work.
    """
    when = facts.on or month
    route = facts.text("route", ROUTES)
    if not facts.given("contract_months", "extra_months", "jht"):
        raise ImpossibleFact("contract_months", None, _LENGTH)
    lines: list[Line] = []
    said: list[Reading] = []
    sentences: list[Words] = []
    result: dict[str, Plain] = {}
    if "contract_months" in facts:
        months = facts.whole("contract_months", least=1, most=MOST_MONTHS)
        lines += explain(when=when, contract_months=months, route=route or INDIVIDUAL, language=language)
        packages = packages_of(when)
        if len(packages.prices) == 1:
            said += [readings.ONE_PRICE_FOR_ALL] if route == INDIVIDUAL else []
        elif months not in dict(packages.prices):
            said.append(readings.ODD_LENGTH)
    if "extra_months" in facts:
        lines.append(_extra(when, facts.whole("extra_months", most=MOST_MONTHS), language))
    result |= {line.key: line.amount_rupiah for line in lines}
    if route or "contract_months" not in facts:
        result["total"] = sum(line.amount_rupiah for line in lines)
    else:
        sentences.append(_NO_ROUTE)
    if "jht" in facts:
        lines.append(_jht(when, facts, language))
        result["jht"] = lines[-1].amount_rupiah
        name = "contract_months" if "contract_months" in facts else "months"
        if name in facts:
            months = facts.whole(name, least=1, most=MOST_MONTHS)
            result[f"jht_{months}_months"] = lines[-1].amount_rupiah * months
    else:
        facts.refuse(frozenset({"months"}), beside="contract_months")
    return Answer(
        "PMI",
        month,
        language,
        result,
        lines=tuple(lines),
        sentences=tuple(words.say(language) for words in sentences),
        readings=tuple(said),
        facts={"contract_months": facts.raw("contract_months"), "route": route},
    )


def _beside(when: Month | date) -> tuple[Value, ...]:
    """The price of a month beyond a package, where there are packages of several lengths."""
    prices = load("pmi/package_amounts", when).amounts
    return (load("pmi/extra_month_amount", when),) if len(prices) > 1 else ()


def _rule(key: str, base: Base, value: Value, beside: tuple[Value, ...] = ()) -> Rule:
    """JKK and JKM together, so the rule has no programme of its own."""
    return Rule(key, None, "member", Share(Fraction(1), base), value, beside=beside)


def _check_length(contract_months: int, when: Month | date) -> None:
    shortest = packages_of(when).prices[0][0]
    if contract_months < shortest:
        raise ImpossibleFact(
            "contract_months",
            contract_months,
            Words(
                id=f"paling sedikit {shortest} bulan; aturan tidak menyebut harga di bawahnya",
                en=f"at least {shortest} months; the law names no price below",
            ),
        )


def _extra(when: Month | date, months: int, language: Language) -> Line:
    price = load("pmi/extra_month_amount", when)
    called = (f"{months} x {rupiah_text(price.whole, one)} =" for one in LANGUAGES)
    return RuleInWords(_rule("extra", Fixed(price.whole * months, Words(*called)), price), language).line(months)


def _jht(when: Month | date, facts: Facts, language: Language) -> Line:
    choices = load("pmi/jht_choices", when)
    chosen = facts.raw("jht")
    if chosen not in choices.choices or isinstance(chosen, bool):
        known = [", ".join(rupiah_text(choice, one) for choice in choices.choices) for one in LANGUAGES]
        raise ImpossibleFact("jht", chosen, Words(*known))
    rule = Rule("jht", Programme.JHT, "member", Share(Fraction(1), Fixed(int(str(chosen)), _CHOSEN)), choices)
    return RuleInWords(rule, language).line(0)


_BEFORE: Final = Words(id="sebelum bekerja", en="before work")
_CHOSEN: Final = Words(id="pilihan sebulan", en="chosen, a month")
_LENGTH: Final = Words(id="lama kontrak dalam bulan, seperti 24", en="the length of the contract in months, like 24")
_NO_ROUTE: Final = Words(
    id="Cara penempatan tidak disebut: iuran sebelum bekerja (hanya lewat perusahaan penempatan) tidak dihitung",
    en="The route was not given: the part before work (through an agency only) is not computed",
)
