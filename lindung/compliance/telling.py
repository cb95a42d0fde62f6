"""Members told of what became of their complaints."""

from datetime import datetime

from lindung.compliance.models import Complaint, ComplaintStep
from lindung.compliance.words import number_of
from lindung.contact.services import tell


def tell_member(step: ComplaintStep, complaint: Complaint, *, kind: str, now: datetime) -> None:
    """Tell the member of one step; ``kind`` is one of the catalogue. No word of anybody's goes into the message."""
    tell(
        batch=f"complaint-step:{step.pk}",
        kind=kind,
        rows_sql=(
            "SELECT %s::bigint, jsonb_build_object('number', %s::text, 'period', %s::text, 'employer', f.name,"
            " 'due_on', %s::text) FROM registry_employer f WHERE f.id = %s"
        ),
        params=[
            complaint.person_id,
            number_of(complaint.pk, complaint.opened_at),
            f"{complaint.period:%Y-%m}",
            complaint.due_on.isoformat() if complaint.due_on else "",
            complaint.employer_id,
        ],
        now=now,
    )


def tell_members_of_run(run_id: int, *, now: datetime) -> int:
    """Tell everybody whose complaint went to the agency because the firm was silent. One statement."""
    return tell(
        batch=f"complaint-run:{run_id}",
        kind="complaint_passed_on",
        rows_sql=(
            # Of two complaints of one person in one run one message names both.
            "SELECT c.person_id, jsonb_build_object('number', string_agg('AD-' ||"
            " to_char(c.opened_at AT TIME ZONE 'Asia/Jakarta', 'YY') || '-' || lpad(c.id::text, 6, '0'), ', '"
            " ORDER BY c.id), 'employer', string_agg(DISTINCT f.name, ', '))"
            " FROM compliance_complaintstep s JOIN compliance_complaint c ON c.id = s.complaint_id"
            " JOIN registry_employer f ON f.id = c.employer_id"
            " WHERE s.run_id = %s AND s.move = 'run_out' GROUP BY c.person_id"
        ),
        params=[run_id],
        now=now,
    )
