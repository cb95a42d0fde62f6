"""Members told of what became of their complaints; firms of an exit that is claimed, or that an officer wrote down."""

from datetime import datetime, timedelta

from lindung.access.permissions import EVERYTHING_IN_A_FIRM
from lindung.compliance.models import Complaint, ComplaintStep
from lindung.compliance.words import number_of
from lindung.contact.services import tell
from lindung.contact.users import tell_users


def tell_member(step: ComplaintStep, complaint: Complaint, *, kind: str, now: datetime) -> None:
    """Tell the member of one step; ``kind`` is one of the catalogue. No word of anybody's goes into the message.

    ``period`` is empty where the complaint is about an exit and not about a month.
    """
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
            f"{complaint.period:%Y-%m}" if complaint.employment_id is None else "",
            complaint.due_on.isoformat() if complaint.due_on else "",
            complaint.employer_id,
        ],
        now=now,
    )


def tell_firm_of_claim(complaint: Complaint, employer_name: str, *, now: datetime) -> None:
    """Tell whoever does a firm's work that somebody says he has left, and until when the firm may object. No name."""
    tell_users(
        batch=f"complaint:{complaint.pk}",
        kind="exit_claimed",
        roles=EVERYTHING_IN_A_FIRM,
        scope_id=complaint.employer_id,
        facts={
            "number": number_of(complaint.pk, complaint.opened_at),
            "employer": employer_name,
            "due_on": complaint.due_on.isoformat() if complaint.due_on else "",
        },
        now=now,
    )


def tell_of_end(step: ComplaintStep, complaint: Complaint, employer_name: str, *, now: datetime) -> None:
    """Tell the member and his firm that an officer ended the work, and of which day was the last."""
    if step.until_on is None:
        raise ValueError(step.pk)
    number = number_of(complaint.pk, complaint.opened_at)
    last_on = (step.until_on - timedelta(days=1)).isoformat()
    batch = f"complaint-step:{step.pk}"
    tell(
        batch=batch,
        kind="exit_ended",
        rows_sql=(
            "SELECT %s::bigint, jsonb_build_object('number', %s::text, 'employer', f.name, 'last_on', %s::text)"
            " FROM registry_employer f WHERE f.id = %s"
        ),
        params=[complaint.person_id, number, last_on, complaint.employer_id],
        now=now,
    )
    tell_users(
        batch=batch,
        kind="exit_ended_at_firm",
        roles=EVERYTHING_IN_A_FIRM,
        scope_id=complaint.employer_id,
        facts={"number": number, "employer": employer_name, "last_on": last_on},
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
