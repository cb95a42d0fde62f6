"""A worker says that he left a silent firm: the firm may object until a day, and an officer may end the work."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lindung.access import services as access
from lindung.access.trail import SYSTEM
from lindung.compliance import queries, services
from lindung.compliance.checks import CHECKS
from lindung.compliance.firms import firms_in
from lindung.compliance.services.refusals import (
    CannotComplain,
    ComplaintNotFound,
    ExitNotPossible,
    NothingCorrected,
    NothingSaid,
    NotYourTurn,
)
from lindung.evidence.limits import Refused
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry.queries import employments_in
from tests import builders
from tests.compliance.complaining import MEMBER, OCTOBER, OFFICER, Case, answered, complained, firm_reports_exit, left
from tests.contributions.money import pay
from tests.evidence import files

pytestmark = pytest.mark.django_db
MIDDLE = date(2026, 10, 16)


def messages(*kinds: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM contact_message WHERE kind = ANY(%s) ORDER BY id", [list(kinds)])
        return [kind for (kind,) in cursor.fetchall()]


def at_agency(now: datetime) -> tuple[Case, datetime]:
    """The firm was silent, so that an officer has the next word."""
    case, later = left(now), now + timedelta(days=11)
    services.run_clocks(now=later)
    return case, later


def ended(case: Case, now: datetime, until_on: date = MIDDLE, words: str = "Kantor kosong, dilihat sendiri.") -> None:
    services.end_employment(actor=OFFICER, complaint_id=case.id, until_on=until_on, cause="L1", words=words, now=now)


def test_the_firm_is_told_and_has_seven_working_days_while_the_work_goes_on(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    access.invite(
        actor=SYSTEM, display_name="Rina", names={"email": "rina@contoh.example"}, role="hr", scope_id=firm.id, now=now
    )
    case = left(now, firm=firm)
    row = case.view.row
    assert (row.state, row.owner, row.due_on, row.period) == ("with_firm", "firm", date(2026, 12, 1), OCTOBER)
    assert (case.view.said_until_on, case.view.said_cause) == (MIDDLE, "L2")
    assert case.view.work is not None
    assert not case.view.work.ended
    assert messages("exit_claimed") == ["exit_claimed"]


def test_said_twice_it_is_one_and_a_complaint_about_that_month_stands_beside_it(now: datetime) -> None:
    month = complained(now, kind="month_missing", said=None, billed=False)
    case = left(now, firm=month.firm)
    again = left(now, firm=month.firm, until_on=date(2026, 10, 2), cause="A1")
    assert case.id == again.id != month.id
    months, open_ones = queries.months_and_complaints(person_id=case.person_id, since=OCTOBER)
    assert (months, [one.id for one in open_ones]) == ([], [case.id, month.id])
    builders.bill(month.firm, OCTOBER, now)
    months, _ = queries.months_and_complaints(person_id=case.person_id, since=OCTOBER)
    assert [one.period for one in months] == [OCTOBER]


@pytest.mark.parametrize(
    ("until_on", "why"),
    [
        (date(2026, 11, 22), None),  # he works today for the last time
        (date(2026, 11, 23), "in_future"),
        (date(2024, 1, 2), None),
        (date(2024, 1, 1), "before_start"),
    ],
)
def test_the_last_day_is_between_the_first_and_today(now: datetime, until_on: date, why: str | None) -> None:
    if why is None:
        assert left(now, until_on=until_on).view.said_until_on == until_on
        return
    with pytest.raises(ExitNotPossible) as refused:
        left(now, until_on=until_on)
    assert refused.value.why == why


def test_nobody_left_before_a_month_that_is_paid_for_him_begins(now: datetime) -> None:
    firm = builders.firm(now=now, workers=2)
    builders.bill(firm, OCTOBER, now)
    assert left(now, firm=firm, until_on=date(2026, 9, 30)).view.row.due_on  # billed only
    other = builders.firm(now=now, workers=2)
    issued = builders.bill(other, OCTOBER, now)
    pay(issued.customer_no, issued.amount_rupiah, now)
    with pytest.raises(ExitNotPossible) as refused:
        left(now, firm=other, until_on=OCTOBER)
    assert (refused.value.why, refused.value.day) == ("paid_later", OCTOBER)
    assert left(now, firm=other, until_on=date(2026, 10, 2)).state == "with_firm"


def test_who_does_not_work_there_a_death_and_a_kind_of_month_are_refused(now: datetime) -> None:
    case = left(now)
    with pytest.raises(ValueError, match="L5"):
        left(now, cause="L5")
    firm_reports_exit(case, MIDDLE, now)
    with pytest.raises(ExitNotPossible, match="no_work"):
        left(now, firm=case.firm)
    with pytest.raises(ValueError, match="exit_unreported"):
        complained(now, kind="exit_unreported")


def test_reported_is_only_what_the_firm_has_reported_and_its_day_is_shown(now: datetime) -> None:
    case = left(now)
    with pytest.raises(NothingCorrected):
        answered(case, now, "reported", "")
    with pytest.raises(ValueError, match="corrected"):
        answered(case, now, "corrected", "")
    with pytest.raises(NothingSaid):
        answered(case, now, "still_here", " ")
    firm_reports_exit(case, date(2026, 10, 10), now)
    answered(case, now, "reported", "")
    answer = case.view.last_answer
    assert answer is not None
    assert (answer.answer, answer.until_on, case.state) == ("reported", date(2026, 10, 10), "answered")
    assert messages("complaint_answered") == ["complaint_answered"]


def test_an_officer_ends_the_work_of_a_silent_firm_and_both_are_told(now: datetime) -> None:
    case, later = at_agency(now)
    with pytest.raises(NothingSaid):
        ended(case, later, words=" ")
    with pytest.raises(ExitNotPossible, match="in_future"):
        ended(case, later, until_on=date(2027, 1, 1))
    with pytest.raises(ValueError, match="L5"):
        services.end_employment(actor=OFFICER, complaint_id=case.id, until_on=MIDDLE, cause="L5", words="x", now=later)
    assert case.state == "with_agency"
    ended(case, later)
    view = case.view
    assert (view.row.state, view.steps[-1].move, view.steps[-1].until_on) == ("closed", "end", MIDDLE)
    assert view.work is not None
    assert (view.work.until_on, view.work.ended_by) == (MIDDLE, "L1")
    assert messages("exit_ended", "complaint_decided") == ["exit_ended"]
    with pytest.raises(NotYourTurn):
        ended(case, later)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT act, actor_id FROM access_trailevent WHERE (object_kind, object_id) IN (('employer', %s),"
            " ('complaint', %s)) AND act IN ('exits_reported', 'complaint_work_ended') ORDER BY id",
            [case.firm.id, case.id],
        )
        assert cursor.fetchall() == [("exits_reported", OFFICER.id), ("complaint_work_ended", OFFICER.id)]
    # Said too late, the firm's own report of another day is refused, and there is nothing left to claim.
    with pytest.raises(ExitNotPossible, match="no_work"):
        left(later, firm=case.firm)


def test_months_after_the_last_day_are_no_longer_missing(now: datetime) -> None:
    case, later = at_agency(now)
    november = date(2026, 11, 1)
    when = datetime(2026, 12, 20, tzinfo=now.tzinfo)
    before = firms_in(Month.of(november), wib_date(when)).filter(employer_id=case.firm.id)["at_work"].to_list()
    ended(case, later)
    after = firms_in(Month.of(november), wib_date(when)).filter(employer_id=case.firm.id)["at_work"].to_list()
    assert (before, after) == ([2], [1])
    assert case.person_id not in employments_in(employer_id=case.firm.id, month_on=november)["person_id"]
    with pytest.raises(CannotComplain, match="no_month"):
        services.open_complaint(
            actor=MEMBER,
            person_id=case.person_id,
            employer_id=case.firm.id,
            period=november,
            kind="month_missing",
            said_wage_rupiah=None,
            words="",
            now=when,
        )


def test_what_the_firm_reported_meanwhile_is_not_ended_again(now: datetime) -> None:
    case, later = at_agency(now)
    firm_reports_exit(case, date(2026, 10, 10), later)
    with pytest.raises(ExitNotPossible, match="ended"):
        ended(case, later)
    assert case.state == "with_agency"
    services.close_complaint(actor=OFFICER, complaint_id=case.id, words="Harinya cocok.", now=later)
    assert case.state == "closed"


def test_a_month_has_no_end_to_it(now: datetime) -> None:
    case = complained(now)
    services.run_clocks(now=now + timedelta(days=11))
    with pytest.raises(NotYourTurn):
        ended(case, now + timedelta(days=11))


def test_the_audit_finds_work_that_does_not_stand_as_the_officer_ended_it(now: datetime) -> None:
    case, later = at_agency(now)
    ended(case, later)
    statement = CHECKS["work that an officer ended stands as his complaint says, which is closed by it"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({statement}) broken")
        assert cursor.fetchall() == []
        cursor.execute(
            "UPDATE registry_employment SET until_on = until_on + 1 WHERE person_id = %s AND employer_id = %s",
            [case.person_id, case.firm.id],
        )
        cursor.execute(f"SELECT id FROM ({statement}) broken")
        assert cursor.fetchall() == [(case.id,)]


def test_a_paper_is_kept_for_officers_and_every_look_at_it_is_written_down(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    with pytest.raises(Refused):
        left(now, firm=firm, paper=b"halo")
    assert queries.complaints_of_firm(employer_id=firm.id) == []
    case = left(now, firm=firm, paper=files.png())
    assert case.view.paper is not None
    assert case.view.paper.format == "png"
    assert services.read_evidence(actor=OFFICER, complaint_id=case.id, now=now).format == "png"
    with pytest.raises(ComplaintNotFound):
        services.read_evidence(actor=OFFICER, complaint_id=left(now).id, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor_id FROM access_trailevent WHERE act = 'paper_read'")
        assert cursor.fetchall() == [(OFFICER.id,)]
