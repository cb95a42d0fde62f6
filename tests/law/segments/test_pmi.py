"""PMI: packages by length, extensions, JHT by choice, and the day that decides."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.law import Answer, ImpossibleFact, LawError, Month, NotInForce, NotKnown, answer, pmi, readings

JUNE = Month(2024, 6)


def _answer(when: str | date = "2024-06", **inputs: Any) -> Answer:
    return answer("PMI", when, inputs, "en")


@given(st.lists(st.integers(6, 120), min_size=1, max_size=9), st.sampled_from(pmi.ROUTES))
def test_columns_and_lines_agree(some: list[int], route: str) -> None:
    columns = pmi.assess(when=JUNE, contract_months=np.array(some, np.int64), route=route)
    for row, months in enumerate(some):
        lines = pmi.explain(when=JUNE, contract_months=months, route=route)
        assert {line.key: line.amount_rupiah for line in lines} == {key: columns[key][row] for key in columns}


def test_an_empty_column_is_no_contract() -> None:
    assert pmi.assess(when=JUNE, contract_months=np.array([], np.int64))["before"].tolist() == []


def test_before_2023_every_length_pays_one_price() -> None:
    lengths = np.array([1, 6, 12, 24, 120], np.int64)
    assert set(pmi.assess(when=Month(2019, 1), contract_months=lengths)["during_and_after"].tolist()) == {332_500}
    assert "::bigint" in pmi.sql_expressions(Month(2019, 1))["during_and_after"]


@pytest.mark.parametrize("months", [0, 5, 121])
def test_a_length_without_a_price_is_refused(months: int) -> None:
    with pytest.raises(ImpossibleFact, match="contract_months"):
        pmi.explain(when=JUNE, contract_months=months)
    with pytest.raises(ImpossibleFact):
        pmi.assess(when=JUNE, contract_months=np.array([24, months], np.int64))


def test_a_refusal_says_which_length_is_the_shortest() -> None:
    with pytest.raises(ImpossibleFact, match="5 is impossible; possible is at least 6 months; the law names no price"):
        pmi.explain(when=JUNE, contract_months=5)


def test_only_an_agency_s_worker_pays_before_work() -> None:
    assert [line.key for line in pmi.explain(when=JUNE, contract_months=24)] == ["before", "during_and_after"]
    alone = pmi.explain(when=JUNE, contract_months=24, route=pmi.INDIVIDUAL)
    assert [line.key for line in alone] == ["during_and_after"]
    assert (alone[0].programme, alone[0].payer, alone[0].billed) == (None, "member", True)
    assert alone[0].sentence == "paket 24 bulan Rp332.500 (Permenaker 4/2023 Pasal 18 ayat 1)"
    open_route = _answer(contract_months=24)
    assert dict(open_route.result) == {"during_and_after": 332_500}
    assert open_route.sentences[0].startswith("The route was not given")


@pytest.mark.parametrize(("months", "odd"), [(6, False), (7, True), (12, False), (23, True), (24, False), (25, True)])
def test_a_length_between_packages_is_a_reading(months: int, odd: bool) -> None:
    said = _answer(contract_months=months, route="individual")
    assert (readings.ODD_LENGTH in said.readings) is odd


def test_a_price_before_2023_for_somebody_going_alone_is_doubtful() -> None:
    assert readings.ONE_PRICE_FOR_ALL in _answer("2019-06", contract_months=7, route="individual").readings
    assert _answer("2019-06", contract_months=7, route="placement agency").readings == ()


def test_an_extension_is_paid_by_the_month() -> None:
    said = _answer(extra_months=3)
    assert dict(said.result) == {"extra": 40_500, "total": 40_500}
    assert said.lines[0].sentence == "3 x Rp13,500 = Rp40,500 (Permenaker 4/2023 art 18(3))"
    assert _answer(extra_months=0).rupiah("extra") == 0
    with pytest.raises(ImpossibleFact, match="extra_months"):
        _answer(extra_months=121)


def test_jht_is_one_of_the_listed_amounts_and_stands_apart_from_the_total() -> None:
    said = _answer(contract_months=24, route="placement agency", jht=600_000)
    assert said.rupiah("total") == 370_000
    assert said.rupiah("jht_24_months") == 14_400_000
    assert said.lines[-1].sentence == "chosen, a month Rp600,000 (Permenaker 4/2023)"
    assert dict(_answer(jht=50_000).result) == {"total": 0, "jht": 50_000}
    assert _answer(jht=50_000, months=3).rupiah("jht_3_months") == 150_000
    for wrong in (0, 50_001, True, "50000"):
        with pytest.raises(ImpossibleFact, match="Rp50,000, Rp100,000"):
            _answer(jht=wrong)
    with pytest.raises(ImpossibleFact, match="contract_months: 121"):
        _answer(jht=50_000, contract_months=121)


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "contract_months: missing; possible is the length of the contract in months, like 24"),
        ({"route": "individual"}, "contract_months: missing"),
        ({"contract_months": 24, "route": "boat"}, "placement agency, individual"),
        ({"contract_months": 24, "months": 3}, "months has no meaning beside contract_months"),
        ({"contract_months": 0}, "contract_months: 0"),
        ({"jht": 50_000, "months": 0}, "months: 0"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        _answer(**inputs)


def test_the_day_of_payment_decides_and_a_month_counts_by_its_last_day() -> None:
    facts = {"contract_months": 6, "route": "placement agency"}
    assert _answer(date(2023, 2, 21), **facts).rupiah("total") == 370_000
    assert _answer(date(2023, 2, 22), **facts).rupiah("total") == 145_500
    assert _answer("2023-02", **facts).rupiah("total") == 145_500
    assert _answer("2023-02-21", **facts).rupiah("total") == 370_000
    with pytest.raises(NotInForce):
        _answer("2017-07", **facts)
    with pytest.raises(NotKnown, match="one price whatever the length"):
        _answer("2020-01", extra_months=1)


def test_sql_reads_the_same_formula() -> None:
    assert pmi.sql_expressions(JUNE, route=pmi.INDIVIDUAL) == {
        "during_and_after": "(((CASE WHEN contract_months >= 24 THEN 332500 + 13500 * (contract_months - 24) "
        "WHEN contract_months >= 12 THEN 189000 + 13500 * (contract_months - 12) "
        "ELSE 108000 + 13500 * (contract_months - 6) END)::bigint * 2 + 1) / 2)"
    }
    assert pmi.sql_expressions(JUNE)["before"] == "((37500::bigint * 2 + 1) / 2)"


def test_a_choice_of_jht_is_a_line_of_its_own_over_a_single_month_too() -> None:
    said = _answer(jht=50_000, months=1)
    assert said.result["jht_1_months"] == 50_000
    assert [(line.key, line.payer) for line in said.lines] == [("jht", "member")]
    assert said.facts == {"contract_months": None, "route": None}
    assert _answer(contract_months=24, route="individual").facts == {"contract_months": 24, "route": "individual"}
