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
from lindung.lib import statements

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
    "contract_changed",
    "wage_list_corrected",
    "refund_asked",
    "refund_ended",
    "refund_sent",
    "refund_returned",
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
    ``holders``: where they lie close together, the first holder and the one after the last; no other balance is read.
    """

    sql: str
    params: Sequence[Any]
    facts: str
    holders: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """What ``post`` gives: the entry, and whether it had been there before."""

    id: int
    repeated: bool
    line_count: int


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
    with transaction.atomic(savepoint=False), trail.together():
        posted = _write(key, kind, agency_lines, holder_lines, happened_at)
        if isinstance(posted, PostedEntry) and not posted.repeated:
            trail.record(
                actor=actor,
                act="entry_posted",
                object_kind="entry",
                object_id=posted.id,
                now=now,
                detail={"key": key, "lines": posted.line_count},
            )
    # Raised out here, where nothing was written: the caller's transaction may go on.
    if isinstance(posted, Exception):
        raise posted
    return posted


def _write(
    key: str,
    kind: str,
    agency_lines: Sequence[AgencyLine],
    holder_lines: HolderLines | None,
    happened_at: datetime,
) -> PostedEntry | Unbalanced | KeyClash:
    """The entry, or why there is none; then nothing was written."""
    digest = digest_of(kind=kind, agency_lines=agency_lines, facts=holder_lines.facts if holder_lines else "")
    # From here on nobody else writes this key, so that what the next statement sees of it stays so.
    entry_id = draw_entry_id(happened_at, key=key)
    lines = holder_lines or _NOBODY
    written = statements.run(
        entry_sql(lines_sql=lines.sql, in_range=lines.holders is not None),
        [
            *lines.params,
            [line.account_no for line in agency_lines],
            [line.amount_rupiah for line in agency_lines],
            key,
            AGENCY,
            *[entry_id] * 3,
            *(lines.holders or ()),
            *[entry_id] * 2,
            key,
            digest,
            kind,
            happened_at,
        ],
        keep=holder_lines is None,
    )[0]
    known, given, total, held, count, sum_stored, moved = (int(value) for value in written[:7])
    if known:
        return _earlier(key, digest)
    if total != 0 or given == 0:
        return Unbalanced(f"entry {key}: {given} lines sum to {total} rupiah, not zero")
    if (count, sum_stored) != (given, 0) or moved != held:
        # Something is there by now: the whole transaction has to go.
        raise Unbalanced(f"entry {key}: {count} of {given} lines, {moved} of {held} balances, {sum_stored} rupiah")
    return PostedEntry(entry_id, repeated=False, line_count=count)


def entry_sql(*, lines_sql: str, in_range: bool = False) -> str:
    """The statement that writes an entry whose holders' lines are ``lines_sql``, if need be of a range of holders."""
    return _WRITE.replace(_IN_RANGE, " AND b.holder_id >= %s AND b.holder_id < %s" * in_range).replace(
        _GIVEN, lines_sql
    )


# Everything that an entry is, in one statement. Nothing is written unless the lines are ``fine``: they sum to zero and
# nobody has the key. The entry comes last: it is never updated, and carries the count and sum of what was stored. Given
# lines are sorted, so that two entries over the same people take their locks in the same order and cannot embrace: the
# balances are looked up line by line or read in the order of their key beside them, both in the order of the lines. The
# draw of the id forbade the third way, by a hash of one side, which has no order; the last value allows it again. An
# account without a balance is opened where fewer moved than were named; who opens the same at this moment goes first.
_GIVEN, _IN_RANGE = "{given}", "{in range}"
_TOLD = (
    "count(*) AS lines, coalesce(sum(amount_rupiah), 0) AS total,"
    " coalesce(sum(amount_rupiah) FILTER (WHERE amount_rupiah > 0), 0) AS credit"
)
_WRITE = f"""
WITH given AS MATERIALIZED (
    SELECT holder_id, account_no, amount_rupiah FROM ({_GIVEN}) AS lines ORDER BY holder_id, account_no),
own AS MATERIALIZED (
    SELECT account_no, line_no, amount_rupiah FROM unnest(%s::bigint[], %s::bigint[])
    WITH ORDINALITY AS lines(account_no, amount_rupiah, line_no) WHERE amount_rupiah <> 0),
sums AS MATERIALIZED (
    SELECT known, held, lines, total, total = 0 AND lines > 0 AND NOT known AS fine FROM (
        SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE key = %s) AS known, held.lines AS held,
            held.lines + agency.lines AS lines, held.total + agency.total AS total
        FROM (SELECT count(*) AS lines, coalesce(sum(amount_rupiah), 0) AS total FROM given) AS held,
            (SELECT count(*) AS lines, coalesce(sum(amount_rupiah), 0) AS total FROM own) AS agency) AS all_lines),
agency AS (
    INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
    SELECT %s, account_no, %s, line_no, amount_rupiah FROM own WHERE (SELECT fine FROM sums)
    RETURNING amount_rupiah),
held AS (
    INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
    SELECT holder_id, account_no, %s, 1, amount_rupiah FROM given WHERE (SELECT fine FROM sums)
    RETURNING amount_rupiah),
moved AS (
    UPDATE ledger_balance AS b SET balance_rupiah = b.balance_rupiah + given.amount_rupiah, version = b.version + 1,
        entry_id = %s
    FROM given WHERE b.holder_id = given.holder_id AND b.account_no = given.account_no{_IN_RANGE}
        AND (SELECT fine FROM sums)
    RETURNING b.holder_id, b.account_no, given.amount_rupiah),
opened AS (
    INSERT INTO ledger_balance AS held (holder_id, account_no, balance_rupiah, version, entry_id)
    SELECT holder_id, account_no, amount_rupiah, 1, %s FROM (
        SELECT holder_id, account_no, amount_rupiah FROM given
        EXCEPT SELECT holder_id, account_no, amount_rupiah FROM moved) AS unmoved
    WHERE (SELECT fine AND held > (SELECT count(*) FROM moved) FROM sums) ORDER BY holder_id, account_no
    ON CONFLICT (holder_id, account_no) DO UPDATE SET balance_rupiah = held.balance_rupiah + excluded.balance_rupiah,
        version = held.version + 1, entry_id = excluded.entry_id RETURNING 1),
stored AS (
    SELECT agency.lines + held.lines AS lines, agency.total + held.total AS total,
        agency.credit + held.credit AS credit
    FROM (SELECT {_TOLD} FROM agency) AS agency, (SELECT {_TOLD} FROM held) AS held),
entry AS (
    INSERT INTO ledger_entry (id, key, body_sha256, kind, happened_at, line_count, credit_rupiah)
    SELECT %s, %s, %s, %s, %s, lines, credit FROM stored WHERE (SELECT fine FROM sums))
SELECT sums.known::int, sums.lines, sums.total, sums.held, stored.lines, stored.total,
    (SELECT count(*) FROM moved) + (SELECT count(*) FROM opened), set_config('enable_hashjoin', 'on', true)
FROM sums, stored
"""
_NOBODY = HolderLines(
    "SELECT NULL::bigint AS holder_id, NULL::bigint AS account_no, NULL::bigint AS amount_rupiah WHERE false",
    [],
    "",
)


def _earlier(key: str, digest: bytes) -> PostedEntry | KeyClash:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, body_sha256, line_count FROM ledger_entry WHERE key = %s", [key])
        entry_id, stored, count = cursor.fetchone()
    if bytes(stored) != digest:
        return KeyClash(f"entry {key} was posted before with another body")
    return PostedEntry(int(entry_id), repeated=True, line_count=int(count))


def digest_of(*, kind: str, agency_lines: Sequence[AgencyLine], facts: str) -> bytes:
    """What tells an entry's body from another's, 32 bytes; ``facts`` of the holders' lines, '' without any."""
    body = [kind, *(f"{line.account_no}:{line.amount_rupiah}" for line in agency_lines)]
    if facts:
        body.append(facts)
    return hashlib.sha256("\n".join(body).encode()).digest()
