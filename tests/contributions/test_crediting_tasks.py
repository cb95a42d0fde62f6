"""Creditings in the background: a job takes some ranges and leaves the rest to the next one."""

import json
from datetime import date, datetime

import pytest

from lindung.contributions import tasks
from lindung.contributions.crediting_queries import crediting_view
from lindung.contributions.models import CreditedRange
from lindung.lib import clock
from tests.contributions.crediting_money import Year, at, balance, got, planned, rows

pytestmark = pytest.mark.django_db
HOLDERS = [7_300_000, 7_300_010, 7_300_020]


@pytest.fixture
def crediting(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Year:
    """Three ranges of one member each, a job of one range, and everything that waits told apart from before."""
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(tasks, "_MOST_RANGES", 1)
    got(dict.fromkeys(HOLDERS, 1_000_000), at(date(2024, 2, 2)))
    return planned(2025, now)


def waiting(task: str) -> list[dict[str, int]]:
    found = rows(
        "SELECT args::text FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s ORDER BY id",
        f"lindung.contributions.{task}",
    )
    return [json.loads(args) for (args,) in found]


def done(crediting: Year) -> int:
    return CreditedRange.objects.filter(crediting_id=crediting.id, range_no__gte=HOLDERS[0] // 10).count()


def test_a_plan_queues_its_rehearsal_and_the_job_keeps_the_totals(crediting: Year) -> None:
    assert {"crediting_id": crediting.id} in waiting("rehearse_creditings")
    tasks.rehearse_creditings(crediting_id=crediting.id)
    view = crediting_view(crediting.id)
    assert view
    assert view.rehearsal
    assert view.rehearsal.totals.amount_rupiah >= 3 * 57_500


def test_a_job_credits_its_share_and_queues_the_rest_once(crediting: Year) -> None:
    crediting.start()
    assert waiting("credit_ranges") == [{"crediting_id": crediting.id}]
    while not done(crediting):
        tasks.credit_ranges(crediting_id=crediting.id)
    assert done(crediting) == 1
    assert waiting("credit_ranges") == [{"crediting_id": crediting.id}], "the next job waits already: one is enough"
    for _ in range(3):
        tasks.credit_ranges(crediting_id=crediting.id)
    view = crediting_view(crediting.id)
    assert view
    assert view.state == "finished"
    assert {balance(holder) for holder in HOLDERS} == {1_057_500}


def test_what_was_started_and_has_no_job_is_queued_again(crediting: Year) -> None:
    crediting.start()
    rows("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo' RETURNING id")
    tasks.resume_creditings(timestamp=0)
    tasks.resume_creditings(timestamp=300)
    assert waiting("credit_ranges") == [{"crediting_id": crediting.id}]
    crediting.credit()
    rows("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo' RETURNING id")
    tasks.resume_creditings(timestamp=600)
    assert waiting("credit_ranges") == []


def test_corrections_go_on_where_the_last_job_stopped(crediting: Year) -> None:
    crediting.start()
    crediting.credit()
    got(dict.fromkeys(HOLDERS, 120_000), at(date(2025, 1, 1)))
    tasks.correct_ranges(crediting_id=crediting.id, from_range=0)
    assert waiting("correct_ranges") == [{"crediting_id": crediting.id, "from_range": HOLDERS[0] // 10 + 1}]
    for holder in HOLDERS:
        tasks.correct_ranges(crediting_id=crediting.id, from_range=holder // 10 + 1)
    assert {balance(holder) for holder in HOLDERS} == {1_120_000 + 64_400}
