"""One firm's months as figures: billed, paid, owed, penalties, credit; and who came, left, earned more or less."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class FirmMonth:
    """One billed month over all bills that stand for it. Whole rupiah; ``workers`` by its first bill.

    ``paid_at``: when all of it was there; None while something waits. ``credit_rupiah``: paid of it from the firm's
    credit; ``given_back_rupiah``: what a correction returned. Penalties as assessed so far.
    """

    period: date
    workers: int
    wage_rupiah: int
    billed_rupiah: int
    given_back_rupiah: int
    paid_rupiah: int
    credit_rupiah: int
    penalty_rupiah: int
    penalty_paid_rupiah: int
    due_on: date
    paid_at: datetime | None

    @property
    def left_rupiah(self) -> int:
        """The contribution that is not paid."""
        return self.billed_rupiah - self.paid_rupiah


def months_of_firm(*, employer_id: int, since: date) -> list[FirmMonth]:
    """A firm's billed months from ``since`` on, oldest first. One statement, whatever the number of workers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period, coalesce(max(worker_count) FILTER (WHERE revision = first), 0), sum(wage_rupiah)::bigint,"
            " sum(greatest(amount_rupiah, 0))::bigint, -sum(least(amount_rupiah, 0))::bigint,"
            " sum(greatest(contribution_paid_rupiah, 0))::bigint,"
            " coalesce(sum((SELECT sum(a.contribution_rupiah + a.penalty_rupiah) FROM contributions_allocation a"
            "   WHERE a.bill_id = standing.id AND a.payment_id IS NULL)), 0)::bigint,"
            " sum(penalty_rupiah)::bigint, sum(penalty_paid_rupiah)::bigint, min(due_on),"
            " CASE WHEN bool_and(paid_at IS NOT NULL) THEN max(paid_at) FILTER (WHERE amount_rupiah > 0) END"
            " FROM (SELECT *, min(revision) OVER (PARTITION BY period) AS first FROM contributions_bill"
            "   WHERE employer_id = %s AND period >= %s AND voided_at IS NULL) standing"
            " GROUP BY period ORDER BY period",
            [employer_id, since],
        )
        return [FirmMonth(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class WageMoved:
    """One worker in two months that follow each other; a wage is None where he is on no bill of that month."""

    person_id: int
    employment_id: int
    name: str
    before_rupiah: int | None
    after_rupiah: int | None

    @property
    def how(self) -> str:
        """``joined``, ``left``, ``up`` or ``down``."""
        if self.before_rupiah is None or self.after_rupiah is None:
            return "joined" if self.before_rupiah is None else "left"
        return "up" if self.after_rupiah > self.before_rupiah else "down"


@dataclass(frozen=True, slots=True)
class Moves:
    """Some of the differences between two months, and by kind how many there are of all."""

    items: tuple[WageMoved, ...]
    counts: dict[str, int]


def wages_moved(*, employer_id: int, before: date, after: date, how: str = "", start: int = 0, most: int = 50) -> Moves:
    """Who joined, left, earns more or less on a firm's bills of ``after`` than of ``before``; greatest changes first.

    ``how`` narrows to one kind. One statement over the lines of two months.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH lines AS (SELECT l.person_id, l.period, max(l.employment_id) AS employment_id,"
            "   sum(l.wage_rupiah)::bigint AS wage FROM contributions_bill b"
            "   JOIN contributions_billline l ON l.bill_id = b.id WHERE b.employer_id = %s AND b.voided_at IS NULL"
            "   AND b.period IN (%s, %s) GROUP BY 1, 2 HAVING sum(l.wage_rupiah) > 0),"
            " moved AS (SELECT coalesce(n.person_id, o.person_id) AS person_id,"
            "   coalesce(n.employment_id, o.employment_id) AS employment_id, o.wage AS before, n.wage AS after,"
            "   CASE WHEN o.wage IS NULL THEN 'joined' WHEN n.wage IS NULL THEN 'left' WHEN n.wage > o.wage THEN 'up'"
            "   ELSE 'down' END AS how FROM (SELECT * FROM lines WHERE period = %s) n"
            "   FULL JOIN (SELECT * FROM lines WHERE period = %s) o ON o.person_id = n.person_id"
            "   WHERE n.wage IS DISTINCT FROM o.wage),"
            " counted AS (SELECT how, count(*) AS number FROM moved GROUP BY how),"
            " chosen AS (SELECT * FROM moved WHERE %s IN ('', how)"
            "   ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, person_id LIMIT %s OFFSET %s)"
            " SELECT s.person_id, s.employment_id, p.name, s.before, s.after, NULL, NULL FROM chosen s"
            " JOIN registry_person p ON p.id = s.person_id"
            " UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, how, number FROM counted",
            [employer_id, before, after, after, before, how, most, start],
        )
        rows = cursor.fetchall()
    items = [WageMoved(*row[:5]) for row in rows if row[0] is not None]
    counts = {row[5]: int(row[6]) for row in rows if row[0] is None}
    return Moves(tuple(sorted(items, key=_size, reverse=True)), counts)


def _size(moved: WageMoved) -> tuple[int, int]:
    return abs((moved.after_rupiah or 0) - (moved.before_rupiah or 0)), -moved.person_id
