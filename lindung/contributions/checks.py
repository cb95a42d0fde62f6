"""Queries over contributions that must return nothing."""

from lindung.contributions.crediting_checks import CHECKS as CREDITING

CHECKS = {
    "INV-10 every bill is the sum of its lines, part by part": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN (SELECT bill_id, count(*) AS workers, sum(wage_rupiah) AS wage,
                sum(jht_employer) AS a, sum(jht_worker) AS b, sum(jp_employer) AS c, sum(jp_worker) AS d,
                sum(jkk) AS e, sum(jkm) AS f, sum(jkp_from_jkk) AS g, sum(jkp_from_jkm) AS h
            FROM contributions_billline GROUP BY bill_id) l ON l.bill_id = b.id
        WHERE (b.worker_count, b.wage_rupiah, b.jht_employer, b.jht_worker, b.jp_employer, b.jp_worker, b.jkk, b.jkm,
               b.jkp_from_jkk, b.jkp_from_jkm)
            IS DISTINCT FROM (l.workers, l.wage, l.a, l.b, l.c, l.d, l.e, l.f, l.g, l.h)
    """,
    "every line belongs to its own bill's firm and month": """
        SELECT l.person_id, l.bill_id FROM contributions_billline l
        LEFT JOIN contributions_bill b ON b.id = l.bill_id
            AND (b.employer_id, b.period, b.revision) = (l.employer_id, l.period, l.revision)
        WHERE b.id IS NULL
    """,
    "every line stands on an employment and card of the same person": """
        SELECT l.person_id, l.bill_id FROM contributions_billline l
        LEFT JOIN registry_employment e ON e.person_id = l.person_id AND e.id = l.employment_id
            AND e.membership_id = l.membership_id AND e.employer_id = l.employer_id
        WHERE e.id IS NULL
    """,
    "every bill has its entry in the ledger": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN ledger_entry e ON e.key = 'bill:' || b.id
        WHERE e.id IS NULL OR e.credit_rupiah <> b.amount_rupiah
    """,
    "INV-05 every payment is one entry, one paid bill, and no bill is paid without one": """
        SELECT coalesce(p.bill_id, b.id) AS bill_id FROM contributions_payment p
        FULL JOIN contributions_bill b ON b.id = p.bill_id
        LEFT JOIN ledger_entry e ON e.key = 'payment:' || p.id
        WHERE (p.id IS NULL) <> (b.paid_at IS NULL) OR b.payment_id IS DISTINCT FROM p.id
           OR (p.id IS NOT NULL AND e.id IS NULL)
           OR p.amount_rupiah <> b.amount_rupiah + p.penalty_rupiah
    """,
    "every bill has exactly one number that is open or was paid": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN contributions_virtualaccount v ON v.bill_id = b.id
        LEFT JOIN contributions_payment p ON p.customer_no = v.customer_no
        GROUP BY b.id, b.paid_at
        HAVING count(*) FILTER (WHERE v.closed_at IS NULL) <> (b.paid_at IS NULL)::int
            OR count(p.id) <> (b.paid_at IS NOT NULL)::int
    """,
    "a member's JHT is the sum of his paid months and of their development": """
        SELECT coalesce(k.person_id, j.holder_id) AS person_id FROM (
            SELECT person_id, account_no, sum(rupiah) AS rupiah FROM (
                SELECT l.person_id, l.membership_id * 10 + 1 AS account_no, l.jht_employer + l.jht_worker AS rupiah
                FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id
                WHERE b.paid_at IS NOT NULL AND l.jht_employer + l.jht_worker > 0
                UNION ALL
                SELECT l.holder_id, l.account_no, l.amount_rupiah
                FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
                WHERE e.kind = 'development' AND l.holder_id <> 0) parts
            GROUP BY 1, 2) k
        FULL JOIN ledger_balance j ON j.holder_id = k.person_id AND j.account_no = k.account_no
        WHERE k.rupiah IS DISTINCT FROM j.balance_rupiah
    """,
    **CREDITING,
}
