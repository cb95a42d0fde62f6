"""The floor: a range of holders credited by hand, with nothing around it.

Two plain statements, lines and balances; the formula stands in both, or is computed once into a temporary table first
(``keep``). There is no entry of its own, no proof, no trail, no row that says that it was done, and nothing that keeps
late money apart.
"""

from fractions import Fraction
from typing import Any

import psycopg

from lindung.law.development import sql_expression
from lindung.ledger.years import begins_at, month_begins

_ENTRY_ID = 2_000_000_000
_AMOUNTS = """
    SELECT holder_id, account_no, {formula} AS amount FROM (
        SELECT l.holder_id, l.account_no,
            coalesce(sum(l.amount_rupiah) FILTER (WHERE e.happened_at < %(begins)s), 0)::bigint AS opening_rupiah,
            coalesce(sum(l.amount_rupiah * (13 - width_bucket(e.happened_at, %(months)s::timestamptz[])))
                FILTER (WHERE e.happened_at >= %(begins)s), 0)::bigint AS contribution_rupiah_months
        FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
        WHERE l.holder_id >= %(first)s AND l.holder_id < %(until)s AND e.happened_at < %(ends)s
        GROUP BY 1, 2) year_of_account
"""
_KEPT = (
    "CREATE TEMP TABLE IF NOT EXISTS kept (holder_id bigint, account_no bigint, amount bigint) ON COMMIT DELETE ROWS"
)
_LINES = """
    INSERT INTO ledger_line (holder_id, account_no, entry_id, line_no, amount_rupiah)
    SELECT holder_id, account_no, %(entry)s, 1, amount FROM {amounts} AS given WHERE amount > 0 ORDER BY 1, 2
"""
_BALANCES = """
    UPDATE ledger_balance b SET balance_rupiah = b.balance_rupiah + amount, version = b.version + 1,
        entry_id = %(entry)s
    FROM {amounts} AS given WHERE b.holder_id = given.holder_id AND b.account_no = given.account_no AND amount > 0
"""


class ByHand:
    """Credits ranges of a year over one connection."""

    def __init__(self, connection: psycopg.Connection, year: int, rate: str, *, keep: bool) -> None:
        self._connection, self._keep = connection, keep
        self._amounts = _AMOUNTS.format(formula=sql_expression(Fraction(rate)))
        self._days = {"begins": begins_at(year), "months": month_begins(year), "ends": begins_at(year + 1)}
        self.pid = connection.info.backend_pid

    def credit(self, first: int, until: int) -> None:
        """Credit the holders from ``first`` to ``until`` (excluded), in one transaction."""
        params = {**self._days, "first": first, "until": until, "entry": _ENTRY_ID + first}
        amounts = "kept" if self._keep else f"({self._amounts})"
        with self._connection.transaction():
            if self._keep:
                self._run(_KEPT, None)
                self._run(f"INSERT INTO kept {self._amounts}", params)
            self._run(_LINES.format(amounts=amounts), params)
            self._run(_BALANCES.format(amounts=amounts), params)

    def _run(self, statement: str, params: dict[str, Any] | None) -> None:
        self._connection.execute(statement.encode(), params)
