"""Many small entries at once, about facts that came to be in this very transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.ledger.chart import AGENCY
from lindung.ledger.services import AgencyLine, Kind, Unbalanced, digest_of
from lindung.ledger.years import draw_entry_ids
from lindung.lib import statements

FEW: Final = 500
"""So many lines of an entry at most are few."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry whose ``key`` names a fact of this transaction; ``facts`` as in ``HolderLines``, '' without holders."""

    actor: Actor
    key: str
    agency_lines: Sequence[AgencyLine]
    facts: str
    happened_at: datetime


def post_each(
    *, kind: Kind, entries: Sequence[NewEntry], holders_sql: str, params: Sequence[Any], now: datetime, few: bool
) -> None:
    """Write entries of one kind, each balanced, and move the holders' balances: two statements, however many they are.

    ``holders_sql`` is a SELECT of (place, holder_id, account_no, amount_rupiah), written in code: the lines of all
    entries, ``place`` being an entry's own from 1 on; one row for an entry's holder and account, no amount zero.
    ``few``: so few lines, so often, that the statement is worth keeping. The proof is over the rows as they were
    stored; what does not add up raises ``Unbalanced``, and a key that somebody has an ``IntegrityError``: the caller's
    transaction is undone.
    """
    with transaction.atomic(savepoint=False), trail.together():
        ids = draw_entry_ids([entry.happened_at for entry in entries])
        for entry_id, entry, lines in zip(
            ids, entries, _written(kind, ids, entries, holders_sql, params, few), strict=True
        ):
            trail.record(
                actor=entry.actor,
                act="entry_posted",
                object_kind="entry",
                object_id=entry_id,
                now=now,
                detail={"key": entry.key, "lines": lines},
            )


def _written(
    kind: Kind, ids: Sequence[int], entries: Sequence[NewEntry], holders_sql: str, params: Sequence[Any], few: bool
) -> list[int]:
    """How many lines of each entry are stored."""
    own = [
        (entry_id, place, line.account_no, line.amount_rupiah)
        for entry_id, entry in zip(ids, entries, strict=True)
        for place, line in enumerate(entry.agency_lines, 1)
        if line.amount_rupiah
    ]
    stored = statements.run(
        each_sql(holders_sql),
        [
            ids,
            *params,
            *([list(column) for column in zip(*own, strict=True)] or [[]] * 4),
            AGENCY,
            kind,
            ids,
            [entry.key for entry in entries],
            [digest_of(kind=kind, agency_lines=entry.agency_lines, facts=entry.facts) for entry in entries],
            [entry.happened_at for entry in entries],
        ],
        keep=few,
    )
    told = {entry_id: (lines, total) for entry_id, lines, total, *_ in stored}
    given, moved, held = (int(value) for value in stored[0][3:6]) if stored else (0, 0, 0)
    wrong = [entry.key for entry_id, entry in zip(ids, entries, strict=True) if told.get(entry_id, (0, 0))[1] != 0]
    if wrong or len(told) != len(entries) or sum(lines for lines, _ in told.values()) != given or moved != held:
        raise Unbalanced(
            f"entries {wrong or [entry.key for entry in entries]}: {given} lines, {moved} of {held} balances"
        )
    return [told[entry_id][0] for entry_id in ids]


def each_sql(holders_sql: str) -> str:
    """The statement that writes entries whose holders' lines are ``holders_sql``."""
    return _WRITE.replace(_GIVEN, holders_sql)


# As the statement of ``post``, whose order of locks it keeps: lines and balances by holder and account. A holder may
# stand in several of the entries, so his balance moves once, by all of them.
_GIVEN = "{given}"
_WRITE = f"""
WITH given AS MATERIALIZED (
    SELECT (%s::bigint[])[place] AS entry_id, holder_id, account_no, amount_rupiah
    FROM ({_GIVEN}) AS lines (place, holder_id, account_no, amount_rupiah)
    ORDER BY holder_id, account_no, entry_id),
own AS MATERIALIZED (
    SELECT entry_id, line_no, account_no, amount_rupiah
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
    AS lines (entry_id, line_no, account_no, amount_rupiah)),
agency AS (
    INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
    SELECT %s, account_no, entry_id, line_no, amount_rupiah FROM own RETURNING entry_id, amount_rupiah),
held AS (
    INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
    SELECT holder_id, account_no, entry_id, 1, amount_rupiah FROM given RETURNING entry_id, amount_rupiah),
changed AS MATERIALIZED (
    SELECT holder_id, account_no, sum(amount_rupiah)::bigint AS amount_rupiah, count(*) AS lines,
        max(entry_id) AS entry_id
    FROM given GROUP BY holder_id, account_no ORDER BY holder_id, account_no),
moved AS (
    UPDATE ledger_balance AS b SET balance_rupiah = b.balance_rupiah + changed.amount_rupiah,
        version = b.version + changed.lines, entry_id = changed.entry_id
    FROM changed WHERE b.holder_id = changed.holder_id AND b.account_no = changed.account_no
    RETURNING b.holder_id, b.account_no),
opened AS (
    INSERT INTO ledger_balance AS held (holder_id, account_no, balance_rupiah, version, entry_id)
    SELECT holder_id, account_no, amount_rupiah, lines, entry_id FROM changed
    WHERE (SELECT count(*) FROM changed) > (SELECT count(*) FROM moved)
        AND (holder_id, account_no) NOT IN (SELECT holder_id, account_no FROM moved) ORDER BY holder_id, account_no
    ON CONFLICT (holder_id, account_no) DO UPDATE SET balance_rupiah = held.balance_rupiah + excluded.balance_rupiah,
        version = held.version + excluded.version, entry_id = excluded.entry_id RETURNING 1),
stored AS MATERIALIZED (
    SELECT entry_id, count(*) AS lines, sum(amount_rupiah)::bigint AS total,
        coalesce(sum(amount_rupiah) FILTER (WHERE amount_rupiah > 0), 0)::bigint AS credit
    FROM (SELECT entry_id, amount_rupiah FROM agency UNION ALL SELECT entry_id, amount_rupiah FROM held) AS lines
    GROUP BY entry_id),
entry AS (
    INSERT INTO ledger_entry (id, key, body_sha256, kind, happened_at, line_count, credit_rupiah)
    SELECT id, key, digest, %s, happened_at, lines, credit
    FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::timestamptz[]) AS e (id, key, digest, happened_at)
    JOIN stored ON stored.entry_id = e.id)
SELECT entry_id, lines, total, (SELECT count(*) FROM given) + (SELECT count(*) FROM own),
    (SELECT count(*) FROM moved) + (SELECT count(*) FROM opened), (SELECT count(*) FROM changed),
    set_config('enable_hashjoin', 'on', true)
FROM stored
"""
