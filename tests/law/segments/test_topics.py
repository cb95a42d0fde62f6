"""The smaller topics: due date, penalty, pension age, mandatory programmes."""

from typing import Any

import pytest

from lindung.law import ImpossibleFact, LawError, answer, readings


def test_a_due_date_says_its_article_and_its_doubts() -> None:
    said = answer("DUE-DATE", "2026-01", {}, "en")
    assert said.sentences == (
        "The contribution of January 2026 falls on 15 February 2026, no working day, so it is due on 16 February 2026 "
        "(PP 44/2015 art 22(1))",
    )
    assert said.readings == (readings.DUE_ON_WORKING_DAY,)
    assert said.confidence == "medium"
    assert said.law == {"arrears/due_day": (15, "PP 44/2015 Pasal 22 ayat 1", "2021-02-01")}


@pytest.mark.parametrize(
    ("due_of", "reading"), [("BPU", "NO_DUE_DAY_FOR_OWN_ACCOUNT"), ("JAKON", "CONSTRUCTION_DUE_WITH_ITS_STAGE")]
)
def test_where_the_law_names_no_day_none_is_named_and_the_answer_says_so(due_of: str, reading: str) -> None:
    said = answer("DUE-DATE", "2026-03", {"due_of": due_of}, "en")
    assert said.result["due_on"] is None
    assert said.confidence == "low"
    assert getattr(readings, reading) in said.readings
    assert said.sentences


def test_a_project_is_registered_within_working_days_of_its_work_order() -> None:
    said = answer("DUE-DATE", "2026-03", {"due_of": "JAKON", "work_order_on": "2026-03-02"}, "en")
    assert said.sentences[1] == (
        "The project is registered by 20 March 2026, 14 working days after the work order "
        "(Permenaker 44/2015; Permenaker 1/2025)"
    )
    assert said.law["jakon/registration_working_days"][0] == 14


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"due_of": "PMI"}, "due_of: 'PMI' is impossible; possible is PU, BPU, JAKON"),
        ({"due_of": "BPU", "paid_on": "2026-05-01"}, "paid_on has no meaning beside due_of: BPU"),
        ({"due_of": "JAKON", "paid_on": "2026-05-01"}, "paid_on has no meaning beside due_of: JAKON"),
        ({"due_of": "JAKON", "holidays": []}, "holidays has no meaning beside due_of: JAKON"),
        ({"work_order_on": "2026-05-01"}, "work_order_on has no meaning beside due_of: PU"),
    ],
)
def test_a_due_date_of_a_segment_refuses_what_it_cannot_use(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        answer("DUE-DATE", "2026-03", inputs)


def test_a_penalty_rests_on_its_rate_and_its_readings() -> None:
    said = answer("PENALTY", "2020-09", {"contribution_owed": 1_000_000, "months_late": 2}, "en")
    assert said.law == {"arrears/penalty_rate": ("0.5%", "PP 49/2020 Pasal 23 ayat 1", "2020-08-01")}
    assert dict(said.result) == {"fine": 10_000, "months_late": 2, "total": 1_010_000}
    assert said.sentences == ()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"contribution_owed": 1}, "months_late: missing"),
        (
            {"contribution_owed": 1, "months_late": 1, "paid_on": "2026-05-01"},
            "paid_on has no meaning beside months_late",
        ),
        ({"contribution_owed": 1, "months_late": 1, "holidays": []}, "holidays has no meaning beside months_late"),
        ({"contribution_owed": 1, "paid_on": "2226-05-01"}, "a hundred years later at most"),
        ({"contribution_owed": 1, "days_late": 1, "months_late": 1}, "days_late has no meaning beside months_late"),
        ({"contribution_owed": 1, "days_late": 1, "paid_on": "2026-05-01"}, "paid_on has no meaning beside days_late"),
        ({"contribution_owed": 1, "days_late": -1}, "days_late: -1"),
        ({"contribution_owed": 1, "days_late": 36_001}, "days_late: 36001"),
        ({"contribution_owed": 1, "paid_on": "soon"}, "paid_on: 'soon'"),
        ({"paid_on": "2026-05-01"}, "contribution_owed: missing"),
    ],
)
def test_a_penalty_without_its_facts_is_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        answer("PENALTY", "2026-03", inputs)


@pytest.mark.parametrize(("days", "months"), [(0, 0), (1, 1), (30, 1), (31, 2), (36_000, 1183)])
def test_days_of_delay_count_from_the_due_date(days: int, months: int) -> None:
    said = answer("PENALTY", "2026-03", {"contribution_owed": 100, "days_late": days})
    assert (said.result["months_late"], str(said.result["due_on"])) == (months, "2026-04-15")


def test_a_payment_a_hundred_years_late_is_still_computed() -> None:
    assert answer("PENALTY", "2026-03", {"contribution_owed": 100, "paid_on": "2126-04-15"}).result["fine"] == 2_400


def test_the_last_jp_month_is_told_with_the_readings_it_rests_on() -> None:
    said = answer("JP-PENSION-AGE", "2026-06", {"birth_date": "1967-06-15"}, "en")
    assert dict(said.result) == {
        "pension_age": 59,
        "pension_age_reached_in": "2026-06",
        "age": 59,
        "owed": True,
        "last_month": "2026-06",
    }
    assert said.sentences == ("The last JP contribution is for June 2026",)
    assert said.readings == (readings.LAST_JP_MONTH,)
    assert "jp/deferral_months" not in said.law
    later = answer("JP-PENSION-AGE", "2026-07", {"birth_date": "1967-06-15", "jp_deferral_elected": True})
    assert (later.result["owed"], later.result["last_month"]) == (True, "2029-06")
    assert "jp/deferral_months" in later.law
    with pytest.raises(ImpossibleFact, match="birth_date: missing"):
        answer("JP-PENSION-AGE", "2026-06", {})


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "enterprise_size: missing; possible is one of enterprise_size, capital, yearly_sales"),
        ({"capital": 1, "yearly_sales": 1}, "enterprise_size: 'capital, yearly_sales' is impossible"),
        ({"enterprise_size": "huge"}, "micro, small, medium, large"),
        ({"capital": -1}, "capital: -1"),
        ({"enterprise_size": "small", "age": 121}, "age: 121"),
        ({"enterprise_size": "small", "contract": "magang"}, "contract: 'magang'"),
    ],
)
def test_an_enterprise_that_cannot_be_is_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(ImpossibleFact, match=said):
        answer("PU-PROGRAMMES", "2026-02", inputs)


def test_what_an_enterprise_must_take_is_told_without_a_worker() -> None:
    said = answer("PU-PROGRAMMES", "2026-02", {"capital": 6 * 10**9}, "en")
    assert dict(said.result) == {"enterprise_size": "medium", "jkk": "must", "jkm": "must", "jht": "must", "jp": "must"}
    assert set(said.law) == {"enterprise/capital_up_to", "enterprise/mandatory_medium"}
    assert said.confidence == "medium"


def test_membership_in_jkp_is_told_with_its_reason_and_article() -> None:
    said = answer(
        "PU-PROGRAMMES", "2026-02", {"enterprise_size": "micro", "jkn": True, "birth_date": "1990-01-01"}, "en"
    )
    assert said.result["jkp"] is False
    assert said.sentences == ("not enrolled in JHT (PP 6/2025 art 4)",)
    assert {"jkp/registration_age", "jkp/needed_programmes_small"} <= set(said.law)
    large = answer("PU-PROGRAMMES", "2026-02", {"enterprise_size": "large", "jkn": True}, "id")
    assert large.sentences == ("peserta JKP dengan sendirinya (PP 6/2025 Pasal 4)",)
    with pytest.raises(ImpossibleFact, match="on the day of registration 2026-02-28"):
        answer("PU-PROGRAMMES", "2026-02", {"enterprise_size": "large", "birth_date": "1972-02-28"})
    old = {"enterprise_size": "large", "birth_date": "1972-02-28", "registered_on": "2026-02-27"}
    assert answer("PU-PROGRAMMES", "2026-02", old).result["jkp"] is True
