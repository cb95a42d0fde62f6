"""Queries over the ledger that must return nothing."""

CHECKS = {
    "INV-01 every entry sums to zero and holds as many lines as it says": """
        SELECT coalesce(l.entry_id, e.id) AS entry_id, e.line_count, l.lines, l.total, l.credit
        FROM (SELECT entry_id, count(*) AS lines, sum(amount_rupiah) AS total,
                     sum(greatest(amount_rupiah, 0)) AS credit FROM ledger_line GROUP BY entry_id) l
        FULL JOIN ledger_entry e ON e.id = l.entry_id
        WHERE e.id IS NULL OR l.entry_id IS NULL OR l.total <> 0 OR l.lines <> e.line_count
              OR l.credit <> e.credit_rupiah
    """,
    "INV-02 every balance is the fold of its lines, and its version their number": """
        SELECT coalesce(b.holder_id, l.holder_id) AS holder_id, coalesce(b.account_no, l.account_no) AS account_no
        FROM (SELECT holder_id, account_no, sum(amount_rupiah) AS total, count(*) AS lines,
                     max(entry_id) AS last FROM ledger_line WHERE holder_id <> 0 GROUP BY 1, 2) l
        FULL JOIN ledger_balance b ON b.holder_id = l.holder_id AND b.account_no = l.account_no
        WHERE b.holder_id IS NULL OR l.holder_id IS NULL OR b.balance_rupiah <> l.total OR b.version <> l.lines
    """,
}
