"""Calendar years of western Indonesia over the ledger: what accounts stood at and got, as it was known at a moment.

Every post shares a lock on the year in which its entry happened, before it draws the entry's id. Whoever holds the
years alone and draws an id then knows that everything written of these years so far has a smaller id, and all that
comes later a larger one. So an entry's id says for ever what was known, which no clock could.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from lindung.ledger.chart import AGENCY, member_kind
from lindung.lib import statements
from lindung.lib.clock import WIB, wib_date

MONTHS = 12
YEAR_LOCKS = 0x4C59  # the family of advisory locks; the second number is the year
_FIRST_YEAR = 2015
"""Before it nothing happened: the law's own start."""


def begins_at(year: int) -> datetime:
    """The first moment of a year in western Indonesia."""
    return datetime(year, 1, 1, tzinfo=WIB)


def month_begins(year: int) -> list[datetime]:
    """The first moments of the twelve months of a year."""
    return [datetime(year, month, 1, tzinfo=WIB) for month in range(1, MONTHS + 1)]


def draw_entry_id(happened_at: datetime, *, key: str) -> int:
    """The id of an entry to be written now under ``key``. Until the transaction ends the key is held alone, and the
    year in which the entry happened is shared."""
    # The locks come first: a subquery that is in the way of the draw, and volatile, so that nobody leaves it out.
    # The key before the year: whoever waits for somebody's key has not yet a part in a year that others wait for.
    drawn = statements.run(DRAW_SQL, [YEAR_LOCKS, _year_of(happened_at), f"entry {key}"])
    return int(drawn[0][0])


# The setting is for the statement that follows, which says why and takes it back.
DRAW_SQL = (
    "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')), set_config('enable_hashjoin', 'off', true)"
    " FROM (SELECT pg_advisory_xact_lock_shared(%s::int, %s::int)"
    "  FROM (SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)) OFFSET 0) AS held OFFSET 0) AS shared"
)


def draw_entry_ids(happened_at: Sequence[datetime]) -> list[int]:
    """As many ids, ascending, for entries whose keys nobody else can have; their years are shared."""
    years = sorted({_year_of(moment) for moment in happened_at}, reverse=True)
    return [int(row[0]) for row in statements.run(DRAW_EACH_SQL, [YEAR_LOCKS, years, len(happened_at)])]


# Newest first, as ``hold_years`` takes them.
DRAW_EACH_SQL = (
    "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')), set_config('enable_hashjoin', 'off', true)"
    " FROM (SELECT count(pg_advisory_xact_lock_shared(%s::int, year::int)) AS years"
    "  FROM unnest(%s::bigint[]) AS year) AS shared, generate_series(1, %s)"
    " WHERE shared.years > 0"
)


def hold_years(*, until_year: int) -> int:
    """Keep everybody from writing what happened up to ``until_year`` (included) until this transaction ends.

    Waits for those who are writing now. Gives an id: what is known of these years has smaller ones, what will be
    learned larger ones.
    """
    with connection.cursor() as cursor:
        # Newest first, as the newest is what others most likely wait for; one statement, in the order of the series.
        cursor.execute(
            "SELECT count(pg_advisory_xact_lock(%s, year)) FROM generate_series(%s::int, %s::int, -1) AS year",
            [YEAR_LOCKS, until_year, _FIRST_YEAR],
        )
        cursor.execute("SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id'))")
        return int(cursor.fetchone()[0])


def _year_of(happened_at: datetime) -> int:
    return max(wib_date(happened_at).year, _FIRST_YEAR)


def year_sql(kind: str) -> str:
    """A SELECT of ``holder_id, account_no, opening_rupiah, contribution_rupiah_months`` over accounts of a kind.

    Every line of the year but the year's own development counts times the months from its own to the twelfth, both
    included. Parameters by name: ``begins``, ``months`` (as ``month_begins``), ``ends`` (the next year's beginning),
    ``first`` and ``until`` (holders from 1 on, the last excluded), ``known`` (entries below this id).
    """
    return (
        "SELECT l.holder_id, l.account_no,"
        " coalesce(sum(l.amount_rupiah) FILTER (WHERE e.happened_at < %(begins)s), 0)::bigint AS opening_rupiah,"
        f" coalesce(sum(l.amount_rupiah * ({MONTHS + 1} - width_bucket(e.happened_at, %(months)s::timestamptz[])))"
        "  FILTER (WHERE e.happened_at >= %(begins)s AND e.kind <> 'development'), 0)::bigint"
        "  AS contribution_rupiah_months"
        " FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " WHERE l.holder_id >= %(first)s AND l.holder_id < %(until)s AND l.entry_id < %(known)s"
        f" AND e.happened_at < %(ends)s GROUP BY 1, 2 HAVING {_of_kind(kind)}"
    )


def development_sql(kind: str) -> str:
    """A SELECT of ``holder_id, account_no, credited_rupiah``, the year's development; parameters as ``year_sql``."""
    return (
        "SELECT l.holder_id, l.account_no, sum(l.amount_rupiah)::bigint AS credited_rupiah"
        " FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " WHERE l.holder_id >= %(first)s AND l.holder_id < %(until)s AND e.kind = 'development'"
        f" AND e.happened_at >= %(begins)s AND e.happened_at < %(ends)s GROUP BY 1, 2 HAVING {_of_kind(kind)}"
    )


def _of_kind(kind: str) -> str:
    # Over groups on purpose: the planner takes a remainder of a number for rare, and would plan for a few rows.
    return f"min(l.account_no) %% 10 = {member_kind(kind)}"


def next_holder(*, at_least: int) -> int | None:
    """The first holder from an id on who has an account, or None. The agency is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT holder_id FROM ledger_balance WHERE holder_id >= %s ORDER BY holder_id LIMIT 1",
            [max(at_least, AGENCY + 1)],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
