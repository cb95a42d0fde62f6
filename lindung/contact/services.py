"""Every write about contact: addresses saved, persons told, messages delivered."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, LiteralString

from django.db import connection, transaction
from django.db.models import Count, Max

from lindung.access import firm_users, trail
from lindung.access import services as access
from lindung.access.trail import SYSTEM, Actor
from lindung.contact import catalogue, delivery
from lindung.contact.addressees import of_account
from lindung.contact.addresses import BadAddress as BadAddress
from lindung.contact.addresses import address_rows
from lindung.contact.models import Address, Message, WaitingBatch
from lindung.contact.transports import Carriers
from lindung.lib import jobs, statements

BATCH_JOB = "lindung.contact.deliver_batches"
ROUND = "lindung.contact.deliver_waiting"
FIRST_PAUSE_SECONDS = 10
_ROUND_BATCHES = 100

log = logging.getLogger("lindung.contact")


class BatchBusy(Exception):
    """Another process is delivering this batch at this moment."""


class StillWaiting(Exception):
    """Some messages got no usable answer and are to be tried again later.

    ``count`` says how many, ``tries`` how often the one was tried that was tried most.
    """

    def __init__(self, count: int, tries: int) -> None:
        super().__init__(f"{count} messages wait for another try")
        self.count = count
        self.tries = tries


@transaction.atomic(savepoint=False)
def tell(
    *,
    batch: str,
    kind: str,
    rows_sql: LiteralString,
    params: Sequence[Any],
    now: datetime,
    few: bool = False,
) -> int:
    """Tell many persons one thing each, by one statement; gives how many were not told it before.

    ``rows_sql`` is a SELECT of (person_id bigint, params jsonb), written in code and never made from input;
    ``params`` fill its placeholders. ``batch`` is the fact that causes the messages, ``<kind of thing>:<id>``; a
    person is told one kind of thing once for each fact. The messages leave when the caller's transaction has
    been committed, by a job of the batch. ``few``: at most some hundred persons, told so often that the statement is
    worth keeping and that one job takes many such batches. Raises ``KeyError`` for a kind that the catalogue has not.
    """
    # Looking for a conflict costs a fifth of the insert, and the first time there is none; if two callers are ever
    # first at once, the unique key refuses one of them.
    told_before = _was_told(batch, kind)
    rows_sql = f"SELECT 1 AS place, told.* FROM ({rows_sql}) AS told"
    return sum(_told([batch], kind, rows_sql, params, now, told_before=told_before, few=few).values())


@transaction.atomic(savepoint=False)
def tell_each(
    *,
    batches: Sequence[str],
    kind: str,
    rows_sql: LiteralString,
    params: Sequence[Any],
    now: datetime,
    few: bool,
) -> None:
    """``tell`` about several facts that came to be in this very transaction, so that nobody was told of them yet.

    ``rows_sql`` gives the ``place`` of a row's batch before the others, from 1 on.
    """
    _told(batches, kind, rows_sql, params, now, told_before=False, few=few)


def _told(
    batches: Sequence[str],
    kind: str,
    rows_sql: str,
    params: Sequence[Any],
    now: datetime,
    *,
    told_before: bool,
    few: bool,
) -> dict[str, int]:
    """How many persons are told of a batch, where there is one."""
    catalogue.KINDS[kind]
    rows = statements.run(
        message_sql(rows_sql=rows_sql, told_before=told_before, few=few),
        [kind, list(batches), now, *params],
        keep=few,
    )
    told = {str(batch): int(count) for batch, count, _ in rows}
    if not told:
        return told
    if not few:
        for batch in told:
            jobs.enqueue(BATCH_JOB, lock=f"deliver {batch}", batch=batch)
    elif not rows[0][2]:
        jobs.enqueue_shared(ROUND)
    with trail.together():
        for batch, count in told.items():
            _record(SYSTEM, "persons_told", batch, now, {"kind": kind, "persons": count})
    return told


@transaction.atomic
def save_addresses(
    *, actor: Actor, person_ids: Sequence[int], kind: str, values: Sequence[str], cause: str, now: datetime
) -> int:
    """Save one address of a kind (``email``, ``phone`` in E.164) an addressee, in place of an older one.

    No person may stand there twice. ``cause`` is the fact behind it, ``<kind of thing>:<id>``, such as
    ``upload:7``. Gives the rows written. Raises ``BadAddress`` and writes nothing when a value is no address.
    """
    rows = address_rows(person_ids=person_ids, kind=kind, values=values)
    if not person_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contact_address (person_id, kind, value_encrypted, value_index)"
            " SELECT person_id, %s, sealed, index FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[])"
            " AS given (person_id, sealed, index) ORDER BY person_id"
            " ON CONFLICT (person_id, kind) DO UPDATE"
            " SET value_encrypted = excluded.value_encrypted, value_index = excluded.value_index",
            [kind, list(rows.person_id), list(rows.value_encrypted), list(rows.value_index)],
        )
        count: int = cursor.rowcount
    _record(actor, "addresses_saved", cause, now, {"kind": kind, "persons": count})
    return count


@transaction.atomic
def forget_addresses(*, actor: Actor, person_ids: Sequence[int], cause: str, now: datetime) -> int:
    """Delete every address of these persons; ``cause`` as for ``save_addresses``. Gives the rows deleted.

    What they were to be told and has not left yet ends as unreachable.
    """
    count, _ = Address.objects.filter(person_id__in=person_ids).delete()
    _record(actor, "addresses_forgotten", cause, now, {"addresses": count})
    return count


@transaction.atomic
def start_account(*, token: str, password: str, display_name: str, now: datetime) -> access.Started:
    """Spend a one-time link on a first password, and tell a member that his account is open.

    Raises ``access.LinkSpent``, or Django's ``ValidationError`` for a weak password (the link then stays live).
    """
    started = access.set_first_password(token=token, password=password, display_name=display_name, now=now)
    for role, person_id in sorted(started.grants):
        if role == "member":
            tell(
                batch=f"account:{started.account_id}",
                kind="account_started",
                rows_sql="SELECT %s::bigint, '{}'::jsonb",
                params=[person_id],
                now=now,
            )
    return started


@transaction.atomic
def invite_user(
    *, actor: Actor, employer_id: int, employer_name: str, name: str, email: str, roles: Collection[str], now: datetime
) -> int:
    """Ask somebody into a firm by e-mail and give the invitation's id. His link is made when the letter leaves.

    Raises ``firm_users.UserFault``, or ``BadAddress``.
    """
    invitation = firm_users.invite_user(
        actor=actor, employer_id=employer_id, name=name, email=email, roles=roles, now=now
    )
    addressee = of_account(invitation.account_id)
    save_addresses(
        actor=actor, person_ids=[addressee], kind="email", values=[email], cause=f"employer:{employer_id}", now=now
    )
    tell(
        batch=f"invitation:{invitation.pk}",
        kind="firm_invitation",
        rows_sql="SELECT %s::bigint, jsonb_build_object('employer', %s::text)",
        params=[addressee, employer_name],
        now=now,
    )
    return invitation.pk


def deliver_batch(*, batch: str, now: datetime) -> None:
    """Send what waits in a batch, range by range; to be called outside of any transaction.

    May be killed at any point and called again: what was settled stays settled, and what was in flight goes out
    again under the same references. Raises ``StillWaiting`` when some are to be tried again, ``BatchBusy`` when
    another process is at it.
    """
    with _held([batch]) as held, Carriers() as carriers:
        if not held:
            raise BatchBusy
        sent = _send([batch], carriers, now)
        _record_delivered([batch], sent, now)
        waiting = Message.objects.filter(batch=batch, state=Message.State.QUEUED).aggregate(
            count=Count("id"), tries=Max("attempts")
        )
    log.info("batch %s: %s, %d waiting", batch, _by_state(sent), waiting["count"])
    if waiting["count"]:
        raise StillWaiting(waiting["count"], waiting["tries"])


def deliver_waiting(*, now: datetime) -> None:
    """Send what waits of small batches, a hundred batches at a time; to be called outside of any transaction.

    May be killed and called again like ``deliver_batch``, and called by several at once: a batch that somebody has in
    hand is passed over. What got no usable answer goes on by a job of its batch, as ``deliver_batch`` does it.
    """
    last = 0
    with Carriers() as carriers:
        while rows := list(WaitingBatch.objects.filter(id__gt=last).order_by("id")[:_ROUND_BATCHES]):
            last = rows[-1].pk
            with _held([row.batch for row in rows]) as held:
                if held:
                    _deliver_round([row.pk for row in rows if row.batch in held], sorted(held), carriers, now)


def _deliver_round(row_ids: list[int], batches: list[str], carriers: Carriers, now: datetime) -> None:
    sent = delivery.Tally()
    try:
        sent = _send(batches, carriers, now)
    except Exception as error:
        # A fault of ours is about one of them: they go on one by one. Its words may hold what it is about.
        log.error("a round of %d batches failed: %s", len(batches), type(error).__name__)
    with transaction.atomic():
        waiting = Message.objects.filter(batch__in=batches, state=Message.State.QUEUED)
        left = sorted(set(waiting.values_list("batch", flat=True)))
        if left:
            jobs.enqueue_each(BATCH_JOB, [{"batch": batch} for batch in left], in_seconds=FIRST_PAUSE_SECONDS)
        WaitingBatch.objects.filter(id__in=row_ids).delete()
        _record_delivered(batches, sent, now)
    log.info("%d batches: %s, %d go on alone", len(batches), _by_state(sent), len(left))


def _send(batches: list[str], carriers: Carriers, now: datetime) -> delivery.Tally:
    """All that waits in batches which this connection holds, range by range."""
    sent, after = delivery.Tally(), delivery.BEFORE_ALL
    while messages := delivery.next_range(batches, after):
        sent += delivery.deliver(messages, carriers, now)
        after = messages[-1].pk
    return sent


def _by_state(sent: delivery.Tally) -> dict[str, int]:
    states: Counter[str] = Counter()
    for (_, state), count in sent.items():
        states[state] += count
    return dict(states)


@trail.together()
def _record_delivered(batches: list[str], sent: delivery.Tally, now: datetime) -> None:
    details: dict[str, dict[str, int | str]] = {batch: {} for batch in batches}
    for (batch, state), count in sent.items():
        details[batch][state] = count
    for batch, detail in details.items():
        _record(SYSTEM, "messages_delivered", batch, now, detail)


def message_sql(*, rows_sql: str, told_before: bool = False, few: bool = False) -> str:
    """The statement of ``tell_each``: parameters are kind, batches, moment and those of ``rows_sql``; gives of each
    batch how many were told, and, where they are few, whether a round is queued that will take them."""
    waits = ", waits AS (INSERT INTO contact_waitingbatch (batch) SELECT DISTINCT batch FROM written)"
    queued = jobs.shared_is_queued_sql(ROUND) if few else "false"
    return (
        "WITH written AS (INSERT INTO contact_message (person_id, kind, params, batch, created_at)"
        " SELECT told.person_id, %s::text, told.params, (%s::text[])[told.place], %s::timestamptz"
        f" FROM ({rows_sql}) AS told (place, person_id, params)"
        + (" ON CONFLICT (batch, person_id, kind) DO NOTHING" if told_before else "")
        + f" RETURNING batch){waits if few else ''} SELECT batch, count(*), {queued} FROM written GROUP BY batch"
    )


def _was_told(batch: str, kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM contact_message WHERE batch = %s AND kind = %s)", [batch, kind])
        return bool(cursor.fetchone()[0])


def _record(actor: Actor, act: str, fact: str, now: datetime, detail: dict[str, int | str]) -> None:
    """An act about a fact such as ``payment:12``, in the trail. Raises ``ValueError`` for what names none."""
    kind, _, number = fact.partition(":")
    trail.record(actor=actor, act=act, object_kind=kind, object_id=int(number), now=now, detail=detail)


@contextmanager
def _held(batches: Collection[str]) -> Iterator[set[str]]:
    """Hold for this connection those of these batches that nobody else holds, and give them.

    The locks go with the connection, however the process ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT batch FROM (SELECT DISTINCT batch FROM unnest(%s::text[]) AS batch OFFSET 0) AS each_once"
            " WHERE pg_try_advisory_lock(hashtextextended('deliver ' || batch, 0))",
            [list(batches)],
        )
        held = {batch for (batch,) in cursor.fetchall()}
    try:
        yield held
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_unlock(hashtextextended('deliver ' || batch, 0)) FROM unnest(%s::text[]) AS batch",
                [list(held)],
            )
