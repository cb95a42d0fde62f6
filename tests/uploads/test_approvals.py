"""A second person's yes: killed in the middle it waits or is done; two at once are one."""

import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connections

from lindung.access import firm_users
from lindung.access import services as access
from lindung.access.models import Grant
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.models import Bill
from lindung.uploads import approvals, services
from lindung.uploads.approvals import OwnWork
from lindung.uploads.models import Approval, Upload
from tests import builders
from tests.channels.employer.desk import wage_file
from tests.uploads.sending import NOVEMBER, send

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys, time
from datetime import datetime
import django
django.setup()
from lindung.access.trail import Actor
from lindung.uploads import agreeing, approvals
def reached(**given):
    print("reached", flush=True)
    time.sleep(60)
agreeing.trail.record = reached
approvals.approve_upload(
    actor=Actor("account", int(sys.argv[1])), upload_id=int(sys.argv[2]), now=datetime.fromisoformat(sys.argv[3])
)
"""


def person(firm: builders.Firm, name: str, now: datetime) -> Actor:
    link = access.invite(
        actor=SYSTEM,
        display_name=name,
        names={"email": f"{name}{firm.id}@contoh.example"},
        role="hr",
        scope_id=firm.id,
        now=now,
    )
    return Actor("account", link.account_id)


def waiting(now: datetime) -> tuple[builders.Firm, int, Actor, Actor]:
    """A month that one has proposed, and another who may answer."""
    firm = builders.firm(now=now)
    one, other = person(firm, "satu", now), person(firm, "dua", now)
    firm_users.need_two_persons(actor=one, employer_id=firm.id, now=now)
    upload_id = send(firm, wage_file(firm), now, period=NOVEMBER).id
    approvals.propose_upload(actor=one, upload_id=upload_id, now=now)
    return firm, upload_id, one, other


def test_killed_in_the_middle_of_a_yes_it_waits_on_and_is_done_once(committed_db: None, now: datetime) -> None:
    firm, upload_id, _one, other = waiting(now)
    killed = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(other.id), str(upload_id), now.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "reached\n"
    finally:
        killed.kill()
        killed.wait()
        killed.stdout.close()
    assert Upload.objects.values_list("state", flat=True).get(pk=upload_id) == "proposed"
    assert Approval.objects.get(upload_id=upload_id).answered_at is None
    approvals.approve_upload(actor=other, upload_id=upload_id, now=now)
    services.book_upload(upload_id=upload_id, now=now)
    approvals.approve_upload(actor=other, upload_id=upload_id, now=now)
    assert Bill.objects.filter(employer_id=firm.id, period=NOVEMBER).count() == 1


def test_approved_and_returned_at_once_is_one_of_the_two(committed_db: None, now: datetime) -> None:
    _firm, upload_id, _one, other = waiting(now)
    start, ends = threading.Barrier(2), []

    def answer(approve: bool) -> None:
        start.wait()
        try:
            if approve:
                approvals.approve_upload(actor=other, upload_id=upload_id, now=now)
            else:
                approvals.return_upload(actor=other, upload_id=upload_id, reason="tidak", now=now)
            ends.append(approve)
        except services.CannotConfirm:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(choice,)) for choice in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ends) == 1
    answered = Approval.objects.get(upload_id=upload_id)
    assert answered.approved is ends[0]
    expected = "confirmed" if ends[0] else "checked"
    assert Upload.objects.values_list("state", flat=True).get(pk=upload_id) == expected


@pytest.mark.django_db
def test_nobody_approves_what_he_proposed_and_one_yes_is_not_enough(now: datetime) -> None:
    firm, upload_id, one, _other = waiting(now)
    with pytest.raises(OwnWork):
        approvals.approve_upload(actor=one, upload_id=upload_id, now=now)
    fresh = send(firm, wage_file(firm, wage="12000000"), now, period=NOVEMBER).id
    with pytest.raises(services.SecondPersonNeeded):
        services.confirm_upload(actor=one, upload_id=fresh, now=now)
    assert Upload.objects.values_list("state", flat=True).get(pk=fresh) == "checked"
    assert Grant.objects.filter(scope_id=firm.id, ended_at=None).count() == 6


@pytest.mark.django_db
def test_a_withdrawn_report_waits_for_nobody(now: datetime) -> None:
    firm, upload_id, one, other = waiting(now)
    services.cancel_upload(actor=one, upload_id=upload_id, now=now)
    assert approvals.waiting_uploads([firm.id]) == []
    with pytest.raises(services.CannotConfirm):
        approvals.approve_upload(actor=other, upload_id=upload_id, now=now)
