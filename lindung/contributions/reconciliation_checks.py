"""Queries over statements and suspense that must return nothing."""

_SETTLED = "i.way IN ('deposit', 'pair', 'difference')"

CHECKS = {
    "INV-05 every statement line is one payment, or in suspense, or explained by two officers": f"""
        SELECT l.id FROM contributions_statementline l
        LEFT JOIN contributions_payment p ON p.id = l.payment_id AND p.partner_id = l.partner_id
        LEFT JOIN contributions_suspenseitem i ON i.line_id = l.id
        WHERE (l.payment_id IS NULL) <> (p.id IS NULL)
           OR l.unexplained_rupiah
              <> CASE WHEN {_SETTLED} THEN 0 ELSE l.amount_rupiah - coalesce(p.amount_rupiah, 0) END
           OR (l.unexplained_rupiah <> 0) <> (i.id IS NOT NULL AND i.closed_at IS NULL)
           OR i.amount_rupiah <> l.unexplained_rupiah AND i.closed_at IS NULL
    """,
    "INV-05 no payment is unexplained beside a line of its own, or beside being booked out of suspense": f"""
        SELECT i.id FROM contributions_suspenseitem i
        LEFT JOIN contributions_statementline l ON l.payment_id = i.payment_id
        LEFT JOIN contributions_suspenseitem d ON d.deposit_id = i.payment_id
        LEFT JOIN contributions_payment p ON p.id = i.payment_id AND p.amount_rupiah = -i.amount_rupiah
        WHERE i.payment_id IS NOT NULL
          AND (p.id IS NULL OR d.id IS NOT NULL OR (l.id IS NULL) <> (i.closed_at IS NULL OR {_SETTLED}))
    """,
    "what stands in suspense in the ledger is the open items, each by itself": """
        SELECT coalesce(s.item_id, i.id) AS item_id FROM (
            SELECT account_no - 230000000000000 AS item_id, sum(amount_rupiah) AS rupiah FROM ledger_line
            WHERE holder_id = 0 AND account_no / 1000000000000 = 230 GROUP BY 1) s
        FULL JOIN contributions_suspenseitem i ON i.id = s.item_id
        WHERE coalesce(s.rupiah, 0)
           <> CASE WHEN i.id IS NOT NULL AND i.closed_at IS NULL THEN i.amount_rupiah ELSE 0 END
    """,
    "what a bank's account stands at is what its statements say and payments that no statement had to show yet": f"""
        SELECT partner_id FROM (
            SELECT account_no - 110000000000000 AS partner_id, -amount_rupiah AS rupiah FROM ledger_line
            WHERE holder_id = 0 AND account_no / 1000000000000 = 110
            UNION ALL SELECT partner_id, -amount_rupiah FROM contributions_statementline
            UNION ALL SELECT p.partner_id, -p.amount_rupiah FROM contributions_payment p
            WHERE NOT EXISTS (SELECT 1 FROM contributions_statementline l WHERE l.payment_id = p.id)
              AND NOT EXISTS (SELECT 1 FROM contributions_suspenseitem i WHERE i.deposit_id = p.id)
              AND NOT EXISTS (SELECT 1 FROM contributions_suspenseitem i
                WHERE i.payment_id = p.id AND (i.closed_at IS NULL OR {_SETTLED}))) all_of_it
        GROUP BY 1 HAVING sum(rupiah) <> 0
    """,
    "a bank's account took for every day what the statement of the day says": """
        SELECT l.partner_id, l.booked_on FROM contributions_statementline l
        LEFT JOIN ledger_entry e ON e.key = 'payment:' || l.payment_id
        LEFT JOIN ledger_line b ON b.holder_id = 0 AND b.account_no = 110000000000000 + l.partner_id
            AND b.entry_id = e.id
        LEFT JOIN contributions_suspenseitem i ON i.line_id = l.id
        LEFT JOIN (SELECT s.account_no - 230000000000000 AS item_id, sum(s.amount_rupiah) AS rupiah FROM ledger_line s
            JOIN ledger_entry k ON k.id = s.entry_id AND k.kind = 'suspense'
            WHERE s.holder_id = 0 AND s.account_no / 1000000000000 = 230 GROUP BY 1) s ON s.item_id = i.id
        GROUP BY 1, 2
        HAVING sum(l.amount_rupiah) <> sum(coalesce(-b.amount_rupiah, 0) + coalesce(s.rupiah, 0))
    """,
    "INV-13 what two officers explained was proposed by one and agreed to by another, once": f"""
        SELECT i.id FROM contributions_suspenseitem i
        LEFT JOIN contributions_suspenseproposal p ON p.approved AND p.decided_by <> p.proposed_by
            AND p.way = i.way AND abs(p.amount_rupiah) = abs(i.amount_rupiah)
            AND (p.item_id = i.id OR (p.item_id = i.other_id AND p.other_id = i.id))
        GROUP BY i.id, i.way HAVING count(p.id) <> CASE WHEN {_SETTLED} THEN 1 ELSE 0 END
    """,
    "what explains an item of suspense is there and of its amount": """
        SELECT i.id FROM contributions_suspenseitem i
        LEFT JOIN contributions_payment d ON d.id = i.deposit_id AND d.partner_id = i.partner_id
            AND d.amount_rupiah = i.amount_rupiah
        LEFT JOIN contributions_suspenseitem o ON o.id = i.other_id AND o.other_id = i.id
            AND o.partner_id = i.partner_id AND o.amount_rupiah = -i.amount_rupiah
        LEFT JOIN contributions_statementline l ON l.payment_id = i.deposit_id
        WHERE (i.way = 'deposit') <> (d.id IS NOT NULL) OR (i.way = 'pair') <> (o.id IS NOT NULL) OR l.id IS NOT NULL
    """,
}
