"""Queries over orders and projects that must return nothing."""

CHECKS = {
    "every member's order is the sum of its months, part by part, all on its own card": """
        SELECT o.id FROM contributions_order o
        LEFT JOIN (SELECT order_id, person_id, membership_id, count(*) AS lines, sum(jht) AS a, sum(jkk) AS b,
                sum(jkm) AS c, sum(jkk_jkm) AS d, min(period) AS first, bool_or(paid) AS paid,
                bool_and(paid) AS all_paid
            FROM contributions_orderline GROUP BY 1, 2, 3) l ON l.order_id = o.id
        WHERE o.person_id IS NOT NULL AND (
              (o.person_id, o.membership_id, o.jht, o.jkk, o.jkm, o.jkk_jkm)
                IS DISTINCT FROM (l.person_id, l.membership_id, l.a, l.b, l.c, l.d)
           OR l.first <> date_trunc('month', o.from_on)
           OR (o.kind = 'own_account' AND l.lines <> o.months) OR (o.kind = 'migrant' AND l.lines <> 1)
           OR l.paid <> (o.paid_at IS NOT NULL) OR l.all_paid <> l.paid)
           OR (o.person_id IS NULL AND l.order_id IS NOT NULL)
    """,
    "every month of an order belongs to one": """
        SELECT l.person_id, l.order_id FROM contributions_orderline l
        LEFT JOIN contributions_order o ON o.id = l.order_id AND o.person_id = l.person_id WHERE o.id IS NULL
    """,
    "every member's order stands on a card of the same person and of its segment": """
        SELECT o.id FROM contributions_order o
        LEFT JOIN registry_membership m ON m.person_id = o.person_id AND m.id = o.membership_id
            AND m.segment = CASE o.kind WHEN 'own_account' THEN 'BPU' ELSE 'PMI' END
        WHERE o.person_id IS NOT NULL AND m.id IS NULL
    """,
    "an order is paid by the one payment that names it, and its entry holds the same money": """
        SELECT coalesce(o.id, p.order_id) AS order_id
        FROM (SELECT * FROM contributions_order WHERE paid_at IS NOT NULL) o
        FULL JOIN (SELECT * FROM contributions_payment WHERE order_id IS NOT NULL) p ON p.order_id = o.id
        LEFT JOIN ledger_entry e ON e.key = 'payment:' || p.id
        WHERE o.id IS NULL OR p.id IS NULL OR o.payment_id <> p.id OR o.paid_at <> p.paid_at
           OR p.amount_rupiah <> o.amount_rupiah OR p.employer_id IS DISTINCT FROM o.employer_id
           OR e.id IS NULL OR e.credit_rupiah <> o.amount_rupiah
    """,
    "every order that waits has one open number for all of it, and no other order has one": """
        SELECT o.id FROM contributions_order o
        LEFT JOIN contributions_virtualaccount v ON v.order_id = o.id AND v.closed_at IS NULL
        WHERE (v.customer_no IS NOT NULL) <> (o.paid_at IS NULL AND o.withdrawn_at IS NULL)
           OR v.contribution_rupiah <> o.amount_rupiah
    """,
    "a project is the sum of its stages and of what its addenda moved; each order of a stage asks for that stage": """
        SELECT j.id FROM contributions_project j
        LEFT JOIN (SELECT project_id, sum(jkk) FILTER (WHERE withdrawn_at IS NULL) AS jkk,
                sum(jkm) FILTER (WHERE withdrawn_at IS NULL) AS jkm, count(*) AS stages, max(stage_no) AS last
            FROM contributions_projectstage GROUP BY 1) s ON s.project_id = j.id
        LEFT JOIN (SELECT project_id, sum(jkk_moved) AS jkk_moved, sum(jkm_moved) AS jkm_moved,
                (array_agg(jkk ORDER BY addendum_no DESC))[1] AS jkk,
                (array_agg(jkm ORDER BY addendum_no DESC))[1] AS jkm
            FROM contributions_projectaddendum GROUP BY 1) d ON d.project_id = j.id
        WHERE NOT j.by_wages AND (coalesce(d.jkk, j.jkk), coalesce(d.jkm, j.jkm)) IS DISTINCT FROM
              (coalesce(s.jkk, 0) + coalesce(d.jkk_moved, 0), coalesce(s.jkm, 0) + coalesce(d.jkm_moved, 0))
           OR s.stages <> s.last
        UNION ALL
        SELECT o.project_id FROM contributions_order o
        LEFT JOIN contributions_project j ON j.id = o.project_id AND j.employer_id = o.employer_id
        LEFT JOIN contributions_projectstage s ON s.project_id = o.project_id AND s.stage_no = o.stage_no
            AND (s.jkk, s.jkm) = (o.jkk, o.jkm)
        WHERE o.project_id IS NOT NULL AND (j.id IS NULL OR s.project_id IS NULL
            OR (s.withdrawn_at IS NOT NULL AND o.withdrawn_at IS NULL))
    """,
    "a month of listed wages is the sum of its stages and of what its corrections moved": """
        SELECT coalesce(l.project_id, s.project_id) AS project_id, coalesce(l.period, s.period) AS period
        FROM (SELECT project_id, period, (array_agg(jkk ORDER BY revision DESC))[1] AS jkk,
                (array_agg(jkm ORDER BY revision DESC))[1] AS jkm, sum(jkk_moved) AS jkk_moved,
                sum(jkm_moved) AS jkm_moved, count(*) AS lists, max(revision) AS last
            FROM contributions_projectwagelist GROUP BY 1, 2) l
        FULL JOIN (SELECT project_id, period, coalesce(sum(jkk) FILTER (WHERE withdrawn_at IS NULL), 0) AS jkk,
                coalesce(sum(jkm) FILTER (WHERE withdrawn_at IS NULL), 0) AS jkm
            FROM contributions_projectstage WHERE period IS NOT NULL GROUP BY 1, 2) s
            ON s.project_id = l.project_id AND s.period = l.period
        WHERE l.project_id IS NULL OR l.lists <> l.last
           OR (l.jkk, l.jkm) IS DISTINCT FROM (coalesce(s.jkk, 0) + l.jkk_moved, coalesce(s.jkm, 0) + l.jkm_moved)
    """,
    "a list of wages is the sum of its lines, and every line belongs to one": """
        SELECT l.id FROM contributions_projectwagelist l
        LEFT JOIN (SELECT list_id, count(*) AS workers, sum(wage_rupiah) AS wage, sum(jkk) AS jkk, sum(jkm) AS jkm
            FROM contributions_projectwageline GROUP BY 1) w ON w.list_id = l.id
        WHERE (l.worker_count, l.wage_rupiah, l.jkk, l.jkm) IS DISTINCT FROM
              (coalesce(w.workers, 0), coalesce(w.wage, 0), coalesce(w.jkk, 0), coalesce(w.jkm, 0))
        UNION ALL
        SELECT w.id FROM contributions_projectwageline w
        LEFT JOIN contributions_projectwagelist l ON l.id = w.list_id WHERE l.id IS NULL
    """,
    "wages are listed of projects that pay by them, of months in which they run, and no other stage is a month's": """
        SELECT l.project_id FROM contributions_projectwagelist l
        LEFT JOIN contributions_project j ON j.id = l.project_id AND j.by_wages
        WHERE j.id IS NULL OR l.period < date_trunc('month', j.from_on) OR l.period >= j.until_on
        UNION ALL
        SELECT s.project_id FROM contributions_projectstage s
        LEFT JOIN contributions_project j ON j.id = s.project_id
        WHERE j.id IS NULL OR j.by_wages <> (s.period IS NOT NULL)
    """,
    "what a corrected list moved of paid money is its entry in the ledger": """
        SELECT l.id FROM contributions_projectwagelist l
        LEFT JOIN ledger_entry e ON e.key = 'wage_list:' || l.id
        WHERE (l.jkk_moved = 0 AND l.jkm_moved = 0) <> (e.id IS NULL)
           OR e.credit_rupiah <> l.credit_rupiah + greatest(l.jkk_moved, 0) + greatest(l.jkm_moved, 0)
    """,
    "what an addendum moved of paid money is its entry in the ledger": """
        SELECT a.id FROM contributions_projectaddendum a
        LEFT JOIN contributions_project j ON j.id = a.project_id
        LEFT JOIN ledger_entry e ON e.key = 'addendum:' || a.id
        WHERE j.id IS NULL OR (a.jkk_moved = 0 AND a.jkm_moved = 0) <> (e.id IS NULL)
           OR e.credit_rupiah <> a.credit_rupiah + greatest(a.jkk_moved, 0) + greatest(a.jkm_moved, 0)
    """,
}
