"""Statement lines laid beside payments, set-based: whatever order files, lines and payments come in, one end.

A payment takes the line of its own reference: one of its own amount before others, then the earliest. All other lines
are money that nothing explains. A payment waits for its line through its own day and the next; after that it is
unexplained too. What two officers settled stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lindung.access.trail import Actor
from lindung.contributions import reconciliation_postings as postings
from lindung.ledger.services import post
from lindung.lib.ids import draw, next_of


@dataclass(frozen=True, slots=True)
class Matched:
    """What one run changed: payments that got their line or lost it, items opened, items that explained themselves."""

    lines: int
    opened: int
    closed: int


# An item that officers settled; what it stands on is not looked at again.
_SETTLED = "way IN ('deposit', 'pair', 'difference')"

# Of the lines whose reference a line without payment has: which payment is theirs, and who comes first.
_RANKED = f"""
    touched AS (SELECT DISTINCT match_key FROM contributions_statementline
        WHERE partner_id = %(partner)s AND payment_id IS NULL AND unexplained_rupiah <> 0 AND match_key <> ''),
    live AS (SELECT l.* FROM contributions_statementline l JOIN touched USING (match_key)
        WHERE l.partner_id = %(partner)s AND NOT EXISTS (
            SELECT 1 FROM contributions_suspenseitem i WHERE i.line_id = l.id AND i.{_SETTLED})),
    ranked AS (SELECT l.id AS line_id, p.id AS payment_id, l.amount_rupiah - p.amount_rupiah AS difference,
            row_number() OVER (PARTITION BY p.id
                ORDER BY l.amount_rupiah <> p.amount_rupiah, l.booked_at, l.line_hash) AS place
        FROM live l JOIN contributions_payment p ON p.partner_id = %(partner)s AND p.reference = l.match_key
        WHERE NOT EXISTS (SELECT 1 FROM contributions_suspenseitem i
            WHERE i.{_SETTLED} AND (i.payment_id = p.id OR i.deposit_id = p.id))
          AND NOT EXISTS (SELECT 1 FROM contributions_statementline t JOIN contributions_suspenseitem i
            ON i.line_id = t.id AND i.{_SETTLED} WHERE t.payment_id = p.id))
"""
_RELEASE = f"""
    WITH {_RANKED}
    UPDATE contributions_statementline l SET payment_id = NULL, unexplained_rupiah = l.amount_rupiah
    FROM ranked r WHERE r.line_id = l.id AND l.payment_id = r.payment_id AND r.place > 1
"""
_TAKE = f"""
    WITH {_RANKED}
    UPDATE contributions_statementline l SET payment_id = r.payment_id, unexplained_rupiah = r.difference
    FROM ranked r WHERE r.line_id = l.id AND r.place = 1 AND l.payment_id IS DISTINCT FROM r.payment_id
"""

# What ought to stand in suspense, beside what does; only where the two differ.
_MOVED = f"""
    WITH closed AS (SELECT DISTINCT day::date AS day FROM contributions_statementfile f,
            generate_series(f.from_on::timestamp, f.until_on - interval '1 day', interval '1 day') AS day
        WHERE f.partner_id = %(partner)s
          AND f.made_at >= (day::date + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'),
    late AS (SELECT p.id, (p.paid_at AT TIME ZONE 'Asia/Jakarta')::date AS day, p.amount_rupiah
        FROM contributions_payment p
        WHERE p.partner_id = %(partner)s
          AND NOT EXISTS (SELECT 1 FROM contributions_statementline l WHERE l.payment_id = p.id)
          AND NOT EXISTS (SELECT 1 FROM contributions_suspenseitem i WHERE i.deposit_id = p.id)),
    wanted AS (SELECT id AS line_id, NULL::bigint AS payment_id, booked_on AS money_on, unexplained_rupiah AS rupiah
        FROM contributions_statementline WHERE partner_id = %(partner)s AND unexplained_rupiah <> 0
        UNION ALL SELECT NULL, late.id, late.day, -late.amount_rupiah FROM late
        JOIN closed own ON own.day = late.day JOIN closed after ON after.day = late.day + 1),
    standing AS (SELECT id, line_id, payment_id, money_on,
            CASE WHEN closed_at IS NULL THEN amount_rupiah ELSE 0 END AS rupiah
        FROM contributions_suspenseitem WHERE partner_id = %(partner)s AND NOT {_SETTLED}),
    settled AS (SELECT line_id, payment_id FROM contributions_suspenseitem
        WHERE partner_id = %(partner)s AND {_SETTLED})
    SELECT s.id, coalesce(s.line_id, w.line_id), coalesce(s.payment_id, w.payment_id),
        coalesce(s.money_on, w.money_on), coalesce(w.rupiah, 0), coalesce(w.rupiah, 0) - coalesce(s.rupiah, 0)
    FROM standing s FULL JOIN wanted w
        ON (coalesce(s.line_id, 0), coalesce(s.payment_id, 0)) = (coalesce(w.line_id, 0), coalesce(w.payment_id, 0))
    WHERE coalesce(w.rupiah, 0) <> coalesce(s.rupiah, 0)
      AND NOT EXISTS (SELECT 1 FROM settled t WHERE t.line_id = w.line_id OR t.payment_id = w.payment_id)
    ORDER BY 4, 2, 3
"""


@dataclass(frozen=True, slots=True)
class _Moved:
    """An item, there or to be (``id`` None), what shall stand in it and how much that is more than before."""

    id: int | None
    line_id: int | None
    payment_id: int | None
    money_on: date
    rupiah: int
    more_rupiah: int


def lock_statements(partner_id: int) -> None:
    """Statements, matching and suspense of one bank happen one after another from here on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"statements {partner_id}"])


def match_lines(*, partner_id: int, actor: Actor, owner_id: int | None, now: datetime) -> Matched:
    """Match what is not matched, and bring suspense and ledger to it. The caller holds ``lock_statements``.

    ``owner_id``: the officer to whom new items belong. Eight statements however many lines there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, {"partner": partner_id})
        lines = cursor.rowcount
        cursor.execute(_TAKE, {"partner": partner_id})
        lines += cursor.rowcount
        cursor.execute(_MOVED, {"partner": partner_id})
        moved = [_Moved(*row) for row in cursor.fetchall()]
        if not moved:
            return Matched(lines, 0, 0)
        changed = [item for item in moved if item.id is not None]
        _change(cursor, changed, now)
        new = [item for item in moved if item.id is None]
        new_ids = [int(item_id) for item_id in draw(cursor, "contributions_suspenseitem_id_seq", len(new))]
        _open(cursor, partner_id, new_ids, new, owner_id, now)
    booked = [(item.id or 0, item.more_rupiah) for item in changed]
    booked += [(item_id, item.more_rupiah) for item_id, item in zip(new_ids, new, strict=True)]
    post(
        actor=actor,
        key=f"reconciliation:{next_of('contributions_reconciliation_seq')}",
        kind="suspense",
        agency_lines=postings.suspense_moved(partner_id, booked),
        holder_lines=None,
        happened_at=now,
        now=now,
    )
    return Matched(lines, len(new), sum(not item.rupiah for item in changed))


def _change(cursor: Any, items: Sequence[_Moved], now: datetime) -> None:
    """Another amount, or none: then the item explained itself. What was proposed about it is void."""
    ids = [item.id for item in items]
    cursor.execute(
        "UPDATE contributions_suspenseitem i SET"
        " amount_rupiah = CASE WHEN g.rupiah = 0 THEN i.amount_rupiah ELSE g.rupiah END,"
        " closed_at = CASE WHEN g.rupiah = 0 THEN %s::timestamptz END,"
        " way = CASE WHEN g.rupiah = 0 THEN 'matched' ELSE '' END"
        " FROM unnest(%s::bigint[], %s::bigint[]) AS g(id, rupiah) WHERE g.id = i.id",
        [now, ids, [item.rupiah for item in items]],
    )
    cursor.execute(
        "UPDATE contributions_suspenseproposal SET decided_at = %s, approved = false"
        " WHERE item_id = ANY(%s::bigint[]) AND decided_at IS NULL",
        [now, ids],
    )


def _open(
    cursor: Any, partner_id: int, ids: list[int], items: Sequence[_Moved], owner_id: int | None, now: datetime
) -> None:
    cursor.execute(
        "INSERT INTO contributions_suspenseitem"
        " (id, partner_id, line_id, payment_id, amount_rupiah, money_on, opened_at, owner_id, way)"
        " SELECT g.id, %s, g.line_id, g.payment_id, g.rupiah, g.money_on, %s, %s, ''"
        " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::date[])"
        " AS g(id, line_id, payment_id, rupiah, money_on)",
        [
            partner_id,
            now,
            owner_id,
            ids,
            [item.line_id for item in items],
            [item.payment_id for item in items],
            [item.rupiah for item in items],
            [item.money_on for item in items],
        ],
    )
