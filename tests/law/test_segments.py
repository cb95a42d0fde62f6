"""Cases from anybody: what is read, and what is refused rather than passed over."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lindung.law import ImpossibleFact, LawError, NotInForce, NotYetComputed
from lindung.law.segments import evaluate, names


def _case(segment: str = "PU", month: Any = "2026-02", **inputs: Any) -> dict[str, Any]:
    return {"id": "x", "segment": segment, "date": month, "inputs": inputs}


def test_the_segments_are_the_files_of_the_folder() -> None:
    assert names() == ("PU", "PU-JKP-SPLIT", "PU-JP-CEILING")


@pytest.mark.parametrize("segment", ["BPU", "JAKON", "pu", "__init__", None, ["PU"]])
def test_an_unknown_segment_is_not_yet_computed(segment: Any) -> None:
    with pytest.raises(NotYetComputed, match="not yet computed; computed are: PU,"):
        evaluate(_case(segment=segment, wage=1))


def test_an_unknown_input_is_refused_by_name_even_beside_known_ones() -> None:
    with pytest.raises(NotYetComputed, match="input citizen, thr_paid is not yet computed for segment PU"):
        evaluate(_case(wage=1, jkk_class="I", thr_paid=5, citizen=True))


def test_a_relief_on_a_wage_is_not_yet_computed() -> None:
    with pytest.raises(NotYetComputed, match="relief"):
        evaluate(_case(month="2020-09", wage=1, jkk_class="I", relief="PP 49/2020"))


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
        ({"contribution_owed": 1, "months_late": 1, "relief": "PP 7/2025"}, "relief"),
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
    with pytest.raises(NotInForce, match="2015-07"):
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
    }


def test_a_member_of_jkp_in_jkk_alone_sees_the_split_of_jkk_alone() -> None:
    result = evaluate(_case(wage=1_000_000, programmes=["JKK", "JKP"], jkk_class="I", jkp_member=True))
    assert result["jkk_kept"] == 1_000
    assert "jkm_kept" not in result


@pytest.mark.parametrize("inputs", [{}, {"jkp_member": False}])
def test_without_membership_there_is_no_split_to_show(inputs: dict[str, bool]) -> None:
    with pytest.raises(ImpossibleFact, match="without JKP there is no split"):
        evaluate(_case(segment="PU-JKP-SPLIT", wage=1, jkk_class="I", **inputs))


@pytest.mark.parametrize("growth", [None, "0.05", True, Decimal("-1"), Decimal("1.01")])
def test_a_growth_that_cannot_be_is_refused(growth: Any) -> None:
    with pytest.raises(ImpossibleFact, match="gdp_growth"):
        evaluate(_case(segment="PU-JP-CEILING", previous_ceiling=10_000_000, gdp_growth=growth))


def test_the_ceiling_can_fall() -> None:
    result = evaluate(
        _case(segment="PU-JP-CEILING", month="2021-03", previous_ceiling=8_939_700, gdp_growth=Decimal("-0.0207"))
    )
    assert result == {"ceiling": 8_754_600, "unrounded": Decimal("8754648.21")}
