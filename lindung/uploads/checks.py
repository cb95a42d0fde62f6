"""Queries over uploads that must return nothing."""

CHECKS = {
    "every booked month has one bill of its firm and month, and no bill names an upload that is not booked": """
        SELECT coalesce(u.id, b.upload_id) AS upload_id
        FROM (
            SELECT * FROM uploads_upload
            WHERE (state = 'booked' AND kind = 'wage_report') OR bill_id IS NOT NULL
        ) u
        FULL JOIN (
            SELECT * FROM contributions_bill
            WHERE upload_id IS NOT NULL
              AND upload_id NOT IN (SELECT id FROM uploads_upload WHERE kind = 'wage_correction')
        ) b ON b.upload_id = u.id
        WHERE u.id IS NULL OR b.id IS NULL OR u.state <> 'booked' OR u.bill_id <> b.id
           OR (u.employer_id, u.period) <> (b.employer_id, b.period)
    """,
    "every booked correction has one bill of its firm for each month that it moved, and for no other": """
        SELECT coalesce(u.id, b.upload_id) AS upload_id
        FROM (
            SELECT id, employer_id, (month->>'period')::date AS period
            FROM uploads_upload, jsonb_array_elements(summary->'months') AS month
            WHERE kind = 'wage_correction' AND state = 'booked'
              AND (month->>'more_rupiah')::bigint + (month->>'less_rupiah')::bigint > 0
        ) u
        FULL JOIN (
            SELECT * FROM contributions_bill
            WHERE upload_id IN (SELECT id FROM uploads_upload WHERE kind = 'wage_correction')
        ) b ON b.upload_id = u.id AND b.period = u.period
        WHERE u.id IS NULL OR b.id IS NULL OR u.employer_id <> b.employer_id
    """,
    "every booked file of new workers has one batch of its firm, and no batch names a file that is not booked": """
        SELECT coalesce(u.id, b.upload_id) AS upload_id
        FROM (
            SELECT * FROM uploads_upload WHERE state = 'booked' AND kind IN ('new_workers', 'continuing_workers')
        ) u
        FULL JOIN (SELECT * FROM registry_enrolmentbatch WHERE upload_id IS NOT NULL) b ON b.upload_id = u.id
        WHERE u.id IS NULL OR b.id IS NULL OR u.employer_id <> b.employer_id
           OR (u.summary->>'batch_id')::bigint IS DISTINCT FROM b.id
    """,
    "every booked list of a project's wages is the one that names it, of its project and month": """
        SELECT coalesce(u.id, l.upload_id) AS upload_id
        FROM (SELECT * FROM uploads_upload WHERE state = 'booked' AND kind = 'project_wages') u
        FULL JOIN (SELECT * FROM contributions_projectwagelist WHERE upload_id IS NOT NULL) l ON l.upload_id = u.id
        WHERE u.id IS NULL OR l.id IS NULL OR l.project_id <> u.project_id OR l.period <> u.period
    """,
    "every settled upload says when, every refused one why": """
        SELECT id FROM uploads_upload
        WHERE (state IN ('booked', 'refused', 'cancelled', 'replaced')) <> (settled_at IS NOT NULL)
           OR (state = 'refused') <> (refusal <> '')
    """,
    "every upload that was replaced names a later one of its firm, kind and month": """
        SELECT old.id FROM uploads_upload old
        LEFT JOIN uploads_upload new ON new.id = (old.summary->>'replaced_by')::bigint AND new.id > old.id
         AND (new.employer_id, new.kind, new.period) = (old.employer_id, old.kind, old.period)
         AND new.project_id IS NOT DISTINCT FROM old.project_id
        WHERE old.state = 'replaced' AND new.id IS NULL
    """,
}
