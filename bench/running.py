"""The whole platform as ``lindung run --empty`` runs it, in a folder that goes away, and what kills parts of it."""

import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lindung.config.postgres import EmbeddedServer

_FIRST_PORT = 21_400
_PORTS = 5
_PAUSE_SECONDS, _PATIENCE_SECONDS = 0.1, 120.0
_SOON_SECONDS = 0.5
_KINDS = {"database": "postgres", "door": "machines", "worker": "worker"}
"""What is killed in turn -> its name in ``pids.json``; of door and worker a process that works, not what forks it."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One that runs: its data folder, the first of its ports, its server."""

    folder: Path
    port: int
    server: EmbeddedServer

    @property
    def machines(self) -> str:
        """The address of the machines' door."""
        return f"http://127.0.0.1:{self.port + 2}"


@contextmanager
def running_platform(label: str) -> Iterator[Platform]:
    """Start it and load the framework over its database; afterwards let go of that, stop it and remove the folder."""
    folder = Path(tempfile.mkdtemp(prefix=f"lindung-bench-{label}-"))
    folder.chmod(0o711)
    port = _free_ports()
    with _running(folder, port):
        server = EmbeddedServer(folder)
        os.environ |= {
            "DATABASE_URL": server.app_url(),
            "LINDUNG_DATA": str(folder),
            "LINDUNG_KEYS_FILE": str(folder / "keys.json"),
            "LINDUNG_PORT": str(port),
        }
        from lindung.config.cli import django_setup

        django_setup()
        from django.db import connections

        try:
            yield Platform(folder, port, server)
        finally:
            connections.close_all()


@contextmanager
def _running(folder: Path, port: int) -> Iterator[None]:
    argv = [sys.executable, "-m", "lindung.config.cli", "run", "--empty", "--port", str(port), "--data", str(folder)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LINDUNG_", "DATABASE_"))}
    with (folder.parent / f"{folder.name}.log").open("w+") as log:
        platform = subprocess.Popen(argv, env=clean, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while "Lindung is up" not in (text := Path(log.name).read_text()):
                if platform.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"the platform did not start:\n{text}")
                time.sleep(_PAUSE_SECONDS)
            yield
        finally:
            platform.send_signal(signal.SIGINT)
            platform.wait()
            Path(log.name).unlink()
            shutil.rmtree(folder, ignore_errors=True)


def _free_ports() -> int:
    """The first of neighbouring ports that are free."""
    for first in range(_FIRST_PORT, 60_000, _PORTS):
        with contextlib.ExitStack() as held:
            try:
                for port in range(first, first + _PORTS):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise SystemExit(f"no {_PORTS} free ports")


def children_of(pid: int) -> list[int]:
    """The ids of a process's children."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


Killed = Counter[str]
"""How often each kind of process was killed."""

Process = tuple[int, str]
"""Id and start of a process: ids come again, together with the moment of the start they do not."""


def kill_in_turn(folder: Path, seconds: float, killed: Killed, done: threading.Event) -> None:
    """-9 to the database, a process of the machine door, the worker: soon once each, then every so many seconds.

    Whoever was killed is started again after a pause, which is longer for who dies often: his turn waits until he runs.
    """
    kinds, gone = list(_KINDS), set[Process]()
    for turn in itertools.count():
        if done.wait(seconds if turn >= len(_KINDS) else min(seconds, _SOON_SECONDS)):
            return
        kill_next(folder, kinds[turn % len(kinds)], killed, gone, done)


def kill_next(folder: Path, kind: str, killed: Killed, gone: set[Process], done: threading.Event) -> None:
    """-9 to a process of a kind as soon as one runs that is not ``gone``, unless all is done before."""
    while (victim := _now_running(folder, kind)) is None or victim in gone:
        if done.wait(_PAUSE_SECONDS):
            return
    with contextlib.suppress(ProcessLookupError):
        os.kill(victim[0], signal.SIGKILL)
        killed[kind] += 1
    gone.add(victim)


def told(killed: Killed) -> str:
    """In words, as ``12 times (database 4, door 4, worker 4)``."""
    return f"{killed.total():,} times ({', '.join(f'{kind} {killed[kind]:,}' for kind in _KINDS)})"


def _now_running(folder: Path, kind: str) -> Process | None:
    """The process of a kind that runs now; the oldest where there are several."""
    try:
        running = json.loads((folder / "pids.json").read_text())
        pid = running["postgres"] if kind == "database" else children_of(running[_KINDS[kind]])[0]
        return pid, Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[19]
    except (OSError, KeyError, ValueError, IndexError):
        return None
