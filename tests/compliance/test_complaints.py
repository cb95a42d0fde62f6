"""A member says that a month does not match; the firm answers by a day, or the agency does."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from lindung.compliance import queries, services
from lindung.compliance.checks import CHECKS
from lindung.compliance.services.refusals import (
    CannotComplain,
    ComplaintNotFound,
    NothingCorrected,
    NothingSaid,
    NotYourTurn,
)
from tests import builders
from tests.compliance.complaining import CLERK, MEMBER, OCTOBER, OFFICER, Case, answered, complained, wage_becomes
from tests.contributions.money import pay

pytestmark = pytest.mark.django_db


def told(case: Case) -> list[str]:
    """What kinds of news about complaints a member got, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind FROM contact_message WHERE person_id = %s AND kind LIKE 'complaint%%' ORDER BY id",
            [case.person_id],
        )
        return [kind for (kind,) in cursor.fetchall()]


def test_the_firm_has_seven_working_days(now: datetime) -> None:
    row = complained(now).view.row
    assert (row.state, row.owner, row.due_on) == ("with_firm", "firm", date(2026, 12, 1))
    assert row.number == f"AD-26-{row.id:06d}"


def test_pressed_twice_it_is_one_complaint(now: datetime) -> None:
    case = complained(now)
    again = services.open_complaint(
        actor=MEMBER,
        person_id=case.person_id,
        employer_id=case.firm.id,
        period=OCTOBER,
        kind="not_my_employer",
        said_wage_rupiah=None,
        words="",
        now=now,
    )
    assert (again.complaint_id, again.fresh) == (case.id, False)


def test_what_is_written_is_read_by_both_and_by_nobody_in_the_database(now: datetime) -> None:
    case = complained(now, words="Slip saya dua belas juta.")
    view = queries.complaint_of_firm(employer_id=case.firm.id, complaint_id=case.id)
    assert view is not None
    assert view.words == case.view.words == "Slip saya dua belas juta."
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_encrypted FROM compliance_complaint WHERE id = %s", [case.id])
        assert b"juta" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("kind", "said", "billed", "why"),
    [
        ("wage_wrong", 10_000_000, True, "same_wage"),
        ("wage_wrong", 12_000_000, False, "not_billed"),
    ],
)
def test_nobody_complains_about_what_is_not_so(now: datetime, kind: str, said: int, billed: bool, why: str) -> None:
    with pytest.raises(CannotComplain) as refused:
        complained(now, kind=kind, said=said, billed=billed)
    assert refused.value.why == why


def test_a_month_is_missing_from_the_day_after_it_was_due_until_it_is_paid(now: datetime) -> None:
    with pytest.raises(CannotComplain, match="not_due"):
        complained(now - timedelta(days=5), kind="month_missing")
    case = complained(now, kind="month_missing", billed=False)
    issued = builders.bill(case.firm, OCTOBER, now)
    with pytest.raises(NothingCorrected), transaction.atomic():
        answered(case, now, "corrected", "")
    pay(issued.customer_no, issued.amount_rupiah, now)
    answered(case, now, "corrected", "")
    with pytest.raises(CannotComplain, match="paid"):
        services.open_complaint(
            actor=MEMBER,
            person_id=int(case.firm.rows().person_id[1]),
            employer_id=case.firm.id,
            period=OCTOBER,
            kind="month_missing",
            said_wage_rupiah=None,
            words="",
            now=now,
        )


def test_a_stranger_to_the_firm_has_nothing_to_say_about_it(now: datetime) -> None:
    case, other = complained(now), builders.firm(now=now, workers=1)
    with pytest.raises(CannotComplain, match="no_month"):
        services.open_complaint(
            actor=MEMBER,
            person_id=case.person_id,
            employer_id=other.id,
            period=OCTOBER,
            kind="not_my_employer",
            said_wage_rupiah=None,
            words="",
            now=now,
        )


def test_corrected_is_only_what_changed_for_this_worker(now: datetime) -> None:
    case = complained(now)
    with pytest.raises(NothingCorrected):
        answered(case, now, "corrected")
    # The whole bill is replaced, but for a colleague.
    wage_becomes(case, 9_000_000, now, worker=1)
    with pytest.raises(NothingCorrected):
        answered(case, now, "corrected")
    wage_becomes(case, 12_000_000, now)
    answered(case, now, "corrected", "")
    answer = case.view.last_answer
    assert answer is not None
    assert (answer.answer, answer.wage_rupiah, case.state) == ("corrected", 12_000_000, "answered")
    assert told(case) == ["complaint_answered"]


def test_an_explanation_needs_words(now: datetime) -> None:
    case = complained(now)
    with pytest.raises(NothingSaid):
        answered(case, now, "explained", "  ")
    assert case.state == "with_firm"


def test_another_firm_and_another_member_do_not_find_it(now: datetime) -> None:
    case, other = complained(now), builders.firm(now=now, workers=1)
    with pytest.raises(ComplaintNotFound):
        services.answer_complaint(
            actor=CLERK, employer_id=other.id, complaint_id=case.id, answer="explained", words="x", now=now
        )
    with pytest.raises(ComplaintNotFound):
        services.withdraw_complaint(
            actor=MEMBER, person_id=int(other.people["person_id"][0]), complaint_id=case.id, now=now
        )
    assert queries.complaint_of_firm(employer_id=other.id, complaint_id=case.id) is None


def test_a_silent_firm_loses_its_turn_to_the_agency_once(now: datetime) -> None:
    case = complained(now)
    services.run_clocks(now=now + timedelta(days=10))
    assert case.state == "with_firm"
    services.run_clocks(now=now + timedelta(days=11))
    assert (case.state, case.view.row.owner) == ("with_agency", "agency")
    services.run_clocks(now=now + timedelta(days=12))
    assert [step.move for step in case.view.steps] == ["open", "run_out"]
    assert told(case) == ["complaint_passed_on"]
    with pytest.raises(NotYourTurn):
        answered(case, now + timedelta(days=12))


def test_a_silent_member_is_content(now: datetime) -> None:
    case = complained(now)
    answered(case, now)
    services.run_clocks(now=now + timedelta(days=20))
    assert case.state == "settled"
    assert case.view.row.due_on is None


def test_the_agency_orders_and_the_firm_obeys(now: datetime) -> None:
    case = complained(now)
    answered(case, now)
    services.object_to_answer(
        actor=MEMBER, person_id=case.person_id, complaint_id=case.id, words="Lembur saya tetap.", now=now
    )
    services.take_complaint(actor=OFFICER, complaint_id=case.id, now=now)
    with pytest.raises(NothingSaid):
        services.order_correction(actor=OFFICER, complaint_id=case.id, words="", now=now)
    services.order_correction(actor=OFFICER, complaint_id=case.id, words="Tunjangan tetap ikut upah.", now=now)
    assert (case.state, case.view.row.owner) == ("ordered", "firm")
    wage_becomes(case, 12_000_000, now)
    answered(case, now, "corrected", "")
    services.accept_answer(actor=MEMBER, person_id=case.person_id, complaint_id=case.id, now=now)
    assert case.state == "settled"
    assert told(case) == ["complaint_answered", "complaint_decided", "complaint_answered"]


def test_who_is_settled_may_complain_again(now: datetime) -> None:
    case = complained(now)
    services.withdraw_complaint(actor=MEMBER, person_id=case.person_id, complaint_id=case.id, now=now)
    again = services.open_complaint(
        actor=MEMBER,
        person_id=case.person_id,
        employer_id=case.firm.id,
        period=OCTOBER,
        kind="wage_wrong",
        said_wage_rupiah=12_000_000,
        words="",
        now=now,
    )
    assert again.fresh
    assert again.complaint_id != case.id


def test_an_officers_look_at_it_is_written_down(now: datetime) -> None:
    case = complained(now)
    assert services.read_complaint(actor=OFFICER, complaint_id=case.id, now=now).words == "Slip saya lain."
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM access_trailevent WHERE act = 'complaint_read' AND object_id = %s", [case.id]
        )
        assert cursor.fetchone() == (1,)


def test_lists_for_officers_name_nobody(now: datetime) -> None:
    case = complained(now)
    services.run_clocks(now=now + timedelta(days=11))
    rows = [*queries.complaints_at_agency(owner="agency"), *queries.complaints_about(employer_id=case.firm.id)]
    assert [row.id for row in rows].count(case.id) == 2
    assert {(row.name, row.person_id) for row in rows} == {("", 0)}


def test_the_audit_finds_a_complaint_without_its_step(now: datetime) -> None:
    case = complained(now)
    statement = CHECKS["a complaint stands where its last step led"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({statement}) broken")
        assert cursor.fetchall() == []
        cursor.execute("UPDATE compliance_complaint SET due_on = due_on + 1 WHERE id = %s", [case.id])
        cursor.execute(f"SELECT id FROM ({statement}) broken")
        assert cursor.fetchall() == [(case.id,)]
