"""One worker's month at one firm as complaints see it: on a bill or not, paid or not, and whether he works there."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from lindung.contributions.calendar import due_on
from lindung.law import Month


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """``wage_rupiah``: on the bills that stand, 0 for none. ``paid``: all of them. ``works``: employed in the month.

    ``employment_id``: his newest work there, of any time; None where he never worked for the firm.
    """

    employer_id: int
    employer_name: str
    period: date
    wage_rupiah: int
    paid: bool
    works: bool
    employment_id: int | None

    @property
    def due_on(self) -> date:
        return due_on(Month.of(self.period))

    def missing(self, today: date) -> bool:
        """Whether it was due and is not paid, or not even reported."""
        return today > self.due_on and not self.paid and (self.works or self.wage_rupiah > 0)


def standing_of(*, person_id: int, employer_id: int, period: date) -> MonthStanding | None:
    """How the month stands now, or None for a firm that never had to do with this person in it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, f.name, coalesce(l.wage, 0), coalesce(l.paid, false), coalesce(e.works, false), e.id"
            " FROM registry_employer f"
            " LEFT JOIN LATERAL (SELECT sum(l.wage_rupiah)::bigint AS wage,"
            "   bool_and(b.paid_at IS NOT NULL) AND sum(l.wage_rupiah) > 0 AS paid"
            "   FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
            "   WHERE l.person_id = %s AND l.employer_id = f.id AND l.period = %s) l ON true"
            " LEFT JOIN LATERAL (SELECT e.id, e.from_on < %s AND (e.until_on IS NULL OR e.until_on > %s) AS works"
            "   FROM registry_employment e WHERE e.person_id = %s AND e.employer_id = f.id"
            "   ORDER BY works DESC, e.from_on DESC LIMIT 1) e ON true"
            " WHERE f.id = %s AND (l.wage IS NOT NULL OR e.works)",
            [person_id, period, Month.of(period).next().first_on, period, person_id, employer_id],
        )
        row = cursor.fetchone()
    return MonthStanding(row[0], row[1], period, *row[2:]) if row else None


def mended(kind: str, billed_before_rupiah: int, standing: MonthStanding | None) -> bool:
    """Whether what a complaint of this kind was about is another now: the wage, the money, or that he stands there.

    ``billed_before_rupiah``: the wage that stood on the bills when he complained.
    """
    wage_rupiah = standing.wage_rupiah if standing else 0
    if kind == "wage_wrong":
        return wage_rupiah != billed_before_rupiah
    if kind == "month_missing":
        return bool(standing and standing.paid)
    return wage_rupiah == 0 and not (standing and standing.works and not billed_before_rupiah)


def worked_for(*, person_id: int, employer_id: int) -> bool:
    """Whether this person ever worked for this firm."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM registry_employment WHERE person_id = %s AND employer_id = %s)",
            [person_id, employer_id],
        )
        return bool(cursor.fetchone()[0])
