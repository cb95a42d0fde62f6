"""What binds a firm and waits for a second person: proposed by who entered it, approved or returned by another.

Where a firm needs no second person nothing passes through here. Nothing happens to a proposed upload but by an answer:
a process that is killed leaves it waiting or answered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lindung.access.trail import Actor
from lindung.lib.crypto import decrypt, encrypt
from lindung.uploads.agreeing import CannotConfirm, locked, may_be_booked, record, to_be_booked
from lindung.uploads.models import Approval, Upload


class OwnWork(Exception):
    """Nobody approves what he sent or proposed himself."""


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """One turn: who proposed, and what became of it. ``reason`` is why it was returned; empty when taken back."""

    proposed_by: int
    proposed_at: datetime
    partial: bool
    answered_by: int
    answered_at: datetime | None
    approved: bool | None
    reason: str


@transaction.atomic
def propose_upload(*, actor: Actor, upload_id: int, now: datetime, partial: bool = False) -> None:
    """Put a checked upload before a second person. Again does nothing. Raises ``CannotConfirm`` as a yes would."""
    upload = locked(upload_id)
    if upload.state in (Upload.State.PROPOSED, Upload.State.CONFIRMED, Upload.State.BOOKED):
        return
    in_part = may_be_booked(upload, partial=partial)
    Upload.objects.filter(pk=upload_id).update(state=Upload.State.PROPOSED)
    Approval.objects.create(upload_id=upload_id, partial=in_part, proposed_by=actor.id, proposed_at=now)
    totals = {name: upload.summary[name] for name in ("workers", "amount_rupiah") if name in upload.summary}
    record(actor, "upload_proposed", upload_id, now, partial=in_part, **totals)


@transaction.atomic
def approve_upload(*, actor: Actor, upload_id: int, now: datetime) -> None:
    """The second yes: the upload is booked. Again does nothing. Raises ``OwnWork``, or ``CannotConfirm``."""
    upload = locked(upload_id)
    if upload.state in (Upload.State.CONFIRMED, Upload.State.BOOKED):
        return
    waiting = _open(upload)
    if actor.id in (waiting.proposed_by, upload.sent_by):
        raise OwnWork
    Approval.objects.filter(pk=waiting.pk).update(answered_by=actor.id, answered_at=now, approved=True)
    record(actor, "upload_approved", upload_id, now, proposed_by=waiting.proposed_by)
    to_be_booked(upload, actor=actor, in_part=waiting.partial, now=now)


@transaction.atomic
def return_upload(*, actor: Actor, upload_id: int, reason: str, now: datetime) -> None:
    """Give a proposed upload back to who entered it, with the reason; who proposed it takes it back without one.

    It may be proposed again as it is, or another sent. Raises ``CannotConfirm`` when it does not wait.
    """
    upload = locked(upload_id)
    waiting = _open(upload)
    Approval.objects.filter(pk=waiting.pk).update(
        answered_by=actor.id, answered_at=now, approved=False, reason_encrypted=encrypt(reason, _place(waiting.pk))
    )
    Upload.objects.filter(pk=upload_id).update(state=Upload.State.CHECKED)
    record(actor, "upload_returned", upload_id, now, proposed_by=waiting.proposed_by)


def last_approval(upload_id: int) -> ApprovalView | None:
    """The newest turn of an upload, answered or not."""
    row = Approval.objects.filter(upload_id=upload_id).order_by("-id").first()
    if row is None:
        return None
    sealed = row.reason_encrypted
    return ApprovalView(
        row.proposed_by,
        row.proposed_at,
        row.partial,
        row.answered_by or 0,
        row.answered_at,
        row.approved,
        decrypt(sealed, _place(row.pk)).decode() if sealed else "",
    )


def waiting_uploads(employer_ids: Collection[int]) -> list[int]:
    """The uploads of these firms that wait for a second person, the oldest first."""
    waiting = Approval.objects.filter(
        answered_at=None, upload__employer_id__in=employer_ids, upload__state=Upload.State.PROPOSED
    )
    return list(waiting.order_by("id").values_list("upload_id", flat=True))


def _open(upload: Upload) -> Approval:
    waiting = Approval.objects.select_for_update().filter(upload_id=upload.pk, answered_at=None).first()
    if upload.state != Upload.State.PROPOSED or waiting is None:
        raise CannotConfirm(upload.state, upload.summary.get("errors", 0))
    return waiting


def _place(approval_id: int) -> str:
    return f"uploads_approval.reason_encrypted:{approval_id}"
