"""Who works where, and whose card is whose."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import LiteralString

import polars as pl
from django.db import connection

from lindung.lib.copy import fetch_columns
from lindung.registry.models import Employer

_EMPLOYMENTS: dict[str, type[pl.DataType]] = {
    "employment_id": pl.Int64,
    "person_id": pl.Int64,
    "membership_id": pl.Int64,
    "kpj": pl.String,
    "nik_index": pl.Binary,
    "employee_no": pl.String,
    "name": pl.String,
    "birth_on": pl.Date,
    "jkp_member": pl.Boolean,
    "citizen": pl.Boolean,
    "from_on": pl.Date,
    "until_on": pl.Date,
}
_IN_MONTH: LiteralString = (
    " WHERE e.employer_id = %s AND e.from_on < (%s::date + interval '1 month')"
    " AND (e.until_on IS NULL OR e.until_on > %s::date)"
)


@dataclass(frozen=True, slots=True)
class EmployerFacts:
    """What the law and the screens need to know of a firm."""

    id: int
    npp: str
    name: str
    size: str
    jkk_class: str
    programmes: frozenset[str]
    since_on: date


@dataclass(frozen=True, slots=True)
class Work:
    """A time of work under a card, ``from_on`` included, ``until_on`` excluded (None: still there)."""

    employer_id: int
    employer_name: str
    programmes: tuple[str, ...]
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a member with the work done under it, newest first."""

    membership_id: int
    kpj: str
    segment: str
    since_on: date
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A person as he sees himself on his home page; cards newest first."""

    person_id: int
    name: str
    identity: str
    cards: tuple[Card, ...]


def employer(employer_id: int, *, month_on: date | None = None) -> EmployerFacts:
    """The firm's facts as they hold in the month of ``month_on``; without it as they were last set.

    Raises ``Employer.DoesNotExist``.
    """
    found = _employers([employer_id], month_on)
    if not found:
        raise Employer.DoesNotExist
    return found[0]


def employers(employer_ids: list[int]) -> list[EmployerFacts]:
    """The facts of several firms as they were last set, by name."""
    return _employers(employer_ids, None)


def _employers(employer_ids: list[int], month_on: date | None) -> list[EmployerFacts]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.npp, e.name, coalesce(t.size, e.size), coalesce(t.jkk_class, e.jkk_class),"
            " ARRAY(SELECT jsonb_array_elements_text(coalesce(t.programmes, e.programmes))), e.since_on"
            " FROM registry_employer e LEFT JOIN LATERAL (SELECT size, jkk_class, programmes"
            " FROM registry_employerterms WHERE employer_id = e.id AND from_on <= coalesce(%s::date, 'infinity')"
            " ORDER BY from_on DESC, id DESC LIMIT 1) t ON true WHERE e.id = ANY(%s) ORDER BY e.name, e.id",
            [month_on, employer_ids],
        )
        rows = cursor.fetchall()
    return [
        EmployerFacts(key, npp, name, size, jkk_class, frozenset(programmes), since_on)
        for key, npp, name, size, jkk_class, programmes, since_on in rows
    ]


def employments_in(*, employer_id: int, month_on: date) -> pl.DataFrame:
    """Everybody who worked at an employer on any day of the month that starts on ``month_on``.

    One row per employment, sorted by person; the columns are those of ``_EMPLOYMENTS``. ``nik_index`` is the
    keyed index (32 bytes): the NIK itself stays closed.
    """
    return fetch_columns(
        "SELECT e.id AS employment_id, e.person_id, e.membership_id, m.kpj, p.nik_index, e.employee_no, p.name,"
        " p.birth_on, e.jkp_member, p.citizen, e.from_on, e.until_on FROM registry_employment e"
        " JOIN registry_person p ON p.id = e.person_id"
        " JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id" + _IN_MONTH,
        [employer_id, month_on, month_on],
        _EMPLOYMENTS,
    ).sort("person_id")


def employment_keys_in(*, employer_id: int, month_on: date) -> pl.DataFrame:
    """The same employments with their ids and ``jkp_member`` alone: enough to see that one is no longer the same."""
    columns = ("employment_id", "person_id", "membership_id", "jkp_member")
    return fetch_columns(
        "SELECT e.id AS employment_id, e.person_id, e.membership_id, e.jkp_member FROM registry_employment e"
        + _IN_MONTH,
        [employer_id, month_on, month_on],
        {name: _EMPLOYMENTS[name] for name in columns},
    )


def member(person_id: int) -> Member | None:
    """A person with his cards and work. One statement, whatever the number of cards and employers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, p.identity, m.id, m.kpj, m.segment, m.since_on, e.employer_id, f.name,"
            " (SELECT string_agg(code, ' ') FROM jsonb_array_elements_text(coalesce((SELECT programmes"
            " FROM registry_employerterms t WHERE t.employer_id = f.id ORDER BY t.from_on DESC, t.id DESC LIMIT 1),"
            " f.programmes)) AS code), e.from_on, e.until_on"
            " FROM registry_person p JOIN registry_membership m ON m.person_id = p.id"
            " LEFT JOIN registry_employment e ON e.person_id = p.id AND e.membership_id = m.id"
            " LEFT JOIN registry_employer f ON f.id = e.employer_id"
            " WHERE p.id = %s ORDER BY m.since_on DESC, m.id DESC, e.until_on DESC NULLS FIRST, e.from_on DESC",
            [person_id],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    cards = []
    for (membership_id, kpj, segment, since_on), group in groupby(rows, key=lambda row: row[2:6]):
        works = tuple(
            Work(row[6], row[7], tuple((row[8] or "").split()), row[9], row[10]) for row in group if row[6] is not None
        )
        cards.append(Card(membership_id, kpj, segment, since_on, works))
    return Member(person_id, rows[0][0], rows[0][1], tuple(cards))
