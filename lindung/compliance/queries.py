"""Complaints as the member, the firm and the agency see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from lindung.compliance.months import MonthStanding, mended, standing_of
from lindung.compliance.words import number_of, opened
from lindung.compliance.works import WorkStanding, work_of
from lindung.contributions.queries import MONTHS_OF, MonthPaid, months_params
from lindung.evidence.queries import PaperFacts, facts_of
from lindung.lib.clock import wib_date


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One line of a list. ``name`` and ``employment_id`` are for the firm that the worker works for, else empty.

    ``about_exit``: he says that he left; else it is about the month ``period``.
    """

    id: int
    number: str
    person_id: int
    employer_id: int
    employer_name: str
    period: date
    kind: str
    state: str
    owner: str
    due_on: date | None
    opened_at: datetime
    officer_name: str
    name: str
    employment_id: int | None

    @property
    def about_exit(self) -> bool:
        return self.kind == "exit_unreported"

    def overdue(self, today: date) -> bool:
        """Whether whoever has to act let the day pass."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class StepView:
    """One move: who made it, what was answered, the words, the wage or the end of the work that stood then."""

    move: str
    by: str
    actor_id: int
    actor_name: str
    answer: str
    wage_rupiah: int | None
    until_on: date | None
    words: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A whole complaint. ``month`` is how the month stands now; None where nothing of it is left.

    Of an exit: ``work`` as it stands now, the member's ``said_until_on`` (excluded) and ``said_cause``, and what is
    known of his paper without opening it.
    """

    row: ComplaintRow
    said_wage_rupiah: int | None
    billed_wage_rupiah: int
    said_until_on: date | None
    said_cause: str
    words: str
    steps: tuple[StepView, ...]
    month: MonthStanding | None
    work: WorkStanding | None
    paper: PaperFacts | None

    @property
    def mended(self) -> bool:
        """Whether the firm may say that it has put it right."""
        if self.row.about_exit:
            return self.work is not None and self.work.ended
        return mended(self.row.kind, self.billed_wage_rupiah, self.month)

    @property
    def last_answer(self) -> StepView | None:
        """What the firm said last."""
        return next((step for step in reversed(self.steps) if step.move == "answer"), None)


# The complaints first, in their order: what a person's rows say is then asked where they lie.
_ROWS: Final = (
    "WITH found AS MATERIALIZED (SELECT c.*, f.name AS firm, a.display_name AS officer FROM ("
    "  SELECT *, row_number() OVER () AS nth FROM (SELECT c.* FROM compliance_complaint c {where}) listed) c"
    "  JOIN registry_employer f ON f.id = c.employer_id LEFT JOIN access_account a ON a.id = c.officer_id),"
    " work AS (SELECT DISTINCT ON (c.id) c.id, e.id AS employment_id FROM found c JOIN registry_employment e"
    "  ON e.person_id = c.person_id AND e.employer_id = c.employer_id ORDER BY c.id, e.from_on DESC)"
    " SELECT c.id, c.person_id, c.employer_id, c.firm, c.period, c.kind, c.state, c.owner, c.due_on, c.opened_at,"
    " coalesce(c.officer, ''), coalesce(p.name, ''), coalesce(c.employment_id, w.employment_id),"
    " c.said_wage_rupiah, c.billed_wage_rupiah, c.said_until_on, c.said_cause, c.paper_id, c.words_encrypted"
    " FROM found c JOIN registry_person p ON p.id = c.person_id LEFT JOIN work w ON w.id = c.id ORDER BY c.nth"
)


def complaints_of_member(*, person_id: int) -> list[ComplaintRow]:
    """All that a person ever said, newest first."""
    return _rows("WHERE c.person_id = %s ORDER BY c.id DESC LIMIT 200", [person_id])


def complaint_of_member(*, person_id: int, complaint_id: int) -> ComplaintView | None:
    """One of this person's; another's is not there."""
    return _view("WHERE c.id = %s AND c.person_id = %s", [complaint_id, person_id])


@dataclass(frozen=True, slots=True)
class WageComplaint:
    """A complaint in which the member told his wage, and what stood on the bills when he did (0: nothing)."""

    row: ComplaintRow
    own_wage_rupiah: int
    billed_wage_rupiah: int


def wage_complaints(*, person_id: int, employer_id: int) -> list[WageComplaint]:
    """All of this person about one firm that he did not take back, by month. One statement."""
    where = (
        "WHERE c.person_id = %s AND c.employer_id = %s AND c.said_wage_rupiah IS NOT NULL"
        " AND c.state <> 'withdrawn' ORDER BY c.period, c.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), [person_id, employer_id])
        return [WageComplaint(_row(row), row[13], row[14]) for row in cursor.fetchall()]


def complaints_of_firm(*, employer_id: int, closed: bool = False, most: int = 500) -> list[ComplaintRow]:
    """The open ones, first what waits for the firm, by its day; or the closed ones, newest first."""
    if closed:
        return _rows(
            "WHERE c.employer_id = %s AND c.closed_at IS NOT NULL ORDER BY c.id DESC LIMIT %s", [employer_id, most]
        )
    return _rows(
        "WHERE c.employer_id = %s AND c.closed_at IS NULL ORDER BY c.owner <> 'firm', c.due_on, c.id LIMIT %s",
        [employer_id, most],
    )


def complaint_of_firm(*, employer_id: int, complaint_id: int) -> ComplaintView | None:
    """One about this firm; another's is not there."""
    return _view("WHERE c.id = %s AND c.employer_id = %s", [complaint_id, employer_id])


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many complaints wait for a firm's answer, and until when the first of them."""

    count: int
    first_due_on: date | None


def waiting_for_firm(*, employer_id: int) -> Waiting:
    """What a firm's first page needs to know. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(due_on) FROM compliance_complaint"
            " WHERE employer_id = %s AND owner = 'firm' AND closed_at IS NULL",
            [employer_id],
        )
        return Waiting(*cursor.fetchone())


def complaints_at_agency(*, owner: str, officer_id: int | None = None, most: int = 500) -> list[ComplaintRow]:
    """Open complaints that wait for ``owner`` (agency, firm, member), most urgent first, without any name.

    With ``officer_id`` those that this officer took on.
    """
    where = "WHERE c.closed_at IS NULL AND c.owner = %s AND (%s::bigint IS NULL OR c.officer_id = %s)"
    found = _rows(f"{where} ORDER BY c.due_on, c.id LIMIT %s", [owner, officer_id, officer_id, most])
    return [_nameless(row) for row in found]


def complaints_about(*, employer_id: int, most: int = 50) -> list[ComplaintRow]:
    """Complaints about one firm for officers, open ones first, without any name."""
    found = _rows(
        "WHERE c.employer_id = %s ORDER BY c.closed_at IS NOT NULL, c.due_on, c.id DESC LIMIT %s", [employer_id, most]
    )
    return [_nameless(row) for row in found]


def waiting_by_owner(*, today: date) -> dict[str, tuple[int, int]]:
    """Owner -> how many open complaints wait for him, and for how many of them his day has passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner, count(*), count(*) FILTER (WHERE due_on < %s) FROM compliance_complaint"
            " WHERE closed_at IS NULL GROUP BY owner",
            [today],
        )
        return {owner: (count, overdue) for owner, count, overdue in cursor.fetchall()}


def complaint_for_officers(complaint_id: int) -> ComplaintView | None:
    """A whole complaint with name and words. Services show it to an officer and write that down."""
    return _view("WHERE c.id = %s", [complaint_id])


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """What a member's pages say of a month beside the month itself."""

    id: int
    employer_id: int
    period: date
    kind: str
    state: str
    due_on: date

    @property
    def about_exit(self) -> bool:
        return self.kind == "exit_unreported"


def months_and_complaints(*, person_id: int, since: date) -> tuple[list[MonthPaid], list[OpenComplaint]]:
    """``contributions.queries.months_of``, and the person's open complaints, newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            # A complaint about an exit stands beside no month.
            "SELECT m.*, c.id, c.employer_id, c.period, c.kind, c.state, c.due_on FROM"
            f" ({MONTHS_OF}) m FULL JOIN (SELECT *, CASE WHEN employment_id IS NULL THEN period END AS of_month"
            "   FROM compliance_complaint WHERE person_id = %s AND closed_at IS NULL) c"
            " ON c.employer_id = m.employer_id AND c.of_month = m.period"
            " ORDER BY m.period DESC NULLS LAST, m.employer_id, m.membership_id",
            [*months_params(person_id, since), person_id],
        )
        rows = cursor.fetchall()
    width = len(MonthPaid.__slots__)
    months = [MonthPaid(*row[:width]) for row in rows if row[0] is not None]
    complaints = [OpenComplaint(*row[width:]) for row in rows if row[width] is not None]
    return months, sorted(complaints, key=_number, reverse=True)


def _number(complaint: OpenComplaint) -> int:
    return complaint.id


def _nameless(row: ComplaintRow) -> ComplaintRow:
    values = {name: getattr(row, name) for name in ComplaintRow.__slots__}
    return ComplaintRow(**values | {"name": "", "person_id": 0, "employment_id": None})


def _rows(where: str, params: Sequence[Any]) -> list[ComplaintRow]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), params)
        return [_row(row) for row in cursor.fetchall()]


def _row(row: Sequence[Any]) -> ComplaintRow:
    return ComplaintRow(row[0], number_of(row[0], row[9]), *row[1:13])


def _view(where: str, params: Sequence[Any]) -> ComplaintView | None:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), params)
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(
            "SELECT s.id, s.move, s.by, s.actor_id, coalesce(a.display_name, ''), s.answer, s.wage_rupiah,"
            " s.until_on, s.words_encrypted, s.happened_at FROM compliance_complaintstep s"
            " LEFT JOIN access_account a ON a.id = s.actor_id AND s.actor_kind = 'account' AND s.by <> 'member'"
            " WHERE s.complaint_id = %s ORDER BY s.id",
            [found[0]],
        )
        steps = tuple(_step(step) for step in cursor.fetchall())
    row = _row(found)
    month, work = None, None
    if row.about_exit:
        work = work_of(person_id=row.person_id, employment_id=row.employment_id or 0)
    else:
        month = standing_of(person_id=row.person_id, employer_id=row.employer_id, period=row.period)
    return ComplaintView(
        row=row,
        said_wage_rupiah=found[13],
        billed_wage_rupiah=found[14],
        said_until_on=found[15],
        said_cause=found[16],
        words=opened("complaint", row.id, found[18]),
        steps=steps,
        month=month,
        work=work,
        paper=facts_of([found[17]])[found[17]] if found[17] is not None else None,
    )


def _step(row: Sequence[Any]) -> StepView:
    words = opened("complaintstep", row[0], row[8])
    return StepView(row[1], row[2], row[3], row[4], row[5], row[6], row[7], words, row[9])


def days_open(row: ComplaintRow, today: date) -> int:
    """For how many days a complaint has been there."""
    return (today - wib_date(row.opened_at)).days
