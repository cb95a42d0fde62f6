"""The same people in many hands at the same moment. These tests commit to a database of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from lindung.access.trail import SYSTEM
from lindung.registry.services import register_employer, verify_batch, withdraw_enrolment
from tests import builders
from tests.registry.makers import HR, assert_clean, enrolment_of, many, one, proposal, propose
from tests.registry.registries import Registry

pytestmark = pytest.mark.usefixtures("own_db")
PEOPLE = 120


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Every work in a thread and connection of its own, all beginning at the same moment."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        return [future.result() for future in [threads.submit(run, work) for work in works]]


def firm(now: datetime) -> int:
    number = next(builders._numbers)
    return register_employer(
        actor=SYSTEM,
        npp=f"ZR{number}",
        name=f"PT Contoh {number}",
        size="medium",
        jkk_class="II",
        since_on=date(2024, 1, 1),
        now=now,
    )


def people(count: int = PEOPLE) -> list[dict[str, Any]]:
    return [
        proposal(place, nik=builders.nik(number), name=f"Pekerja {number}", email=None, phone=f"+62800{number:09d}")
        for place, number in enumerate((next(builders._numbers) for _ in range(count)), 1)
    ]


def test_two_firms_whose_lists_are_verified_at_once_share_their_people(now: datetime) -> None:
    listed = people()
    firms = [firm(now), firm(now)]
    batches = [
        propose(one_firm, rows, now).batch_id for one_firm, rows in zip(firms, (listed, listed[::-1]), strict=True)
    ]
    at_once([lambda batch=batch: verify_batch(batch_id=batch, registry=Registry(), now=now) for batch in batches])
    rows = many(
        "SELECT count(*), count(DISTINCT person_id), count(DISTINCT membership_id), count(DISTINCT employment_id),"
        " sum(known::int) FROM registry_enrolment WHERE batch_id = ANY(%s) AND state = 'enrolled'",
        batches,
    )
    assert rows == [(2 * PEOPLE, PEOPLE, PEOPLE, 2 * PEOPLE, PEOPLE)]
    told = many(
        "SELECT kind, count(*) FROM contact_message WHERE person_id IN"
        " (SELECT person_id FROM registry_enrolment WHERE batch_id = %s) GROUP BY 1 ORDER BY 1",
        batches[0],
    )
    assert told == [("employment_started", PEOPLE), ("membership_started", PEOPLE)]
    assert_clean()


def test_one_list_sent_by_two_clerks_at_once_waits_once(now: datetime) -> None:
    listed, here = people(), firm(now)
    first, second = at_once([lambda: propose(here, listed, now)] * 2)
    assert first.batch_id != second.batch_id
    assert many(
        "SELECT state, count(*), count(DISTINCT nik_index) FROM registry_enrolment WHERE employer_id = %s"
        " GROUP BY 1 ORDER BY 1",
        here,
    ) == [("waiting", PEOPLE, PEOPLE), ("withdrawn", PEOPLE, PEOPLE)]
    at_once(
        [
            lambda batch=batch: verify_batch(batch_id=batch, registry=Registry(), now=now)
            for batch in (first.batch_id, second.batch_id)
        ]
    )
    assert one("SELECT count(*) FROM registry_employment WHERE employer_id = %s", here) == (PEOPLE,)
    assert_clean()


def test_one_upload_booked_by_two_workers_at_once_is_one_list(now: datetime) -> None:
    listed, here, upload = people(5), firm(now), next(builders._numbers)
    proposed = at_once([lambda: propose(here, listed, now, upload_id=upload)] * 4)
    assert len({one_proposed.batch_id for one_proposed in proposed}) == 1
    assert one("SELECT count(*) FROM registry_enrolment WHERE employer_id = %s", here) == (5,)


def test_a_row_withdrawn_while_its_answer_is_written_is_either_out_or_in(now: datetime) -> None:
    for _ in range(10):
        here = firm(now)
        batch = propose(here, people(1), now).batch_id
        row = enrolment_of(batch, 1)

        def withdraw(here: int = here, row: int = row) -> str:
            try:
                withdraw_enrolment(actor=HR, employer_id=here, enrolment_id=row, now=now)
            except Exception as error:
                return str(error)
            return "withdrawn"

        said, _ = at_once([withdraw, lambda batch=batch: verify_batch(batch_id=batch, registry=Registry(), now=now)])
        (state, person_id) = one("SELECT state, person_id FROM registry_enrolment WHERE id = %s", row)
        assert said == state
        assert (person_id is not None) == (state == "enrolled")
    assert_clean()
