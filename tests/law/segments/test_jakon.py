"""JAKON: slices of the contract value, listed wages, VAT, stages."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Answer, ImpossibleFact, LawError, Month, answer, jakon, readings
from lindung.law.money import MOST_CONTRACT_RUPIAH, MOST_WAGE_RUPIAH

contracts = st.one_of(st.integers(0, 6_000_000_000), st.integers(0, MOST_CONTRACT_RUPIAH))
JUNE = Month(2025, 6)


def _answer(when: str = "2025-06", **inputs: Any) -> Answer:
    return answer("JAKON", when, inputs, "en")


@given(
    st.sampled_from([JUNE, Month(2015, 7), Month(2020, 9)]), st.booleans(), st.lists(contracts, min_size=1, max_size=9)
)
def test_columns_and_lines_agree(month: Month, pandemic: bool, some: list[int]) -> None:
    columns = jakon.assess(month=month, contracts=np.array(some, np.int64), pandemic=pandemic)
    for row, contract in enumerate(some):
        lines = jakon.explain(month=month, contract=contract, pandemic=pandemic)
        assert [line.amount_rupiah for line in lines] == [columns["jkk"][row], columns["jkm"][row]]


@given(st.sampled_from([JUNE, Month(2015, 7)]), st.lists(st.integers(0, MOST_WAGE_RUPIAH), min_size=1, max_size=9))
def test_listed_wages_owe_what_each_alone_would(month: Month, wages: list[int]) -> None:
    columns = jakon.assess_wages(month=month, wages=np.array(wages, np.int64))
    for row, wage in enumerate(wages):
        lines = jakon.explain(month=month, monthly_wage=wage)
        assert [line.amount_rupiah for line in lines] == [columns["jkk"][row], columns["jkm"][row]]


def test_a_listed_wage_above_what_a_wage_can_be_is_refused() -> None:
    with pytest.raises(ImpossibleFact):
        jakon.assess_wages(month=JUNE, wages=np.array([MOST_WAGE_RUPIAH + 1], np.int64))


@given(contracts, contracts)
def test_a_larger_contract_never_owes_less(one: int, other: int) -> None:
    columns = jakon.assess(month=JUNE, contracts=np.array(sorted((one, other)), np.int64))
    assert columns["jkk"][0] <= columns["jkk"][1]
    assert columns["jkm"][0] <= columns["jkm"][1]


@given(contracts, st.sampled_from(["50/25/25", "20/30/30/20"]))
def test_the_stages_add_up_to_the_sum_of_the_project(contract: int, pattern: str) -> None:
    result = _answer(contract_net_of_vat=contract, stages=pattern).result
    stages = [amount for key, amount in result.items() if key.startswith("stage_")]
    assert len(stages) == len(pattern.split("/"))
    assert sum(stages) == result["total"] == result["jkk"] + result["jkm"]  # type: ignore[operator,arg-type]  # whole


def test_the_sentence_adds_the_slices_up() -> None:
    jkk, jkm = jakon.explain(month=JUNE, contract=850_000_000, language="en")
    assert jkk.sentence == (
        "0.21% of Rp100,000,000 + 0.17% of Rp400,000,000 + 0.13% of Rp350,000,000 = Rp1,345,000 "
        "(PP 44/2015 art 54; Permenaker 5/2021 art 71(3)-(4))"
    )
    assert (jkk.base_rupiah, jkk.payer, jkm.amount_rupiah) == (850_000_000, "employer", 180_000)
    relieved = jakon.explain(month=Month(2020, 9), contract=100_000_000, pandemic=True, language="en")[0]
    assert (
        relieved.sentence == "1% (relief) of (0.21% of Rp100,000,000) = Rp2,100 (PP 44/2015 art 54; PP 49/2020 art 3)"
    )


def test_the_relief_of_the_pandemic_is_for_those_to_whom_it_was_granted() -> None:
    month, column = Month(2020, 9), np.array([100_000_000], np.int64)
    for facts, owed in (({}, {"jkk": 210_000, "jkm": 30_000}), ({"pandemic": True}, {"jkk": 2_100, "jkm": 300})):
        lines = jakon.explain(month=month, contract=100_000_000, **facts)
        assert {line.key: line.amount_rupiah for line in lines} == owed
        assert {key: rows[0] for key, rows in jakon.assess(month=month, contracts=column, **facts).items()} == owed
        rules = jakon.rules_of(month, **facts)
        assert {rule.key: rule.formula.value(rule.formula.base.value(100_000_000))[0] for rule in rules} == owed
        assert jakon.sql_expressions(month, **facts) == {rule.key: rule.formula.sql() for rule in rules}


def test_a_line_is_indonesian_unless_english_is_asked_for() -> None:
    jkk = jakon.explain(month=JUNE, monthly_wage=10_000_000)[0]
    assert jkk.sentence.startswith("1,74% dari upah Rp10.000.000 = Rp174.000 (PP 44/2015 Pasal 54 ayat 1")


def test_listed_wages_pay_a_rate_of_their_own_whatever_the_class_of_the_builder() -> None:
    said = _answer(monthly_wage=10_000_000, contract="PKWT", employer_jkk_class="I")
    assert dict(said.result) == {"jkk": 174_000, "jkm": 30_000, "total": 204_000}
    assert said.sentences == ("The rate of project workers does not depend on the builder's own risk class",)
    assert _answer(monthly_wage=10_000_000).sentences == ()
    assert said.lines[0].sentence.startswith("1.74% of wage Rp10,000,000 = Rp174,000 (PP 44/2015 art 54(1)")


@given(st.integers(0, 10**13), st.integers(0, 20))
def test_a_value_with_vat_is_brought_back_to_the_rupiah(net: int, percent: int) -> None:
    gross, rest = divmod(net * (100 + percent), 100)
    if rest == 0:
        said = answer("JAKON", "2025-06", {"contract_including_vat": gross, "vat_rate": _rate(percent)})
        assert said.rupiah("contract_net_of_vat") == net
        assert readings.NET_OF_VAT_ROUNDED not in said.readings


def _rate(percent: int) -> Any:
    from decimal import Decimal

    return Decimal(percent) / 100


def test_a_net_value_that_is_not_whole_is_rounded_and_says_so() -> None:
    said = _answer(contract_including_vat=1_000_000, vat_rate=_rate(11))
    assert said.rupiah("contract_net_of_vat") == 900_901
    assert readings.NET_OF_VAT_ROUNDED in said.readings


def test_a_project_is_one_sum_and_says_so() -> None:
    said = _answer(contract_net_of_vat=100_000_000)
    assert said.sentences == ("One sum for the whole project, work and maintenance, not a monthly amount",)
    assert said.facts == {"contract_rupiah": 100_000_000}
    staged = _answer(contract_net_of_vat=100_000_000, stages=[50, 25, 25])
    assert staged.sentences[1] == "Stages: Rp120,000 + Rp60,000 + Rp60,000"
    assert readings.STAGES_SHARED_OUT in staged.readings
    assert "jakon/stages" in staged.law


def test_the_pandemic_relief_is_for_the_instalments_of_its_months() -> None:
    facts = {"contract_net_of_vat": 100_000_000, "relief": "PP 49/2020"}
    assert readings.RELIEF_BY_STAGE in _answer("2020-09", **facts).readings
    late = _answer("2021-02", **facts)
    assert late.sentences[0] == "PP 49/2020 does not reach February 2021"
    assert late.rupiah("total") == 240_000
    assert any("shown without the relief" in note for note in _answer("2020-09", contract_net_of_vat=1).notes)
    with pytest.raises(ImpossibleFact, match="PP 49/2020 in this segment"):
        _answer(contract_net_of_vat=1, relief="PP 7/2025")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "contract_net_of_vat: missing; possible is the contract value net of VAT, the value including VAT"),
        ({"contract_including_vat": 1}, "vat_rate: missing; possible is the VAT rate of that contract, like 0.11"),
        ({"contract_net_of_vat": 1, "vat_rate": 0}, "vat_rate has no meaning beside contract_net_of_vat"),
        (
            {"contract_net_of_vat": 1, "contract_including_vat": 1},
            "contract_net_of_vat has no meaning beside contract_i",
        ),
        ({"contract_net_of_vat": 1, "monthly_wage": 1}, "contract_net_of_vat has no meaning beside monthly_wage"),
        ({"monthly_wage": 1, "stages": "50/25/25"}, "stages has no meaning beside monthly_wage"),
        ({"contract_net_of_vat": 1, "contract": "PKWT"}, "contract has no meaning beside contract_net_of_vat"),
        ({"contract_net_of_vat": 1, "wage_known": True}, "true with monthly_wage, false with a contract value"),
        ({"monthly_wage": 1, "wage_known": False}, "wage_known: False"),
        (
            {"monthly_wage": 1, "contract": "PKWTT"},
            "PKWT, borongan, harian; permanent staff are computed in segment PU",
        ),
        ({"monthly_wage": 1, "contract": "magang"}, "contract: 'magang'"),
        ({"monthly_wage": 1, "employer_jkk_class": "VI"}, "employer_jkk_class"),
        ({"monthly_wage": -1}, "monthly_wage: -1"),
        ({"contract_net_of_vat": MOST_CONTRACT_RUPIAH + 1}, "contract_net_of_vat"),
        ({"contract_net_of_vat": 1, "stages": "100"}, "50/25/25, 20/30/30/20"),
        ({"contract_net_of_vat": 1, "stages": [25, 25, 50]}, "50/25/25, 20/30/30/20"),
        ({"contract_net_of_vat": 1, "stages": 50}, "50/25/25, 20/30/30/20"),
    ],
)
def test_a_project_that_cannot_be_is_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        _answer(**inputs)


def test_wages_may_be_said_to_be_unknown_beside_a_value() -> None:
    assert _answer(contract_net_of_vat=100_000_000, wage_known=False).rupiah("total") == 240_000


def test_exactly_one_of_value_and_wage_is_explained() -> None:
    for wrong in ({}, {"contract": 1, "monthly_wage": 1}):
        with pytest.raises(ImpossibleFact, match="contract_net_of_vat"):
            jakon.explain(month=JUNE, **wrong)
    assert [line.amount_rupiah for line in jakon.explain(month=JUNE, monthly_wage=1_000_000)] == [17_400, 3_000]


def test_sql_reads_the_same_formula() -> None:
    sql = jakon.sql_expressions(JUNE)
    assert sql["jkm"] == (
        "(((3 * GREATEST(contract_rupiah::bigint - 0, 0) + -1 * GREATEST(contract_rupiah::bigint - 100000000, 0) + "
        "0 * GREATEST(contract_rupiah::bigint - 500000000, 0) + -1 * GREATEST(contract_rupiah::bigint - 1000000000, 0) "
        "+ 0 * GREATEST(contract_rupiah::bigint - 5000000000, 0)) * 1 + 5000) / 10000)"
    )
    assert jakon.sql_expressions(JUNE, wages_known=True)["jkm"] == "((wage_rupiah::bigint * 3 + 500) / 1000)"


@pytest.mark.parametrize("given", [{}, {"contract": 1, "monthly_wage": 1}])
def test_explain_asks_for_exactly_one_of_a_contract_and_a_wage(given: dict[str, int]) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        jakon.explain(month=JUNE, **given)
    assert refusal.value.fact == "contract_net_of_vat"
