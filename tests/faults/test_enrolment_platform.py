"""The running platform enrols people; its worker is killed in the middle, and everybody still becomes one member."""

import json
import os
import re
import signal
import time
from collections.abc import Iterator

import pytest

from tests.faults.test_kills import answered, query, wait, worker_at_work
from tests.journeys.platform import Platform

pytestmark = pytest.mark.faults
PEOPLE = 130


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with Platform() as running:
        yield running


def test_a_worker_killed_while_it_enrols_is_followed_by_one_that_finishes_and_tells_each_once(
    platform: Platform,
) -> None:
    wait(lambda: platform.answers("simulators"), "simulators answer")
    batch = int(platform.python("tests.faults.people_proposed", str(PEOPLE), "150").strip())
    mine = "task_name = 'lindung.registry.verify_identities'"
    wait(lambda: answered(platform, f"SELECT 1 FROM procrastinate_jobs WHERE {mine} AND status = 'doing'"), "in hand")
    time.sleep(1.0)
    os.kill(worker_at_work(platform), signal.SIGKILL)
    waiting = "SELECT count(*) FROM registry_enrolment WHERE batch_id = %s AND state = 'waiting'"
    assert query(platform, waiting, batch) != [(0,)]
    wait(lambda: query(platform, waiting, batch) == [(0,)], "everybody enrolled", 60)
    persons = query(
        platform,
        "SELECT count(*), count(DISTINCT e.person_id), count(DISTINCT m.kpj) FROM registry_enrolment e"
        " JOIN registry_membership m ON m.person_id = e.person_id WHERE e.batch_id = %s AND e.state = 'enrolled'",
        batch,
    )
    assert persons == [(PEOPLE, PEOPLE, PEOPLE)]
    left = "SELECT count(*) FROM contact_message WHERE kind = 'membership_started' AND state = 'queued'"
    wait(lambda: query(platform, left) == [(0,)], "everybody told", 60)
    letters = [json.loads(line) for line in (platform.data / "simulators" / "mail.jsonl").read_text().splitlines()]
    recipients = [letter["to"] for letter in letters]
    assert len(recipients) == len(set(recipients)) == PEOPLE
    numbers = {number for (number,) in query(platform, "SELECT kpj FROM registry_membership")}
    for letter in letters:
        assert re.search(r"/start/[\w-]+/", letter["text"])
        assert set(re.findall(r"\b[0-9]{11}\b", letter["text"])) & numbers
    assert "clean" in platform.python("lindung.config.cli", "self-check")
