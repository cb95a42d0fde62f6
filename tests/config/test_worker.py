"""The worker as a fork of one that has loaded the product: killed it is back, asked to stop it stops."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
Wait = Callable[..., None]
pytestmark = pytest.mark.faults


@contextmanager
def running(kind: str, noted: Path) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, str(HERE / "small_worker.py"), kind, str(noted)]
    env = {**os.environ, "PYTHONPATH": f"{HERE.parents[1]}:{os.environ.get('PYTHONPATH', '')}"}
    with subprocess.Popen(argv, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def forks(noted: Path) -> list[int]:
    """The processes that have worked so far, in turn."""
    return [int(line.split()[0]) for line in noted.read_text().splitlines()] if noted.exists() else []


def test_one_that_is_killed_is_followed_by_another_and_told_of(tmp_path: Path, wait_for: Wait) -> None:
    noted = tmp_path / "noted"
    with running("good", noted) as worker:
        for number in (1, 2):
            wait_for(lambda number=number: len(forks(noted)) == number, f"fork {number}")
            os.kill(forks(noted)[-1], signal.SIGKILL)
        wait_for(lambda: len(forks(noted)) == 3, "another")
        worker.terminate()
        assert worker.wait(10) == 0
        assert worker.stderr
        assert worker.stderr.read() == "worker died (signal SIGKILL); another is forked\n" * 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_the_fork_is_asked_too(
    tmp_path: Path, number: signal.Signals, wait_for: Wait, is_gone: Callable[[int], bool]
) -> None:
    noted = tmp_path / "noted"
    with running("good", noted) as worker:
        wait_for(lambda: forks(noted), "a fork")
        worker.send_signal(number)
        assert worker.wait(10) == 0
        assert is_gone(forks(noted)[0])
    assert len(forks(noted)) == 1


def test_killed_with_9_it_leaves_no_fork_behind(tmp_path: Path, wait_for: Wait, is_gone: Callable[[int], bool]) -> None:
    noted = tmp_path / "noted"
    with running("good", noted) as worker:
        wait_for(lambda: forks(noted), "a fork")
        worker.kill()
        wait_for(lambda: is_gone(forks(noted)[0]), "the fork gone")


def test_one_that_cannot_work_says_why_and_the_next_waits_longer_each_time(tmp_path: Path, wait_for: Wait) -> None:
    noted = tmp_path / "noted"
    with running("bad", noted) as worker:
        wait_for(lambda: len(forks(noted)) == 4, "four forks")
        worker.terminate()
        assert worker.wait(10) == 0
        assert worker.stderr
        assert "RuntimeError: the reason" in worker.stderr.read()
    began = [float(line.split()[1]) for line in noted.read_text().splitlines()]
    pauses = [later - earlier for earlier, later in itertools.pairwise(began)]
    assert all(pause >= least for pause, least in zip(pauses, (0.2, 0.4, 0.8), strict=True))
