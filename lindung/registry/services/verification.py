"""New workers matched with the civil registry, slice by slice, and enrolled.

The questions of the next slices are under way while the answers of the last are written; each slice is one
transaction. Killed at any point it is simply run again: what was written waits no more, and what was only asked is
asked again.
"""

import json
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contact.services import save_addresses, tell
from lindung.lib import ids
from lindung.partners.dukcapil.answers import Outcome, Unavailable, UnavailableKind
from lindung.registry import identity
from lindung.registry import identity_checks as checks
from lindung.registry.columns import array
from lindung.registry.enrolling import as_people, employ
from lindung.registry.enrolment_queries import batches_due
from lindung.registry.enrolment_rows import SETTLED, read_rows, settle
from lindung.registry.inquiries import Inquiries, Question, Registry
from lindung.registry.models import Enrolment, EnrolmentBatch
from lindung.registry.placing import claim_people, lock_firm
from lindung.registry.recognising import overlaps_earlier_work
from lindung.registry.services.enrolments import queue_batch

SLICE_ROWS = 100
_SLICES_AHEAD = 2
_STATE, _OUTCOME = Enrolment.State, Enrolment.Outcome

Decided = dict[int, dict[str, Any]]
"""Row -> the columns of ``enrolment_rows.SETTLED``."""


class BatchBusy(Exception):
    """Another process is verifying this batch at this moment."""


@dataclass(frozen=True, slots=True)
class _Slice:
    """Rows whose answers are under way, or known from before, by the row's id."""

    rows: pl.DataFrame
    known: dict[int, Outcome]
    asked: dict[int, Future[Outcome | None]]


def verify_batch(*, batch_id: int, registry: Registry, now: datetime, most_slices: int | None = None) -> bool:
    """Ask the civil registry about everybody of a batch whose turn has come, and act on what it says.

    To be called outside of any transaction. Rows that got no usable answer wait on, each with the moment of its next
    try; when the registry gives none to anybody, nobody else is asked about. Gives whether all had their turn: with
    ``most_slices`` some may not have had it. Raises ``BatchBusy``.
    """
    batch = EnrolmentBatch.objects.select_related("employer").get(pk=batch_id)
    with _alone(batch_id), Inquiries(registry, purpose=checks.PURPOSE, actor=_sender(batch)) as inquiries:
        slices = islice(_slices(batch_id, inquiries, now), most_slices)
        under_way = deque(islice(slices, _SLICES_AHEAD))
        while under_way:
            part = under_way.popleft()
            answers = {row: outcome for row, future in part.asked.items() if (outcome := future.result()) is not None}
            # Ask on before writing: whoever answers must never wait for our disk.
            under_way.extend(islice(slices, 1))
            _settle_slice(batch, part, answers, now)
        if inquiries.stopped is not None:
            _put_off(batch, inquiries.stopped, now)
        return not _due(batch, now).exists()


def _due(batch: EnrolmentBatch, now: datetime) -> QuerySet[Enrolment]:
    waiting = Enrolment.objects.filter(batch=batch, state=_STATE.WAITING)
    return waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=now))


def _sender(batch: EnrolmentBatch) -> Actor:
    return Actor(batch.sent_by_kind, batch.sent_by_id)  # type: ignore[arg-type] # stored from an Actor


def _slices(batch_id: int, inquiries: Inquiries, now: datetime) -> Iterator[_Slice]:
    """The rows whose turn has come, by id, each slice with its questions put."""
    after = 0
    while inquiries.stopped is None:
        with connection.cursor() as cursor:
            rows = read_rows(
                cursor,
                "batch_id = %s AND state = 'waiting' AND id > %s AND (next_try_at IS NULL OR next_try_at <= %s)"
                f" ORDER BY id LIMIT {SLICE_ROWS}",
                [batch_id, after, now],
            )
            if rows.is_empty():
                return
            rows = checks.with_elements(rows)
            known = checks.known_answers(cursor, rows, now)
        after = int(rows["row"][-1])
        open_ = [row for row in rows.select("row", "nik", "given").iter_rows() if row[0] not in known]
        futures = inquiries.ask([Question(nik, given) for _, nik, given in open_])
        yield _Slice(rows, known, dict(zip((row for row, _, _ in open_), futures, strict=True)))


@transaction.atomic
def _settle_slice(batch: EnrolmentBatch, part: _Slice, answers: dict[int, Outcome], now: datetime) -> None:
    with connection.cursor() as cursor:
        lock_firm(cursor, batch.employer_id)
        checks.write_checks(cursor, part.rows, answers, actor=_sender(batch), now=now)
        rows = _unchanged(cursor, part.rows)
        decided = {
            row: _decided(row, outcome, asked=row in answers, tries=tries, now=now)
            for row, tries in rows.select("row", "tries").iter_rows()
            if (outcome := answers.get(row, part.known.get(row))) is not None
        }
        _enrol(cursor, batch, _of(rows, decided, _STATE.ENROLLED), decided, now)
        _tell_stopped(cursor, batch, _of(rows, decided, _STATE.TO_RESOLVE), decided, now)
        settle(cursor, pl.DataFrame(list(decided.values()), schema=SETTLED), now)
    trail.record(
        actor=SYSTEM,
        act="identities_checked",
        object_kind="enrolment_batch",
        object_id=batch.pk,
        now=now,
        detail={"asked": len(answers), **Counter(str(one["outcome"]) for one in decided.values())},
    )


def _unchanged(cursor: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Those of the rows that still say what was asked about: the firm may have corrected or withdrawn some."""
    cursor.execute(
        "SELECT id, revision FROM registry_enrolment WHERE id = ANY(%s::bigint[]) AND state = 'waiting'"
        " ORDER BY id FOR UPDATE",
        [array(rows["row"])],
    )
    schema = {"row": pl.Int64, "revision": pl.Int64}
    now_there = pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
    return rows.join(now_there, on=["row", "revision"], how="semi")


def _of(rows: pl.DataFrame, decided: Decided, state: str) -> pl.DataFrame:
    return rows.filter(pl.col("row").is_in([row for row, one in decided.items() if one["state"] == state]))


def _decided(row: int, outcome: Outcome, *, asked: bool, tries: int, now: datetime) -> dict[str, Any]:
    found = identity.decide(outcome, tries=tries, now=now)
    return {
        "row": row,
        "state": found.state,
        "outcome": found.outcome,
        "differing": " ".join(found.differing),
        "scores": json.dumps(found.scores),
        "next_try_at": found.next_try_at and found.next_try_at.astimezone(UTC),
        "known": False,
        "asked": asked,
        **dict.fromkeys(("person_id", "membership_id", "employment_id", "reserved_person_id")),
    }


def _enrol(cursor: Any, batch: EnrolmentBatch, rows: pl.DataFrame, decided: Decided, now: datetime) -> None:
    """Make members of the matched, or find that they are; what the match did not see is still looked at."""
    if rows.is_empty():
        return
    people = as_people(rows).with_columns(person_id=rows["reserved_person_id"])
    claimed = claim_people(cursor, batch.employer_id, people)
    other_birth = pl.col("known") & (pl.col("birth_on") != pl.col("birth_on_known"))
    claimed = claimed.with_columns(
        doubt=pl.when(other_birth)
        .then(pl.lit("birth_on"))
        .when(pl.col("known") & overlaps_earlier_work())
        .then(pl.lit("from_on"))
    )
    for row, differing in claimed.filter(pl.col("doubt").is_not_null()).select("row", "doubt").iter_rows():
        decided[row] |= {"state": _STATE.TO_CORRECT, "outcome": _OUTCOME.MISMATCH, "differing": differing}
    sure = claimed.filter(pl.col("doubt").is_null()).drop("doubt")
    for enrolled in employ(cursor, batch.employer, sure, now).iter_rows(named=True):
        decided[enrolled["row"]] |= enrolled


def _tell_stopped(cursor: Any, batch: EnrolmentBatch, rows: pl.DataFrame, decided: Decided, now: datetime) -> None:
    """Say to a worker, where the firm gave an address, that his enrolment waits for him: once, and no more than that.

    He is nobody yet; his address is kept under the id that he would have. Why it stopped is not told: that would say to
    whoever typed the address whether somebody has died.
    """
    rows = rows.filter(pl.any_horizontal(pl.col("email", "phone").is_not_null()))
    if rows.is_empty():
        return
    drawn = pl.Series("drawn", ids.draw(cursor, "registry_person_id_seq", rows.height), dtype=pl.Int64)
    rows = rows.with_columns(drawn).with_columns(person_id=pl.coalesce("reserved_person_id", "drawn"))
    cause = f"enrolment:{rows['row'][0]}"
    for kind in ("email", "phone"):
        given = rows.filter(pl.col(kind).is_not_null())
        save_addresses(
            actor=_sender(batch),
            person_ids=given["person_id"].to_list(),
            kind=kind,
            values=given[kind].to_list(),
            cause=cause,
            now=now,
        )
    for row, person_id in rows.select("row", "person_id").iter_rows():
        decided[row]["reserved_person_id"] = person_id
    tell(
        batch=cause,
        kind="enrolment_stopped",
        rows_sql="SELECT id, jsonb_build_object('employer', %s::text) FROM unnest(%s::bigint[]) AS new (id)",
        params=[
            batch.employer.name,
            rows.filter(pl.col("reserved_person_id").is_null())["person_id"].to_list(),
        ],
        now=now,
    )


@transaction.atomic
def _put_off(batch: EnrolmentBatch, kind: UnavailableKind, now: datetime) -> None:
    """Nobody answers: whose turn it was waits on, with the reason and the moment of the next try."""
    tries = Enrolment.objects.filter(batch=batch, state=_STATE.WAITING).aggregate(most=Max("tries"))["most"] or 0
    in_vain = identity.decide(Unavailable(kind), tries=tries, now=now)
    count = _due(batch, now).update(outcome=in_vain.outcome, next_try_at=in_vain.next_try_at)
    trail.record(
        actor=SYSTEM,
        act="identities_put_off",
        object_kind="enrolment_batch",
        object_id=batch.pk,
        now=now,
        detail={"reason": kind, "workers": count},
    )


@transaction.atomic
def queue_due_batches(*, now: datetime) -> int:
    """Queue a job for every batch with somebody whose turn has come and no job of its own; gives how many."""
    due = batches_due(now)
    for batch_id in due:
        queue_batch(batch_id=batch_id)
    return len(due)


@contextmanager
def _alone(batch_id: int) -> Iterator[None]:
    """Hold the batch for this connection: the lock goes with it, however the process ends."""
    name = f"verify {batch_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            raise BatchBusy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
