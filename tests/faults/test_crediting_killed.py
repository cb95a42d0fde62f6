"""Workers crediting a year are killed with signal 9 at any statement: nobody is left out, nobody is credited twice."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lindung.contributions.crediting_queries import crediting_view
from lindung.law.development import assess
from tests.conftest import NOW
from tests.contributions.crediting_money import RATE, Year, at, broken, got, planned, rows

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("own_db")]
ROOT = Path(__file__).resolve().parents[2]
MEMBERS = 2_000
A_RANGE = 100
STATEMENTS_OF_A_RANGE = 24
"""A little more than there are, so that a sweep reaches into the next range."""


def members_with_a_year() -> tuple[Year, list[int], list[int]]:
    """A started crediting of its own year; the members, and what each must have in the end."""
    first = 20_000_000
    holders = list(range(first, first + MEMBERS))
    rows_ = np.arange(MEMBERS, dtype=np.int64)
    openings, monthly = 1_000_000 + rows_ * 777, 100_000 + rows_ * 13
    got(dict(zip(holders, openings.tolist(), strict=True)), at(date(2024, 8, 8)))
    for month in (1, 7, 12):
        got(dict(zip(holders, monthly.tolist(), strict=True)), at(date(2025, month, 8)))
    given = assess(openings=openings, rupiah_months=monthly * (12 + 6 + 1), annual_rate=Fraction(RATE))
    crediting = planned(2025, NOW, holders_a_range=A_RANGE)
    crediting.start()
    return crediting, holders, (openings + 3 * monthly + given).tolist()


def worker(statement: int = 0, moment: str = "after") -> "subprocess.Popen[bytes]":
    argv = [sys.executable, "-W", "ignore", "-m", "tests.faults.crediting_worker", str(statement), moment]
    return subprocess.Popen(argv, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def ranges_done(crediting: Year) -> int:
    return int(rows("SELECT count(*) FROM contributions_creditedrange WHERE crediting_id = %s", crediting.id)[0][0])


def assert_everybody_once(crediting: Year, holders: list[int], expected: list[int]) -> None:
    found = rows(
        "SELECT holder_id, balance_rupiah FROM ledger_balance WHERE holder_id BETWEEN %s AND %s ORDER BY 1",
        holders[0],
        holders[-1],
    )
    assert found == list(zip(holders, expected, strict=True)), "nobody lost, nobody doubled"
    lines = rows(
        "SELECT count(*), count(DISTINCT l.holder_id) FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " WHERE e.kind = 'development' AND l.holder_id <> 0"
    )
    assert lines == [(MEMBERS, MEMBERS)]
    view = crediting_view(crediting.id)
    assert view
    assert (view.state, view.credited_accounts, view.credited_rupiah) == (
        "finished",
        view.confirmed_accounts,
        view.confirmed_rupiah,
    )
    assert ranges_done(crediting) == MEMBERS // A_RANGE
    assert rows("SELECT id FROM procrastinate_jobs WHERE queue_name = 'crediting' AND status <> 'succeeded'") == []
    assert broken() == []


def sweep(crediting: Year, points: list[tuple[int, str]]) -> int:
    """Kill one worker after another, each at its point; gives how many died."""
    died = 0
    for statement, moment in points:
        killed = worker(statement, moment)
        died += killed.wait(60) == -signal.SIGKILL
        done = ranges_done(crediting)
        lines = rows("SELECT count(*) FROM ledger_line WHERE holder_id <> 0")[0][0]
        assert lines == 4 * MEMBERS + done * A_RANGE, "a range is there whole or not at all"
    return died


@pytest.mark.timeout(300)
def test_workers_killed_within_a_range_and_at_any_moment_come_to_the_end(own_db: None) -> None:
    crediting, holders, expected = members_with_a_year()
    points = [(statement, "after") for statement in (4, 9, 14, 19, STATEMENTS_OF_A_RANGE)]
    assert sweep(crediting, points) == len(points)
    chance = random.Random(7)
    for _ in range(3):
        going, before = worker(), ranges_done(crediting)
        while going.poll() is None and ranges_done(crediting) == before:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.1))
        going.kill()
        going.wait(10)
    assert worker().wait(60) == 0
    assert_everybody_once(crediting, holders, expected)


@pytest.mark.night
@pytest.mark.timeout(600)
def test_workers_killed_before_and_after_every_statement_of_a_range_come_to_the_end(own_db: None) -> None:
    crediting, holders, expected = members_with_a_year()
    points = [(statement, moment) for statement in range(1, STATEMENTS_OF_A_RANGE) for moment in ("before", "after")]
    sweep(crediting, points)
    assert worker().wait(60) == 0
    assert_everybody_once(crediting, holders, expected)
