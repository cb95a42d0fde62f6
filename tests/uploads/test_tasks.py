"""The background entries: an id in, one service; and an end to trying."""

from datetime import datetime
from typing import Any

import pytest
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from lindung.uploads import services, tasks
from tests import builders
from tests.uploads import files
from tests.uploads.sending import CLERK, receive, view

pytestmark = pytest.mark.django_db


def context(attempts: int) -> JobContext:
    job = Job(id=1, lock=None, queueing_lock=None, task_name="x", queue="bulk", attempts=attempts)
    return JobContext(app=app, job=job, abort_reason=lambda: None, start_timestamp=0)


def test_a_file_goes_through_both_tasks(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.clock, "now", lambda: now)
    firm = builders.firm(now=now)
    upload_id = receive(firm, files.csv_file(files.grid(files.wage_rows(firm))), now)
    tasks.check_uploads(context(0), upload_id=upload_id)
    services.confirm_upload(actor=CLERK, upload_id=upload_id, now=now)
    tasks.book_uploads(context(0), upload_id=upload_id)
    assert view(firm, upload_id).state == "booked"


def test_a_check_that_keeps_failing_ends_with_the_fault_on_our_side(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**given: Any) -> None:
        raise OSError("broken")

    monkeypatch.setattr(services, "check_upload", fails)
    firm = builders.firm(now=now)
    upload_id = receive(firm, files.csv_file(files.grid(files.wage_rows(firm))), now)
    for attempt in range(4):
        with pytest.raises(OSError, match="broken"):
            tasks.check_uploads(context(attempt), upload_id=upload_id)
        assert view(firm, upload_id).state == "received"
    with pytest.raises(OSError, match="broken"):
        tasks.check_uploads(context(4), upload_id=upload_id)
    assert view(firm, upload_id).refusal == "our_fault"


def test_a_file_that_kills_its_workers_is_not_given_to_a_sixth(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def kills(**given: Any) -> None:
        raise AssertionError("was run once more")

    monkeypatch.setattr(services, "check_upload", kills)
    firm = builders.firm(now=now)
    upload_id = receive(firm, files.csv_file(files.grid(files.wage_rows(firm))), now)
    tasks.check_uploads(context(5), upload_id=upload_id)
    assert view(firm, upload_id).refusal == "our_fault"
