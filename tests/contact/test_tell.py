"""Telling many people at once: one statement, one job, once for each fact."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lindung.access.models import TrailEvent
from lindung.contact import services
from lindung.contact.models import Message
from tests.contact.people import new_batch, somebody, tell_all

pytestmark = pytest.mark.django_db


def jobs(cursor: Any, batch: str) -> list[tuple[Any, ...]]:
    cursor.execute("SELECT task_name, lock, args::text FROM procrastinate_jobs WHERE args->>'batch' = %s", [batch])
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def test_everybody_is_told_and_one_job_carries_the_batch_and_nothing_else(now: datetime, db_connection: Any) -> None:
    people = [somebody(now) for _ in range(3)]
    batch = tell_all(people, now)
    messages = Message.objects.filter(batch=batch).order_by("person_id")
    assert [(m.person_id, m.state, m.params["kpj"]) for m in messages] == [(p.id, "queued", p.kpj) for p in people]
    assert jobs(db_connection, batch) == [
        ("lindung.contact.deliver_batches", f"deliver {batch}", json.dumps({"batch": batch}))
    ]


def test_the_same_fact_told_again_adds_nobody_and_no_job(now: datetime, db_connection: Any) -> None:
    people = [somebody(now) for _ in range(2)]
    batch = tell_all(people, now)
    tell_all(people, now, batch=batch)
    assert Message.objects.filter(batch=batch).count() == 2
    assert len(jobs(db_connection, batch)) == 1


def test_the_number_of_statements_does_not_grow_with_the_number_of_people(now: datetime) -> None:
    def statements(count: int) -> int:
        people = [somebody(now, email=False, phone=False) for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            tell_all(people, now)
        return len(captured)

    assert statements(1) == statements(20)


def test_the_trail_says_how_many_were_told_what(now: datetime) -> None:
    batch = new_batch()
    tell_all([somebody(now), somebody(now)], now, batch=batch)
    event = TrailEvent.objects.get(act="persons_told", object_kind="payment", object_id=int(batch.split(":")[1]))
    assert event.detail == {"kind": "contribution_received", "persons": 2}


def test_a_kind_that_has_no_words_cannot_be_told(now: datetime) -> None:
    with pytest.raises(KeyError):
        services.tell(batch=new_batch(), kind="gossip", rows_sql="SELECT 1::bigint, '{}'::jsonb", params=[], now=now)
