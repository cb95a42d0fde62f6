"""ARREARS: unpaid months of an employer (fines, and who pays a claim) or of an own-account worker (lapse)."""

from __future__ import annotations

from typing import Final

from lindung.law import readings
from lindung.law.answers import Answer, Plain
from lindung.law.arrears import due_on, months_late, penalty
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.lapse import MOST_UNPAID_MONTHS, claim_in_arrears, own_account_standing
from lindung.law.month import Month
from lindung.law.parameters import Value
from lindung.law.programmes import Programme
from lindung.law.readings import Reading
from lindung.law.segments.allocation import debts_of
from lindung.law.wording import Language, Words

TITLE: Final = Words(id="Tunggakan", en="Arrears")
INPUTS: Final = frozenset(
    {"arrears_of", "unpaid_months", "programmes", "bankrupt_or_closed", "debts", "paid_on", "holidays"}
)
PARAMETERS: Final = (
    *("arrears/jkp_claim_months", "arrears/jkp_bankrupt_months", "arrears/claim_back_months"),
    *("arrears/jkk_jkm_claim_months", "arrears/penalty_rate", "arrears/due_day", "bpu/lapse_months"),
)
READINGS: Final = (
    readings.STARTED_MONTHS_COUNT,
    readings.PENALTY_IS_SIMPLE,
    readings.NO_FINE_FOR_OWN_ACCOUNT,
    readings.OWN_ACCOUNT_MONTH_OVER,
    readings.OWN_ACCOUNT_COVER_FROM_PAYMENT,
    readings.FULL_JKM_AFTER_THREE_MONTHS,
    readings.PACKAGE_COVERS_ITS_CONTRACT,
    readings.PROJECT_COVERED_BY_ITS_DATES,
    readings.EMPLOYED_STAYS_ACTIVE,
    readings.JHT_OF_UNPAID_MONTHS,
    readings.JP_MONTHS_COUNT_WHEN_PAID,
)
SEGMENTS: Final = ("PU", "BPU")


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """For ``arrears_of: BPU``: ``active``, ``months_in_arrears``, ``months_to_pay``, ``fine``. For PU (also when not
    said) with ``debts`` every ``<month>_months_late`` and ``<month>_fine``, and ``contribution``, ``fine``, ``total``;
    else for each programme ``jkp_paid_first_by`` and the like, and ``jkp_claim_back_months``.
    """
    if facts.text("arrears_of", SEGMENTS) == "BPU":
        facts.refuse(INPUTS - {"arrears_of", "unpaid_months"}, beside="arrears_of: BPU")
        return _own_account(month, facts, language)
    if "debts" in facts:
        facts.refuse(frozenset({"unpaid_months", "programmes", "bankrupt_or_closed"}), beside="debts")
        return _with_fines(month, facts, language)
    return _claims(month, facts, language)


def _own_account(month: Month, facts: Facts, language: Language) -> Answer:
    standing = own_account_standing(facts.whole("unpaid_months", most=MOST_UNPAID_MONTHS), month)
    result: dict[str, Plain] = {
        "active": standing.active,
        "months_in_arrears": standing.months_in_arrears,
        "months_to_pay": standing.months_to_pay,
        "fine": 0,
    }
    return Answer(
        "ARREARS",
        month,
        language,
        result,
        sentences=(standing.words.say(language),),
        readings=(readings.NO_FINE_FOR_OWN_ACCOUNT,),
        values=(standing.limit,),
    )


def _with_fines(month: Month, facts: Facts, language: Language) -> Answer:
    """The fine of every month owed, if all is paid on ``paid_on``."""
    paid_on = facts.day("paid_on")
    if paid_on is None:
        raise ImpossibleFact("paid_on", None, Words(id="hari pembayaran", en="the day of payment"))
    holidays = facts.days("holidays")
    result: dict[str, Plain] = {}
    lines = []
    for debt in debts_of(facts):
        late = months_late(due_on(debt.month, holidays), paid_on)
        line = penalty(debt.contribution_rupiah, late, debt.month, language)
        result[f"{debt.month}_months_late"] = late
        result[f"{debt.month}_fine"] = line.amount_rupiah
        lines.append(line)
    contribution = sum(debt.contribution_rupiah for debt in debts_of(facts))
    fines = sum(line.amount_rupiah for line in lines)
    result |= {"contribution": contribution, "fine": fines, "total": contribution + fines}
    return Answer("ARREARS", month, language, result, lines=tuple(lines))


def _claims(month: Month, facts: Facts, language: Language) -> Answer:
    facts.refuse(frozenset({"paid_on", "holidays"}), beside="unpaid_months")
    unpaid = facts.whole("unpaid_months", most=MOST_UNPAID_MONTHS)
    closed = facts.flag("bankrupt_or_closed") is True
    asked = facts.programmes() or frozenset(Programme)
    result: dict[str, Plain] = {}
    sentences: list[str] = []
    said: list[Reading] = []
    values: list[Value] = []
    for programme in Programme:
        if programme not in asked:
            continue
        claim = claim_in_arrears(programme, unpaid, month, bankrupt_or_closed=closed)
        result[f"{programme.lower()}_paid_first_by"] = claim.paid_first_by
        if claim.claim_back_months is not None:
            result[f"{programme.lower()}_claim_back_months"] = claim.claim_back_months
        sentences.append(f"{programme}: {claim.words.say(language)}")
        said += claim.readings
        values += claim.values
    return Answer(
        "ARREARS",
        month,
        language,
        result,
        sentences=tuple(sentences),
        readings=tuple(said),
        values=tuple(values),
    )
