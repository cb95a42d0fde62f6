"""Several reports of one month: until one is agreed to, the last one that was checked counts. One statement each."""

from datetime import datetime
from typing import Final

from django.db import connection

from lindung.uploads.models import Approval, Upload

LIVE: Final = (
    Upload.State.RECEIVED,
    Upload.State.CHECKED,
    Upload.State.PROPOSED,
    Upload.State.CONFIRMED,
    Upload.State.BOOKED,
)
"""On their way or through: of the same bytes for the same month there is one such upload."""


def hold_month(upload_id: int) -> None:
    """Let one report of a month at a time be settled: two that end each other's rows would wait for each other.

    Taken before any row; until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'reports', employer_id, kind, period,"
            " project_id), 0)) FROM uploads_upload WHERE id = %s",
            [upload_id],
        )


def replace_earlier(upload_id: int, now: datetime) -> list[int]:
    """End those before a checked one that nobody agreed to; gives their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE uploads_upload old SET state = %s, settled_at = %s,"
            " summary = old.summary || jsonb_build_object('replaced_by', new.id) FROM uploads_upload new"
            " WHERE new.id = %s AND old.id < new.id AND old.state IN (%s, %s, %s)"
            " AND (old.employer_id, old.kind, old.period) = (new.employer_id, new.kind, new.period)"
            " AND old.project_id IS NOT DISTINCT FROM new.project_id RETURNING old.id",
            [Upload.State.REPLACED, now, upload_id, Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.PROPOSED],
        )
        return [row[0] for row in cursor.fetchall()]


def bring_back(upload_id: int) -> list[int]:
    """Let the report that a dropped one had replaced count again, unless a later one is there already; gives its id.

    What changed since its check is found when it is booked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE uploads_upload old SET state = %s, settled_at = NULL, summary = old.summary - 'replaced_by'"
            " FROM uploads_upload dropped WHERE dropped.id = %s AND old.state = %s"
            " AND (old.employer_id, old.kind, old.period) = (dropped.employer_id, dropped.kind, dropped.period)"
            " AND old.project_id IS NOT DISTINCT FROM dropped.project_id"
            " AND (old.summary->>'replaced_by')::bigint = dropped.id AND old.findings_encrypted IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM uploads_upload later WHERE later.id > dropped.id AND later.state = ANY(%s)"
            "   AND (later.employer_id, later.kind, later.period) = (old.employer_id, old.kind, old.period)"
            "   AND later.project_id IS NOT DISTINCT FROM old.project_id)"
            " RETURNING old.id",
            [Upload.State.CHECKED, upload_id, Upload.State.REPLACED, [state.value for state in LIVE]],
        )
        return [row[0] for row in cursor.fetchall()]


def end_approvals(upload_ids: list[int], now: datetime) -> None:
    """Nobody needs to answer about these any more."""
    Approval.objects.filter(upload_id__in=upload_ids, answered_at=None).update(answered_at=now, approved=False)
