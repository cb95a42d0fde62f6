"""The job of a batch: called by name, with pauses that grow and an end."""

from datetime import datetime
from unittest.mock import Mock

import pytest
from procrastinate.contrib.django import app
from procrastinate.retry import BaseRetryStrategy

from lindung.contact.services import StillWaiting
from lindung.contact.tasks import MOST_RUNS, LongerEachTime, deliver_batches
from tests.contact.carriers import World
from tests.contact.people import somebody, states, tell_all


def pause_seconds(runs_before: int) -> float | None:
    decision = LongerEachTime().get_retry_decision(
        exception=StillWaiting(1, runs_before + 1), job=Mock(attempts=runs_before)
    )
    if decision is None:
        return None
    assert decision.retry_at is not None
    return (decision.retry_at - datetime.now(decision.retry_at.tzinfo)).total_seconds()


def test_pauses_grow_from_seconds_to_half_an_hour() -> None:
    pauses = [pause_seconds(runs) or 0 for runs in range(5)]
    for pause, middle in zip(pauses, (10, 60, 360, 2160, 2160), strict=True):
        assert 0.75 * middle <= pause <= 1.25 * middle


def test_there_is_an_end_to_trying() -> None:
    assert pause_seconds(MOST_RUNS) is None


@pytest.mark.django_db
def test_the_job_delivers_its_batch(world: World, now: datetime) -> None:
    person = somebody(now)
    batch = tell_all([person], now)
    deliver_batches(batch)
    assert states(batch) == {person.id: "sent"}


def test_the_queue_knows_the_task_by_the_name_it_is_called_by() -> None:
    task = app.tasks["lindung.contact.deliver_batches"]
    assert task.queue == "messages"
    assert isinstance(task.retry_strategy, BaseRetryStrategy)
