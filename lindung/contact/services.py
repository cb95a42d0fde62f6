"""Every write about contact: addresses saved, persons told, messages delivered."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, LiteralString

from django.db import connection, transaction

from lindung.access import firm_users, trail
from lindung.access import services as access
from lindung.access.trail import SYSTEM, Actor
from lindung.contact import catalogue, delivery
from lindung.contact.addressees import of_account
from lindung.contact.addresses import BadAddress as BadAddress
from lindung.contact.addresses import address_rows
from lindung.contact.models import Address, Message
from lindung.contact.transports import Carriers
from lindung.lib import jobs

log = logging.getLogger("lindung.contact")


class BatchBusy(Exception):
    """Another process is delivering this batch at this moment."""


class StillWaiting(Exception):
    """Some messages got no usable answer and are to be tried again later; ``count`` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} messages wait for another try")
        self.count = count


@transaction.atomic
def tell(*, batch: str, kind: str, rows_sql: LiteralString, params: Sequence[Any], now: datetime) -> int:
    """Tell many persons one thing each, by one statement; gives how many were not told it before.

    ``rows_sql`` is a SELECT of (person_id bigint, params jsonb), written in code and never made from input;
    ``params`` fill its placeholders. ``batch`` is the fact that causes the messages, ``<kind of thing>:<id>``; a
    person is told one kind of thing once for each fact. The messages leave when the caller's transaction has
    been committed, by a job of the batch. Raises ``KeyError`` for a kind that the catalogue has not.
    """
    catalogue.KINDS[kind]
    object_kind, object_id = _fact(batch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM contact_message WHERE batch = %s AND kind = %s)", [batch, kind])
        # Looking for a conflict costs a fifth of the insert, and the first time there is none; if two callers are
        # ever first at once, the unique key refuses one of them.
        told_before = bool(cursor.fetchone()[0])
        cursor.execute(
            "INSERT INTO contact_message (person_id, kind, params, batch, created_at)"
            f" SELECT told.person_id, %s, told.params, %s, %s FROM ({rows_sql}) AS told (person_id, params)"
            + (" ON CONFLICT (batch, person_id, kind) DO NOTHING" if told_before else ""),
            [kind, batch, now, *params],
        )
        count: int = cursor.rowcount
    if count:
        jobs.enqueue("lindung.contact.deliver_batches", lock=f"deliver {batch}", batch=batch)
        trail.record(
            actor=SYSTEM,
            act="persons_told",
            object_kind=object_kind,
            object_id=object_id,
            now=now,
            detail={"kind": kind, "persons": count},
        )
    return count


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
    object_kind, object_id = _fact(cause)
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
    trail.record(
        actor=actor,
        act="addresses_saved",
        object_kind=object_kind,
        object_id=object_id,
        now=now,
        detail={"kind": kind, "persons": count},
    )
    return count


@transaction.atomic
def forget_addresses(*, actor: Actor, person_ids: Sequence[int], cause: str, now: datetime) -> int:
    """Delete every address of these persons; ``cause`` as for ``save_addresses``. Gives the rows deleted.

    What they were to be told and has not left yet ends as unreachable.
    """
    object_kind, object_id = _fact(cause)
    count, _ = Address.objects.filter(person_id__in=person_ids).delete()
    trail.record(
        actor=actor,
        act="addresses_forgotten",
        object_kind=object_kind,
        object_id=object_id,
        now=now,
        detail={"addresses": count},
    )
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
    object_kind, object_id = _fact(batch)
    sent = delivery.Tally()
    with _alone(batch), Carriers() as carriers:
        after = delivery.BEFORE_ALL
        while messages := delivery.next_range(batch, after):
            sent += delivery.deliver(messages, carriers, now)
            after = messages[-1].pk
        trail.record(
            actor=SYSTEM,
            act="messages_delivered",
            object_kind=object_kind,
            object_id=object_id,
            now=now,
            detail=dict(sent),
        )
        waiting = Message.objects.filter(batch=batch, state=Message.State.QUEUED).count()
    log.info("batch %s: %s, %d waiting", batch, dict(sent), waiting)
    if waiting:
        raise StillWaiting(waiting)


def _fact(name: str) -> tuple[str, int]:
    """``payment:12`` as a kind of thing and its id. Raises ``ValueError`` for anything else."""
    kind, _, number = name.partition(":")
    return kind, int(number)


@contextmanager
def _alone(batch: str) -> Iterator[None]:
    """Hold the batch for this connection: the lock goes with it, however the process ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"deliver {batch}"])
        if not cursor.fetchone()[0]:
            raise BatchBusy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"deliver {batch}"])
