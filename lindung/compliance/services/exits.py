"""A worker says that he left a firm that never said so; where the firm is silent or gone, an officer ends the work."""

from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from lindung.access.trail import Actor
from lindung.compliance.models import Complaint
from lindung.compliance.services.complaints import Opened
from lindung.compliance.services.moving import (
    Standing,
    begin_complaint,
    check_move,
    lock_complaint,
    make_move,
    take_turn,
    write_trail,
)
from lindung.compliance.services.refusals import ExitNotPossible, NothingSaid
from lindung.compliance.telling import tell_firm_of_claim, tell_of_end
from lindung.compliance.works import SAID_BY_WORKERS, WorkStanding, running_work, work_of
from lindung.evidence.services import keep_paper
from lindung.lib.clock import wib_date
from lindung.registry.services import EXITS, ExitsRefused, report_exits


@transaction.atomic
def claim_exit(
    *,
    actor: Actor,
    person_id: int,
    employer_id: int,
    until_on: date,
    cause: str,
    words: str,
    now: datetime,
    paper: bytes | None = None,
) -> Opened:
    """A member says that he works there no more; the firm is told, and has the next word. Said twice, it is one.

    ``until_on`` is excluded: the day after his last day of work. ``paper``: a letter or a photo as evidence, for
    officers alone. Nothing ends by this alone. Raises ``ExitNotPossible``, ``evidence.limits.Refused`` for a paper
    that cannot be taken, ``ValueError`` for a cause that is not in ``SAID_BY_WORKERS``.
    """
    if cause not in SAID_BY_WORKERS:
        raise ValueError(cause)
    take_turn(person_id=person_id)
    work = running_work(person_id=person_id, employer_id=employer_id)
    if work is None:
        raise ExitNotPossible("no_work")
    found = Complaint.objects.filter(employment_id=work.employment_id, closed_at=None)
    if (open_id := found.values_list("pk", flat=True).first()) is not None:
        return Opened(open_id, fresh=False)
    _judge(work, until_on, wib_date(now))
    complaint = begin_complaint(
        actor=actor,
        person_id=person_id,
        employer_id=employer_id,
        period=(until_on - timedelta(days=1)).replace(day=1),
        kind=Complaint.Kind.EXIT_UNREPORTED,
        words=words,
        now=now,
        billed_wage_rupiah=0,
        employment_id=work.employment_id,
        said_until_on=until_on,
        said_cause=cause,
        paper_id=keep_paper(actor=actor, content=paper, now=now) if paper is not None else None,
    )
    tell_firm_of_claim(complaint, work.employer_name, now=now)
    return Opened(complaint.pk, fresh=True)


@transaction.atomic
def end_employment(*, actor: Actor, complaint_id: int, until_on: date, cause: str, words: str, now: datetime) -> None:
    """An officer ends the work himself, on the day and by the cause he found; firm and member are told. Closed.

    For good, as a firm's own report (``registry.services.report_exits``, which writes it). Raises
    ``ComplaintNotFound``, ``NotYourTurn``, ``NothingSaid``, ``ExitNotPossible``, ``ValueError`` as ``claim_exit``.
    """
    if cause not in SAID_BY_WORKERS:
        raise ValueError(cause)
    complaint = lock_complaint(complaint_id=complaint_id)
    check_move(move="end", complaint=complaint)
    if not words.strip():
        raise NothingSaid
    work = work_of(person_id=complaint.person_id, employment_id=complaint.employment_id or 0)
    if work is None:
        raise ExitNotPossible("no_work")
    _judge(work, until_on, wib_date(now))
    exits = pl.DataFrame([(work.employment_id, until_on, cause)], schema=EXITS, orient="row")
    try:
        report_exits(actor=actor, employer_id=complaint.employer_id, exits=exits, now=now)
    except ExitsRefused as refused:
        # Whatever else could be wrong was judged above: in this very moment the firm has reported it itself.
        raise ExitNotPossible("ended") from refused
    standing = Standing(until_on=until_on)
    step = make_move(complaint=complaint, move="end", actor=actor, words=words, standing=standing, now=now)
    tell_of_end(step, complaint, work.employer_name, now=now)
    write_trail(actor=actor, act="complaint_work_ended", complaint=complaint, now=now, said=cause)


def _judge(work: WorkStanding, until_on: date, today: date) -> None:
    why = work.refuses(until_on, today)
    if why is not None:
        raise ExitNotPossible(why, work.last_paid_on if why == "paid_later" else work.from_on)
