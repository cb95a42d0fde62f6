"""What unpaid months do to a membership and to its claims."""

from datetime import date
from typing import Any

import pytest

from lindung.law import ImpossibleFact, LawError, Month, NotInForce, Programme, answer, readings
from lindung.law.lapse import (
    MOST_UNPAID_MONTHS,
    claim_in_arrears,
    cover_from,
    employed_standing,
    listed_project_standing,
    own_account_standing,
    package_standing,
    project_standing,
    unpaid_months,
)

JUNE = Month(2025, 6)


@pytest.mark.parametrize(
    ("unpaid", "active", "in_arrears", "to_pay"),
    [(0, True, 0, 0), (1, True, 1, 1), (2, True, 2, 2), (3, False, 3, 0), (4, False, 3, 0), (1200, False, 3, 0)],
)
def test_own_account_cover_lapses_after_three_unpaid_months(
    unpaid: int, active: bool, in_arrears: int, to_pay: int
) -> None:
    standing = own_account_standing(unpaid, JUNE)
    assert (standing.active, standing.months_in_arrears, standing.months_to_pay) == (active, in_arrears, to_pay)
    assert standing.limit.name == "bpu/lapse_months"
    assert standing.words.en.startswith("Still active" if active else "Lapsed after 3 unpaid months")


@pytest.mark.parametrize("unpaid", [-1, 1201, True])
def test_unpaid_months_that_cannot_be_are_refused(unpaid: int) -> None:
    with pytest.raises(ImpossibleFact, match="unpaid_months"):
        own_account_standing(unpaid, JUNE)
    with pytest.raises(ImpossibleFact, match="unpaid_months"):
        claim_in_arrears(Programme.JHT, unpaid, JUNE)


def test_nothing_lapses_before_the_law() -> None:
    with pytest.raises(NotInForce):
        own_account_standing(1, Month(2015, 6))


@pytest.mark.parametrize("programme", [Programme.JKP, Programme.JKK, Programme.JKM])
def test_the_operator_pays_up_to_three_months_of_arrears_and_then_the_employer(programme: Programme) -> None:
    assert claim_in_arrears(programme, 0, JUNE).paid_first_by == "operator"
    assert claim_in_arrears(programme, 3, JUNE).paid_first_by == "operator"
    late = claim_in_arrears(programme, 4, JUNE)
    assert late.paid_first_by == "employer"
    assert late.claim_back_months == (3 if programme is Programme.JKP else None)
    assert claim_in_arrears(programme, 3, JUNE).claim_back_months is None
    rests_on = {"arrears/jkk_jkm_claim_months"}
    if programme is Programme.JKP:
        rests_on = {"arrears/jkp_claim_months", "arrears/claim_back_months"}
    assert {value.name for value in late.values} == rests_on
    assert next(value.confidence for value in late.values) == ("high" if programme is Programme.JKP else "medium")


def test_a_firm_that_is_closed_is_covered_longer_for_jkp_alone() -> None:
    assert claim_in_arrears(Programme.JKP, 6, JUNE, bankrupt_or_closed=True).paid_first_by == "operator"
    assert claim_in_arrears(Programme.JKP, 7, JUNE, bankrupt_or_closed=True).paid_first_by == "employer"
    assert claim_in_arrears(Programme.JKK, 4, JUNE, bankrupt_or_closed=True).paid_first_by == "employer"


def test_savings_and_pension_rest_on_what_was_paid() -> None:
    jht, jp = claim_in_arrears(Programme.JHT, 9, JUNE), claim_in_arrears(Programme.JP, 9, JUNE)
    assert (jht.paid_first_by, jp.paid_first_by) == ("paid months only", "paid months only")
    assert jht.readings == (readings.JHT_OF_UNPAID_MONTHS,)
    assert jp.readings == (readings.JP_MONTHS_COUNT_WHEN_PAID,)


def test_the_answer_speaks_for_each_programme_asked() -> None:
    said = answer("ARREARS", JUNE, {"unpaid_months": 4, "programmes": ["JKP", "JHT"]}, "en")
    assert said.result == {"jht_paid_first_by": "paid months only", "jkp_paid_first_by": "employer"} | {
        "jkp_claim_back_months": 3
    }
    assert said.sentences[0].startswith("JHT: What was paid can be drawn")
    assert said.sentences[1].startswith("JKP: Arrears of more than 3 months: the employer pays first")
    assert said.confidence == "low"
    assert answer("ARREARS", JUNE, {"arrears_of": "PU", "unpaid_months": 1, "programmes": ["JKP"]}).confidence == "high"


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (
            {"arrears_of": "BPU", "unpaid_months": 1, "programmes": ["JKK"]},
            "programmes has no meaning beside arrears_o",
        ),
        ({"unpaid_months": 1, "paid_on": "2025-06-01"}, "paid_on has no meaning beside unpaid_months"),
        ({"debts": [{"month": "2025-06", "contribution": 1}], "unpaid_months": 1}, "no meaning beside debts"),
        ({"debts": [{"month": "2025-06", "contribution": 1}]}, "paid_on: missing; possible is the day of payment"),
        ({"arrears_of": "JAKON", "unpaid_months": 1}, "possible is PU, BPU"),
        ({}, "unpaid_months: missing"),
    ],
)
def test_facts_of_different_questions_are_refused_together(inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError, match=said):
        answer("ARREARS", JUNE, inputs)


def test_arrears_of_several_months_explain_each_fine() -> None:
    debts = [{"month": "2025-07", "contribution": 2_000_000}, {"month": "2025-06", "contribution": 1_000_000}]
    said = answer("ARREARS", JUNE, {"debts": debts, "paid_on": "2025-08-15"}, "en")
    assert said.result == {
        "2025-07_months_late": 0,
        "2025-07_fine": 0,
        "2025-06_months_late": 1,
        "2025-06_fine": 20_000,
        "contribution": 3_000_000,
        "fine": 20_000,
        "total": 3_020_000,
    }
    assert [line.amount_rupiah for line in said.lines] == [0, 20_000]


@pytest.mark.parametrize(
    ("last_paid", "today", "unpaid"),
    [
        (Month(2026, 7), date(2026, 7, 1), 0),
        (Month(2026, 7), date(2026, 8, 31), 0),
        (Month(2026, 7), date(2026, 9, 1), 1),
        (Month(2026, 7), date(2026, 10, 31), 2),
        (Month(2026, 7), date(2026, 11, 1), 3),
        (Month(2027, 1), date(2026, 11, 1), 0),
        (Month(2025, 12), date(2026, 1, 31), 0),
    ],
)
def test_a_month_is_unpaid_once_it_is_over(last_paid: Month, today: date, unpaid: int) -> None:
    assert unpaid_months(last_paid, today) == unpaid


def test_an_employed_worker_stays_a_member_however_much_his_employer_owes() -> None:
    assert employed_standing(0).active
    assert employed_standing(0).words.en == "Active: the employer's contributions are there"
    late = employed_standing(14)
    assert late.active
    assert late.words.en == "Active all the same; months owed by the employer, not by you: 14"
    assert late.reading is readings.EMPLOYED_STAYS_ACTIVE
    with pytest.raises(ImpossibleFact) as refused:
        employed_standing(-1)
    assert refused.value.fact == "unpaid_months"


@pytest.mark.parametrize(
    ("today", "before", "active", "said"),
    [
        (date(2026, 11, 30), False, False, "begins on 1 December 2026"),
        (date(2026, 11, 30), True, True, "Covered before work"),
        (date(2026, 12, 1), False, True, "until 1 December 2028"),
        (date(2028, 11, 30), True, True, "until 1 December 2028"),
        (date(2028, 12, 1), True, False, "ended on 1 December 2028"),
    ],
)
def test_a_package_covers_its_contract(today: date, before: bool, active: bool, said: str) -> None:
    cover = package_standing(date(2026, 12, 1), date(2028, 12, 1), today, paid_before_work=before)
    assert cover.active is active
    assert said in cover.words.en
    assert cover.reading is readings.PACKAGE_COVERS_ITS_CONTRACT


@pytest.mark.parametrize(
    ("today", "unpaid", "active", "said"),
    [
        (date(2026, 1, 14), 0, False, "begins on 15 January 2026"),
        (date(2026, 1, 15), 0, True, "are covered"),
        (date(2026, 1, 15), 1, False, "Stages due and unpaid: 1"),
        (date(2026, 6, 30), 0, True, "are covered"),
        (date(2026, 7, 1), 0, False, "ended on 1 July 2026"),
    ],
)
def test_a_project_is_covered_over_its_dates_while_its_stages_are_paid(
    today: date, unpaid: int, active: bool, said: str
) -> None:
    cover = project_standing(date(2026, 1, 15), date(2026, 7, 1), today, stages_unpaid=unpaid)
    assert cover.active is active
    assert said in cover.words.en
    assert cover.reading is readings.PROJECT_COVERED_BY_ITS_DATES


def test_stages_are_counted_in_whole_numbers() -> None:
    with pytest.raises(ImpossibleFact) as refused:
        project_standing(date(2026, 1, 15), date(2026, 7, 1), date(2026, 2, 1), stages_unpaid=-1)
    assert refused.value.fact == "stages_unpaid"


@pytest.mark.parametrize(
    ("today", "unlisted", "unpaid", "active", "said"),
    [
        (date(2026, 1, 14), 0, 0, False, "begins on 15 January 2026"),
        (date(2026, 1, 15), 0, 0, True, "are covered"),
        (date(2026, 6, 30), 0, 1, False, "Months due and unpaid: 1"),
        (date(2026, 6, 30), 2, 0, False, "Months due without a list of wages: 2"),
        (date(2026, 6, 30), 2, 1, False, "Months due without a list of wages: 2"),
        (date(2026, 7, 1), 0, 0, False, "ended on 1 July 2026"),
        (date(2026, 6, 30), MOST_UNPAID_MONTHS, MOST_UNPAID_MONTHS, False, "1200"),
    ],
)
def test_a_project_of_listed_wages_is_covered_while_its_months_are_listed_and_paid(
    today: date, unlisted: int, unpaid: int, active: bool, said: str
) -> None:
    cover = listed_project_standing(
        date(2026, 1, 15), date(2026, 7, 1), today, months_unlisted=unlisted, months_unpaid=unpaid
    )
    assert cover.active is active
    assert said in cover.words.en
    assert cover.reading is readings.PROJECT_COVERED_BY_ITS_DATES


@pytest.mark.parametrize("fact", ["months_unlisted", "months_unpaid"])
@pytest.mark.parametrize("wrong", [-1, MOST_UNPAID_MONTHS + 1])
def test_months_of_a_project_are_counted_in_whole_numbers(fact: str, wrong: int) -> None:
    told = {"months_unlisted": 0, "months_unpaid": 0, fact: wrong}
    with pytest.raises(ImpossibleFact) as refused:
        listed_project_standing(date(2026, 1, 15), date(2026, 7, 1), date(2026, 2, 1), **told)
    assert refused.value.fact == fact


def test_own_account_cover_runs_again_from_the_day_of_payment() -> None:
    assert cover_from(date(2026, 11, 21), Month(2026, 11)) == date(2026, 11, 21)
    assert cover_from(date(2026, 11, 21), Month(2026, 12)) == date(2026, 12, 1)
