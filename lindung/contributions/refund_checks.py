"""Queries over credit that is paid back that must return nothing."""

CHECKS = {
    "what stands to be paid back in the ledger is the open refunds, each by itself": """
        SELECT coalesce(l.refund_id, r.id) AS refund_id FROM (
            SELECT account_no - 240000000000000 AS refund_id, sum(amount_rupiah) AS rupiah FROM ledger_line
            WHERE holder_id = 0 AND account_no / 1000000000000 = 240 GROUP BY 1) l
        FULL JOIN contributions_refund r ON r.id = l.refund_id
        WHERE coalesce(l.rupiah, 0) <> CASE WHEN r.state IN ('asked', 'approved') THEN r.amount_rupiah ELSE 0 END
    """,
    "what left the paying account is the refunds that were sent and did not come back": """
        SELECT sum(rupiah) AS rupiah FROM (
            SELECT amount_rupiah AS rupiah FROM ledger_line WHERE holder_id = 0 AND account_no = 130000000000000
            UNION ALL SELECT -amount_rupiah FROM contributions_refund WHERE state = 'sent') all_of_it
        HAVING sum(rupiah) <> 0
    """,
    "every refund has the entries of what happened to it, of its amount": """
        SELECT r.id FROM contributions_refund r
        LEFT JOIN ledger_entry a ON a.key = 'refund-asked:' || r.id AND a.credit_rupiah = r.amount_rupiah
        LEFT JOIN ledger_entry e ON e.key = 'refund-ended:' || r.id AND e.credit_rupiah = r.amount_rupiah
        LEFT JOIN ledger_entry s ON s.key = 'refund-sent:' || r.id AND s.credit_rupiah = r.amount_rupiah
        LEFT JOIN ledger_entry b ON b.key = 'refund-returned:' || r.id AND b.credit_rupiah = r.amount_rupiah
        WHERE a.id IS NULL OR (e.id IS NOT NULL) <> (r.state IN ('withdrawn', 'refused'))
           OR (s.id IS NOT NULL) <> (r.state IN ('sent', 'returned')) OR (b.id IS NOT NULL) <> (r.state = 'returned')
    """,
    "INV-13 a refund was proposed by one officer and decided by another, and neither acted for its firm": """
        SELECT r.id FROM contributions_refund r
        LEFT JOIN contributions_refundproposal p ON p.refund_id = r.id AND p.agreed AND p.pay = (r.state <> 'refused')
            AND p.proposed_by = r.proposed_by AND p.decided_by = r.decided_by AND p.proposed_by <> p.decided_by
            AND p.decided_at = r.decided_at
        LEFT JOIN access_grant g ON g.scope_id = r.employer_id AND g.role NOT IN ('member', 'officer')
            AND g.account_id IN (p.proposed_by, p.decided_by) AND g.granted_at <= r.decided_at
        GROUP BY r.id, r.state
        HAVING count(DISTINCT p.id) <> CASE WHEN r.state IN ('asked', 'withdrawn') THEN 0 ELSE 1 END OR count(g.id) > 0
    """,
    "a refund that was sent has its transfer, recorded after two officers agreed": """
        SELECT id FROM contributions_refund
        WHERE state IN ('sent', 'returned') AND (transfer_no = '' OR sent_on IS NULL OR sent_at < decided_at
           OR sent_by IS NULL OR sent_by = proposed_by OR (state = 'returned' AND ended_by = sent_by))
    """,
}
