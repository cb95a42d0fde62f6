"""JHT-SIMULATION: a JHT balance after years of contributions, by either published convention."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.contributions import explain
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.money import MOST_WAGE_RUPIAH, round_half_up
from lindung.law.month import Month
from lindung.law.parameters import load
from lindung.law.programmes import Programme
from lindung.law.simulation import (
    MOST_MONTHS,
    Convention,
    Simulation,
    convention_named,
    in_todays_money,
    simulate,
)
from lindung.law.wording import Language, Words, article_text, rate_text, rupiah_text

TITLE: Final = Words(id="Simulasi JHT", en="JHT simulation")
INPUTS: Final = frozenset(
    {
        "wage",
        "monthly_contribution",
        "further_contributions",
        "years",
        "months",
        "annual_rate",
        "opening_balance",
        "convention",
        "inflation",
    }
)
PARAMETERS: Final = ("jht/employer_rate", "jht/worker_rate", "jht/lump_sum_tax_free", "jht/lump_sum_tax_rate")
READINGS: Final = (readings.CONSTANT_WAGE, readings.ROUNDING)
_MOST_BALANCE: Final = 10**15


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``monthly_contribution``, ``contributions``, ``development``, ``balance``; ``balance_in_todays_money`` with
    ``inflation``; ``tax_if_paid_at_once``, ``balance_after_tax``.

    Without a convention it is the member app's. ``month`` decides the JHT rates where a wage is given.
    """
    monthly = _monthly(month, facts)
    months = _months(facts)
    rate = facts.rate("annual_rate")
    if rate is None:
        possible = Words(id="tarif setahun, seperti 0.057", en="a yearly rate, like 0.057")
        raise ImpossibleFact("annual_rate", None, possible)
    opening = Fraction(facts.money("opening_balance", most=_MOST_BALANCE) if "opening_balance" in facts else 0)
    named = facts.raw("convention")
    convention = Convention.YEARLY if named is None else convention_named(str(named))
    done, other = (
        simulate(monthly_contribution=monthly, months=months, annual_rates=[rate], opening=opening, convention=each)
        for each in (convention, *(another for another in Convention if another is not convention))
    )
    free, tax_rate = (load(f"jht/lump_sum_tax_{part}", month) for part in ("free", "rate"))
    taxed = max(0, done.balance_rupiah - free.whole) * tax_rate.rate
    tax = round_half_up(taxed.numerator, taxed.denominator)
    result: dict[str, Plain] = {
        "monthly_contribution": monthly,
        "contributions": done.contributions_rupiah,
        "development": done.development_rupiah,
        "balance": done.balance_rupiah,
        "tax_if_paid_at_once": tax,
        "balance_after_tax": done.balance_rupiah - tax,
    }
    inflation = facts.rate("inflation")
    if inflation is not None:
        result["balance_in_todays_money"] = in_todays_money(done.balance_rupiah, inflation, months)
    words = {
        "free": rupiah_text(free.whole, language),
        "rate": rate_text(tax_rate.rate, language),
        "tax": rupiah_text(tax, language),
        "article": article_text(tax_rate.article, language),
    }
    return Answer(
        "JHT-SIMULATION",
        month,
        language,
        result,
        sentences=(*_conventions(done, other, language), _TAX.say(language).format(**words)),
        readings=READINGS,
        values=(free, tax_rate),
        facts={"months": months, "annual_rate": str(rate), "convention": convention.value},
        exact={"balance": done.exact},
    )


def _monthly(month: Month, facts: Facts) -> int:
    """The contribution of a month: given, or both JHT shares of a wage. Raises ImpossibleFact where they differ."""
    given = facts.given("monthly_contribution", "further_contributions")
    if len(given) > 1:
        facts.refuse(frozenset({"further_contributions"}), beside="monthly_contribution")
    named = facts.whole(given[0], most=MOST_WAGE_RUPIAH, rupiah=True) if given else None
    if "wage" not in facts:
        if named is None:
            possible = Words(id="iuran sebulan, atau wage", en="the contribution of a month, or wage")
            raise ImpossibleFact("monthly_contribution", None, possible)
        return named
    lines = explain(month=month, wage=facts.wage(), jkk_class=None, programmes=frozenset({Programme.JHT}))
    owed = sum(line.amount_rupiah for line in lines)
    # Shares rounded apart may differ by a rupiah from 5.7% rounded once.
    if named is not None and given[0] == "monthly_contribution" and abs(named - owed) > 1:
        possible = Words(id=f"{owed}, 5,7% dari upah", en=f"{owed}, 5.7% of the wage")
        raise ImpossibleFact("monthly_contribution", named, possible)
    return owed if named is None else named


def _months(facts: Facts) -> int:
    """The length: years, months, or years and the months beyond them; the same length said twice counts once."""
    if not facts.given("years", "months"):
        known = Words(id="years, months, atau keduanya", en="years, months or both")
        raise ImpossibleFact("years", None, known)
    years = facts.whole("years", most=MOST_MONTHS // 12) if "years" in facts else 0
    months = facts.whole("months", most=MOST_MONTHS) if "months" in facts else 0
    if years and months >= 12:
        if months != years * 12:
            possible = Words(id="0 sampai 11 di samping years", en="0 to 11 beside years")
            raise ImpossibleFact("months", months, possible)
        return months
    return years * 12 + months


def _conventions(done: Simulation, other: Simulation, language: Language) -> list[str]:
    """The convention used by its name, and what the other one gives where it differs."""
    said = [done.convention.words.say(language)]
    if other.balance_rupiah != done.balance_rupiah:
        said.append(f"{other.convention.words.say(language)}: {rupiah_text(other.balance_rupiah, language)}")
    return said


_TAX: Final = Words(
    id="Bila dibayar sekaligus: pajak final {rate} atas bagian di atas {free} = {tax} ({article})",
    en="If paid at once: final tax of {rate} on what exceeds {free} = {tax} ({article})",
)
