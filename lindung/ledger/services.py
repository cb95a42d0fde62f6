"""The one verb that writes the ledger."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.ledger.chart import AGENCY
from lindung.ledger.years import draw_entry_id

Kind = Literal[
    "bill",
    "bill_voided",
    "bill_given_back",
    "penalty",
    "payment",
    "credit",
    "suspense",
    "explained",
    "development",
]


class Unbalanced(Exception):
    """The lines do not sum to zero, or not every holder's balance moved: nothing was written."""


class KeyClash(Exception):
    """This key was used before for something else: nothing was written."""


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One line on an account of the agency; credit positive, debit negative."""

    account_no: int
    amount_rupiah: int


@dataclass(frozen=True, slots=True)
class HolderLines:
    """Lines for many holders as one SELECT giving (holder_id, account_no, amount_rupiah), amounts not zero.

    ``sql`` comes from code and reads only what the caller owns; one row per holder and account.
    ``facts`` says in words which rows these are; it goes into the digest that tells a repeat from a clash.
    """

    sql: str
    params: Sequence[Any]
    facts: str


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """What ``post`` gives: the entry, and whether it had been there before."""

    id: int
    repeated: bool
    line_count: int


class _Repeat(Exception):
    """Somebody else committed this key while we were writing: undo our lines and look at theirs."""


def post(
    *,
    actor: Actor,
    key: str,
    kind: Kind,
    agency_lines: Sequence[AgencyLine],
    holder_lines: HolderLines | None,
    happened_at: datetime,
    now: datetime,
) -> PostedEntry:
    """Write one balanced entry, move the holders' balances, and prove both, all in one transaction.

    The same key and body gives the first entry again; the same key with another body raises ``KeyClash``;
    lines that do not sum to zero raise ``Unbalanced``. The proof is over the rows as the database stored them.
    """
    digest = _digest(kind, agency_lines, holder_lines)
    first = _earlier(key, digest)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            posted = _write(key, kind, digest, agency_lines, holder_lines, happened_at)
            trail.record(
                actor=actor,
                act="entry_posted",
                object_kind="entry",
                object_id=posted.id,
                now=now,
                detail={"key": key, "lines": posted.line_count},
            )
            return posted
    except _Repeat:
        first = _earlier(key, digest)
        if first is None:
            raise RuntimeError(f"entry {key} vanished while it was being read") from None
        return first


def _write(
    key: str,
    kind: str,
    digest: bytes,
    agency_lines: Sequence[AgencyLine],
    holder_lines: HolderLines | None,
    happened_at: datetime,
) -> PostedEntry:
    entry_id = draw_entry_id(happened_at)
    with connection.cursor() as cursor:
        # The entry comes last, because it is never updated and must carry the count and sum of what was stored.
        count, total, credit = _place_agency_lines(cursor, entry_id, agency_lines)
        if holder_lines is not None:
            held, held_total, held_credit = _place_holder_lines(cursor, entry_id, holder_lines)
            count, total, credit = count + held, total + held_total, credit + held_credit
        if total != 0 or count == 0:
            raise Unbalanced(f"entry {key}: {count} lines sum to {total} rupiah, not zero")
        cursor.execute(
            "INSERT INTO ledger_entry (id, key, body_sha256, kind, happened_at, line_count, credit_rupiah)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING",
            [entry_id, key, digest, kind, happened_at, count, credit],
        )
        if cursor.rowcount == 0:
            raise _Repeat
    return PostedEntry(entry_id, repeated=False, line_count=count)


_STORED = "SELECT count(*), coalesce(sum(amount_rupiah), 0), coalesce(sum(greatest(amount_rupiah, 0)), 0) FROM placed"


def _place_agency_lines(cursor: Any, entry_id: int, lines: Sequence[AgencyLine]) -> tuple[int, int, int]:
    cursor.execute(
        "WITH placed AS (INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)"
        " SELECT %s, account_no, %s, line_no, amount FROM unnest(%s::bigint[], %s::bigint[])"
        " WITH ORDINALITY AS given(account_no, amount, line_no) WHERE amount <> 0 RETURNING amount_rupiah) " + _STORED,
        [AGENCY, entry_id, [line.account_no for line in lines], [line.amount_rupiah for line in lines]],
    )
    count, total, credit = cursor.fetchone()
    return int(count), int(total), int(credit)


def _place_holder_lines(cursor: Any, entry_id: int, lines: HolderLines) -> tuple[int, int, int]:
    cursor.execute(
        "WITH placed AS (INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)"
        f" SELECT holder_id, account_no, %s, 1, amount_rupiah FROM ({lines.sql}) AS given"
        " ORDER BY holder_id, account_no RETURNING amount_rupiah) " + _STORED,
        [entry_id, *lines.params],
    )
    count, total, credit = (int(value) for value in cursor.fetchone())
    moved = 0
    if total != credit:
        moved = _move_balances_that_are_there(cursor, entry_id, lines)
    # Sorted, so that two entries over the same people take their locks in the same order and cannot embrace.
    cursor.execute(
        "INSERT INTO ledger_balance AS held (holder_id, account_no, balance_rupiah, version, entry_id)"
        f" SELECT holder_id, account_no, amount_rupiah, 1, %s FROM ({lines.sql}) AS given"
        + (_NOT_MOVED if total != credit else "")
        + " ORDER BY holder_id, account_no"
        " ON CONFLICT (holder_id, account_no) DO UPDATE SET"
        " balance_rupiah = held.balance_rupiah + excluded.balance_rupiah,"
        " version = held.version + 1, entry_id = excluded.entry_id",
        [entry_id, *lines.params, *([entry_id] if total != credit else [])],
    )
    moved += cursor.rowcount
    if moved != count:
        raise Unbalanced(f"{count} holder lines moved {moved} balances")
    return count, total, credit


_NOT_MOVED = (
    " WHERE NOT EXISTS (SELECT FROM ledger_balance b WHERE b.holder_id = given.holder_id"
    " AND b.account_no = given.account_no AND b.entry_id = %s)"
)


def _move_balances_that_are_there(cursor: Any, entry_id: int, lines: HolderLines) -> int:
    """For an entry that takes from somebody: a row proposed for insertion may not be negative, even if it would be
    added to one that is there."""
    cursor.execute(
        f"WITH given AS MATERIALIZED ({lines.sql}), held AS MATERIALIZED ("
        "SELECT b.holder_id, b.account_no, given.amount_rupiah FROM ledger_balance b"
        " JOIN given USING (holder_id, account_no) ORDER BY b.holder_id, b.account_no FOR UPDATE OF b)"
        " UPDATE ledger_balance b SET balance_rupiah = b.balance_rupiah + held.amount_rupiah,"
        " version = b.version + 1, entry_id = %s"
        " FROM held WHERE b.holder_id = held.holder_id AND b.account_no = held.account_no",
        [*lines.params, entry_id],
    )
    return int(cursor.rowcount)


def _earlier(key: str, digest: bytes) -> PostedEntry | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, body_sha256, line_count FROM ledger_entry WHERE key = %s", [key])
        row = cursor.fetchone()
    if row is None:
        return None
    if bytes(row[1]) != digest:
        raise KeyClash(f"entry {key} was posted before with another body")
    return PostedEntry(int(row[0]), repeated=True, line_count=int(row[2]))


def _digest(kind: str, agency_lines: Sequence[AgencyLine], holder_lines: HolderLines | None) -> bytes:
    body = [kind, *(f"{line.account_no}:{line.amount_rupiah}" for line in agency_lines)]
    if holder_lines is not None:
        body.append(holder_lines.facts)
    return hashlib.sha256("\n".join(body).encode()).digest()
