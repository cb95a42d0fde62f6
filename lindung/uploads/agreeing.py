"""What saying yes to an upload needs, whoever says it: the row held, what may be booked, the booking queued."""

from datetime import datetime
from typing import Any

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.lib.jobs import enqueue
from lindung.uploads.kinds import KINDS
from lindung.uploads.models import Upload

BOOK_TASK = "lindung.uploads.book_uploads"


class CannotConfirm(Exception):
    """Only a checked file is confirmed, with errors only in parts; ``state`` and ``errors`` say what this one is."""

    def __init__(self, state: str, errors: int) -> None:
        super().__init__(f"{state}, {errors} errors")
        self.state, self.errors = state, errors


def may_be_booked(upload: Upload, *, partial: bool) -> bool:
    """Whether a checked upload would be booked without its wrong rows. Raises ``CannotConfirm`` if not at all."""
    errors = upload.summary.get("errors", 0)
    in_parts = partial and KINDS[upload.kind].IN_PARTS and upload.summary.get("workers", 0) > 0
    if upload.state != Upload.State.CHECKED or (errors and not in_parts):
        raise CannotConfirm(upload.state, errors)
    return bool(errors)


def to_be_booked(upload: Upload, *, actor: Actor, in_part: bool, now: datetime) -> None:
    """Queue the booking of an upload that its firm has agreed to; ``actor`` gave the last yes."""
    summary = {**upload.summary, "confirmed_by": [actor.kind, actor.id], "partial": in_part}
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.CONFIRMED, summary=summary)
    enqueue(BOOK_TASK, upload_id=upload.pk)
    totals = {name: summary[name] for name in ("workers", "amount_rupiah") if name in summary}
    record(actor, "upload_confirmed", upload.pk, now, partial=in_part, **totals)


def locked(upload_id: int) -> Upload:
    """An upload without its contents, held until the transaction ends."""
    light = Upload.objects.defer("content_encrypted", "findings_encrypted", "rows_encrypted")
    return light.select_for_update().get(pk=upload_id)


def record(actor: Actor, act: str, upload_id: int, now: datetime, **detail: Any) -> None:
    """An act upon an upload, in the trail."""
    trail.record(actor=actor, act=act, object_kind="upload", object_id=upload_id, now=now, detail=detail)
