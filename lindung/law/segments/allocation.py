"""ALLOCATION: where a payment goes that does not cover every month and fine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lindung.law import readings
from lindung.law.allocation import Debt, allocate
from lindung.law.answers import Answer, Plain
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import MOST_IN_A_LIST, Facts
from lindung.law.money import MOST_DEBT_RUPIAH, whole_number
from lindung.law.month import Month
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Pembagian pembayaran yang kurang", en="Allocation of a short payment")
INPUTS: Final = frozenset({"payment", "debts"})
PARAMETERS: Final = ()
READINGS: Final = (readings.CONTRIBUTIONS_BEFORE_FINES,)


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``<month>_contribution`` and ``<month>_penalty``: what is paid of each; ``paid_contribution``, ``paid_penalty``,
    ``left_contribution``, ``left_penalty``; ``credit``, carried forward.
    """
    payment = facts.whole("payment", most=MOST_DEBT_RUPIAH, rupiah=True)
    allocated, credit = allocate(payment, debts_of(facts))
    result: dict[str, Plain] = {f"{part.month}_{part.kind}": part.paid_rupiah for part in allocated}
    for kind in ("contribution", "penalty"):
        parts = [part for part in allocated if part.kind == kind]
        result[f"paid_{kind}"] = sum(part.paid_rupiah for part in parts)
        result[f"left_{kind}"] = sum(part.left_rupiah for part in parts)
    result["credit"] = credit
    return Answer(
        "ALLOCATION",
        month,
        language,
        result,
        sentences=tuple(part.sentence(language) for part in allocated),
        readings=READINGS,
    )


def debts_of(facts: Facts) -> tuple[Debt, ...]:
    """The input ``debts``: mappings with ``month``, ``contribution`` and, where there is one, ``penalty``."""
    given = facts.raw("debts")
    shape = Words(id="daftar month, contribution, penalty", en="a list of month, contribution, penalty")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_IN_A_LIST:
        raise ImpossibleFact("debts", given, shape)
    debts = []
    for place, row in enumerate(given):
        if not isinstance(row, Mapping) or not {"month", "contribution"} <= row.keys() <= _FIELDS:
            raise ImpossibleFact(f"debts[{place}]", row, shape)
        amounts = (
            whole_number(f"debts[{place}].{part}", row.get(part, 0), most=MOST_DEBT_RUPIAH, rupiah=True)
            for part in ("contribution", "penalty")
        )
        debts.append(Debt(Month.parse(str(row["month"])), *amounts))
    return tuple(debts)


_FIELDS: Final = {"month", "contribution", "penalty"}
