"""Every worked case, read from ``cases/*.yaml``: what is computed must agree, what is not must be refused."""

from pathlib import Path
from typing import Any

import pytest

from lindung.law import NotYetComputed
from lindung.law.segments import evaluate
from lindung.law.yaml_text import read_yaml

FOLDER = Path(__file__).parent / "cases"
NOT_YET_COMPUTED = {
    "d-covid-10m",
    "jakon-employer-permanent-10m",
    "pu-nb-age-60-elected-deferral",
    "pu-nb-foreigner-jp-registered",
    "pu-nb-foreigner-no-jp",
    "pu-nb-joiner-16-feb",
    "pu-nb-joiner-25-nov-124m",
    "pu-nb-leaver-23-jan",
    "pu-nb-leaver-80m",
    "pu-nb-piece-rate-first-month",
    "pu-nb-raise-mid-month",
    "pu-nb-relief-12m-class2",
    "pu-nb-relief-12m-class3",
    "pu-nb-relief-12m-class5",
    "pu-nb-relief-ended",
    "pu-nb-thr-excluded",
    "pu-nb-two-unpaid-days",
}


def _cases() -> list[dict[str, Any]]:
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = read_yaml(path)
        assert isinstance(content, dict)
        cases += content["cases"]
    return cases


CASES = _cases()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if case["id"] not in NOT_YET_COMPUTED]
)
def test_a_case_gives_what_the_law_says(case: dict[str, Any]) -> None:
    result = evaluate(case)
    assert {key: result.get(key) for key in case["expected"]} == case["expected"]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if case["id"] in NOT_YET_COMPUTED]
)
def test_a_case_that_is_not_yet_computed_is_refused_and_its_input_named(case: dict[str, Any]) -> None:
    with pytest.raises(NotYetComputed, match="not yet computed") as refusal:
        evaluate(case)
    assert any(name in str(refusal.value) for name in case["inputs"])


def test_every_case_not_yet_computed_still_exists() -> None:
    assert {case["id"] for case in CASES} >= NOT_YET_COMPUTED


def test_every_case_has_a_name_of_its_own_an_article_and_something_to_expect() -> None:
    names = [case["id"] for case in CASES]
    assert len(names) == len(set(names))
    assert all(case["article"] and case["inputs"] and case["expected"] for case in CASES)
