"""A worker killed in the middle of a file: nothing half done, and the next one finishes it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from lindung.contributions.models import Bill, BillLine
from lindung.registry.models import Enrolment, EnrolmentBatch
from lindung.uploads import services
from tests import builders
from tests.builders import Firm
from tests.contributions.listed_projects import listed_project, project_of
from tests.uploads import files, people
from tests.uploads.sending import CLERK, NOVEMBER, receive, view, worker_csv

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]

# The process does the work up to the last write inside its transaction, says so, and waits to be killed.
SCRIPT = """
import sys, time
from datetime import datetime
import django
django.setup()
from lindung.uploads import agreeing, services
def reached(**given):
    print("reached", flush=True)
    time.sleep(60)
agreeing.trail.record = reached
getattr(services, sys.argv[1])(upload_id=int(sys.argv[2]), now=datetime.fromisoformat(sys.argv[3]))
"""


def kill_in_the_middle(service: str, upload_id: int, now: datetime) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, service, str(upload_id), now.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        with worker.stdout:
            assert worker.stdout.readline() == "reached\n"
    finally:
        worker.kill()
        worker.wait()


@pytest.fixture
def firm(committed_db: None, now: datetime) -> Firm:
    return builders.firm(now=now, workers=3)


def ready_to_check(firm: Firm, now: datetime) -> int:
    return receive(firm, files.csv_file(files.grid(files.wage_rows(firm))), now)


def ready_to_book(firm: Firm, now: datetime) -> int:
    upload_id = ready_to_check(firm, now)
    services.check_upload(upload_id=upload_id, now=now)
    services.confirm_upload(actor=CLERK, upload_id=upload_id, now=now)
    return upload_id


def new_workers_to_check(firm: Firm, now: datetime) -> int:
    content = worker_csv(people.new_workers(3))
    return receive(firm, content, now, name="baru.csv", period=NOVEMBER, kind="new_workers")


def new_workers_to_book(firm: Firm, now: datetime) -> int:
    upload_id = new_workers_to_check(firm, now)
    services.check_upload(upload_id=upload_id, now=now)
    services.confirm_upload(actor=CLERK, upload_id=upload_id, now=now)
    return upload_id


@pytest.mark.parametrize(
    ("ready", "service", "before", "after"),
    [
        (new_workers_to_check, "check_upload", "received", "checked"),
        (new_workers_to_book, "book_upload", "confirmed", "booked"),
    ],
)
def test_new_workers_of_a_killed_job_are_enrolled_once_by_the_next(
    firm: Firm, now: datetime, ready: Callable[[Firm, datetime], int], service: str, before: str, after: str
) -> None:
    upload_id = ready(firm, now)
    kill_in_the_middle(service, upload_id, now)
    assert view(firm, upload_id).state == before
    assert EnrolmentBatch.objects.filter(upload_id=upload_id).count() == 0
    getattr(services, service)(upload_id=upload_id, now=now)
    getattr(services, service)(upload_id=upload_id, now=now)
    assert view(firm, upload_id).state == after
    batches = EnrolmentBatch.objects.filter(upload_id=upload_id).count()
    rows = Enrolment.objects.filter(employer_id=firm.id).count()
    assert (batches, rows) == ((1, 3) if after == "booked" else (0, 0))


def test_a_list_of_a_projects_wages_that_was_killed_is_booked_once_by_the_next(firm: Firm, now: datetime) -> None:
    project_id = listed_project(firm.id, now)
    content = files.csv_file([["NAMA", "UPAH"], ["Siti Contoh", "3000000"]])
    upload_id = receive(firm, content, now, name="proyek.csv", kind="project_wages", project_id=project_id)
    services.check_upload(upload_id=upload_id, now=now)
    services.confirm_upload(actor=CLERK, upload_id=upload_id, now=now)
    kill_in_the_middle("book_upload", upload_id, now)
    assert (view(firm, upload_id).state, project_of(firm, project_id).lists) == ("confirmed", ())
    services.book_upload(upload_id=upload_id, now=now)
    services.book_upload(upload_id=upload_id, now=now)
    found = project_of(firm, project_id)
    assert [(listed.upload_id, listed.amount_rupiah) for listed in found.lists] == [(upload_id, 61_200)]
    assert [stage.amount_rupiah for stage in found.stages] == [61_200]


@pytest.mark.parametrize(
    ("ready", "service", "before", "after"),
    [
        (ready_to_check, "check_upload", "received", "checked"),
        (ready_to_book, "book_upload", "confirmed", "booked"),
    ],
)
def test_a_job_killed_before_its_commit_did_nothing_and_is_done_by_the_next(
    firm: Firm, now: datetime, ready: Callable[[Firm, datetime], int], service: str, before: str, after: str
) -> None:
    upload_id = ready(firm, now)
    kill_in_the_middle(service, upload_id, now)
    assert view(firm, upload_id).state == before
    assert Bill.objects.filter(employer_id=firm.id).count() == 0
    getattr(services, service)(upload_id=upload_id, now=now)
    getattr(services, service)(upload_id=upload_id, now=now)
    assert view(firm, upload_id).state == after
    bills = Bill.objects.filter(employer_id=firm.id).count()
    lines = BillLine.objects.filter(employer_id=firm.id).count()
    assert (bills, lines) == ((1, 3) if after == "booked" else (0, 0))
