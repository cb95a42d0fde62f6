"""PU: who owes what, and the reasons given where nothing is owed."""

from typing import Any

import pytest

from lindung.law import Answer, ImpossibleFact, LawError, Month, Programme, Relief, answer, readings
from lindung.law.facts import Facts
from lindung.law.segments.pu import Worker, amounts, read_worker

FEBRUARY = Month(2026, 2)
WAGE: dict[str, Any] = {"wage": 10_000_000, "jkk_class": "II"}


def _answer(when: str = "2026-02", **inputs: Any) -> Answer:
    return answer("PU", when, WAGE | inputs, "en")


def _line(said: Answer, key: str) -> Any:
    return next(line for line in said.lines if line.key == key)


def test_the_result_of_a_plain_month_is_complete() -> None:
    assert dict(_answer(jkp_member=True).result) == {
        "jht_employer": 370_000,
        "jht_worker": 200_000,
        "jp_employer": 200_000,
        "jp_worker": 100_000,
        "jkk": 54_000,
        "jkm": 30_000,
        "jkp_government": 11_000,
        "jkp_from_jkk": 7_000,
        "jkp_from_jkm": 0,
        "total_jht": 570_000,
        "total_jp": 300_000,
        "total_employer": 654_000,
        "total_worker": 300_000,
        "total": 954_000,
        "jkp_base": 5_000_000,
        "jkp_total": 18_000,
        "jkk_bill": 54_000,
        "jkk_kept": 47_000,
        "jkm_bill": 30_000,
        "jkm_kept": 30_000,
    }


def test_the_facts_of_an_answer_are_the_case_as_it_was_understood() -> None:
    assert _answer(joined="2026-02-15", labour_intensive_relief=True).facts == {
        "wage_rupiah": 10_000_000,
        "jp_wage_rupiah": 5_000_000,
        "jkk_class": "II",
        "programmes": ["JHT", "JKK", "JKM", "JP"],
        "jp_liable": True,
        "jkp_member": False,
        "relief": None,
    }
    assert _answer("2025-06", labour_intensive_relief=True).facts["relief"] is Relief.LABOUR_INTENSIVE


def test_whoever_has_reached_the_pension_age_is_told_when() -> None:
    line = _line(_answer(birth_date="1966-06-15"), "jp_worker")
    assert line.sentence == "No JP contribution: the pension age was reached in June 2024 (PP 45/2015 art 15)"
    assert (line.amount_rupiah, line.base_rupiah, line.doubts) == (0, 0, ())


def test_a_pension_put_off_owes_jp_for_36_months_and_the_doubt_is_spoken() -> None:
    last = _answer("2026-06", birth_date="1965-06-15", jp_deferral_elected=True)
    assert last.rupiah("jp_worker") == 100_000
    assert any("does not write whether JP contributions run on" in note for note in last.notes)
    assert last.confidence == "low"
    over = _answer("2026-07", birth_date="1965-06-15", jp_deferral_elected=True)
    assert over.rupiah("jp_worker") == 0
    assert _answer(birth_date="1990-06-15", jp_deferral_elected=True).confidence == "high"
    assert _answer(birth_date="1965-06-15", jp_deferral_elected=False).rupiah("jp_worker") == 0


def test_a_foreigner_owes_nothing_before_six_months_and_is_told_so() -> None:
    said = _answer(citizen=False, months_worked_in_indonesia=5)
    assert said.rupiah("total") == 0
    assert {line.sentence for line in said.lines} == {
        "Not owed yet: a foreign worker becomes a member after 6 months of work in Indonesia (UU 24/2011 art 14)"
    }
    assert _answer(citizen=False, months_worked_in_indonesia=6).rupiah("jkk") == 54_000


def test_a_foreigner_is_in_jp_only_when_registered() -> None:
    said = _answer(citizen=False, months_worked_in_indonesia=6)
    assert _line(said, "jp_worker").sentence == "No JP contribution: a foreign worker (PP 45/2015 art 2)"
    assert _line(said, "jp_worker").confidence == "medium"
    assert "cannot register foreigners" in _line(said, "jp_worker").doubts[0]
    assert _answer(citizen=False, jp_registered=False).rupiah("jp_worker") == 0
    assert _answer(citizen=False, jp_registered=True).rupiah("jp_worker") == 100_000
    assert _answer(citizen=True, jp_registered=False).rupiah("jp_worker") == 100_000, "registration waives nothing"


def test_months_of_work_that_are_not_given_are_taken_to_have_passed() -> None:
    assert readings.FOREIGNER_SIX_MONTHS_TAKEN in _answer(citizen=False).readings
    assert readings.FOREIGNER_SIX_MONTHS_TAKEN not in _answer(citizen=False, months_worked_in_indonesia=6).readings


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"months_worked_in_indonesia": 8}, "months_worked_in_indonesia has no meaning beside citizen: true"),
        ({"citizen": True, "months_worked_in_indonesia": 8}, "no meaning beside citizen: true"),
        ({"citizen": False, "jkp_member": True}, "jkp_member: True is impossible; possible is false: JKP is for citiz"),
        ({"enterprise_size": "tiny"}, "micro, small, medium, large"),
        ({"contract": "PKWT", "employer": "construction services"}, "PKWTT; project workers of construction are comp"),
        ({"contract": "harian", "employer": "construction services"}, "contract: 'harian'"),
        ({"contract": "magang"}, "PKWTT, PKWT, borongan, harian"),
        ({"employer": "bakery"}, "construction services, other"),
        ({"months": 1201}, "months: 1201"),
        ({"months_late": 1}, "no meaning beside contribution_owed, months_late"),
        ({"paid_on": "2026-02-01"}, "paid_on has no meaning beside wage"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        _answer(**inputs)


def test_a_permanent_worker_of_a_builder_and_project_workers_elsewhere_are_wage_earners() -> None:
    assert _answer(contract="PKWTT", employer="construction services").rupiah("jkk") == 54_000
    assert _answer(contract="PKWT", employer="other").rupiah("jkk") == 54_000
    assert _answer(contract="harian").rupiah("jkk") == 54_000


def test_the_size_of_an_enterprise_names_what_must_be_taken_and_the_programmes_named_come_first() -> None:
    small = _answer(enterprise_size="small")
    assert "jp_worker" not in small.result
    assert small.law["enterprise/mandatory_small"][0] == "JKK, JKM, JHT"
    assert "jp_worker" in _answer(enterprise_size="small", programmes=["JP"]).result
    assert "jkp_total" in _answer(enterprise_size="micro", jkp_member=True).result
    assert "jht_worker" not in _answer(enterprise_size="micro").result


def test_an_enterprise_that_takes_too_little_is_told_what_it_must_take() -> None:
    said = _answer(enterprise_size="small", programmes=["JHT"])
    assert said.sentences == ("An enterprise of this size must also take JKK, JKM (Perpres 109/2013 art 6(3))",)
    assert _answer(enterprise_size="small").sentences == ()
    assert (
        _answer(enterprise_size="large", programmes=["JHT", "JKK", "JKM"])
        .sentences[0]
        .startswith("An enterprise of this size must also take JP (")
    )


def test_a_worker_who_was_not_registered_is_owed_for_and_the_answer_says_so() -> None:
    waived = "Missing registration does not waive the contribution (UU 24/2011 art 15 and art 19)"
    assert _answer(jp_registered=False).sentences == (waived,)
    assert _answer(jp_registered=False, citizen=False).sentences == ()
    assert _answer(jp_registered=True).sentences == ()


def test_a_deferral_in_other_months_is_answered_in_words() -> None:
    assert _answer(jp_deferral=True).sentences == ("The deferral of JP under PP 49/2020 does not reach February 2026",)
    assert _answer("2020-09", jp_deferral=True).sentences == ()
    assert _answer(jp_deferral=True, programmes=["JHT"]).sentences == ()


def test_a_contract_may_be_named_in_other_words() -> None:
    for word in ("daily", "harian lepas", "piece_rate"):
        with pytest.raises(ImpossibleFact, match="project workers of construction"):
            _answer(contract=word, employer="construction services")
        assert answer("JAKON", "2026-02", {"monthly_wage": 1_000_000, "contract": word}).rupiah("jkk") == 17_400


def test_months_multiply_jht_and_nothing_else() -> None:
    said = _answer(months=3)
    assert said.rupiah("total_jht_3_months_without_development") == 1_710_000
    assert said.rupiah("total_jht") == 570_000
    with pytest.raises(ImpossibleFact, match="only with programme JHT"):
        _answer(months=3, programmes=["JP"])


def test_a_deferred_jp_is_told_in_three_parts_and_bills_only_what_is_due_now() -> None:
    said = answer("PU", "2020-09", {"wage": 50_000_000, "programmes": ["JHT", "JP", "JKM"], "jp_deferral": True}, "en")
    assert [(line.key, line.amount_rupiah, line.billed) for line in said.lines] == [
        ("jht_employer", 1_850_000, True),
        ("jht_worker", 1_000_000, True),
        ("jp_employer", 178_794, False),
        ("jp_worker", 89_397, False),
        ("jp_due_now_employer", 1_788, True),
        ("jp_due_now_worker", 894, True),
        ("jp_deferred", 265_509, False),
        ("jkm", 150_000, True),
    ]
    assert said.rupiah("total_employer") == 1_850_000 + 1_788 + 150_000
    assert said.rupiah("total_worker") == 1_000_000 + 894
    assert said.rupiah("total_jp") == 268_191
    deferred = _line(said, "jp_deferred")
    assert deferred.sentence == (
        "JP contribution Rp268,191 less what is paid first Rp2,682 = Rp265,509, paid starting by 15 May 2021 and "
        "settled by 15 April 2022 (PP 49/2020 art 17 to art 21)"
    )
    assert (deferred.payer, deferred.rate_text, deferred.base_rupiah) == ("employer", "99%", 268_191)
    rates = {"jp/employer_rate", "jp/worker_rate", "jp/wage_ceiling", "relief/pension_deferral"}
    assert set(deferred.law) == rates
    assert not [doubt for doubt in _line(said, "jp_worker").doubts if "shown without" in doubt]
    due = _line(said, "jp_due_now_worker")
    assert due.sentence.startswith("0.01% (relief: 1% of 1%) of the smaller of wage Rp50,000,000 and JP wage ceiling")


def test_jp_alone_and_jp_after_a_part_of_a_month_can_be_deferred() -> None:
    part = {"wage": 4_000_000, "programmes": ["JP"], "jp_deferral": True, "wage_paid_in_month": 1_000_000}
    said = answer("PU", "2020-09", part)
    assert next(line.key for line in said.lines) == "jp_employer"
    assert (said.rupiah("jp_due_now_employer"), said.rupiah("jp_deferred")) == (200, 29_700)


@pytest.mark.parametrize(
    "inputs",
    [
        {"jp_deferral": False},
        {"jp_deferral": True, "programmes": ["JHT"]},
        {"jp_deferral": True, "birth_date": "1950-01-01"},
        {"jp_deferral": True, "citizen": False},
    ],
)
def test_without_jp_to_put_off_nothing_is_deferred(inputs: dict[str, Any]) -> None:
    assert "jp_deferred" not in _answer("2020-09", **inputs).result
    assert "jp_deferred" not in _answer("2021-02", jp_deferral=True).result


def test_a_worker_may_be_described_without_inputs() -> None:
    worker = Worker(FEBRUARY, 10_000_000, "II", frozenset({Programme.JKK}))
    assert amounts(worker.lines())["total"] == 54_000
    read = read_worker(FEBRUARY, Facts(WAGE | {"birth_date": "1990-01-01", "jkp_member": True}))
    assert (read.jp_liable, read.jkp_member, Programme.JKP in read.programmes) == (True, True, True)


def test_the_fine_of_a_wage_earner_is_that_of_the_penalty() -> None:
    facts = {"contribution_owed": 1_000_000, "months_late": 3}
    assert answer("PU", "2025-06", facts).result == answer("PENALTY", "2025-06", facts).result
    with pytest.raises(LawError, match="enterprise_size has no meaning beside contribution_owed"):
        answer("PU", "2025-06", facts | {"enterprise_size": "small"})
    with pytest.raises(LawError, match="wage_from_15th, wage_until_14th has no meaning beside contribution_owed"):
        answer("PU", "2025-06", facts | {"wage_until_14th": 1, "wage_from_15th": 2})


def test_a_worker_of_whom_nothing_else_is_known_owes_jp_and_is_no_member_of_jkp() -> None:
    lines = Worker(FEBRUARY, 10_000_000, "II", frozenset(Programme)).lines()
    assert {line.key: line.amount_rupiah for line in lines} == {
        "jht_employer": 370_000,
        "jht_worker": 200_000,
        "jp_employer": 200_000,
        "jp_worker": 100_000,
        "jkk": 54_000,
        "jkm": 30_000,
    }
