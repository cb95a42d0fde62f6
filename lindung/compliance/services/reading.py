"""A complaint shown to an officer, or its paper: personal data, so that the look itself is written down."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.compliance.models import Complaint
from lindung.compliance.queries import ComplaintView, complaint_for_officers
from lindung.compliance.services.refusals import ComplaintNotFound
from lindung.evidence import services as papers


@transaction.atomic
def read_complaint(*, actor: Actor, complaint_id: int, now: datetime) -> ComplaintView:
    """The whole complaint, with the worker's name and words. Raises ``ComplaintNotFound``."""
    view = complaint_for_officers(complaint_id)
    if view is None:
        raise ComplaintNotFound
    trail.record(actor=actor, act="complaint_read", object_kind="complaint", object_id=complaint_id, now=now)
    return view


@transaction.atomic
def read_evidence(*, actor: Actor, complaint_id: int, now: datetime) -> papers.Opened:
    """The paper that the member sent. Raises ``ComplaintNotFound`` where there is none."""
    paper_id = Complaint.objects.filter(pk=complaint_id).values_list("paper_id", flat=True).first()
    if paper_id is None:
        raise ComplaintNotFound
    return papers.read_paper(actor=actor, paper_id=paper_id, now=now)
