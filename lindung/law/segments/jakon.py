"""JAKON, construction: JKK and JKM of a project's daily, piece-rate and fixed-term workers.

By the listed wages, or on slices of the contract value net of VAT: one sum per project, paid at once or in
stages. The builder's permanent staff are PU. PP 44/2015 Pasal 54; Permenaker 5/2021 Pasal 65-75.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lindung.law import columns, readings
from lindung.law.answers import Answer, Plain
from lindung.law.bases import Slices, Wage
from lindung.law.enterprise import PERMANENT, PROJECT_CONTRACTS, contract_of
from lindung.law.errors import ImpossibleFact
from lindung.law.facts import Facts
from lindung.law.lines import Line, RuleInWords
from lindung.law.money import MOST_CONTRACT_RUPIAH, MOST_WAGE_RUPIAH, round_half_up
from lindung.law.month import Month
from lindung.law.parameters import Value, load
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.law.programmes.rules import Rule, share
from lindung.law.readings import Reading
from lindung.law.relief_facts import named_relief
from lindung.law.reliefs import Relief, not_reached, part_paid, unused
from lindung.law.wording import Language, Words, rupiah_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE: Final = Words(id="Jasa konstruksi: iuran proyek", en="Construction: the contributions of a project")
VALUE_INPUTS: Final = frozenset({"contract_net_of_vat", "contract_including_vat", "vat_rate", "stages"})
WAGE_INPUTS: Final = frozenset({"monthly_wage", "contract", "employer_jkk_class"})
INPUTS: Final = VALUE_INPUTS | WAGE_INPUTS | {"wage_known", "relief"}
PARAMETERS: Final = (
    *("jakon/jkk_wage_rate", "jakon/jkm_wage_rate", "jakon/jkk_slices", "jakon/jkm_slices", "jakon/stages"),
    "relief/pandemic",
)
READINGS: Final = (readings.NET_OF_VAT_ROUNDED, readings.RELIEF_BY_STAGE, readings.STAGES_SHARED_OUT)


def rules_of(month: Month, *, wages_known: bool = False, pandemic: bool = False) -> tuple[Rule, ...]:
    """JKK and JKM of a month: on slices of the contract value, or on the wages where they are listed.

    ``pandemic``: the relief of PP 49/2020 was granted. Raises NotInForce before July 2015.
    """
    made = []
    for key in ("jkk", "jkm"):
        rate = load(f"jakon/{key}_{'wage_rate' if wages_known else 'slices'}", month)
        rule = share(key, "employer", rate, Wage() if wages_known else Slices(_steps(rate)))
        part = part_paid("relief/pandemic", month) if pandemic else None
        made.append(rule.relieved(part) if part else rule.remarked(*unused(rule, month, Relief.PANDEMIC)))
    return tuple(made)


def assess(*, month: Month, contracts: NDArray[np.int64], pandemic: bool = False) -> dict[str, NDArray[np.int64]]:
    """``jkk`` and ``jkm`` of every contract value net of VAT (int64, whole rupiah, up to 10^14)."""
    return columns.amounts(rules_of(month, pandemic=pandemic), contracts, MOST_CONTRACT_RUPIAH)


def assess_wages(*, month: Month, wages: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """``jkk`` and ``jkm`` of every listed wage of a month (int64, whole rupiah, up to 10^12)."""
    return columns.amounts(rules_of(month, wages_known=True), wages, MOST_WAGE_RUPIAH)


def sql_expressions(month: Month, *, wages_known: bool = False, pandemic: bool = False) -> dict[str, str]:
    """Key -> a PostgreSQL bigint expression over ``contract_rupiah``, or ``wage_rupiah`` where wages are known."""
    rules = rules_of(month, wages_known=wages_known, pandemic=pandemic)
    return {rule.key: rule.formula.sql() for rule in rules}


def explain(
    *,
    month: Month,
    contract: int | None = None,
    monthly_wage: int | None = None,
    pandemic: bool = False,
    language: Language = "id",
) -> list[Line]:
    """JKK and JKM in words, on exactly one of a contract value net of VAT and a monthly wage (whole rupiah)."""
    given = monthly_wage if contract is None else contract
    if given is None or (contract is not None and monthly_wage is not None):
        raise ImpossibleFact("contract_net_of_vat", contract, _ONE_OF)
    rules = rules_of(month, wages_known=contract is None, pandemic=pandemic)
    return [RuleInWords(rule, language).line(given) for rule in rules]


def answer(month: Month, facts: Facts, language: Language) -> Answer:
    """``jkk``, ``jkm``, ``total``: of a month where wages are known, else of the whole project on
    ``contract_net_of_vat``; with ``stages`` also ``stage_1`` and so on.
    """
    pandemic = named_relief(facts, Relief.PANDEMIC)
    known = facts.flag("wage_known")
    by_wage = "monthly_wage" in facts
    if known is not None and known is not by_wage:
        possible = Words(
            id="true bersama monthly_wage, false bersama nilai kontrak",
            en="true with monthly_wage, false with a contract value",
        )
        raise ImpossibleFact("wage_known", known, possible)
    sentences: list[Words] = []
    said: list[Reading] = []
    if pandemic and part_paid("relief/pandemic", month) is None:
        sentences.append(not_reached(pandemic, month))
    elif pandemic:
        said.append(readings.RELIEF_BY_STAGE)
    result: dict[str, Plain] = {}
    if by_wage:
        sentences += _check_worker(facts)
        given = {"monthly_wage": facts.wage("monthly_wage")}
    else:
        facts.refuse(WAGE_INPUTS, beside="contract_net_of_vat")
        net, rounded = _net_of_vat(facts)
        said += rounded
        given = {"contract": net}
        result["contract_net_of_vat"] = net
        sentences.append(_ONE_SUM)
    lines = explain(month=month, **given, pandemic=pandemic is not None, language=language)
    total = sum(line.amount_rupiah for line in lines)
    result |= {**{line.key: line.amount_rupiah for line in lines}, "total": total}
    pattern: tuple[Value, ...] = ()
    if "stages" in facts:
        stages, stage = _stages(month, facts, total)
        result |= stages
        pattern = (stage,)
        said.append(readings.STAGES_SHARED_OUT)
        shown = " + ".join(rupiah_text(amount, language) for amount in stages.values())
        sentences.append(Words(id=f"Tahap: {shown}", en=f"Stages: {shown}"))
    return Answer(
        "JAKON",
        month,
        language,
        result,
        lines=tuple(lines),
        sentences=tuple(words.say(language) for words in sentences),
        readings=tuple(said),
        values=pattern,
        facts={f"{name}_rupiah": amount for name, amount in given.items()},
    )


def _steps(rate: Value) -> tuple[tuple[int, Fraction], ...]:
    return tuple((begins, Fraction(number)) for begins, number in rate.steps)


def _check_worker(facts: Facts) -> list[Words]:
    """Only project workers pay this way; their rate does not ask for the builder's own class."""
    facts.refuse(VALUE_INPUTS, beside="monthly_wage")
    contract = contract_of(facts)
    if contract == PERMANENT:
        known = ", ".join(PROJECT_CONTRACTS)
        possible = Words(
            id=f"{known}; pegawai tetap dihitung di segmen PU",
            en=f"{known}; permanent staff are computed in segment PU",
        )
        raise ImpossibleFact("contract", contract, possible)
    if facts.text("employer_jkk_class", RISK_CLASSES) is None:
        return []
    return [
        Words(
            id="Tarif pekerja proyek tidak bergantung pada kelas risiko kontraktor",
            en="The rate of project workers does not depend on the builder's own risk class",
        )
    ]


def _net_of_vat(facts: Facts) -> tuple[int, list[Reading]]:
    """The contract value net of VAT; the VAT rate is never guessed."""
    if "contract_including_vat" not in facts:
        facts.refuse(frozenset({"vat_rate"}), beside="contract_net_of_vat")
        if "contract_net_of_vat" not in facts:
            raise ImpossibleFact("contract_net_of_vat", None, _ONE_OF)
        return facts.whole("contract_net_of_vat", most=MOST_CONTRACT_RUPIAH, rupiah=True), []
    facts.refuse(frozenset({"contract_net_of_vat"}), beside="contract_including_vat")
    gross = facts.whole("contract_including_vat", most=MOST_CONTRACT_RUPIAH, rupiah=True)
    vat = facts.rate("vat_rate")
    if vat is None:
        possible = Words(id="tarif PPN kontrak itu, seperti 0.11", en="the VAT rate of that contract, like 0.11")
        raise ImpossibleFact("vat_rate", None, possible)
    exact = gross / (1 + vat)
    net = round_half_up(exact.numerator, exact.denominator)
    return net, [] if exact.denominator == 1 else [readings.NET_OF_VAT_ROUNDED]


def _stages(month: Month, facts: Facts, total: int) -> tuple[dict[str, int], Value]:
    """``stage_1`` and so on, which add up to the total: each is rounded on the running sum."""
    patterns = load("jakon/stages", month)
    given = facts.raw("stages")
    pattern = "/".join(map(str, given)) if isinstance(given, list) else given
    if pattern not in patterns.words:
        known = ", ".join(patterns.words)
        raise ImpossibleFact("stages", given, Words(id=known, en=known))
    paid, running, stages = 0, 0, {}
    for place, percent in enumerate(str(pattern).split("/"), 1):
        running += int(percent)
        due = round_half_up(total * running, 100)
        stages[f"stage_{place}"] = due - paid
        paid = due
    return stages, patterns


_ONE_OF: Final = Words(
    id="nilai kontrak tanpa PPN, nilai dengan PPN beserta tarifnya, atau monthly_wage",
    en="the contract value net of VAT, the value including VAT with its rate, or monthly_wage",
)
_ONE_SUM: Final = Words(
    id="Satu jumlah untuk seluruh proyek, masa kerja dan pemeliharaan, bukan tiap bulan",
    en="One sum for the whole project, work and maintenance, not a monthly amount",
)
