"""Workers enrolling people are killed with signal 9 at every step: nobody is lost, doubled, or told twice."""

import os
import random
import signal
import time

import pytest
from django.db import connection

from lindung.access.trail import SYSTEM
from lindung.lib import clock
from lindung.registry.checks import CHECKS
from lindung.registry.services import propose_workers
from tests import builders
from tests.faults import enrolling_worker, forge
from tests.faults.enrolling_worker import STEPS
from tests.faults.people_proposed import proposed
from tests.often import often

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("own_db")]
WORKERS = 250


def proposed_batch() -> int:
    now = clock.now()
    firm = builders.firm(now=now, workers=1)
    rows = proposed(WORKERS)
    return propose_workers(actor=SYSTEM, employer_id=firm.id, rows=rows, upload_id=None, now=now).batch_id


class Worker:
    """A worker at work; see ``enrolling_worker``."""

    def __init__(self, step: str = "", turn: int = 0, seconds: float = 0.0) -> None:
        self._answer, told = forge.pipe()
        self.process = forge.forked(enrolling_worker.work, os.environ["DATABASE_URL"], step, turn, seconds, told)

    def finish(self) -> int:
        """Wait until it ends by itself; gives how many questions it put."""
        self.process.join(60)
        assert self.process.exitcode == 0
        return int(self._answer.recv())


def rows(statement: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def enrolled(batch_id: int) -> int:
    ((count,),) = rows("SELECT count(*) FROM registry_enrolment WHERE batch_id = %s AND state = 'enrolled'", batch_id)
    assert isinstance(count, int)
    return count


def assert_everybody_once(batch_id: int) -> None:
    """One person, one card, one employment and one message a row, whatever happened on the way."""
    assert enrolled(batch_id) == WORKERS
    counts = rows(
        "SELECT count(*), count(DISTINCT e.person_id), count(DISTINCT m.kpj), count(DISTINCT w.id),"
        " count(DISTINCT t.id) FROM registry_enrolment e"
        " JOIN registry_person p ON p.nik_index = e.nik_index"
        " JOIN registry_membership m ON m.person_id = p.id"
        " JOIN registry_employment w ON w.person_id = p.id"
        " JOIN contact_message t ON t.person_id = p.id AND t.kind = 'membership_started'"
        " WHERE e.batch_id = %s AND e.person_id = p.id",
        batch_id,
    )
    assert counts == [(WORKERS,) * 5]
    for name, statement in CHECKS.items():
        assert rows(f"SELECT * FROM ({statement}) AS broken LIMIT 1") == [], name


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_a_step_leaves_a_job_that_another_finishes(step: str, turn: int) -> None:
    batch_id = proposed_batch()
    killed = Worker(step, turn).process
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    before = enrolled(batch_id)
    assert before < WORKERS
    assert before % 100 == 0, "a slice is enrolled whole or not at all"
    asked = Worker().finish()
    # What was answered and written is not asked for again.
    assert asked == WORKERS - before
    assert_everybody_once(batch_id)


def test_workers_killed_again_and_again_at_any_moment_come_to_the_end() -> None:
    batch_id = proposed_batch()
    chance = random.Random(26)
    kills = 0
    for _ in range(often(8)):
        # Slow enough answers that no machine is done before the first kill.
        worker = Worker(seconds=0.1)
        time.sleep(chance.uniform(0.0, 1.0))
        if not worker.process.is_alive():
            worker.finish()
            break
        worker.process.kill()
        worker.process.join()
        kills += 1
    Worker().finish()
    assert kills
    assert_everybody_once(batch_id)
