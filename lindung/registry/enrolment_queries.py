"""New workers as their firm may see them: lists that were sent, and what became of each row."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

import polars as pl
from django.db import connection

from lindung.registry.deadlines import register_by
from lindung.registry.enrolment_rows import PROPOSED, read_rows
from lindung.registry.identity_words import Words, words_of
from lindung.registry.models import Enrolment
from lindung.registry.pages import Page, contains, place, starts


def reference(batch_id: int) -> str:
    """The name of a list under which firm and agency speak of it."""
    return f"DF-{batch_id:06d}"


@dataclass(frozen=True, slots=True)
class BatchView:
    """A list that was sent. ``counts`` has every state. ``next_try_at`` is the earliest of the rows that wait.

    ``waiting_for`` is the outcome of most of these, empty while they were not asked about.
    """

    id: int
    upload_id: int | None
    sent_at: datetime
    workers: int
    counts: Mapping[str, int]
    next_try_at: datetime | None
    waiting_for: str

    @property
    def reference(self) -> str:
        return reference(self.id)

    @property
    def done(self) -> int:
        """How many of its rows wait for nobody's answer."""
        return self.workers - self.counts[Enrolment.State.WAITING]


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """One row. ``kpj`` is the card's number of who is enrolled, else what the firm named.

    ``differing`` names the fields of ``PROPOSED`` that do not agree; what would agree is told to nobody.
    """

    id: int
    batch_id: int
    row_no: int
    name: str
    birth_on: date
    employee_no: str
    from_on: date
    contract: str
    location: str
    state: str
    outcome: str
    differing: tuple[str, ...]
    scores: Mapping[str, int]
    next_try_at: datetime | None
    decided_at: datetime | None
    kpj: str
    person_id: int | None
    employment_id: int | None
    known: bool
    replaced_by: int | None

    @property
    def reference(self) -> str:
        return f"{reference(self.batch_id)}-{self.row_no}"

    @property
    def words(self) -> Words:
        """Why it is as it is, what mends it, who to ask, and what the worker may be told, in the active language."""
        return words_of(self.outcome, self.differing)

    @property
    def register_by(self) -> date:
        """The last day on which the law wants him registered."""
        return register_by(self.from_on)


_STATES = tuple(str(state) for state in Enrolment.State)
_BATCH = (
    "SELECT b.id, b.upload_id, b.sent_at, b.workers, n.counts, n.next_try_at, n.waiting_for"
    " FROM registry_enrolmentbatch b CROSS JOIN LATERAL ("
    "   SELECT jsonb_object_agg(state, rows) AS counts, min(next_try_at) AS next_try_at,"
    "     max(waiting_for) AS waiting_for FROM ("
    "     SELECT state, count(*) AS rows, min(next_try_at) AS next_try_at,"
    "       mode() WITHIN GROUP (ORDER BY outcome) FILTER (WHERE state = 'waiting') AS waiting_for"
    "     FROM registry_enrolment WHERE batch_id = b.id GROUP BY state) s) n"
    " WHERE b.employer_id = %s"
)


def batch(employer_id: int, batch_id: int) -> BatchView | None:
    """One list of this firm; None for another firm's, as for none at all."""
    found = _batches(" AND b.id = %s", [employer_id, batch_id])
    return found[0] if found else None


def batches_of(employer_id: int, *, most: int = 10) -> list[BatchView]:
    """The last lists of a firm, newest first."""
    return _batches(" ORDER BY b.id DESC LIMIT %s", [employer_id, most])


def _batches(condition: LiteralString, params: list[Any]) -> list[BatchView]:
    with connection.cursor() as cursor:
        cursor.execute(_BATCH + condition, params)
        rows = cursor.fetchall()
    return [
        BatchView(
            id=id_,
            upload_id=upload_id,
            sent_at=sent_at,
            workers=workers,
            counts={**dict.fromkeys(_STATES, 0), **json.loads(counts or "{}")},
            next_try_at=next_try_at,
            waiting_for=waiting_for or "",
        )
        for id_, upload_id, sent_at, workers, counts, next_try_at, waiting_for in rows
    ]


# The rows first: the cards of those few are then asked where their persons lie.
_PAGE: LiteralString = (
    "WITH page AS MATERIALIZED (SELECT * FROM registry_enrolment e WHERE {condition}"
    "  ORDER BY e.batch_id DESC, e.row_no, e.id LIMIT %s OFFSET %s),"
    " cards AS (SELECT e.id, m.kpj FROM page e"
    "  JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id)"
    " SELECT e.id, e.batch_id, e.row_no, e.name, e.birth_on, e.employee_no, e.from_on, e.contract, e.location, e.state,"
    " e.outcome, e.differing, e.scores, e.next_try_at, e.decided_at, coalesce(c.kpj, e.kpj), e.person_id,"
    " e.employment_id, e.known, e.replaced_by"
    " FROM page e LEFT JOIN cards c ON c.id = e.id ORDER BY e.batch_id DESC, e.row_no, e.id"
)
_BY_KPJ: LiteralString = (
    "e.id IN (SELECT e.id FROM registry_enrolment e"
    " JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id"
    " WHERE e.employer_id = %s AND m.kpj LIKE %s)"
)


def enrolments(
    employer_id: int,
    *,
    state: Collection[str] | str | None = None,
    batch_id: int | None = None,
    search: str = "",
    page: int = 1,
    size: int = 50,
) -> Page[EnrolmentView]:
    """Rows of a firm, newest list first and then as they stood there; of one list, of one state or several.

    ``search`` looks at name, employee number and KPJ.
    """
    condition: LiteralString = "e.employer_id = %s"
    params: list[Any] = [employer_id]
    if batch_id is not None:
        condition += " AND e.batch_id = %s"
        params.append(batch_id)
    if state is not None:
        condition += " AND e.state = ANY(%s)"
        params.append([state] if isinstance(state, str) else list(state))
    if search.strip():
        condition += f" AND (e.name ILIKE %s OR e.employee_no ILIKE %s OR e.kpj LIKE %s OR {_BY_KPJ})"
        params += [contains(search), contains(search), starts(search), employer_id, starts(search)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM registry_enrolment e WHERE {condition}", params)
        (total,) = cursor.fetchone()
        page, pages, before = place(total, page, size)
        cursor.execute(_PAGE.format(condition=condition), [*params, size, before])
        return Page([_view(row) for row in cursor.fetchall()], page, pages, total)


def enrolment(employer_id: int, enrolment_id: int) -> EnrolmentView | None:
    """One row of this firm; None for another firm's, as for none at all."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(condition="e.employer_id = %s AND e.id = %s"), [employer_id, enrolment_id, 1, 0])
        found = cursor.fetchone()
    return None if found is None else _view(found)


def _view(row: tuple[Any, ...]) -> EnrolmentView:
    columns = list(row)
    columns[11:13] = [tuple(row[11].split()), json.loads(row[12])]
    return EnrolmentView(*columns)


def what_was_written(employer_id: int, enrolment_id: int) -> Mapping[str, object] | None:
    """What the firm itself wrote of one worker, opened, by the columns of ``PROPOSED``: for the form that corrects."""
    with connection.cursor() as cursor:
        rows = read_rows(cursor, "employer_id = %s AND id = %s", [employer_id, enrolment_id])
    return None if rows.is_empty() else rows.select(*PROPOSED).row(0, named=True)


def rows_written(employer_id: int, batch_id: int, *, state: Collection[str]) -> pl.DataFrame:
    """The rows of one list in these states as the firm wrote them: ``PROPOSED``, ``outcome`` and ``differing``."""
    with connection.cursor() as cursor:
        condition: LiteralString = "employer_id = %s AND batch_id = %s AND state = ANY(%s)"
        params: list[Any] = [employer_id, batch_id, list(state)]
        rows = read_rows(cursor, f"{condition} ORDER BY row_no, id", params)
        cursor.execute(f"SELECT id, outcome, differing FROM registry_enrolment WHERE {condition}", params)
        schema = {"row": pl.Int64, "outcome": pl.String, "differing": pl.String}
        found = pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
    return rows.join(found, on="row", maintain_order="left").select(*PROPOSED, "outcome", "differing")


def kpj_list(employer_id: int, batch_id: int) -> pl.DataFrame:
    """Who of one list has a card, by row: ``row_no``, ``employee_no``, ``name``, ``birth_on``, ``kpj``, ``from_on``,
    ``known`` and ``enrolment_id``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.row_no, e.employee_no, e.name, e.birth_on, m.kpj, e.from_on, e.known, e.id"
            " FROM registry_enrolment e"
            " JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id"
            " WHERE e.employer_id = %s AND e.batch_id = %s AND e.state = 'enrolled' ORDER BY e.row_no, e.id",
            [employer_id, batch_id],
        )
        schema = {
            "row_no": pl.Int64,
            "employee_no": pl.String,
            "name": pl.String,
            "birth_on": pl.Date,
            "kpj": pl.String,
            "from_on": pl.Date,
            "known": pl.Boolean,
            "enrolment_id": pl.Int64,
        }
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def batches_due(now: datetime) -> list[int]:
    """The lists with somebody whose turn to be verified has come and no job that will see to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.batch_id FROM registry_enrolment e WHERE e.state = 'waiting'"
            " AND (e.next_try_at IS NULL OR e.next_try_at <= %s) AND NOT EXISTS ("
            "   SELECT 1 FROM procrastinate_jobs j WHERE j.task_name = 'lindung.registry.verify_identities'"
            "   AND j.status IN ('todo', 'doing') AND (j.args->>'batch_id')::bigint = e.batch_id)"
            " ORDER BY 1",
            [now],
        )
        return [batch_id for (batch_id,) in cursor.fetchall()]
