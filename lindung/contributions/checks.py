"""Queries over contributions that must return nothing."""

from lindung.contributions.crediting_checks import CHECKS as CREDITING
from lindung.contributions.order_checks import CHECKS as ORDERS
from lindung.contributions.reconciliation_checks import CHECKS as RECONCILIATION
from lindung.contributions.refund_checks import CHECKS as REFUNDS

CHECKS = {
    **RECONCILIATION,
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
    "every bill has its entry in the ledger, and a second one where another bill replaced it": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN ledger_entry e ON e.key = 'bill:' || b.id
        LEFT JOIN ledger_entry v ON v.key = 'bill-voided:' || b.id
        WHERE e.id IS NULL OR (b.amount_rupiah > 0 AND e.credit_rupiah <> b.amount_rupiah)
           OR (v.id IS NULL) <> (b.voided_at IS NULL)
           OR v.credit_rupiah <> b.amount_rupiah + b.penalty_rupiah
    """,
    "INV-05 every payment is one entry, and every rupiah went to bills, an order, or is the employer's credit": """
        SELECT p.id FROM contributions_payment p
        LEFT JOIN ledger_entry e ON e.key = 'payment:' || p.id
        LEFT JOIN contributions_bill b ON b.id = p.bill_id
        LEFT JOIN contributions_order o ON o.id = p.order_id
        LEFT JOIN (SELECT payment_id, sum(contribution_rupiah + penalty_rupiah) AS placed
            FROM contributions_allocation GROUP BY 1) a ON a.payment_id = p.id
        WHERE e.id IS NULL OR (p.bill_id IS NOT NULL AND (a.placed IS NOT NULL OR b.payment_id IS DISTINCT FROM p.id))
           OR p.amount_rupiah <> p.credited_rupiah
              + coalesce(b.amount_rupiah + p.penalty_rupiah, o.amount_rupiah, a.placed, 0)
    """,
    "what a bill says was paid of it is what payments and credit paid": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN contributions_payment p ON p.bill_id = b.id
        LEFT JOIN (SELECT bill_id, sum(contribution_rupiah) AS contribution, sum(penalty_rupiah) AS penalty
            FROM contributions_allocation GROUP BY 1) a ON a.bill_id = b.id
        WHERE b.amount_rupiah > 0 AND (
              b.contribution_paid_rupiah <> coalesce(a.contribution, p.amount_rupiah - p.penalty_rupiah, 0)
           OR b.penalty_paid_rupiah <> coalesce(a.penalty, p.penalty_rupiah, 0))
           OR (b.paid_at IS NOT NULL) <> (b.contribution_paid_rupiah = b.amount_rupiah)
           OR b.contribution_paid_rupiah NOT BETWEEN least(b.amount_rupiah, 0) AND greatest(b.amount_rupiah, 0)
           OR (b.voided_at IS NOT NULL AND b.contribution_paid_rupiah + b.penalty_paid_rupiah <> 0)
    """,
    "every bill that still waits has one open number for what is left, its own or a joint one, and no other has": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN (
            SELECT bill_id, customer_no, contribution_rupiah, penalty_rupiah FROM contributions_virtualaccount
                WHERE closed_at IS NULL
            UNION ALL SELECT j.bill_id, v.customer_no, j.contribution_rupiah, j.penalty_rupiah
                FROM contributions_joinedbill j JOIN contributions_virtualaccount v ON v.customer_no = j.customer_no
                WHERE v.closed_at IS NULL) v ON v.bill_id = b.id
        WHERE (v.customer_no IS NOT NULL) <> (b.voided_at IS NULL AND (b.contribution_paid_rupiah < b.amount_rupiah
                  OR b.penalty_paid_rupiah < b.penalty_rupiah))
           OR v.contribution_rupiah <> b.amount_rupiah - b.contribution_paid_rupiah
           OR v.penalty_rupiah <> b.penalty_rupiah - b.penalty_paid_rupiah
        GROUP BY b.id
        UNION ALL SELECT bill_id FROM (
            SELECT bill_id FROM contributions_virtualaccount WHERE closed_at IS NULL
            UNION ALL SELECT j.bill_id FROM contributions_joinedbill j
                JOIN contributions_virtualaccount v ON v.customer_no = j.customer_no AND v.closed_at IS NULL) o
        WHERE bill_id IS NOT NULL GROUP BY bill_id HAVING count(*) > 1
    """,
    "a joint number is the sum of what it asks of its firm's bills, and was paid for all of them or none": """
        SELECT v.customer_no FROM contributions_virtualaccount v
        LEFT JOIN (SELECT j.customer_no, count(*) AS bills, sum(j.contribution_rupiah) AS contribution,
                sum(j.penalty_rupiah) AS penalty, min(b.employer_id) AS first, max(b.employer_id) AS last
            FROM contributions_joinedbill j LEFT JOIN contributions_bill b ON b.id = j.bill_id GROUP BY 1) j
            ON j.customer_no = v.customer_no
        LEFT JOIN contributions_payment p ON p.customer_no = v.customer_no
        WHERE v.employer_id IS NOT NULL AND ((v.contribution_rupiah, v.penalty_rupiah, v.employer_id, v.employer_id)
              IS DISTINCT FROM (j.contribution, j.penalty, j.first, j.last) OR j.bills < 2
           OR p.amount_rupiah <> v.contribution_rupiah + v.penalty_rupiah - v.credit_rupiah
           OR (p.id IS NOT NULL AND (v.closed_at IS NULL OR EXISTS (SELECT 1 FROM contributions_joinedbill x
                JOIN contributions_bill b ON b.id = x.bill_id WHERE x.customer_no = v.customer_no
                AND (b.contribution_paid_rupiah < b.amount_rupiah OR b.penalty_paid_rupiah < b.penalty_rupiah)))))
        UNION ALL SELECT j.customer_no FROM contributions_joinedbill j
        LEFT JOIN contributions_virtualaccount v ON v.customer_no = j.customer_no AND v.employer_id IS NOT NULL
        WHERE v.customer_no IS NULL
    """,
    "shares are of bills paid in parts alone, and add up to what was paid": """
        SELECT b.id FROM contributions_bill b
        LEFT JOIN (SELECT bill_id, sum(jht_employer + jht_worker + jp_employer + jp_worker + jkk + jkm) AS paid
            FROM contributions_lineshare GROUP BY 1) s ON s.bill_id = b.id
        WHERE b.split <> (s.paid IS NOT NULL) OR s.paid <> b.contribution_paid_rupiah
    """,
    "nobody's share of a line is more than the line, and all of it once the month is paid": """
        SELECT l.person_id, l.bill_id FROM contributions_billline l
        JOIN contributions_bill b ON b.id = l.bill_id AND b.split
        LEFT JOIN (SELECT person_id, bill_id, sum(jht_employer) AS a, sum(jht_worker) AS b, sum(jp_employer) AS c,
                sum(jp_worker) AS d, sum(jkk) AS e, sum(jkm) AS f, sum(jkp_from_jkk) AS g, sum(jkp_from_jkm) AS h
            FROM contributions_lineshare GROUP BY 1, 2) s ON s.person_id = l.person_id AND s.bill_id = l.bill_id
        WHERE s.person_id IS NULL OR s.a > l.jht_employer OR s.b > l.jht_worker OR s.c > l.jp_employer
           OR s.d > l.jp_worker OR s.e > l.jkk OR s.f > l.jkm OR s.g > l.jkp_from_jkk OR s.h > l.jkp_from_jkm
           OR (b.paid_at IS NOT NULL AND (s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.h) IS DISTINCT FROM (l.jht_employer,
               l.jht_worker, l.jp_employer, l.jp_worker, l.jkk, l.jkm, l.jkp_from_jkk, l.jkp_from_jkm))
    """,
    "what an employer owes in the ledger is what its bills still ask": """
        SELECT coalesce(l.account_no, b.account_no) AS account_no FROM (
            SELECT account_no, sum(amount_rupiah) AS owed FROM ledger_line
            WHERE holder_id = 0 AND account_no / 1000000000000 = 120 GROUP BY 1) l
        FULL JOIN (SELECT 120000000000000 + employer_id AS account_no,
                sum(greatest(amount_rupiah, 0) - greatest(contribution_paid_rupiah, 0)
                    + penalty_rupiah - penalty_paid_rupiah) AS owed
            FROM contributions_bill WHERE voided_at IS NULL GROUP BY 1) b ON b.account_no = l.account_no
        WHERE coalesce(-l.owed, 0) <> coalesce(b.owed, 0)
    """,
    "an employer's credit is what came over and back, less what it paid and asked for; promises are covered": """
        SELECT employer_id FROM (SELECT employer_id, sum(credited) AS credited FROM (
                SELECT employer_id, credited_rupiah AS credited FROM contributions_payment
                UNION ALL SELECT employer_id, -least(amount_rupiah, 0) FROM contributions_bill
                UNION ALL SELECT j.employer_id, a.credit_rupiah FROM contributions_projectaddendum a
                    JOIN contributions_project j ON j.id = a.project_id
                UNION ALL SELECT j.employer_id, w.credit_rupiah FROM contributions_projectwagelist w
                    JOIN contributions_project j ON j.id = w.project_id
                UNION ALL SELECT employer_id, -amount_rupiah FROM contributions_refund
                    WHERE state IN ('asked', 'approved', 'sent')
                UNION ALL SELECT b.employer_id, -a.contribution_rupiah - a.penalty_rupiah
                    FROM contributions_allocation a JOIN contributions_bill b ON b.id = a.bill_id
                    WHERE a.payment_id IS NULL) moved GROUP BY 1) c
        LEFT JOIN (SELECT account_no - 220000000000000 AS firm, sum(amount_rupiah) AS held FROM ledger_line
            WHERE holder_id = 0 AND account_no / 1000000000000 = 220 GROUP BY 1) l ON l.firm = c.employer_id
        LEFT JOIN (SELECT coalesce(b.employer_id, v.employer_id) AS firm, sum(v.credit_rupiah) AS promised
            FROM contributions_virtualaccount v LEFT JOIN contributions_bill b ON b.id = v.bill_id
            WHERE v.closed_at IS NULL AND v.order_id IS NULL GROUP BY 1) v
            ON v.firm = c.employer_id
        WHERE c.credited <> coalesce(l.held, 0) OR c.credited < coalesce(v.promised, 0)
    """,
    "a member's JHT is the sum of his paid months and of their development": """
        SELECT coalesce(k.person_id, j.holder_id) AS person_id FROM (
            SELECT person_id, account_no, sum(rupiah) AS rupiah FROM (
                SELECT l.person_id, l.membership_id * 10 + 1 AS account_no, l.jht_employer + l.jht_worker AS rupiah
                FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id
                WHERE b.paid_at IS NOT NULL AND NOT b.split AND l.jht_employer + l.jht_worker <> 0
                UNION ALL
                SELECT person_id, membership_id * 10 + 1, jht_employer + jht_worker
                FROM contributions_lineshare WHERE jht_employer + jht_worker <> 0
                UNION ALL
                SELECT person_id, membership_id * 10 + 1, jht FROM contributions_orderline WHERE paid AND jht <> 0
                UNION ALL
                SELECT l.holder_id, l.account_no, l.amount_rupiah
                FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
                WHERE e.kind = 'development' AND l.holder_id <> 0) parts
            GROUP BY 1, 2) k
        FULL JOIN ledger_balance j ON j.holder_id = k.person_id AND j.account_no = k.account_no
        WHERE k.rupiah IS DISTINCT FROM j.balance_rupiah
    """,
    **CREDITING,
    **ORDERS,
    **REFUNDS,
}
