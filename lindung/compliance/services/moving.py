"""One move of a complaint: its row held, the step written beside it, the trail last. Callers hold the transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.compliance import rules
from lindung.compliance.models import Complaint, ComplaintStep
from lindung.compliance.months import mended, standing_of
from lindung.compliance.services.refusals import ComplaintNotFound, NotYourTurn
from lindung.compliance.words import seal
from lindung.compliance.workflow import MOVES, STATES, may
from lindung.compliance.works import work_of
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What a complaint is about, as it stands: a month's wage, or the day after the last day of work.

    ``mended``: it is another than when he complained, so that the firm may say so.
    """

    wage_rupiah: int | None = None
    until_on: date | None = None
    mended: bool = False


_NOTHING: Final = Standing()


def take_turn(*, person_id: int) -> None:
    """One after another for each person: whoever presses twice finds what the first press made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"complaints of {person_id}"])


def begin_complaint(
    *,
    actor: Actor,
    person_id: int,
    employer_id: int,
    period: date,
    kind: str,
    words: str,
    now: datetime,
    standing: Standing = _NOTHING,
    **facts: Any,
) -> Complaint:
    """A new complaint, which the firm has to answer, with its first step. ``facts``: the columns of its kind."""
    complaint_id = next_of("compliance_complaint_id_seq")
    complaint = Complaint.objects.create(
        id=complaint_id,
        person_id=person_id,
        employer_id=employer_id,
        period=period,
        kind=kind,
        words_encrypted=seal("complaint", complaint_id, words),
        state="with_firm",
        owner="firm",
        due_on=rules.deadline("firm_answers", wib_date(now)),
        opened_at=now,
        moved_at=now,
        **facts,
    )
    write_step(complaint=complaint, move="open", by="member", actor=actor, standing=standing, now=now)
    write_trail(actor=actor, act="complaint_opened", complaint=complaint, now=now, said=kind)
    return complaint


def lock_complaint(*, complaint_id: int, **whose: int) -> Complaint:
    """The complaint, its row ours until the end. Raises ``ComplaintNotFound``."""
    complaint = Complaint.objects.select_for_update().filter(pk=complaint_id, **whose).first()
    if complaint is None:
        raise ComplaintNotFound
    return complaint


def check_move(*, move: str, complaint: Complaint) -> None:
    """Raises ``NotYourTurn`` where the complaint's state, or its kind, does not have this move."""
    if not may(move, complaint.state, complaint.kind):
        raise NotYourTurn(complaint.state)


def see_standing(*, complaint: Complaint) -> Standing:
    """The month, or the work, that the complaint is about. One statement."""
    if complaint.employment_id is not None:
        work = work_of(person_id=complaint.person_id, employment_id=complaint.employment_id)
        return Standing(until_on=work.until_on, mended=work.ended) if work else _NOTHING
    month = standing_of(person_id=complaint.person_id, employer_id=complaint.employer_id, period=complaint.period)
    changed = mended(complaint.kind, complaint.billed_wage_rupiah, month)
    return Standing(wage_rupiah=month.wage_rupiah if month else None, mended=changed)


def make_move(
    *,
    complaint: Complaint,
    move: str,
    actor: Actor,
    now: datetime,
    words: str = "",
    answer: str = "",
    standing: Standing = _NOTHING,
) -> ComplaintStep:
    """Where the move leads, with its owner and deadline, and the step. Raises ``NotYourTurn``."""
    check_move(move=move, complaint=complaint)
    complaint.state = MOVES[move].to
    waiting = STATES[MOVES[move].to]
    complaint.owner = waiting.owner if waiting else ""
    complaint.due_on = rules.deadline(waiting.deadline, wib_date(now)) if waiting else None
    complaint.closed_at = None if waiting else now
    complaint.moved_at = now
    Complaint.objects.filter(pk=complaint.pk).update(
        state=complaint.state,
        owner=complaint.owner,
        due_on=complaint.due_on,
        closed_at=complaint.closed_at,
        moved_at=now,
    )
    return write_step(
        complaint=complaint,
        move=move,
        by=MOVES[move].by,
        actor=actor,
        answer=answer,
        words=words,
        standing=standing,
        now=now,
    )


def write_step(
    *,
    complaint: Complaint,
    move: str,
    by: str,
    actor: Actor,
    now: datetime,
    answer: str = "",
    words: str = "",
    standing: Standing = _NOTHING,
) -> ComplaintStep:
    """The step that led to where the complaint is."""
    step_id = next_of("compliance_complaintstep_id_seq")
    return ComplaintStep.objects.create(
        id=step_id,
        complaint_id=complaint.pk,
        move=move,
        by=by,
        actor_kind=actor.kind,
        actor_id=actor.id,
        answer=answer,
        wage_rupiah=standing.wage_rupiah,
        until_on=standing.until_on,
        words_encrypted=seal("complaintstep", step_id, words),
        state=complaint.state,
        due_on=complaint.due_on,
        happened_at=now,
    )


def write_trail(*, actor: Actor, act: str, complaint: Complaint, now: datetime, said: str = "") -> None:
    """The act in the trail, without a word of anybody's."""
    detail: dict[str, int | str] = {"state": complaint.state}
    if said:
        detail["said"] = said
    trail.record(actor=actor, act=act, object_kind="complaint", object_id=complaint.pk, now=now, detail=detail)
