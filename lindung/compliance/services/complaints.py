"""A complaint opened and moved on, one move at a time. Who may do what in which state: ``workflow``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from lindung.access.trail import Actor
from lindung.compliance.models import Complaint
from lindung.compliance.months import MonthStanding, standing_of
from lindung.compliance.own_wages import MOST_MONTHS
from lindung.compliance.services.moving import (
    Standing,
    begin_complaint,
    check_move,
    lock_complaint,
    make_move,
    see_standing,
    take_turn,
    write_trail,
)
from lindung.compliance.services.refusals import CannotComplain, NothingCorrected, NothingSaid, NotYourTurn
from lindung.compliance.telling import tell_member
from lindung.law.money import MOST_WAGE_RUPIAH
from lindung.lib.clock import wib_date

ANSWERS: Final = ("corrected", "explained", "not_ours")
EXIT_ANSWERS: Final = ("reported", "still_here", "other_day")
"""What a firm may answer, of a month and of an exit: the first says that it is put right, the others need words."""


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

    Raises ``CannotComplain`` for a month about which this cannot be said, ``ValueError`` for a kind that is not about
    a month.
    """
    kind = Complaint.Kind(kind).value
    if kind == Complaint.Kind.EXIT_UNREPORTED:
        raise ValueError(kind)
    take_turn(person_id=person_id)
    found = Complaint.objects.filter(
        person_id=person_id, employer_id=employer_id, period=period, employment_id=None, closed_at=None
    )
    if (open_id := found.values_list("pk", flat=True).first()) is not None:
        return Opened(open_id, fresh=False)
    standing = standing_of(person_id=person_id, employer_id=employer_id, period=period)
    if kind == Complaint.Kind.NOT_MY_EMPLOYER:
        said_wage_rupiah = None
    _judge(standing, kind, said_wage_rupiah, wib_date(now))
    billed_rupiah = standing.wage_rupiah if standing else 0
    complaint = begin_complaint(
        actor=actor,
        person_id=person_id,
        employer_id=employer_id,
        period=period,
        kind=kind,
        words=words,
        now=now,
        standing=Standing(wage_rupiah=billed_rupiah),
        said_wage_rupiah=said_wage_rupiah,
        billed_wage_rupiah=billed_rupiah,
    )
    return Opened(complaint.pk, fresh=True)


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
    """The firm answers with one of ``ANSWERS``, of an exit of ``EXIT_ANSWERS``. The member is told.

    Raises ``ComplaintNotFound``, ``NotYourTurn``, ``NothingSaid``, and ``NothingCorrected`` where the month, or the
    work, stands for this worker as it did when he complained; ``ValueError`` for another answer.
    """
    complaint = lock_complaint(complaint_id=complaint_id, employer_id=employer_id)
    answers = ANSWERS if complaint.employment_id is None else EXIT_ANSWERS
    if answer not in answers:
        raise ValueError(answer)
    check_move(move="answer", complaint=complaint)
    standing = see_standing(complaint=complaint)
    if answer == answers[0]:
        if not standing.mended:
            raise NothingCorrected
    elif not words.strip():
        raise NothingSaid
    step = make_move(
        complaint=complaint, move="answer", actor=actor, words=words, answer=answer, standing=standing, now=now
    )
    tell_member(step, complaint, kind="complaint_answered", now=now)
    write_trail(actor=actor, act="complaint_answered", complaint=complaint, now=now, said=answer)


@transaction.atomic
def accept_answer(*, actor: Actor, person_id: int, complaint_id: int, now: datetime) -> None:
    """The member is content: settled. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = lock_complaint(complaint_id=complaint_id, person_id=person_id)
    make_move(complaint=complaint, move="accept", actor=actor, now=now)
    write_trail(actor=actor, act="complaint_settled", complaint=complaint, now=now)


@transaction.atomic
def object_to_answer(*, actor: Actor, person_id: int, complaint_id: int, words: str, now: datetime) -> None:
    """The member is not: it goes to the agency. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = lock_complaint(complaint_id=complaint_id, person_id=person_id)
    make_move(complaint=complaint, move="object", actor=actor, words=words, now=now)
    write_trail(actor=actor, act="complaint_objected", complaint=complaint, now=now)


@transaction.atomic
def withdraw_complaint(*, actor: Actor, person_id: int, complaint_id: int, now: datetime) -> None:
    """The member takes it back, wherever it is. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = lock_complaint(complaint_id=complaint_id, person_id=person_id)
    make_move(complaint=complaint, move="withdraw", actor=actor, now=now)
    write_trail(actor=actor, act="complaint_withdrawn", complaint=complaint, now=now)


@transaction.atomic
def take_complaint(*, actor: Actor, complaint_id: int, now: datetime) -> None:
    """An officer takes on a complaint that is with the agency. Raises ``ComplaintNotFound``, ``NotYourTurn``."""
    complaint = lock_complaint(complaint_id=complaint_id)
    if complaint.owner != "agency":
        raise NotYourTurn(complaint.state)
    Complaint.objects.filter(pk=complaint.pk).update(officer_id=actor.id)
    write_trail(actor=actor, act="complaint_taken", complaint=complaint, now=now)


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
    complaint = lock_complaint(complaint_id=complaint_id)
    check_move(move=move, complaint=complaint)
    if not words.strip():
        raise NothingSaid
    if complaint.officer_id is None:
        Complaint.objects.filter(pk=complaint.pk).update(officer_id=actor.id)
    standing = see_standing(complaint=complaint)
    step = make_move(complaint=complaint, move=move, actor=actor, words=words, standing=standing, now=now)
    tell_member(step, complaint, kind="complaint_decided", now=now)
    write_trail(actor=actor, act=act, complaint=complaint, now=now)
