"""kill -9 is the only shutdown we trust: every process in turn, then the supervisor. Nothing lost, nobody left."""

import json
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bench.running import children_of
from tests.journeys.platform import Platform

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with Platform() as running:
        yield running


def tree(root: int) -> set[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = set(), [root]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def alive(pids: set[int]) -> set[int]:
    living = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state not in "ZX":
            living.add(pid)
    return living


def worker_at_work(platform: Platform) -> int:
    """The process that takes jobs; what ``pids.json`` names only forks another when it dies."""
    (worker,) = children_of(platform.pids()["worker"])
    return worker


def wait(condition: object, what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator] # a small lambda
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def query(platform: Platform, statement: str, *params: object) -> list[tuple[object, ...]]:
    with psycopg.connect(platform.environment()["DATABASE_URL"]) as connection:
        return connection.execute(statement, params).fetchall()


def answered(platform: Platform, statement: str) -> bool:
    try:
        return bool(query(platform, statement))
    except psycopg.OperationalError:
        return False


def test_whatever_is_killed_comes_back_and_what_was_written_is_there(platform: Platform) -> None:
    seeded = json.loads(platform.python("tests.journeys.seed", "20", "medium"))
    before = query(platform, "SELECT count(*), max(id) FROM registry_person")
    for name in ("public", "staff", "machines", "simulators", "mail", "worker", "postgres"):
        killed = platform.pids()[name]
        below = tree(killed)
        os.kill(killed, signal.SIGKILL)
        wait(lambda below=below: not alive(below), f"{name} and everything below it gone", 10)
        wait(lambda name=name, killed=killed: platform.pids().get(name) not in (None, killed), f"{name} back")
    wait(lambda: answered(platform, "SELECT 1"), "the database answers again")
    wait(lambda: platform.answers() and platform.answers("staff"), "the doors answer again")
    assert query(platform, "SELECT count(*), max(id) FROM registry_person") == before
    assert query(platform, "SELECT name FROM registry_employer WHERE npp = %s", seeded["npp"])


def test_a_worker_killed_in_mid_job_has_its_job_done_by_another_within_a_minute(platform: Platform) -> None:
    wait(lambda: platform.answers("simulators"), "simulators answer")
    wait(lambda: not answered(platform, "SELECT 1 FROM contact_message WHERE state = 'queued'"), "nothing is left", 60)
    letters = platform.data / "simulators" / "mail.jsonl"
    earlier = len(letters.read_text().splitlines()) if letters.exists() else 0
    # Every mail takes a while, so that the job is surely in hand when its worker dies.
    order = urllib.request.Request(
        f"{platform.address('simulators')}/mail/_control", json.dumps({"fault": "slow:400", "count": 12}).encode()
    )
    urllib.request.urlopen(order, timeout=5).close()
    people = 12
    batch = platform.python("tests.faults.month_paid", str(people)).strip()
    doing = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'lindung.contact.deliver_waiting' AND status = 'doing'"
    wait(lambda: answered(platform, doing), "the job is in hand")
    time.sleep(0.5)
    os.kill(worker_at_work(platform), signal.SIGKILL)
    waiting = "SELECT count(*) FROM contact_message WHERE batch = %s AND state = 'queued'"
    wait(lambda: query(platform, waiting, batch) == [(0,)], "every message sent", 60)
    states = query(platform, "SELECT state, count(*) FROM contact_message WHERE batch = %s GROUP BY 1", batch)
    assert states == [("sent", people)]
    recipients = [json.loads(line)["to"] for line in letters.read_text().splitlines()[earlier:]]
    assert len(recipients) == len(set(recipients)) == people


def test_killing_the_supervisor_leaves_no_process_and_loses_nothing(platform: Platform) -> None:
    before = query(platform, "SELECT count(*), coalesce(sum(amount_rupiah), 0) FROM ledger_line")
    process = platform.process
    assert process is not None
    everybody = tree(process.pid)
    assert len(everybody) > 10
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait(lambda: not alive(everybody), "no process left", 3)
    platform.start()
    assert query(platform, "SELECT count(*), coalesce(sum(amount_rupiah), 0) FROM ledger_line") == before
    assert "clean" in platform.python("lindung.config.cli", "self-check")
