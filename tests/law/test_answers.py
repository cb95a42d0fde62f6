"""An answer: notes, confidence, law, and its data."""

import pytest

from lindung.law import answer
from lindung.law.answers import is_count


def test_notes_say_every_doubt_once_and_rounding_first() -> None:
    said = answer("PU", "2021-01", {"wage": 1_000_001, "jkk_class": "I"}, "en")
    assert said.notes[0].startswith("The law does not fix rounding")
    assert len(said.notes) == len(set(said.notes))
    assert any("without the relief of PP 49/2020" in note for note in said.notes)


def test_an_answer_without_amounts_owed_does_not_speak_of_rounding() -> None:
    assert answer("DUE-DATE", "2026-03", {}, "en").notes == ()


def test_the_confidence_is_the_weakest_mark_and_leaves_rounding_out() -> None:
    plain = {"wage": 1_000_001, "jkk_class": "I"}
    assert answer("PU", "2026-02", plain).confidence == "high"
    assert answer("PU", "2026-02", plain | {"joined": "2026-02-10", "wage_paid_in_month": 5}).confidence == "medium"
    assert answer("PU", "2026-02", plain | {"joined": "2026-02-10"}).confidence == "low"
    assert answer("BPU", "2025-06", {"income": 3_000_000}).confidence == "medium"
    assert answer("BPU", "2025-06", {"income": 2_000_000, "programmes": ["JKK", "JKM"]}).confidence == "high"


def test_the_law_names_every_parameter_with_article_and_first_day() -> None:
    said = answer("PU", "2026-02", {"wage": 1_000_000, "pay_basis": "daily", "jkk_class": "II"})
    assert said.law["jkk/rate/II"] == ("0.54%", "PP 44/2015 Pasal 16 ayat 1", "2015-07-01")
    assert said.law["wage/days_per_month"][0] == 25


def test_a_value_not_yet_published_makes_the_answer_provisional() -> None:
    facts = {"wage": 1_000_000, "programmes": ["JP"]}
    assert not answer("PU", "2027-02", facts).provisional
    assert answer("PU", "2027-03", facts).provisional
    ceiling = {"previous_ceiling": 1, "gdp_growth": 0}
    assert not answer("PU-JP-CEILING", "2030-03", ceiling).provisional


@pytest.mark.parametrize("topic", ["SANCTION", "PENALTY"])
def test_a_fine_for_which_the_law_has_one_rate_is_not_provisional(topic: str) -> None:
    facts = {"contribution_owed": 1_000_000} | ({"months_late": 1} if topic == "PENALTY" else {})
    assert [line.provisional for line in answer(topic, "2026-03", facts).lines] == [False]


def test_an_amount_is_asked_for_by_its_key() -> None:
    said = answer("PENALTY", "2026-03", {"contribution_owed": 100, "paid_on": "2026-04-16"})
    assert said.rupiah("fine") == 2
    for key in ("months_late", "due_on", "nothing"):
        with pytest.raises(KeyError, match=key):
            said.rupiah(key)
    with pytest.raises(KeyError, match="band"):
        answer("BPU", "2025-06", {"income": 3_000_000}).rupiah("band")
    with pytest.raises(KeyError):
        answer("JP-PENSION-AGE", "2026-03", {"birth_date": "1990-01-01"}).rupiah("owed")


def test_counts_are_told_from_rupiah() -> None:
    for key in ("months_late", "2025-06_months_late", "months_to_pay", "jkp_claim_back_months"):
        assert is_count(key), key
    for key in ("age", "pension_age", "band"):
        assert is_count(key), key
    for key in ("jht", "total_3_months", "total_jht_60_months_without_development", "2025-06_fine"):
        assert not is_count(key), key


def test_the_data_hold_facts_result_lines_and_law() -> None:
    data = answer("BPU", "2025-06", {"income": 3_000_000}, "en").as_data()
    assert data["segment"] == "BPU"
    assert data["month"] == "2025-06"
    assert data["income_rupiah"] == 3_000_000
    assert data["confidence"] == "medium"
    lines = data["lines"]
    assert isinstance(lines, list)
    assert set(lines[0]) == {
        *("key", "programme", "payer", "billed", "base_rupiah", "rate", "rate_text"),
        *("amount_rupiah", "article", "sentence", "confidence", "doubts"),
    }
    assert (lines[0]["rate"], lines[0]["rate_text"], lines[0]["base_rupiah"]) == ("1/100", "1%", 2_950_000)


def test_the_data_of_an_answer_holds_everything_under_its_name() -> None:
    data = answer("PU", "2026-02", {"wage": 1_000_001, "jkk_class": "I", "programmes": ["JKK"]}, "en").as_data()
    rounding = "The law does not fix rounding: each share is rounded half up to the rupiah, per worker per month."
    line = {
        "key": "jkk",
        "programme": "JKK",
        "payer": "employer",
        "billed": True,
        "base_rupiah": 1_000_001,
        "rate": "3/1250",
        "rate_text": "0.24%",
        "amount_rupiah": 2_400,
        "article": "PP 44/2015 art 16(1)",
        "sentence": "0.24% (risk class I) of wage Rp1,000,001 = Rp2,400 (PP 44/2015 art 16(1))",
        "confidence": "high",
        "doubts": [rounding],
    }
    facts = {
        "wage_rupiah": 1_000_001,
        "jp_wage_rupiah": None,
        "jkk_class": "I",
        "programmes": ["JKK"],
        "jp_liable": True,
        "jkp_member": False,
        "relief": None,
    }
    assert data == {
        "segment": "PU",
        "month": "2026-02",
        **facts,
        "result": {"jkk": 2_400, "total_employer": 2_400, "total_worker": 0, "total": 2_400},
        "lines": [line],
        "sentences": [],
        "notes": [rounding],
        "law": {"jkk/rate/I": {"value": "0.24%", "article": "PP 44/2015 Pasal 16 ayat 1", "from": "2015-07-01"}},
        "confidence": "high",
        "provisional": False,
    }
