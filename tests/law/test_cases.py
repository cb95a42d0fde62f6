"""Every worked case, read from ``cases/*.yaml``: what is computed must agree, what is refused must be that refusal."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lindung import law
from lindung.law import LawError, Month
from lindung.law.parameters import history
from lindung.law.segments import answer_case, evaluate, find, names
from lindung.law.yaml_text import read_yaml

FOLDER = Path(__file__).parent / "cases"


def _cases() -> list[dict[str, Any]]:
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = read_yaml(path)
        assert isinstance(content, dict)
        cases += content["cases"]
    return cases


CASES = _cases()
BY_NAME = {case["id"]: case for case in CASES}
ANSWERED = [case for case in CASES if "expected" in case]
REFUSED = [case for case in CASES if "refused" in case]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in ANSWERED])
def test_a_case_gives_what_the_law_says(case: dict[str, Any]) -> None:
    result = evaluate(case, BY_NAME)
    assert {key: _plain(result.get(key)) for key in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in REFUSED])
def test_a_case_that_cannot_be_is_refused_in_both_languages(case: dict[str, Any]) -> None:
    with pytest.raises(getattr(law, case["refused"])) as refusal:
        evaluate(case, BY_NAME)
    assert isinstance(refusal.value, LawError)
    assert refusal.value.say("id") != refusal.value.say("en")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in ANSWERED])
def test_an_answer_explains_itself_in_both_languages(case: dict[str, Any]) -> None:
    indonesian, english = (answer_case(case, BY_NAME, language) for language in ("id", "en"))
    assert indonesian.result == english.result
    # A fine asked of PU is answered by the topic that it is.
    assert indonesian.segment == (
        "PENALTY" if "fine" in indonesian.result and case["segment"] == "PU" else case["segment"]
    )
    assert indonesian.lines or indonesian.sentences or indonesian.values or indonesian.readings
    for one, other in zip(indonesian.lines, english.lines, strict=True):
        assert one.sentence != other.sentence
        assert one.article in one.sentence
        assert other.article in other.sentence
        assert one.amount_rupiah == other.amount_rupiah


def test_every_case_has_a_name_of_its_own_an_article_and_something_to_expect() -> None:
    assert len(BY_NAME) == len(CASES)
    assert all(case["article"] and ("expected" in case) != ("refused" in case) for case in CASES)


def test_every_topic_has_cases() -> None:
    assert {case["segment"] for case in CASES} == set(names())


def _changes() -> list[tuple[str, str, Month]]:
    """(topic, parameter, first new month) of every change that an answer can rest on."""
    return [
        (topic, name, Month.of(new.from_on))
        for topic in names()
        for name in find(topic).PARAMETERS
        for old, new in pairwise(history(name))
    ]


def test_the_last_old_and_the_first_new_month_of_every_change_are_cases() -> None:
    dated: dict[str, set[Month]] = {}
    for case in CASES:
        day = case["date"]
        month = Month.of(day) if isinstance(day, date) else Month.parse(str(day)[:7])
        dated.setdefault(case["segment"], set()).add(month)
    for case in CASES:
        # A simulation has no parameter that changed; a fine is a topic of its own inside PU.
        if case["segment"] == "PU" and "contribution_owed" in case["inputs"]:
            dated.setdefault("PENALTY", set()).add(Month.parse(str(case["date"])[:7]))
    missing = {
        (name, str(month))
        for _, name, first in _changes()
        for month in (first.previous(), first)
        if not any(month in dated.get(topic, set()) for topic in names() if name in find(topic).PARAMETERS)
    }
    assert not missing
