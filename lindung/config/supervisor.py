"""Keeps a list of child processes running until it is told to stop.

Everything here happens in the main thread, which is the one whose death the children are tied to.
"""

import contextlib
import functools
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lindung.config import processes
from lindung.config.datadir import write_atomically
from lindung.config.pauses import LONGEST_SECONDS, Pauses
from lindung.config.processes import Child

PATIENCE_SECONDS = 3.0


@dataclass
class _Kept:
    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    lent: bool
    restart: bool
    process: subprocess.Popen[bytes]
    started: float
    pauses: Pauses = field(default_factory=Pauses)
    due: float | None = None  # when to start it again; None while it runs


class Supervisor:
    """Watches children, starts again what dies, writes ``pids.json`` (name -> pid) at every change."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._say = say
        self._kept: list[_Kept] = []
        self._waiting_for: dict[int, str] = {}

    def borrow(self, name: str, process: subprocess.Popen[bytes], spawn: Callable[[], subprocess.Popen[bytes]]) -> None:
        """Watch a running process and start it again; stopping it stays with whoever lent it."""
        self._keep(_Kept(name, spawn, lent=True, restart=True, process=process, started=time.monotonic()))

    def launch(self, children: Iterable[Child]) -> None:
        """Start children and keep them running."""
        for child in children:
            spawn = functools.partial(processes.spawn, child, self._folder / "log")
            self._keep(_Kept(child.name, spawn, False, child.restart, spawn(), time.monotonic()))
            if child.port:
                self._waiting_for[child.port] = child.name

    def wait_until_doors_answer(self, patience_seconds: float) -> list[str]:
        """Tend the children until every port answers; returns the names of those that did not in time."""
        deadline = time.monotonic() + patience_seconds
        while self._waiting_for and time.monotonic() < deadline:
            self.tend()
            for port in list(self._waiting_for):
                if processes.port_answers(port):
                    del self._waiting_for[port]
            time.sleep(0.02)
        return list(self._waiting_for.values())

    def watch(self) -> None:
        """Tend the children for ever; ends by an exception, as the signal handlers raise it."""
        while True:
            self.tend()
            time.sleep(0.1)

    def tend(self) -> None:
        """Note who died, and start again whose pause is over."""
        now = time.monotonic()
        changed = False
        for kept in list(self._kept):
            code = kept.process.poll()
            if code is None:
                continue
            if kept.due is None:
                changed = True
                if not kept.restart:
                    self._say(f"{kept.name} ended ({processes.how_it_ended(code)})")
                    self._kept.remove(kept)
                    continue
                kept.due = now + kept.pauses.after(now - kept.started)
            elif now >= kept.due:
                changed = True
                try:
                    kept.process = kept.spawn()
                except (OSError, subprocess.SubprocessError) as error:  # a full disk or no memory: try again
                    self._say(f"{kept.name} cannot be started: {error}")
                    kept.due = now + LONGEST_SECONDS
                    continue
                kept.started, kept.due = now, None
                self._say(
                    f"{kept.name} died ({processes.how_it_ended(code)}); started again as process"
                    f" {kept.process.pid}, see {self._folder / 'log' / kept.name}.log"
                )
        self._reap_strangers()
        if changed:
            self._write_pids()

    def stop(self) -> None:
        """Stop what was launched, within seconds."""
        own = [kept.process for kept in self._kept if not kept.lent]
        processes.end(own, patience_seconds=PATIENCE_SECONDS)
        self._kept.clear()
        (self._folder / "pids.json").unlink(missing_ok=True)

    def _keep(self, kept: _Kept) -> None:
        self._kept.append(kept)
        self._write_pids()

    def _reap_strangers(self) -> None:
        """Bury orphans: as process 1 of a container we inherit them, and zombies would pile up."""
        if os.getpid() != 1:
            return
        own = {kept.process.pid for kept in self._kept}
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while (found := os.waitid(os.P_ALL, 0, look)) and found.si_pid not in own:
            os.waitpid(found.si_pid, 0)

    def _write_pids(self) -> None:
        running = {kept.name: kept.process.pid for kept in self._kept if kept.due is None}
        text = json.dumps({"supervisor": os.getpid(), **running}, indent=1)
        with contextlib.suppress(OSError):  # a full disk must not stop what runs
            write_atomically(self._folder / "pids.json", text + "\n")
