"""A worker's own wages beside those that his firm reported: what of his contributions is missing, month by month.

The law is asked with the very facts that the month was billed by; only the wage is another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import connection

from lindung.contributions.calendar import due_on
from lindung.law import Month, Programme
from lindung.law import contributions as law
from lindung.law.lines import Line
from lindung.law.wording import Language

MOST_MONTHS: Final = 12
PROGRAMMES: Final = (Programme.JHT, Programme.JP, Programme.JKK, Programme.JKM)


@dataclass(frozen=True, slots=True)
class ReportedMonth:
    """A month at one firm as it was reported; ``wage_rupiah`` is 0 where it was not, and then nothing was billed.

    ``billed``: programme -> whole rupiah of both shares. ``like``: the billed month whose class, programmes and duties
    hold here: the month itself, or the nearest one where nothing is reported.
    """

    period: date
    wage_rupiah: int
    billed: Mapping[Programme, int]
    like: date
    jkk_class: str
    programmes: frozenset[Programme]
    jp_liable: bool
    jkp_member: bool


@dataclass(frozen=True, slots=True)
class ComparedMonth:
    """A month with the wage as the worker knows it, and the law's lines over that wage."""

    month: ReportedMonth
    own_wage_rupiah: int
    lines: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        return self.own_wage_rupiah != self.month.wage_rupiah

    def right(self, programme: Programme) -> int:
        """What both shares of a programme come to over his own wage, whole rupiah."""
        return sum(line.amount_rupiah for line in self.lines if line.billed and line.programme is programme)

    def missing(self, programme: Programme) -> int:
        """How much more that is than what was billed; below zero where the firm reported too much."""
        return self.right(programme) - self.month.billed.get(programme, 0)


def months_to_compare(*, person_id: int, employer_id: int, today: date) -> list[ReportedMonth]:
    """The newest twelve months at one firm that are billed, or were due and are not; newest first. Two statements.

    None where the firm never had a bill for this person: then there is nothing to compare with.
    """
    billed = _billed(person_id, employer_id)
    if not billed:
        return []
    at_work = _months_at_work(person_id, employer_id, today)
    newest = sorted(billed.keys() | at_work, reverse=True)[:MOST_MONTHS]
    return [billed[period] if period in billed else _unreported(period, billed) for period in newest]


def compare(
    months: list[ReportedMonth], own_wages: Mapping[date, int], *, language: Language = "id"
) -> list[ComparedMonth]:
    """The months of which the worker told his wage, in their order. Pure.

    Raises ``ImpossibleFact`` for a wage that nobody can have.
    """
    return [
        ComparedMonth(month, own_wages[month.period], tuple(_lines(month, own_wages[month.period], language)))
        for month in months
        if month.period in own_wages
    ]


def _lines(month: ReportedMonth, wage_rupiah: int, language: Language) -> list[Line]:
    return law.explain(
        month=Month.of(month.period),
        wage=wage_rupiah,
        jkk_class=month.jkk_class,
        programmes=month.programmes,
        jp_liable=month.jp_liable,
        jkp_member=month.jkp_member,
        language=language,
    )


def _unreported(period: date, billed: Mapping[date, ReportedMonth]) -> ReportedMonth:
    nearest = min(billed, key=lambda other: (abs((other - period).days), other))
    return replace(billed[nearest], period=period, wage_rupiah=0, billed={})


_BILLED: Final = (
    "SELECT l.period, sum(l.wage_rupiah)::bigint,"
    " (array_agg(b.jkk_class ORDER BY b.revision))[1], (array_agg(b.programmes::text ORDER BY b.revision))[1],"
    " bool_or(l.jp_liable), bool_or(l.jkp_member), sum(l.jht_employer + l.jht_worker)::bigint,"
    " sum(l.jp_employer + l.jp_worker)::bigint, sum(l.jkk)::bigint, sum(l.jkm)::bigint"
    " FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id AND b.voided_at IS NULL"
    " WHERE l.person_id = %s AND l.employer_id = %s GROUP BY l.period HAVING sum(l.wage_rupiah) > 0"
    " ORDER BY l.period DESC LIMIT %s"
)


def _billed(person_id: int, employer_id: int) -> dict[date, ReportedMonth]:
    with connection.cursor() as cursor:
        cursor.execute(_BILLED, [person_id, employer_id, MOST_MONTHS])
        return {row[0]: _month_billed(*row) for row in cursor.fetchall()}


def _month_billed(
    period: date,
    wage_rupiah: int,
    jkk_class: str,
    programmes: str,
    jp_liable: bool,
    jkp_member: bool,
    *amounts: int,
) -> ReportedMonth:
    covered = frozenset(Programme(code) for code in json.loads(programmes))
    billed = dict(zip(PROGRAMMES, amounts, strict=True))
    return ReportedMonth(period, wage_rupiah, billed, period, jkk_class, covered, jp_liable, jkp_member)


def _months_at_work(person_id: int, employer_id: int, today: date) -> set[date]:
    """Of the last twelve months those that were due by today and in which he worked there."""
    this = Month.of(today)
    due = [month for back in range(1, MOST_MONTHS + 1) if due_on(month := this.plus(-back)) < today]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT from_on, until_on FROM registry_employment WHERE person_id = %s AND employer_id = %s",
            [person_id, employer_id],
        )
        works = [(from_on, until_on or date.max) for from_on, until_on in cursor.fetchall()]
    return {
        month.first_on
        for month in due
        if any(from_on < month.next().first_on and until_on > month.first_on for from_on, until_on in works)
    }
