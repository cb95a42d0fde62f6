"""Queries over uploads that must return nothing."""

CHECKS = {
    "every booked upload has one bill of its firm and month, and no bill names an upload that is not booked": """
        SELECT coalesce(u.id, b.upload_id) AS upload_id
        FROM (SELECT * FROM uploads_upload WHERE state = 'booked' OR bill_id IS NOT NULL) u
        FULL JOIN (SELECT * FROM contributions_bill WHERE upload_id IS NOT NULL) b ON b.upload_id = u.id
        WHERE u.id IS NULL OR b.id IS NULL OR u.state <> 'booked' OR u.bill_id <> b.id
           OR (u.employer_id, u.period) <> (b.employer_id, b.period)
    """,
    "every settled upload says when, every refused one why": """
        SELECT id FROM uploads_upload
        WHERE (state IN ('booked', 'refused', 'cancelled')) <> (settled_at IS NOT NULL)
           OR (state = 'refused') <> (refusal <> '')
    """,
}
