"""The jobs of this room: called by name, with a registry of their own, and none left undone."""

from datetime import datetime
from typing import Any

import pytest
from procrastinate.contrib.django import app

from lindung.lib import clock
from lindung.registry import tasks
from tests.registry.makers import employer, many, proposal, propose, states
from tests.registry.registries import Registry


class Connected(Registry):
    """A registry that must be hung up."""

    hung_up = False

    def __enter__(self) -> "Connected":
        return self

    def __exit__(self, *error: object) -> None:
        self.hung_up = True


@pytest.mark.django_db
def test_the_job_verifies_its_list_and_hangs_up(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Connected()
    monkeypatch.setattr(tasks, "from_settings", lambda: registry)
    batch = propose(employer(now), [proposal(1)], now).batch_id
    tasks.verify_identities(batch_id=batch)
    assert states(batch) == [(1, "enrolled", "match", "")]
    assert registry.hung_up


@pytest.mark.django_db
def test_a_list_too_long_for_one_turn_goes_to_the_end_of_the_queue(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "from_settings", Connected)
    monkeypatch.setattr(tasks, "_MOST_SLICES", 1)
    batch = propose(employer(now), [proposal(number) for number in range(1, 102)], now).batch_id
    mine = "task_name = 'lindung.registry.verify_identities' AND args->>'batch_id' = %s AND status = 'todo'"
    many(f"DELETE FROM procrastinate_jobs WHERE {mine} RETURNING id", str(batch))
    tasks.verify_identities(batch_id=batch)
    assert len(many(f"SELECT id FROM procrastinate_jobs WHERE {mine}", str(batch))) == 1
    tasks.verify_identities(batch_id=batch)
    assert {state for _, state, _, _ in states(batch)} == {"enrolled"}


@pytest.mark.django_db
def test_a_list_without_a_job_is_queued_by_the_clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    batch = propose(employer(now), [proposal(1)], now).batch_id
    mine = "task_name = 'lindung.registry.verify_identities' AND args->>'batch_id' = %s AND status = 'todo'"
    many(f"DELETE FROM procrastinate_jobs WHERE {mine} RETURNING id", str(batch))
    for _ in range(2):
        tasks.queue_due_batches(0)
        assert len(many(f"SELECT id FROM procrastinate_jobs WHERE {mine}", str(batch))) == 1


def test_the_queue_knows_the_tasks_and_the_clock_calls_one_of_them() -> None:
    assert app.tasks["lindung.registry.verify_identities"].queue == "civil_registry"
    periodic: Any = app.periodic_registry.periodic_tasks
    assert any(task.task.name == "lindung.registry.queue_due_batches" for task in periodic.values())
