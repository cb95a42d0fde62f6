"""Queries over complaints and follow-ups that must return nothing."""

from lindung.compliance.workflow import STATES

_WAITING = ", ".join(f"('{state}', '{waiting.owner}')" for state, waiting in STATES.items() if waiting)
_KNOWN = ", ".join(f"'{state}'" for state in STATES)

CHECKS = {
    "every open complaint waits for whom its state says, until a day": f"""
        SELECT id FROM compliance_complaint
        WHERE state NOT IN ({_KNOWN}) OR (closed_at IS NULL AND (due_on IS NULL OR (state, owner) NOT IN ({_WAITING})))
    """,
    "a complaint stands where its last step led": """
        SELECT c.id FROM compliance_complaint c
        LEFT JOIN LATERAL (SELECT state, due_on, happened_at FROM compliance_complaintstep
            WHERE complaint_id = c.id ORDER BY id DESC LIMIT 1) s ON true
        WHERE (c.state, c.due_on, c.moved_at) IS DISTINCT FROM (s.state, s.due_on, s.happened_at)
    """,
    "work that an officer ended stands as his complaint says, which is closed by it": """
        WITH ended AS MATERIALIZED (
            SELECT c.id, c.person_id, c.employment_id, c.kind, c.state, s.by, s.until_on, s.happened_at
            FROM compliance_complaint c JOIN compliance_complaintstep s ON s.complaint_id = c.id WHERE s.move = 'end')
        SELECT c.id FROM ended c
        JOIN registry_employment e ON e.person_id = c.person_id AND e.id = coalesce(c.employment_id, e.id)
        WHERE (c.kind, c.state, c.by, c.until_on, c.happened_at)
            IS DISTINCT FROM ('exit_unreported', 'closed', 'agency', e.until_on, e.exit_reported_at)
    """,
    "every paper of a complaint is kept": """
        SELECT c.id FROM compliance_complaint c LEFT JOIN evidence_paper p ON p.id = c.paper_id
        WHERE c.paper_id IS NOT NULL AND p.id IS NULL
    """,
    "every reminder of a bill is of its own firm and month": """
        SELECT r.id FROM compliance_reminder r LEFT JOIN contributions_bill b ON b.id = r.bill_id
        WHERE r.bill_id IS NOT NULL AND (b.employer_id, b.period) IS DISTINCT FROM (r.employer_id, r.period)
    """,
}
