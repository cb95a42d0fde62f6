"""New workers of a firm: proposed by it, corrected, withdrawn. What the civil registry says is in ``verification``."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.db.models import Count
from procrastinate.exceptions import AlreadyEnqueued

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contact.services import forget_addresses
from lindung.lib import ids, jobs
from lindung.registry import kpj
from lindung.registry.columns import array
from lindung.registry.enrolling import as_people, employ
from lindung.registry.enrolment_rows import PROPOSED, columns_of, read_rows, settle, tidied, with_index, write_rows
from lindung.registry.models import Contract, Employer, Enrolment, EnrolmentBatch
from lindung.registry.placing import FOUND, lock_firm
from lindung.registry.recognising import recognise
from lindung.registry.services.workers import WorkerFault, WorkersRefused, worker_faults

VERIFY_TASK = "lindung.registry.verify_identities"
ASK_AGAIN_AFTER = timedelta(hours=1)
_STATE = Enrolment.State
_DECISION = ("row", "state", "outcome", "differing")
_OPEN = [str(state) for state in Enrolment.OPEN]


class EnrolmentSettled(Exception):
    """The worker is enrolled, or the row was withdrawn: nothing more can be done with it. ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class AskedTooSoon(Exception):
    """The civil registry was asked about this worker a moment ago; ``until`` says when it may be asked again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of a list: how many wait for the civil registry, work here, or must be looked at by the firm."""

    batch_id: int
    waiting: int
    employed: int
    to_correct: int


@transaction.atomic
def propose_workers(
    *, actor: Actor, employer_id: int, rows: pl.DataFrame, upload_id: int | None, now: datetime
) -> Proposed:
    """Take a firm's list of new workers (``PROPOSED``); members get their employment at once, the others wait.

    Once for an upload: again gives what became of it. A row takes the place of an open one of this firm about the
    same NIK or card, or with the same employee number and either name or birth date: so a corrected list is simply
    sent. Queues one job for all that wait. Raises ``WorkersRefused``, ``Employer.DoesNotExist``.
    """
    employer = Employer.objects.get(pk=employer_id)
    if dict(rows.schema) != PROPOSED:
        raise TypeError(f"rows must have the columns {', '.join(PROPOSED)}")
    rows = tidied(rows)
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
        if upload_id is not None and (before := EnrolmentBatch.objects.filter(upload_id=upload_id).first()):
            return _as_it_stands(before.pk)
        if faults := _faults(rows):
            raise WorkersRefused(faults)
        batch = EnrolmentBatch.objects.create(
            employer=employer,
            upload_id=upload_id,
            sent_by_kind=actor.kind,
            sent_by_id=actor.id,
            sent_at=now,
            workers=rows.height,
        )
        drawn = ids.draw(cursor, "registry_enrolment_id_seq", rows.height)
        rows = with_index(rows.with_columns(row=pl.Series(drawn, dtype=pl.Int64)))
        _replace(cursor, employer_id, rows, batch.pk, now)
        write_rows(cursor, batch_id=batch.pk, employer_id=employer_id, rows=rows)
        _settle_known(cursor, employer, rows, now)
    proposed = _as_it_stands(batch.pk)
    if proposed.waiting:
        queue_batch(batch_id=batch.pk)
    trail.record(
        actor=actor,
        act="workers_proposed",
        object_kind="enrolment_batch",
        object_id=batch.pk,
        now=now,
        detail={
            "employer_id": employer_id,
            "workers": rows.height,
            "waiting": proposed.waiting,
            "employed": proposed.employed,
            "to_correct": proposed.to_correct,
        },
    )
    return proposed


@transaction.atomic
def correct_enrolment(
    *, actor: Actor, employer_id: int, enrolment_id: int, changes: Mapping[str, object], now: datetime
) -> None:
    """Put right what a firm wrote of one worker, and have him looked at again.

    ``changes`` are columns of ``PROPOSED`` but ``row_no``. Without any the civil registry is asked anew, for a worker
    who had his data mended there. Raises ``WorkersRefused`` (row 0), ``EnrolmentSettled``, ``AskedTooSoon``,
    ``Enrolment.DoesNotExist``.
    """
    if unknown := changes.keys() - (PROPOSED.keys() - {"row_no"}):
        raise TypeError(f"no such columns: {', '.join(sorted(unknown))}")
    employer = Employer.objects.get(pk=employer_id)
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
        found = _open_one(employer_id, enrolment_id)
        if not changes:
            _refuse_haste(found, now)
        row = read_rows(cursor, "id = %s", [enrolment_id])
        row = tidied(
            row.with_columns(pl.lit(value, dtype=PROPOSED[name]).alias(name) for name, value in changes.items())
        )
        faults = _faults(row) or _twice(cursor, employer_id, row := with_index(row))
        if faults:
            raise WorkersRefused(faults)
        told = row.select(*columns_of(row)).row(0, named=True)
        Enrolment.objects.filter(pk=enrolment_id).update(
            **{name: value for name, value in told.items() if name not in ("id", "row_no")},
            revision=found.revision + 1,
            tries=0,
            **({} if changes else {"ask_anew_at": now}),
        )
        _forget([found.reserved_person_id], f"enrolment:{enrolment_id}", now)
        settle(cursor, row.select("row", state=pl.lit("waiting"), outcome=pl.lit(""), differing=pl.lit("")), now)
        _settle_known(cursor, employer, row, now)
        if Enrolment.objects.filter(pk=enrolment_id, state=_STATE.WAITING).exists():
            queue_batch(batch_id=found.batch_id)
    trail.record(
        actor=actor,
        act="enrolment_corrected",
        object_kind="enrolment",
        object_id=enrolment_id,
        now=now,
        detail={"columns": " ".join(sorted(changes))},
    )


@transaction.atomic
def withdraw_enrolment(*, actor: Actor, employer_id: int, enrolment_id: int, now: datetime) -> None:
    """Take back a row about somebody who is not enrolled yet. Again does nothing.

    Raises ``EnrolmentSettled`` for who is enrolled, ``Enrolment.DoesNotExist``.
    """
    with connection.cursor() as cursor:
        lock_firm(cursor, employer_id)
    try:
        found = _open_one(employer_id, enrolment_id)
    except EnrolmentSettled as settled:
        if settled.state == _STATE.WITHDRAWN:
            return
        raise
    Enrolment.objects.filter(pk=enrolment_id).update(state=_STATE.WITHDRAWN, next_try_at=None, decided_at=now)
    _forget([found.reserved_person_id], f"enrolment:{enrolment_id}", now)
    trail.record(
        actor=actor,
        act="enrolment_withdrawn",
        object_kind="enrolment",
        object_id=enrolment_id,
        now=now,
        detail={"employer_id": employer_id},
    )


def _faults(rows: pl.DataFrame) -> list[WorkerFault]:
    by_card = pl.col("kpj").is_not_null()
    longest = {"name": 200, "employee_no": 40, "location": 80}
    rules: list[tuple[str, str, pl.Expr | pl.Series]] = [
        ("nik", "missing", pl.col("nik").is_null() & ~by_card),
        ("sex", "missing", pl.col("sex").is_null() & ~by_card),
        ("kpj", "not_a_kpj", pl.Series([number is not None and not kpj.is_kpj(number) for number in rows["kpj"]])),
        ("kpj", "repeated", pl.col("kpj").is_duplicated() & by_card),
        ("contract", "unknown", ~pl.col("contract").is_in(["", *Contract])),
        ("contract_until_on", "before_start", pl.col("contract_until_on") <= pl.col("from_on")),
        ("wage_rupiah", "negative", pl.col("wage_rupiah") < 0),
        *((name, "too_long", pl.col(name).str.len_chars() > most) for name, most in longest.items()),
    ]
    faults = worker_faults(workers=rows, needed=["row_no", "name", "birth_on", "from_on"])
    for column, code, broken in rules:
        wrong = rows.with_columns(wrong=broken)["wrong"].fill_null(value=False)
        faults += [WorkerFault(row, column, code) for row in wrong.arg_true()]
    return sorted(faults, key=lambda fault: fault.row)


def _open_one(employer_id: int, enrolment_id: int) -> Enrolment:
    found = Enrolment.objects.select_for_update().get(pk=enrolment_id, employer_id=employer_id)
    if found.state not in _OPEN:
        raise EnrolmentSettled(found.state)
    return found


def _refuse_haste(found: Enrolment, now: datetime) -> None:
    """Every question costs the agency one of a day's; the answer cannot have changed within minutes."""
    if found.state == _STATE.WAITING:
        raise AskedTooSoon(found.next_try_at or now)
    if found.decided_at and found.decided_at + ASK_AGAIN_AFTER > now:
        raise AskedTooSoon(found.decided_at + ASK_AGAIN_AFTER)


def _twice(cursor: Any, employer_id: int, row: pl.DataFrame) -> list[WorkerFault]:
    cursor.execute(
        "SELECT bool_or(nik_index = %s), bool_or(kpj <> '' AND kpj = %s) FROM registry_enrolment"
        " WHERE employer_id = %s AND state = ANY(%s) AND id <> %s",
        [row["nik_index"][0], row["kpj"][0], employer_id, _OPEN, row["row"][0]],
    )
    return [
        WorkerFault(0, column, "already_waiting")
        for column, there in zip(("nik", "kpj"), cursor.fetchone(), strict=True)
        if there
    ]


def _replace(cursor: Any, employer_id: int, rows: pl.DataFrame, batch_id: int, now: datetime) -> None:
    """Withdraw the open rows of this firm whose place new ones take."""
    cursor.execute(
        "WITH new AS (SELECT * FROM unnest(%s::bigint[], %s::bytea[], %s::text[], %s::text[], %s::text[], %s::date[])"
        "   AS given (id, nik_index, kpj, employee_no, name, birth_on)),"
        " old AS (SELECT * FROM registry_enrolment WHERE employer_id = %s AND state = ANY(%s)),"
        " pairs AS ("
        "   SELECT old.id, new.id AS by FROM old JOIN new ON new.nik_index = old.nik_index"
        "   UNION ALL SELECT old.id, new.id FROM old JOIN new ON new.kpj = old.kpj AND old.kpj <> ''"
        "   UNION ALL SELECT old.id, new.id FROM old JOIN new ON new.employee_no = old.employee_no"
        "     AND old.employee_no <> '' AND (lower(new.name) = lower(old.name) OR new.birth_on = old.birth_on))"
        " UPDATE registry_enrolment e SET state = 'withdrawn', next_try_at = NULL, decided_at = %s, replaced_by = p.by"
        " FROM (SELECT id, min(by) AS by FROM pairs GROUP BY id) p WHERE e.id = p.id RETURNING e.reserved_person_id",
        [
            array(rows["row"]),
            array(rows["nik_index"]),
            *(rows[name].to_list() for name in ("kpj", "employee_no", "name", "birth_on")),
            employer_id,
            _OPEN,
            now,
        ],
    )
    _forget([reserved for (reserved,) in cursor.fetchall()], f"enrolment_batch:{batch_id}", now)


def _forget(reserved: Sequence[int | None], cause: str, now: datetime) -> None:
    """Drop the contact data kept under ids that are only reserved; who becomes a person has his saved anew."""
    if person_ids := [person_id for person_id in reserved if person_id is not None]:
        forget_addresses(actor=SYSTEM, person_ids=person_ids, cause=cause, now=now)


def _settle_known(cursor: Any, employer: Employer, rows: pl.DataFrame, now: datetime) -> None:
    """Employ those whom we know, and set aside what cannot be; the rest goes on waiting."""
    seen = recognise(cursor, employer.pk, rows)
    settle(cursor, seen.filter(pl.col("state") == _STATE.TO_CORRECT).select(*_DECISION), now)
    known = seen.filter(pl.col("state") == _STATE.ENROLLED)
    if known.height:
        people = as_people(known).join(known.select(*FOUND), on="row").with_columns(known=pl.lit(value=True))
        placed = employ(cursor, employer, people, now)
        settle(cursor, known.select(*_DECISION).join(placed, on="row"), now)


def _as_it_stands(batch_id: int) -> Proposed:
    counts = dict(
        Enrolment.objects.filter(batch_id=batch_id).values_list("state").annotate(count=Count("id")).order_by()
    )
    return Proposed(batch_id, *(counts.get(state, 0) for state in (_STATE.WAITING, _STATE.ENROLLED, _STATE.TO_CORRECT)))


def queue_batch(*, batch_id: int) -> None:
    """Have the batch verified; one job that has not begun is enough for all its rows."""
    lock = f"verify {batch_id}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        jobs.enqueue(VERIFY_TASK, lock=lock, queueing_lock=lock, batch_id=batch_id)
