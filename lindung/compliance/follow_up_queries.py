"""What officers noted about firms, and what they still mean to do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A note (without ``due_on``) or a task, open until ``done_at``."""

    id: int
    employer_id: int
    employer_name: str
    text: str
    writer_name: str
    written_at: datetime
    owner_id: int | None
    owner_name: str
    due_on: date | None
    done_at: datetime | None
    doer_name: str
    outcome: str

    @property
    def open(self) -> bool:
        """Whether there is something to do."""
        return self.due_on is not None and self.done_at is None


_SELECT = (
    "SELECT u.id, u.employer_id, f.name, u.text, coalesce(w.display_name, ''), u.written_at, u.owner_id,"
    " coalesce(o.display_name, ''), u.due_on, u.done_at, coalesce(d.display_name, ''), u.outcome"
    " FROM compliance_followup u JOIN registry_employer f ON f.id = u.employer_id"
    " LEFT JOIN access_account w ON w.id = u.written_by LEFT JOIN access_account o ON o.id = u.owner_id"
    " LEFT JOIN access_account d ON d.id = u.done_by"
)


def follow_ups_of(*, employer_id: int, most: int = 100) -> list[FollowUpView]:
    """Everything about one firm: what is open first, by its day, then the newest."""
    where = "WHERE u.employer_id = %s ORDER BY (u.due_on IS NULL OR u.done_at IS NOT NULL), "
    return _read(f"{where} CASE WHEN u.done_at IS NULL THEN u.due_on END, u.id DESC LIMIT %s", [employer_id, most])


def open_follow_ups(*, owner_id: int | None = None, most: int = 500) -> list[FollowUpView]:
    """Tasks that are not done, by their day; with ``owner_id`` one officer's."""
    where = "WHERE u.due_on IS NOT NULL AND u.done_at IS NULL AND (%s::bigint IS NULL OR u.owner_id = %s)"
    return _read(f"{where} ORDER BY u.due_on, u.id LIMIT %s", [owner_id, owner_id, most])


def follow_up(follow_up_id: int) -> FollowUpView | None:
    """One note or task."""
    found = _read("WHERE u.id = %s", [follow_up_id])
    return found[0] if found else None


def _read(where: str, params: list[Any]) -> list[FollowUpView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} {where}", params)
        return [FollowUpView(*row) for row in cursor.fetchall()]
