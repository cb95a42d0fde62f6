"""One worker's employment at one firm as complaints about an exit see it, and which last day can be said of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.db import connection

from lindung.registry.exit_causes import CAUSES, DEATH

SAID_BY_WORKERS: Final = tuple(code for code in CAUSES if code != DEATH)
"""Causes that a worker can know of himself."""

Why = Literal["no_work", "ended", "in_future", "before_start", "paid_later"]


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """``until_on`` is excluded, None while it runs; ``ended_by`` a code of ``exit_causes``, empty while it runs.

    ``last_billed_on``, ``last_paid_on``: first day of the newest month that is billed, or wholly paid, for him there.
    """

    employment_id: int
    employer_id: int
    employer_name: str
    from_on: date
    until_on: date | None
    ended_by: str
    last_billed_on: date | None
    last_paid_on: date | None

    @property
    def ended(self) -> bool:
        return self.until_on is not None

    def refuses(self, until_on: date, today: date) -> Why | None:
        """Why this cannot have been the day after the last day of work; None where it can.

        Not a day to come, none before the first day of work, and none before a month that the firm has paid for him:
        who says that he was gone by then says that the month is wrong, and that is a complaint about the month.
        """
        if self.ended:
            return "ended"
        if until_on - timedelta(days=1) > today:
            return "in_future"
        if until_on <= self.from_on:
            return "before_start"
        return "paid_later" if self.last_paid_on is not None and until_on <= self.last_paid_on else None


def running_work(*, person_id: int, employer_id: int) -> WorkStanding | None:
    """Where this person works at this firm as far as anybody told us; None where he does not. One statement."""
    return _work(person_id, "e.employer_id = %s AND e.until_on IS NULL", employer_id)


def work_of(*, person_id: int, employment_id: int) -> WorkStanding | None:
    """One employment of this person, running or ended; another's is not there. One statement."""
    return _work(person_id, "e.id = %s", employment_id)


def _work(person_id: int, which: str, value: int) -> WorkStanding | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, f.id, f.name, e.from_on, e.until_on, e.ended_by, l.billed_on, l.paid_on"
            " FROM registry_employment e JOIN registry_employer f ON f.id = e.employer_id"
            " LEFT JOIN (SELECT employer_id, max(period) AS billed_on, max(period) FILTER (WHERE paid) AS paid_on"
            "   FROM (SELECT l.employer_id, l.period, bool_and(b.paid_at IS NOT NULL) AS paid"
            "     FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
            "     WHERE l.person_id = %s GROUP BY 1, 2 HAVING sum(l.wage_rupiah) > 0) months GROUP BY 1) l"
            "   ON l.employer_id = e.employer_id"
            f" WHERE e.person_id = %s AND {which} ORDER BY e.from_on DESC LIMIT 1",
            [person_id, person_id, value],
        )
        row = cursor.fetchone()
    return WorkStanding(*row) if row else None
