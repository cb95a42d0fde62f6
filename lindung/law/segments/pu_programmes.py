"""PU-PROGRAMMES: what an employer must take by the size of its enterprise, and whether a worker is in JKP."""

from __future__ import annotations

from typing import Final

from lindung.law.answers import Answer, Plain
from lindung.law.enterprise import (
    PERMANENT,
    SIZES,
    check_age_at_registration,
    contract_of,
    jkp_open,
    mandatory,
    size_by,
)
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes import Programme
from lindung.law.wording import LANGUAGES, Language, Words, article_text

TITLE: Final = Words(id="Program wajib menurut ukuran usaha", en="Mandatory programmes by size of enterprise")
JKP_INPUTS: Final = frozenset({"citizen", "contract", "jkn", "programmes", "age", "birth_date", "registered_on"})
INPUTS: Final = JKP_INPUTS | {"enterprise_size", "capital", "yearly_sales"}
PARAMETERS: Final = (
    *(f"enterprise/mandatory_{size}" for size in SIZES),
    *("enterprise/capital_up_to", "enterprise/sales_up_to"),
    *("jkp/registration_age", "jkp/needed_programmes_large", "jkp/needed_programmes_small"),
)
READINGS: Final = ()
_WAGE_PROGRAMMES: Final = (Programme.JKK, Programme.JKM, Programme.JHT, Programme.JP)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``enterprise_size``; ``jkk``, ``jkm``, ``jht``, ``jp``: ``must`` or ``may``; with facts of a worker ``jkp``:
    whether he is in it without asking.
    """
    size, values = _size(month, facts)
    must = mandatory(size, month)
    result: dict[str, Plain] = {"enterprise_size": size}
    result |= {code.lower(): "must" if code in must.words else "may" for code in _WAGE_PROGRAMMES}
    sentences: list[Words] = []
    if facts.given(*JKP_INPUTS):
        enrolled = facts.programmes() or frozenset(Programme(code) for code in must.words)
        age = facts.whole("age", most=120) if "age" in facts else None
        limit = check_age_at_registration(
            "jkp/registration_age", facts.day("birth_date"), age, facts.day("registered_on") or month.last_on
        )
        member, why = jkp_open(
            size=size,
            month=month,
            citizen=facts.flag("citizen") is not False,
            contract=contract_of(facts) or PERMANENT,
            jkn=facts.flag("jkn") is not False,
            enrolled=enrolled,
        )
        needed = load(f"jkp/needed_programmes_{'large' if size in ('medium', 'large') else 'small'}", month)
        result["jkp"] = member
        sentences.append(Words(*(f"{why.say(one)} ({article_text(needed.article, one)})" for one in LANGUAGES)))
        values = (*values, needed, *([limit] if limit else []))
    return Answer(
        "PU-PROGRAMMES",
        month,
        language,
        result,
        sentences=tuple(words.say(language) for words in sentences),
        values=(*values, must),
    )


def _size(month: Month, facts: Facts) -> tuple[str, tuple[Value, ...]]:
    """The size given, or by capital or by yearly sales: exactly one of the three."""
    given = facts.given("enterprise_size", "capital", "yearly_sales")
    if len(given) != 1:
        possible = Words(
            id="salah satu dari enterprise_size, capital, yearly_sales",
            en="one of enterprise_size, capital, yearly_sales",
        )
        raise ImpossibleFact("enterprise_size", ", ".join(given) or None, possible)
    size = facts.text("enterprise_size", SIZES)
    if size is not None:
        return size, ()
    amount = facts.whole(given[0], most=MOST_DEBT_RUPIAH, rupiah=True)
    found, limits = size_by("capital" if given[0] == "capital" else "sales", amount, month)
    return found, (limits,)
