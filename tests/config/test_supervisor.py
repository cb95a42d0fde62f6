"""The tree of processes: what dies comes back, what is stopped is gone, and nothing outlives its parent."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
Wait = Callable[..., None]
Gone = Callable[[int], bool]
pytestmark = pytest.mark.faults
DOOR_WORKERS = 2  # as small_supervisor.py asks for


@dataclass
class Tree:
    process: subprocess.Popen[str]
    folder: Path
    port: int

    def pids(self) -> dict[str, int]:
        """As the supervisor wrote them."""
        named: dict[str, int] = json.loads((self.folder / "pids.json").read_text())
        return named

    def members(self, root: int | None = None) -> set[int]:
        """The supervisor (or the child named by its pid) and everything below it, from the kernel."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(path.parts[2])] = int(path.read_text().rpartition(") ")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        found = {root or self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found

    def answer(self) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
            content: bytes = answer.read()
            return content


@pytest.fixture
def tree(open_folder: Path) -> Iterator[Tree]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = [sys.executable, str(HERE / "small_supervisor.py"), str(open_folder / "var"), str(port)]
    env = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parents[1]}:{os.environ.get('PYTHONPATH', '')}"}
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True) as process:
        tree = Tree(process, open_folder / "var", port)
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if line == "up\n":
                break
        else:
            pytest.fail("".join(said))
        yield tree
        process.kill()


def test_kill_9_of_the_supervisor_leaves_no_process_behind(tree: Tree, wait_for: Wait, is_gone: Gone) -> None:
    members = tree.members()
    # Database with its backends, two doors' workers, a forked grandchild, a client in a query of hours.
    assert len(members) > 15
    tree.process.kill()
    wait_for(lambda: all(map(is_gone, members)), "the whole tree gone", seconds=3)


def test_kill_9_of_a_door_takes_its_workers_and_brings_both_back(tree: Tree, wait_for: Wait, is_gone: Gone) -> None:
    before = tree.pids()
    # Counted below the door alone: a database starts and ends its cleaners as it likes.
    wait_for(lambda: len(tree.members(before["web"])) == 1 + DOOR_WORKERS, "the door with all its workers")
    door = tree.members(before["web"])
    os.kill(before["web"], signal.SIGKILL)
    wait_for(lambda: tree.pids().get("web", before["web"]) != before["web"], "a new door")
    wait_for(lambda: all(map(is_gone, door)), "the old door and its workers gone")

    def answers() -> bool:
        try:
            return tree.answer() == b"here"
        except OSError:
            return False

    wait_for(answers, "an answer of the new door")
    stayed = {name: pid for name, pid in tree.pids().items() if name != "web"}
    assert stayed == {name: pid for name, pid in before.items() if name != "web"}
    wait_for(lambda: len(tree.members(tree.pids()["web"])) == 1 + DOOR_WORKERS, "as many workers as before")


def test_kill_9_of_the_database_brings_it_back_while_the_others_stay(tree: Tree, wait_for: Wait) -> None:
    before = tree.pids()
    os.kill(before["postgres"], signal.SIGKILL)
    wait_for(lambda: tree.pids().get("postgres", before["postgres"]) != before["postgres"], "a new database")
    assert tree.answer() == b"here"
    now = tree.pids()
    assert {name: now[name] for name in ("web", "stubborn", "forking")} == {
        name: before[name] for name in ("web", "stubborn", "forking")
    }
    # The client lost its query with the old database and finds the new one.
    wait_for(lambda: tree.pids().get("client", before["client"]) != before["client"], "a client that reconnects")


def test_a_death_is_told_in_one_line_that_names_the_log(tree: Tree, wait_for: Wait) -> None:
    before = tree.pids()["forking"]
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: tree.pids().get("forking", before) != before, "a new child")
    assert tree.process.stdout
    line = tree.process.stdout.readline()
    assert line.startswith("forking died (signal SIGKILL); started again as process ")
    assert line.endswith(f"see {tree.folder}/log/forking.log\n")


def test_a_child_that_ended_for_good_is_not_started_again(tree: Tree, wait_for: Wait) -> None:
    wait_for(lambda: "once" not in tree.pids(), "the child that runs once gone from the list")
    time.sleep(0.5)  # longer than the first pause
    assert "once" not in tree.pids()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_everything_is_gone_within_seconds(
    tree: Tree, number: signal.Signals, wait_for: Wait, is_gone: Gone
) -> None:
    members = tree.members()
    tree.process.send_signal(number)
    assert tree.process.wait(8) == 0  # one child is deaf to SIGTERM
    wait_for(lambda: all(map(is_gone, members)), "the whole tree gone", seconds=1)
    assert not (tree.folder / "pids.json").exists()
