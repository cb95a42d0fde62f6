"""Small batches leave together: one job takes many of them, and each that cannot leave goes on by itself."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from lindung.access.models import TrailEvent
from lindung.contact import delivery, services
from lindung.contact.checks import CHECKS
from lindung.contact.models import Message, WaitingBatch
from lindung.contact.services import deliver_batch, deliver_waiting
from tests.conftest import NOW
from tests.contact.carriers import World
from tests.contact.people import Somebody, new_batch, somebody, states

pytestmark = pytest.mark.usefixtures("own_db", "nothing_waits")


@pytest.fixture
def nothing_waits(own_db: None) -> None:
    """What the test before committed is neither told nor worked at any more."""
    WaitingBatch.objects.all().delete()
    Message.objects.filter(state="queued").update(state="parked", settled_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status IN ('todo', 'doing')")


def tell_few(person: Somebody, now: datetime) -> str:
    batch = new_batch()
    services.tell(
        batch=batch,
        kind="contribution_received",
        rows_sql=(
            "SELECT %s::bigint, jsonb_build_object('kpj', %s::text, 'period', '2026-10', 'employer', 'PT Contoh Satu',"
            " 'jht_rupiah', 513000)"
        ),
        params=[person.id, person.kpj],
        now=now,
        few=True,
    )
    return batch


def queued() -> list[tuple[str, str | None]]:
    """Task and batch of every job that waits, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'batch' FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return list(cursor.fetchall())


def unattended() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(CHECKS["every message that waits has a job that will deliver it"])
        return list(cursor.fetchall())


def test_many_small_batches_wait_for_one_job(now: datetime) -> None:
    for _ in range(3):
        tell_few(somebody(now), now)
    assert queued() == [(services.ROUND, None)]
    assert WaitingBatch.objects.count() == 3
    assert unattended() == []


def test_what_is_told_while_a_round_is_under_way_waits_for_another(now: datetime) -> None:
    tell_few(somebody(now), now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
    tell_few(somebody(now), now)
    assert queued() == [(services.ROUND, None)]


def test_a_round_delivers_all_that_waits(world: World, now: datetime) -> None:
    people = [somebody(now) for _ in range(5)]
    batches = [tell_few(person, now) for person in people]
    deliver_waiting(now=now)
    assert [states(batch) for batch in batches] == [{person.id: "sent"} for person in people]
    assert [len(world.mail_to(person.email)) for person in people] == [1] * 5
    assert not WaitingBatch.objects.exists()


def test_the_trail_says_of_each_batch_what_became_of_it(world: World, now: datetime) -> None:
    reached, nowhere = somebody(now), somebody(now, email=False, phone=False)
    batches = [tell_few(person, now) for person in (reached, nowhere)]
    deliver_waiting(now=now)
    details = [
        TrailEvent.objects.get(act="messages_delivered", object_id=int(batch.split(":")[1])).detail for batch in batches
    ]
    assert details == [{"sent": 1}, {"unreachable": 1}]


def test_who_gets_no_answer_is_tried_again_by_a_job_of_his_batch(world: World, now: datetime) -> None:
    silent, well = somebody(now, phone=False), somebody(now, email=False)
    left, gone = tell_few(silent, now), tell_few(well, now)
    world.mail_faults.add("temporary", 1)
    deliver_waiting(now=now)
    assert (states(left), states(gone)) == ({silent.id: "queued"}, {well.id: "sent"})
    assert queued()[1:] == [(services.BATCH_JOB, left)]
    assert unattended() == []
    deliver_batch(batch=left, now=now)
    assert states(left) == {silent.id: "sent"}


def test_a_fault_of_ours_in_a_round_leaves_every_batch_to_a_job_of_its_own(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = [tell_few(somebody(now), now) for _ in range(2)]

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "_pack", broken)
        deliver_waiting(now=now)
    assert queued()[1:] == [(services.BATCH_JOB, batch) for batch in sorted(batches)]
    assert not WaitingBatch.objects.exists()


def test_a_batch_that_somebody_has_in_hand_is_passed_over(world: World, now: datetime) -> None:
    taken, free = somebody(now), somebody(now)
    in_hand, waiting = tell_few(taken, now), tell_few(free, now)
    other = connection.copy("other")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"deliver {in_hand}"])
        deliver_waiting(now=now)
        assert (states(in_hand), states(waiting)) == ({taken.id: "queued"}, {free.id: "sent"})
        assert WaitingBatch.objects.get().batch == in_hand
    finally:
        other.close()


def test_more_batches_than_a_round_takes_leave_in_the_next(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_ROUND_BATCHES", 2)
    people = [somebody(now, phone=False) for _ in range(5)]
    batches = [tell_few(person, now) for person in people]
    deliver_waiting(now=now)
    assert [states(batch) for batch in batches] == [{person.id: "sent"} for person in people]


def test_rounds_come_by_the_clock_too() -> None:
    assert any(task.task.name == services.ROUND for task in app.periodic_registry.periodic_tasks.values())
