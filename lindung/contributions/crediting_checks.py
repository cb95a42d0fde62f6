"""Queries over development that must return nothing.

Years, months and amounts are worked out by other means than the crediting's own, so that a fault in one shows.
"""

_BEGINS = "make_timestamptz(c.year, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_ENDS = "make_timestamptz(c.year + 1, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_WIB = "e.happened_at AT TIME ZONE 'Asia/Jakarta'"
_OWN = "e.kind = 'development' AND e.happened_at >= c.begins"

CHECKS = {
    # Range by range, so that it takes no more memory for more members.
    "INV-22 every account's development recomputes to the rupiah from what was known when it was credited": f"""
        SELECT c.year, y.holder_id, y.account_no FROM (
            SELECT c.year, c.annual_rate, {_BEGINS} AS begins, {_ENDS} AS ends, max(r.known_entry_id) AS known,
                greatest(r.range_no * c.holders_a_range, 1) AS first, (r.range_no + 1) * c.holders_a_range AS until
            FROM contributions_crediting c JOIN contributions_creditedrange r ON r.crediting_id = c.id
            GROUP BY c.id, r.range_no) c
        CROSS JOIN LATERAL (
            SELECT l.holder_id, l.account_no, sum(l.amount_rupiah) FILTER (WHERE {_OWN}) AS credited,
                sum(l.amount_rupiah
                    * CASE WHEN e.happened_at < c.begins THEN 12 ELSE 13 - extract(month FROM {_WIB})::int END)
                    FILTER (WHERE l.entry_id < c.known AND NOT ({_OWN})) AS months
            FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
            WHERE l.holder_id >= c.first AND l.holder_id < c.until AND e.happened_at < c.ends
            GROUP BY 1, 2) y
        WHERE coalesce(y.credited, 0) <> CASE WHEN mod(y.account_no, 10) <> 1 THEN 0
            ELSE div(greatest(coalesce(y.months, 0), 0) * c.annual_rate * 2 + 12, 24) END
    """,
    "INV-22 development is credited once for each account and year, in the range of its holder": f"""
        SELECT l.holder_id, l.account_no, extract(year FROM {_WIB})::int AS year
        FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
        LEFT JOIN (
            SELECT o.entry_id, c.year, r.range_no, c.holders_a_range FROM contributions_creditedrange r
            CROSS JOIN LATERAL (VALUES (r.entry_id), (r.reversal_entry_id)) AS o (entry_id)
            JOIN contributions_crediting c ON c.id = r.crediting_id) r ON r.entry_id = e.id
        WHERE e.kind = 'development' AND l.holder_id <> 0
        GROUP BY 1, 2, 3
        HAVING sum(sign(l.amount_rupiah)) NOT IN (0, 1)
            OR NOT coalesce(bool_and(r.range_no = l.holder_id / r.holders_a_range
                AND r.year = extract(year FROM {_WIB})), false)
    """,
    "every range that was credited is its own entries, and every entry of development belongs to one": """
        SELECT r.id, e.id AS entry_id FROM (
            SELECT r.id, r.entry_id, r.crediting_id, r.range_no,
                CASE r.revision WHEN 0 THEN '' ELSE ':' || r.revision END AS again,
                CASE r.revision WHEN 0 THEN r.accounts END AS accounts
            FROM contributions_creditedrange r WHERE r.entry_id IS NOT NULL
            UNION ALL
            SELECT r.id, r.reversal_entry_id, r.crediting_id, r.range_no, ':' || r.revision || ':reversal', NULL
            FROM contributions_creditedrange r WHERE r.reversal_entry_id IS NOT NULL) r
        JOIN contributions_crediting c ON c.id = r.crediting_id
        FULL JOIN (SELECT * FROM ledger_entry WHERE kind = 'development') e ON e.id = r.entry_id
        WHERE r.id IS NULL OR e.id IS NULL OR e.line_count <> r.accounts + 1
            OR e.key <> 'crediting:' || c.year || ':' || r.range_no || r.again
    """,
    "every account that was put right names what was taken back": """
        SELECT d.person_id, d.account_no, d.year FROM contributions_correcteddevelopment d
        LEFT JOIN ledger_line l ON l.holder_id = d.person_id AND l.account_no = d.account_no
            AND l.entry_id = d.original_entry_id AND l.amount_rupiah = d.before_rupiah
        WHERE (d.before_rupiah <> 0) <> (l.entry_id IS NOT NULL)
    """,
    # A range that was not done knows what the next one that was done knew, or what was known at the end.
    "a crediting that is finished left out no range of holders": """
        SELECT b.year, b.holder_id FROM (
            SELECT c.year, b.holder_id, b.account_no, coalesce(n.known_entry_id, c.finished_entry_id) AS known
            FROM contributions_crediting c CROSS JOIN ledger_balance b
            LEFT JOIN contributions_creditedrange r ON r.crediting_id = c.id AND r.revision = 0
                AND r.range_no = b.holder_id / c.holders_a_range
            LEFT JOIN (
                SELECT crediting_id, range_no, known_entry_id,
                    lag(range_no, 1, -1) OVER (PARTITION BY crediting_id ORDER BY range_no) AS before
                FROM contributions_creditedrange WHERE revision = 0) n
                ON n.crediting_id = c.id AND b.holder_id / c.holders_a_range > n.before
                AND b.holder_id / c.holders_a_range < n.range_no
            WHERE c.finished_at IS NOT NULL AND r.range_no IS NULL AND mod(b.account_no, 10) = 1 OFFSET 0) b
        JOIN ledger_line l ON l.holder_id = b.holder_id AND l.account_no = b.account_no AND l.entry_id < b.known
        JOIN ledger_entry e ON e.id = l.entry_id
        WHERE e.happened_at < make_timestamptz(b.year + 1, 1, 1, 0, 0, 0, 'Asia/Jakarta')
    """,
}
