"""Workers crediting a year are killed with signal 9 at any statement, and the database too: nobody is left out or
credited twice."""

import os
import random
import signal
import subprocess
import sys
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psycopg
import pytest

from lindung.config.postgres import DATABASE, EmbeddedServer
from tests.contributions.crediting_money import rows
from tests.faults import crediting_worker, forge
from tests.faults.crediting_year import A_RANGE, LINES_BEFORE, RANGES, assert_everybody_once, begin, ranges_done

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]
STATEMENTS_OF_A_RANGE = 24
"""A little more than there are, so that a sweep reaches into the next range."""


def worker(statement: int = 0, moment: str = "after", url: str | None = None) -> ForkServerProcess:
    return forge.forked(crediting_worker.work, url or os.environ["DATABASE_URL"], statement, moment)


def end_of(process: ForkServerProcess, seconds: float = 60) -> int | None:
    """How it ended (-9 is killed); None when it did not in time."""
    process.join(seconds)
    return process.exitcode


def sweep(points: list[tuple[int, str]]) -> int:
    """Kill one worker after another, each at its point; gives how many died."""
    died = 0
    for statement, moment in points:
        died += end_of(worker(statement, moment)) == -signal.SIGKILL
        lines = rows("SELECT count(*) FROM ledger_line WHERE holder_id <> 0")[0][0]
        assert lines == LINES_BEFORE + ranges_done() * A_RANGE, "a range is there whole or not at all"
    return died


@pytest.mark.timeout(300)
def test_workers_killed_within_a_range_and_at_any_moment_come_to_the_end(own_db: None) -> None:
    begin()
    points = [(statement, "after") for statement in (4, 9, 14, 19, STATEMENTS_OF_A_RANGE)]
    assert sweep(points) == len(points)
    chance = random.Random(7)
    for _ in range(3):
        going, before = worker(), ranges_done()
        while going.is_alive() and ranges_done() == before:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.1))
        going.kill()
        going.join(10)
    assert end_of(worker()) == 0
    assert_everybody_once()


@pytest.mark.night
@pytest.mark.timeout(900)
def test_workers_killed_before_and_after_every_statement_of_a_range_come_to_the_end(own_db: None) -> None:
    begin()
    sweep([(statement, moment) for statement in range(1, STATEMENTS_OF_A_RANGE) for moment in ("before", "after")])
    assert end_of(worker()) == 0
    assert_everybody_once()


@pytest.mark.timeout(300)
def test_a_database_killed_while_it_credits_comes_to_the_end(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    server = EmbeddedServer(tmp_path / "data")
    server.start()
    environment = {**os.environ, "DATABASE_URL": server.app_url(), "PYTHONPATH": str(ROOT)}

    def said(*words: str) -> None:
        owner = {"DATABASE_OWNER_URL": server.owner_url()}
        subprocess.run([sys.executable, "-W", "ignore", "-m", *words], cwd=ROOT, env=environment | owner, check=True)

    def done() -> int:
        with psycopg.connect(server.app_url(DATABASE)) as database:
            row = database.execute("SELECT count(*) FROM contributions_creditedrange").fetchone()
        assert row
        return int(row[0])

    try:
        said("lindung.config.cli", "migrate")
        said("tests.faults.crediting_year", "begin")
        chance = random.Random(11)
        cut = 0
        for _ in range(3):
            going, before = worker(url=server.app_url()), done()
            while going.is_alive() and done() == before:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.05))
            server.kill()
            going.kill()
            going.join(10)
            server.start()
            cut += before < done() < RANGES
        assert cut, "no kill came in the middle"
        assert end_of(worker(url=server.app_url())) == 0
        said("tests.faults.crediting_year", "look")
    finally:
        server.stop()
