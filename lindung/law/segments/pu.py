"""PU, wage earners: the amounts of one worker in one month, or the fine on a late contribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lindung.law.arrears import MOST_MONTHS_LATE, penalty
from lindung.law.contributions import explain
from lindung.law.errors import ImpossibleFact, NotYetComputed
from lindung.law.facts import Facts
from lindung.law.lines import Line
from lindung.law.money import MOST_DEBT_RUPIAH
from lindung.law.month import Month
from lindung.law.programmes import Programme
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.programmes.jp import is_liable
from lindung.law.wording import Language, Words

WAGE_INPUTS = frozenset({"wage", "jkk_class", "programmes", "jkp_member", "birth_date", "months"})
FINE_INPUTS = frozenset({"contribution_owed", "months_late"})
INPUTS = WAGE_INPUTS | FINE_INPUTS | {"relief"}
ALWAYS = frozenset({Programme.JHT, Programme.JP, Programme.JKK, Programme.JKM})
"""What is computed when a case names no programmes; JKP joins for its members."""

_COVID_RELIEF = "PP 49/2020"
_MOST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Worker:
    """The facts about one wage earner in one month."""

    month: Month
    wage_rupiah: int
    jkk_class: str | None
    programmes: frozenset[Programme]
    jp_liable: bool
    jkp_member: bool
    birth_on: date | None = None

    def lines(self, language: Language = "en") -> list[Line]:
        """``explain`` for this worker."""
        return explain(
            month=self.month,
            wage=self.wage_rupiah,
            jkk_class=self.jkk_class,
            programmes=self.programmes,
            jp_liable=self.jp_liable,
            jkp_member=self.jkp_member,
            language=language,
        )


def evaluate(month: Month, facts: Facts) -> dict[str, int | Decimal]:
    """The fine if ``contribution_owed`` or ``months_late`` is given, else every amount of the wage."""
    if any(name in facts for name in FINE_INPUTS):
        return _fine(month, facts)
    if "relief" in facts:
        raise NotYetComputed(
            Words(
                id="input relief belum dihitung untuk iuran dari upah; hanya untuk denda",
                en="input relief is not yet computed for a contribution from a wage; only for a fine",
            )
        )
    worker = read_worker(month, facts)
    result: dict[str, int | Decimal] = dict(amounts(worker.lines()))
    if "months" in facts:
        months = facts.whole("months", least=1, most=_MOST_MONTHS)
        if "total_jht" not in result:
            raise ImpossibleFact("months", months, Words(id="hanya bersama program JHT", en="only with programme JHT"))
        result[f"total_jht_{months}_months_without_development"] = result["total_jht"] * months
    return result


def read_worker(month: Month, facts: Facts) -> Worker:
    """The worker that the inputs describe; raises ImpossibleFact where they contradict each other."""
    member = facts.flag("jkp_member")
    named = facts.programmes()
    if named is not None and (Programme.JKP in named) != (member is True):
        raise ImpossibleFact(
            "jkp_member",
            member,
            Words(
                id="true bila dan hanya bila JKP ada di programmes",
                en="true exactly when programmes name JKP",
            ),
        )
    default = ALWAYS | {Programme.JKP} if member else ALWAYS
    birth_on = facts.day("birth_date")
    return Worker(
        month=month,
        wage_rupiah=facts.wage(),
        jkk_class=facts.text("jkk_class", RISK_CLASSES),
        programmes=default if named is None else named,
        jp_liable=birth_on is None or is_liable(birth_on, month),
        jkp_member=bool(member),
        birth_on=birth_on,
    )


def amounts(lines: Sequence[Line]) -> dict[str, int]:
    """Key -> whole rupiah of every line, and the totals and the JKP split that follow from them."""
    result = {line.key: line.amount_rupiah for line in lines}
    for programme in ("jht", "jp"):
        if f"{programme}_worker" in result:
            result[f"total_{programme}"] = result[f"{programme}_employer"] + result[f"{programme}_worker"]
    for payer in ("employer", "worker"):
        result[f"total_{payer}"] = sum(line.amount_rupiah for line in lines if line.billed and line.payer == payer)
    split = [line for line in lines if line.programme is Programme.JKP]
    if split:
        result["jkp_base"] = split[0].base_rupiah
        result["jkp_total"] = sum(line.amount_rupiah for line in split)
        for programme in ("jkk", "jkm"):
            if programme in result:
                result[f"{programme}_bill"] = result[programme]
                result[f"{programme}_kept"] = result[programme] - result[f"jkp_from_{programme}"]
    return result


def _fine(month: Month, facts: Facts) -> dict[str, int | Decimal]:
    facts.refuse(WAGE_INPUTS, beside="contribution_owed, months_late")
    # The contribution month alone decides between 2% and 0.5%, so the relief is checked and changes nothing.
    facts.text("relief", (_COVID_RELIEF,))
    owed = facts.whole("contribution_owed", most=MOST_DEBT_RUPIAH, rupiah=True)
    late = facts.whole("months_late", most=MOST_MONTHS_LATE)
    return {"fine": penalty(owed, late, month).amount_rupiah}
