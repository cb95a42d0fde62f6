"""Queries over development that must return nothing.

Years, months and amounts are worked out by other means than the crediting's own, so that a fault in one shows.
"""

_BEGINS = "make_timestamptz(c.year, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_ENDS = "make_timestamptz(c.year + 1, 1, 1, 0, 0, 0, 'Asia/Jakarta')"
_WIB = "e.happened_at AT TIME ZONE 'Asia/Jakarta'"
_CREDITED = f"""
    SELECT l.holder_id, l.account_no, extract(year FROM {_WIB})::int AS year, sum(l.amount_rupiah) AS credited,
        count(*) FILTER (WHERE l.amount_rupiah > 0) - count(*) FILTER (WHERE l.amount_rupiah < 0) AS standing
    FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
    WHERE e.kind = 'development' AND l.holder_id <> 0 GROUP BY 1, 2, 3
"""
_NEWEST = """
    SELECT crediting_id, range_no, max(known_entry_id) AS known FROM contributions_creditedrange GROUP BY 1, 2
"""

CHECKS = {
    "INV-22 every account's development recomputes to the rupiah from what was known when it was credited": f"""
        SELECT coalesce(y.holder_id, d.holder_id) AS holder_id, coalesce(y.account_no, d.account_no) AS account_no,
            coalesce(y.year, d.year) AS year
        FROM (
            SELECT m.holder_id, m.account_no, c.year::int AS year, c.annual_rate, m.months FROM (
                SELECT l.holder_id, l.account_no, w.crediting_id, sum(l.amount_rupiah * w.months) AS months
                FROM (
                    SELECT c.id AS crediting_id, c.holders_a_range, e.id AS entry_id,
                        CASE WHEN e.happened_at < {_BEGINS} THEN 12 ELSE 13 - extract(month FROM {_WIB})::int END
                            AS months
                    FROM contributions_crediting c JOIN ledger_entry e ON e.happened_at < {_ENDS}
                        AND NOT (e.kind = 'development' AND e.happened_at >= {_BEGINS})
                    WHERE c.started_at IS NOT NULL OFFSET 0) w
                JOIN ledger_line l ON l.entry_id = w.entry_id
                JOIN ({_NEWEST}) k ON k.crediting_id = w.crediting_id AND k.range_no = l.holder_id / w.holders_a_range
                WHERE l.holder_id <> 0 AND l.entry_id < k.known GROUP BY 1, 2, 3) m
            JOIN contributions_crediting c ON c.id = m.crediting_id
            WHERE mod(m.account_no, 10) = 1) y
        FULL JOIN ({_CREDITED}) d USING (holder_id, account_no, year)
        WHERE coalesce(div(greatest(y.months, 0) * y.annual_rate * 2 + 12, 24), 0) <> coalesce(d.credited, 0)
    """,
    "INV-22 development is credited once for each account and year": f"""
        SELECT holder_id, account_no, year FROM ({_CREDITED}) d WHERE standing NOT IN (0, 1)
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
    "a crediting that is finished left out no range of holders": """
        SELECT b.year, b.holder_id FROM (
            SELECT c.id, c.year, c.holders_a_range, c.finished_entry_id, b.holder_id, b.account_no
            FROM contributions_crediting c CROSS JOIN ledger_balance b
            LEFT JOIN (SELECT DISTINCT crediting_id, range_no FROM contributions_creditedrange) r
                ON r.crediting_id = c.id AND r.range_no = b.holder_id / c.holders_a_range
            WHERE c.finished_at IS NOT NULL AND r.range_no IS NULL AND mod(b.account_no, 10) = 1 OFFSET 0) b
        JOIN ledger_line l ON l.holder_id = b.holder_id AND l.account_no = b.account_no
        JOIN ledger_entry e ON e.id = l.entry_id
        WHERE e.happened_at < make_timestamptz(b.year + 1, 1, 1, 0, 0, 0, 'Asia/Jakarta')
            AND l.entry_id < coalesce((SELECT n.known_entry_id FROM contributions_creditedrange n
                WHERE n.crediting_id = b.id AND n.revision = 0 AND n.range_no > b.holder_id / b.holders_a_range
                ORDER BY n.range_no LIMIT 1), b.finished_entry_id)
    """,
}
