"""Cases from anybody: what is read, and what is refused rather than passed over."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lindung.law import ImpossibleFact, LawError, Month, NotInForce, NotYetComputed
from lindung.law.inputs import INPUTS
from lindung.law.parameters import all_names
from lindung.law.readings import ALL
from lindung.law.segments import answer, evaluate, find, names


def _case(segment: str = "PU", month: Any = "2026-02", **inputs: Any) -> dict[str, Any]:
    return {"id": "x", "segment": segment, "date": month, "inputs": inputs}


def test_the_segments_are_the_files_of_the_folder() -> None:
    assert names() == (
        "ALLOCATION",
        "ARREARS",
        "BPU",
        "DUE-DATE",
        "JAKON",
        "JHT-DEVELOPMENT",
        "JHT-SIMULATION",
        "JP-PENSION-AGE",
        "PENALTY",
        "PMI",
        "PU",
        "PU-JKP-SPLIT",
        "PU-JP-CEILING",
        "PU-PROGRAMMES",
        "SANCTION",
    )


@pytest.mark.parametrize("name", names())
def test_every_segment_says_what_it_reads_and_on_what_it_rests(name: str) -> None:
    segment = find(name)
    assert segment.TITLE.id != segment.TITLE.en
    assert INPUTS.keys() >= segment.INPUTS
    assert set(segment.PARAMETERS) <= set(all_names())
    assert set(segment.READINGS) <= set(ALL.values())


def test_every_input_and_every_parameter_belongs_to_some_segment() -> None:
    assert set(INPUTS) == {name for segment in names() for name in find(segment).INPUTS}
    assert set(all_names()) == {name for segment in names() for name in find(segment).PARAMETERS}


@pytest.mark.parametrize("segment", ["JKN", "pu", "__init__", None, ["PU"]])
def test_an_unknown_segment_is_not_yet_computed(segment: Any) -> None:
    with pytest.raises(NotYetComputed, match="not yet computed; computed are: ALLOCATION,"):
        evaluate(_case(segment=segment, wage=1))


def test_an_unknown_input_is_refused_by_name_even_beside_known_ones() -> None:
    with pytest.raises(NotYetComputed, match="input hat, shoe is not yet computed for segment PU; known are: active"):
        evaluate(_case(wage=1, jkk_class="I", shoe=5, hat=True))


def test_a_wage_step_belongs_to_wage_earners_alone() -> None:
    with pytest.raises(NotYetComputed, match="wage_until_14th is not yet computed for segment BPU"):
        evaluate(_case(segment="BPU", income=1, wage_until_14th=1))


def test_one_fact_under_two_names_is_refused() -> None:
    with pytest.raises(ImpossibleFact, match="one of bonus and bonus_paid"):
        evaluate(_case(wage=1, jkk_class="I", bonus_paid=1, bonus=1))


def test_another_name_of_an_input_is_the_same_fact() -> None:
    assert evaluate(_case(wage=1_000_000, jkk_class="I", thr=1)) == evaluate(_case(wage=1_000_000, jkk_class="I"))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ImpossibleFact, match="id or en"):
        answer("PU", "2026-02", {"wage": 1, "jkk_class": "I"}, "nl")  # type: ignore[arg-type]  # what is refused


def test_a_month_may_be_given_as_a_month_a_day_or_text() -> None:
    inputs = {"wage": 20_000_000, "programmes": ["JP"]}
    for when in (Month(2026, 3), date(2026, 3, 31), "2026-03", "2026-03-01"):
        said = answer("PU", when, inputs)
        assert (said.month, said.rupiah("jp_worker")) == (Month(2026, 3), 110_863)


def test_a_balance_may_come_unrounded_from_another_case_of_the_file() -> None:
    first = _case("JHT-SIMULATION", monthly_contribution=1, months=1, annual_rate=Decimal("0.5"))
    linked = _case(
        "JHT-SIMULATION",
        opening_balance="unrounded result of first",
        further_contributions=0,
        years=2,
        annual_rate=Decimal("1"),
    )
    # 1 + 1/24 rounds to 1 rupiah, but four times as much is 4.1666.
    assert evaluate(linked, {"first": first, "x": linked})["balance"] == 4


@pytest.mark.parametrize("named", ["nobody", "x", "plain"])
def test_a_case_that_cannot_be_carried_from_is_refused(named: str) -> None:
    plain = _case(wage=1, programmes=["JHT"])
    linked = _case("JHT-SIMULATION", opening_balance=f"unrounded result of {named}", years=1, annual_rate=0)
    with pytest.raises(ImpossibleFact, match="the id of a simulation in the same file"):
        evaluate(linked, {"plain": plain, "x": linked})


@pytest.mark.parametrize(
    ("inputs", "fact"),
    [
        ({"jkk_class": "I"}, "wage"),
        ({"wage": -1, "jkk_class": "I"}, "wage"),
        ({"wage": Decimal("1.5"), "jkk_class": "I"}, "wage"),
        ({"wage": "1000000", "jkk_class": "I"}, "wage"),
        ({"wage": 1}, "jkk_class"),
        ({"wage": 1, "jkk_class": "VI"}, "jkk_class"),
        ({"wage": 1, "jkk_class": 2}, "jkk_class"),
        ({"wage": 1, "programmes": ["JHT", "JKN"]}, "programmes"),
        ({"wage": 1, "programmes": []}, "programmes"),
        ({"wage": 1, "programmes": "JHT"}, "programmes"),
        ({"wage": 1, "jkk_class": "I", "jkp_member": "yes"}, "jkp_member"),
        ({"wage": 1, "programmes": ["JHT"], "jkp_member": True}, "jkp_member"),
        ({"wage": 1, "programmes": ["JKP"]}, "jkp_member"),
        ({"wage": 1, "programmes": ["JHT"], "birth_date": "2026-03-01"}, "birth_date"),
        ({"wage": 1, "programmes": ["JHT"], "birth_date": "1966-W24-3"}, "birth_date"),
        ({"wage": 1, "programmes": ["JHT"], "birth_date": "next year"}, "birth_date"),
        ({"wage": 1, "programmes": ["JHT"], "birth_date": 19660615}, "birth_date"),
        ({"wage": 1, "programmes": ["JP"], "months": 60}, "months"),
        ({"wage": 1, "programmes": ["JHT"], "months": 0}, "months"),
        ({"contribution_owed": 1}, "months_late"),
        ({"months_late": 1}, "contribution_owed"),
        ({"contribution_owed": 1, "months_late": 1, "relief": "PP 50/2025"}, "relief"),
        ({"contribution_owed": 1, "months_late": 1, "relief": "PP 1/1900"}, "relief"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(inputs: dict[str, Any], fact: str) -> None:
    with pytest.raises(ImpossibleFact, match="possible is") as refusal:
        evaluate(_case(**inputs))
    assert refusal.value.fact == fact


def test_a_fine_and_a_wage_are_two_cases() -> None:
    with pytest.raises(LawError, match="wage has no meaning beside contribution_owed"):
        evaluate(_case(contribution_owed=1, months_late=1, wage=1))


def test_a_month_before_the_law_is_refused() -> None:
    with pytest.raises(NotInForce, match="July 2015"):
        evaluate(_case(month="2015-06", wage=1, programmes=["JHT"]))


@pytest.mark.parametrize("month", [None, "February", "2026-13", 2026])
def test_a_case_without_a_month_is_refused(month: Any) -> None:
    with pytest.raises(ImpossibleFact, match="month like 2026-02"):
        evaluate(_case(month=month, wage=1, programmes=["JHT"]))


def test_a_day_stands_for_its_month() -> None:
    assert evaluate(_case(month=date(2026, 3, 1), wage=20_000_000, programmes=["JP"]))["jp_worker"] == 110_863


@pytest.mark.parametrize("inputs", [None, [], "wage"])
def test_a_case_without_inputs_is_refused(inputs: Any) -> None:
    with pytest.raises(LawError, match="inputs"):
        evaluate({"id": "x", "segment": "PU", "date": "2026-02", "inputs": inputs})


def test_only_the_programmes_asked_for_are_answered() -> None:
    assert evaluate(_case(wage=1_000_000, programmes=["JKM"])) == {
        "jkm": 3_000,
        "total_employer": 3_000,
        "total_worker": 0,
        "total": 3_000,
    }


def test_a_member_of_jkp_in_jkk_alone_sees_the_split_of_jkk_alone() -> None:
    result = evaluate(_case(wage=1_000_000, programmes=["JKK", "JKP"], jkk_class="I", jkp_member=True))
    assert result["jkk_kept"] == 1_000
    assert "jkm_kept" not in result


def test_a_split_asks_whether_the_worker_is_a_member() -> None:
    with pytest.raises(ImpossibleFact, match="jkp_member: missing; possible is true or false"):
        evaluate(_case(segment="PU-JKP-SPLIT", wage=1, jkk_class="I"))


def test_without_membership_nothing_leaves_the_bills() -> None:
    assert evaluate(_case(segment="PU-JKP-SPLIT", wage=12_000_000, jkk_class="I", jkp_member=False)) == {
        **dict.fromkeys(("jkp_base", "jkp_government", "jkp_from_jkk", "jkp_from_jkm", "jkp_total"), 0),
        "jkk_bill": 28_800,
        "jkk_kept": 28_800,
        "jkm_bill": 36_000,
        "jkm_kept": 36_000,
    }


@pytest.mark.parametrize("growth", [None, "0.05", True, Decimal("-1"), Decimal("1.01")])
def test_a_growth_that_cannot_be_is_refused(growth: Any) -> None:
    with pytest.raises(ImpossibleFact, match="gdp_growth"):
        evaluate(_case(segment="PU-JP-CEILING", previous_ceiling=10_000_000, gdp_growth=growth))


def test_the_ceiling_can_fall() -> None:
    result = evaluate(
        _case(segment="PU-JP-CEILING", month="2021-03", previous_ceiling=8_939_700, gdp_growth=Decimal("-0.0207"))
    )
    assert result == {"ceiling": 8_754_600, "unrounded": Decimal("8754648.21")}


@pytest.mark.parametrize(
    ("ask", "fact"),
    [
        (lambda: answer("PU", "2026-02", {}, "fr"), "language"),  # type: ignore[arg-type]  # what is refused
        (lambda: answer("PU", "2026-02-30", {}), "date"),
        (lambda: answer("ALLOCATION", "2026-02", {"payment": -1, "debts": []}), "payment"),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_that_its_asker_gave_it(ask: Callable[[], object], fact: str) -> None:
    with pytest.raises(ImpossibleFact) as refusal:
        ask()
    assert refusal.value.fact == fact


def test_a_segment_that_is_not_computed_is_said_before_what_else_is_missing() -> None:
    with pytest.raises(NotYetComputed, match="segment 'PENSION' is not yet computed"):
        evaluate({"segment": "PENSION"})


def test_an_amount_that_cannot_be_paid_is_refused_with_rupiah() -> None:
    with pytest.raises(ImpossibleFact, match="from Rp0 to Rp1,000,000,000,000,000"):
        answer("ALLOCATION", "2026-02", {"payment": -1, "debts": []})
