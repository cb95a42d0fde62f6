"""What an officer notes about a firm, and what he means to do about it until a day."""

from datetime import date, datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.compliance.models import FollowUp
from lindung.compliance.services.refusals import DayPassed, FollowUpNotFound, NothingSaid
from lindung.lib.clock import wib_date


@transaction.atomic
def write_follow_up(*, actor: Actor, employer_id: int, text: str, due_on: date | None, now: datetime) -> int:
    """Note something about a firm; with a day it is a task of whoever writes it, until it is done. Gives its id.

    Raises ``NothingSaid``, ``DayPassed``.
    """
    if not text.strip():
        raise NothingSaid
    if due_on is not None and due_on < wib_date(now):
        raise DayPassed
    written = FollowUp.objects.create(
        employer_id=employer_id,
        text=text.strip(),
        written_by=actor.id,
        written_at=now,
        owner_id=actor.id if due_on else None,
        due_on=due_on,
    )
    trail.record(
        actor=actor,
        act="follow_up_written",
        object_kind="employer",
        object_id=employer_id,
        now=now,
        detail={"follow_up": written.pk, "due_on": due_on.isoformat() if due_on else ""},
    )
    return written.pk


@transaction.atomic
def take_follow_up(*, actor: Actor, follow_up_id: int, now: datetime) -> None:
    """Take over a colleague's open task. Raises ``FollowUpNotFound``."""
    task = _open(follow_up_id)
    FollowUp.objects.filter(pk=task.pk).update(owner_id=actor.id)
    trail.record(
        actor=actor,
        act="follow_up_taken",
        object_kind="employer",
        object_id=task.employer_id,
        now=now,
        detail={"follow_up": task.pk},
    )


@transaction.atomic
def finish_follow_up(*, actor: Actor, follow_up_id: int, outcome: str, now: datetime) -> None:
    """Say what came of a task. Raises ``FollowUpNotFound``, ``NothingSaid``."""
    if not outcome.strip():
        raise NothingSaid
    task = _open(follow_up_id)
    FollowUp.objects.filter(pk=task.pk).update(done_at=now, done_by=actor.id, outcome=outcome.strip())
    trail.record(
        actor=actor,
        act="follow_up_finished",
        object_kind="employer",
        object_id=task.employer_id,
        now=now,
        detail={"follow_up": task.pk},
    )


def _open(follow_up_id: int) -> FollowUp:
    task = FollowUp.objects.select_for_update().filter(pk=follow_up_id, due_on__isnull=False, done_at=None).first()
    if task is None:
        raise FollowUpNotFound
    return task
