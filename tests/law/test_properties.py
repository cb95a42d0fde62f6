"""What holds of every topic: nothing before its law, both languages alike, the same question the same answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.config.law_cli import _json
from lindung.law import Answer, LawError, Month, NotInForce, answer
from lindung.law.segments import names
from lindung.law.wording import Language

ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "ALLOCATION": ("1900-01", {"payment": 1_000_001, "debts": [{"month": "2025-06", "contribution": 3_000_000}]}),
    "ARREARS": ("2025-02", {"unpaid_months": 4, "programmes": ["JKP"]}),
    "BPU": ("2015-07", {"income": 3_333_333}),
    "DUE-DATE": ("2015-07", {}),
    "JAKON": ("2015-07", {"contract_net_of_vat": 333_333_333}),
    "JHT-DEVELOPMENT": ("2016-01", {"opening_balance": 3_333_333}),
    "JHT-SIMULATION": ("2015-07", {"wage": 3_333_333, "years": 2, "annual_rate": 0}),
    "JP-PENSION-AGE": ("2015-07", {"birth_date": "1990-06-15"}),
    "PENALTY": ("2015-07", {"contribution_owed": 3_333_333, "months_late": 1}),
    "PMI": ("2017-08", {"contract_months": 24, "route": "individual"}),
    "PU": ("2015-07", {"wage": 3_333_333, "jkk_class": "I"}),
    "PU-JKP-SPLIT": ("2021-02", {"wage": 3_333_333, "jkk_class": "I", "jkp_member": True}),
    "PU-JP-CEILING": ("2016-03", {"previous_ceiling": 7_000_000, "gdp_growth": 0}),
    "PU-PROGRAMMES": ("2015-07", {"enterprise_size": "small"}),
    "SANCTION": ("2015-07", {"contribution_owed": 3_333_333}),
}
DATED = sorted(set(ASKED) - {"ALLOCATION"})


def _said(topic: str, month: Month, inputs: dict[str, Any], language: Language) -> Answer | LawError:
    try:
        return answer(topic, month, inputs, language)
    except LawError as refusal:
        return refusal


def test_every_topic_is_asked() -> None:
    assert set(ASKED) == set(names())


@pytest.mark.parametrize("topic", DATED)
def test_there_is_no_answer_before_the_first_month_of_the_law(topic: str) -> None:
    first, inputs = ASKED[topic]
    assert answer(topic, first, inputs).result
    with pytest.raises(LawError):
        answer(topic, Month.parse(first).previous(), inputs)


@given(st.sampled_from(DATED), st.integers(13, 1_000))
def test_nor_in_any_month_before_it(topic: str, before: int) -> None:
    first, inputs = ASKED[topic]
    with pytest.raises(NotInForce):
        answer(topic, Month.parse(first).plus(-before), inputs)


@given(st.sampled_from(sorted(ASKED)), st.integers(0, 400))
def test_both_languages_give_the_same_amounts_and_each_says_its_doubts(topic: str, later: int) -> None:
    first, inputs = ASKED[topic]
    month = Month.parse(first).plus(later)
    indonesian, english = (_said(topic, month, inputs, language) for language in ("id", "en"))
    if isinstance(indonesian, LawError) or isinstance(english, LawError):
        assert str(indonesian) == str(english)
        assert isinstance(english, LawError)
        assert english.say("id") != english.say("en")
        return
    assert indonesian.result == english.result
    assert indonesian.confidence == english.confidence
    assert len(indonesian.notes) == len(english.notes)
    assert not set(indonesian.notes) & set(english.notes)
    assert answer(topic, month, inputs, "en") == english
    assert json.loads(_json(english.as_data()))["segment"] == topic


@given(st.sampled_from(sorted(ASKED)), st.integers(0, 400))
def test_an_answer_that_is_less_than_certain_says_why(topic: str, later: int) -> None:
    first, inputs = ASKED[topic]
    said = _said(topic, Month.parse(first).plus(later), inputs, "en")
    rounding = "The law does not fix rounding"
    assert (
        isinstance(said, LawError)
        or said.confidence == "high"
        or [note for note in said.notes if not note.startswith(rounding)]
    )
