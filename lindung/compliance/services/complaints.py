"""A complaint opened and moved on, one move at a time. Who may do what in which state: ``workflow``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.compliance import rules
from lindung.compliance.models import Complaint, ComplaintStep
from lindung.compliance.months import MonthStanding, mended, standing_of
from lindung.compliance.own_wages import MOST_MONTHS
from lindung.compliance.services.refusals import (
    CannotComplain,
    ComplaintNotFound,
    NothingCorrected,
    NothingSaid,
    NotYourTurn,
)
from lindung.compliance.telling import tell_member
from lindung.compliance.words import seal
from lindung.compliance.workflow import MOVES, STATES, may
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.lib.clock import wib_date
from lindung.lib.ids import next_of

ANSWERS: Final = ("corrected", "explained", "not_ours")


@dataclass(frozen=True, slots=True)
class Opened:
    """``fresh`` is False where the month had an open complaint already: then that one is meant."""

    complaint_id: int
    fresh: bool


@transaction.atomic
def open_complaint(
    *,
    actor: Actor,
    person_id: int,
    employer_id: int,
    period: date,
    kind: str,
    said_wage_rupiah: int | None,
    words: str,
    now: datetime,
) -> Opened:
    """A member says that a month does not match; the firm has the next word. Said twice, it is one complaint.

    Raises ``CannotComplain`` for a month about which this cannot be said, ``ValueError`` for an unknown kind.
    """
    kind = Complaint.Kind(kind).value
    # One after another for each person: whoever presses twice finds what the first press made.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"complaints of {person_id}"])
    found = Complaint.objects.filter(person_id=person_id, employer_id=employer_id, period=period, closed_at=None)
    if (open_id := found.values_list("pk", flat=True).first()) is not None:
        return Opened(open_id, fresh=False)
    standing = standing_of(person_id=person_id, employer_id=employer_id, period=period)
    today = wib_date(now)
    if kind == Complaint.Kind.NOT_MY_EMPLOYER:
        said_wage_rupiah = None
    _judge(standing, kind, said_wage_rupiah, today)
    complaint_id = next_of("compliance_complaint_id_seq")
    complaint = Complaint.objects.create(
        id=complaint_id,
        person_id=person_id,
        employer_id=employer_id,
        period=period,
        kind=kind,
        said_wage_rupiah=said_wage_rupiah,
        billed_wage_rupiah=standing.wage_rupiah if standing else 0,
        words_encrypted=seal("complaint", complaint_id, words),
        state="with_firm",
        owner="firm",
        due_on=rules.deadline("firm_answers", today),
        opened_at=now,
        moved_at=now,
    )
    _write_step(complaint, "open", by="member", actor=actor, wage_rupiah=complaint.billed_wage_rupiah, now=now)
    _record(actor, "complaint_opened", complaint, now, kind)
    return Opened(complaint_id, fresh=True)


@transaction.atomic
def open_complaints_of_wages(
    *, actor: Actor, person_id: int, employer_id: int, wages: Mapping[date, int], words: str, now: datetime
) -> list[Opened]:
    """Complain of up to twelve months of one firm at once; ``wages``: month -> the wage as the member knows it.

    Of a month that was never reported the complaint is that it is missing. All of them or none: raises as
    ``open_complaint``, and ``CannotComplain`` for more months than a year has.
    """
    if len(wages) > MOST_MONTHS:
        raise CannotComplain("too_many")
    opened = []
    for period, wage_rupiah in sorted(wages.items()):
        standing = standing_of(person_id=person_id, employer_id=employer_id, period=period)
        reported = standing is not None and standing.wage_rupiah > 0
        opened.append(
            open_complaint(
                actor=actor,
                person_id=person_id,
                employer_id=employer_id,
                period=period,
                kind="wage_wrong" if reported else "month_missing",
                said_wage_rupiah=wage_rupiah,
                words=words,
                now=now,
            )
        )
    return opened


def _judge(standing: MonthStanding | None, kind: str, said_wage_rupiah: int | None, today: date) -> None:
    if standing is None:
        raise CannotComplain("no_month")
    if kind == Complaint.Kind.MONTH_MISSING and not standing.missing(today):
        raise CannotComplain("paid" if standing.paid else "not_due")
    if said_wage_rupiah is not None and not 0 < said_wage_rupiah <= MOST_WAGE_RUPIAH:
        raise CannotComplain("no_wage")
    if kind == Complaint.Kind.WAGE_WRONG:
        if not standing.wage_rupiah:
            raise CannotComplain("not_billed")
        if said_wage_rupiah == standing.wage_rupiah:
            raise CannotComplain("same_wage")


@transaction.atomic
def answer_complaint(
    *, actor: Actor, employer_id: int, complaint_id: int, answer: str, words: str, now: datetime
) -> None:
    """The firm answers: ``corrected``, ``explained`` (needs words) or ``not_ours`` (needs words). The member is told.

    Raises ``ComplaintNotFound``, ``NotYourTurn``, ``NothingSaid``, and ``NothingCorrected`` where the month stands for
    this worker as it did when he complained.
    """
    if answer not in ANSWERS:
        raise ValueError(answer)
    complaint = _locked(complaint_id, employer_id=employer_id)
    _may("answer", complaint)
    standing = _standing(complaint)
    if answer == "corrected":
        if not mended(complaint.kind, complaint.billed_wage_rupiah, standing):
            raise NothingCorrected
    elif not words.strip():
        raise NothingSaid
    step = _move(complaint, "answer", actor=actor, words=words, answer=answer, standing=standing, now=now)
    tell_member(step, complaint, kind="complaint_answered", now=now)
    _record(actor, "complaint_answered", complaint, now, answer)


@transaction.atomic
def accept_answer(*, actor: Actor, person_id: int, complaint_id: int, now: datetime) -> None:
    """The member is content: settled. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = _locked(complaint_id, person_id=person_id)
    _move(complaint, "accept", actor=actor, now=now)
    _record(actor, "complaint_settled", complaint, now)


@transaction.atomic
def object_to_answer(*, actor: Actor, person_id: int, complaint_id: int, words: str, now: datetime) -> None:
    """The member is not: it goes to the agency. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = _locked(complaint_id, person_id=person_id)
    _move(complaint, "object", actor=actor, words=words, now=now)
    _record(actor, "complaint_objected", complaint, now)


@transaction.atomic
def withdraw_complaint(*, actor: Actor, person_id: int, complaint_id: int, now: datetime) -> None:
    """The member takes it back, wherever it is. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = _locked(complaint_id, person_id=person_id)
    _move(complaint, "withdraw", actor=actor, now=now)
    _record(actor, "complaint_withdrawn", complaint, now)


@transaction.atomic
def take_complaint(*, actor: Actor, complaint_id: int, now: datetime) -> None:
    """An officer takes on a complaint that is with the agency. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = _locked(complaint_id)
    if complaint.owner != "agency":
        raise NotYourTurn(complaint.state)
    Complaint.objects.filter(pk=complaint.pk).update(officer_id=actor.id)
    _record(actor, "complaint_taken", complaint, now)


@transaction.atomic
def order_correction(*, actor: Actor, complaint_id: int, words: str, now: datetime) -> None:
    """The agency finds for the member: the firm is told what to put right. Raises as ``answer_complaint``."""
    _decide("order", "complaint_ordered", actor, complaint_id, words, now)


@transaction.atomic
def close_complaint(*, actor: Actor, complaint_id: int, words: str, now: datetime) -> None:
    """The agency ends it and says why. Raises as ``answer_complaint``."""
    _decide("close", "complaint_closed", actor, complaint_id, words, now)


def _decide(move: str, act: str, actor: Actor, complaint_id: int, words: str, now: datetime) -> None:
    """Whoever decides what nobody had taken on has taken it on."""
    complaint = _locked(complaint_id)
    _may(move, complaint)
    if not words.strip():
        raise NothingSaid
    if complaint.officer_id is None:
        Complaint.objects.filter(pk=complaint.pk).update(officer_id=actor.id)
    step = _move(complaint, move, actor=actor, words=words, standing=_standing(complaint), now=now)
    tell_member(step, complaint, kind="complaint_decided", now=now)
    _record(actor, act, complaint, now)


def _locked(complaint_id: int, **whose: int) -> Complaint:
    complaint = Complaint.objects.select_for_update().filter(pk=complaint_id, **whose).first()
    if complaint is None:
        raise ComplaintNotFound
    return complaint


def _may(move: str, complaint: Complaint) -> None:
    if not may(move, complaint.state):
        raise NotYourTurn(complaint.state)


def _standing(complaint: Complaint) -> MonthStanding | None:
    return standing_of(person_id=complaint.person_id, employer_id=complaint.employer_id, period=complaint.period)


def _move(
    complaint: Complaint,
    move: str,
    *,
    actor: Actor,
    now: datetime,
    words: str = "",
    answer: str = "",
    standing: MonthStanding | None = None,
) -> ComplaintStep:
    _may(move, complaint)
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
    wage_rupiah = standing.wage_rupiah if standing else None
    return _write_step(
        complaint, move, by=MOVES[move].by, actor=actor, answer=answer, words=words, wage_rupiah=wage_rupiah, now=now
    )


def _write_step(
    complaint: Complaint,
    move: str,
    *,
    by: str,
    actor: Actor,
    now: datetime,
    answer: str = "",
    words: str = "",
    wage_rupiah: int | None = None,
) -> ComplaintStep:
    step_id = next_of("compliance_complaintstep_id_seq")
    return ComplaintStep.objects.create(
        id=step_id,
        complaint_id=complaint.pk,
        move=move,
        by=by,
        actor_kind=actor.kind,
        actor_id=actor.id,
        answer=answer,
        wage_rupiah=wage_rupiah,
        words_encrypted=seal("complaintstep", step_id, words),
        state=complaint.state,
        due_on=complaint.due_on,
        happened_at=now,
    )


def _record(actor: Actor, act: str, complaint: Complaint, now: datetime, said: str = "") -> None:
    detail: dict[str, int | str] = {"state": complaint.state}
    if said:
        detail["said"] = said
    trail.record(actor=actor, act=act, object_kind="complaint", object_id=complaint.pk, now=now, detail=detail)
