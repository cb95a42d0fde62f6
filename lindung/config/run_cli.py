"""``lindung run``: the whole platform on one machine, in the foreground."""

import argparse
import contextlib
import hashlib
import importlib.metadata
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from lindung.config import env, processes
from lindung.config.datadir import NEWCOMERS_FILE, CannotStart, FolderLock, ensure_keys, write_atomically
from lindung.config.postgres import EmbeddedServer
from lindung.config.processes import PROJECT, Child
from lindung.config.supervisor import Supervisor
from lindung.lib import clock

DEFAULT_PORT = 8400
DOORS_PATIENCE_SECONDS = 60.0
# Door -> offset from the base port and what stands in the list of addresses.
DOORS = {
    "public": (0, "public, members, employers"),
    "staff": (1, "staff"),
    "machines": (2, "machines: banks, API"),
    "simulators": (3, "simulators and their inboxes"),
    "mail": (4, "mail simulator (SMTP)"),
}
# Payments that wait in one process are booked together: more threads, more at one go.
_THREADS = {"machines": 16}
_WORKER_NICE = 3
# Stand-ins for other people's machines, which in truth take nothing of ours.
_STAND_IN_NICE = 5
SIMULATED = ("simulators", "mail")


def add_parsers(subparsers: Any) -> None:
    """Add ``run`` to the command line."""
    parser = subparsers.add_parser("run", help="run the whole platform on this machine")
    parser.add_argument("--port", type=_base_port, default=DEFAULT_PORT, help="first of five ports")
    parser.add_argument("--data", type=Path, default=PROJECT / "var", help="folder of database, keys, logs")
    parser.add_argument("--empty", action="store_true", help="do not load the invented people")
    parser.add_argument("--members", type=int, help="how many people to invent at the first start")


def _base_port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535 - 4:
        raise argparse.ArgumentTypeError("must be a port between 1 and 65531")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Start everything, stay until SIGINT, SIGTERM or SIGHUP, stop everything. 1 if it cannot start."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        _run(args)
    except (CannotStart, env.BadEnvironment) as error:
        print(f"lindung run: {error}", file=sys.stderr)
        return 1
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    """End through the ``finally`` blocks; a second signal must not interrupt them."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)


def _run(args: argparse.Namespace) -> None:
    production = env.production()
    if production and os.environ.get("LINDUNG_NOW"):
        raise CannotStart("LINDUNG_NOW moves the clock and is refused in production. Unset it.")
    if production and args.members is not None:
        raise CannotStart("invented people are refused in production. Leave --members out.")
    try:
        shift_seconds = round(clock.shift().total_seconds())
    except ValueError:
        raise CannotStart("LINDUNG_NOW must be signed seconds (+86400) or an ISO 8601 moment.") from None
    folder: Path = args.data.resolve()
    embedded = None
    if not os.environ.get("DATABASE_URL"):
        embedded = EmbeddedServer(folder, may_create_secrets=not production, say=_say)
    lock = embedded.lock if embedded else FolderLock(folder)
    supervisor = Supervisor(folder, _say)
    took: dict[str, float] = {}
    lock.acquire()  # before the clean-up below: what a running platform wrote is not ours to remove
    try:
        (folder / "log").mkdir(mode=0o700, exist_ok=True)
        doors = _doors(production)
        processes.refuse_busy_ports({args.port + DOORS[door][0]: door for door in doors})
        marks = embedded.home if embedded else folder
        keys_file = Path(os.environ.get("LINDUNG_KEYS_FILE") or folder / "keys.json").resolve()
        ensure_keys(keys_file, may_create=not production and not (marks / "structure").exists())

        with _timed(took, "database"):
            if embedded:
                process = embedded.start().process
                assert process
                supervisor.borrow("postgres", process, embedded.spawn)
        marks = embedded.home if embedded else folder
        environment = _environment(args.port, folder, keys_file, shift_seconds, embedded)
        owner_url = embedded.owner_url() if embedded else os.environ.get("DATABASE_OWNER_URL")
        with _timed(took, "structure"):
            _migrate(folder, marks if embedded else None, environment, owner_url)
        with _timed(took, "data"):
            if not (production or args.empty):
                _load_demo(folder, marks, environment, args.members)
        with _timed(took, "doors"):
            supervisor.launch(_children(args.port, environment, doors))
            silent = supervisor.wait_until_doors_answer(DOORS_PATIENCE_SECONDS)
        for name in silent:
            _say(f"{name} does not answer, see {folder / 'log' / name}.log")
        _say(_welcome(args.port, doors, folder, took))
        supervisor.watch()
    finally:
        supervisor.stop()
        if embedded:
            embedded.stop()
        lock.release()


def _doors(production: bool) -> list[str]:
    return [door for door in DOORS if not (production and door in SIMULATED)]


def _children(port: int, environment: dict[str, str], doors: list[str]) -> list[Child]:
    """Everything that runs besides the database. The one place to change what runs."""
    cores = len(os.sched_getaffinity(0))
    serving = {"public": cores, "staff": 1, "machines": cores, "simulators": 1}
    children = []
    for door in doors:
        own = {**environment, "LINDUNG_DOOR": door if door in serving else "simulators"}
        at = port + DOORS[door][0]
        argv = [sys.executable, "-m", "lindung.partners.mail.simulator"]
        if door in serving:
            argv = [sys.executable, "-m", "lindung.config.door", "--port", str(at)]
            argv += ["--processes", str(serving[door]), "--threads", str(_THREADS.get(door, 8))]
        children.append(Child(door, argv, own, port=at, nice=_STAND_IN_NICE if door in SIMULATED else 0))
    worker = [sys.executable, "-m", "lindung.config.worker"]
    # Whoever waits at a door comes before what can be done a moment later.
    children.append(Child("worker", worker, {**environment, "LINDUNG_DOOR": "worker"}, nice=_WORKER_NICE))
    return children


def _environment(
    port: int, folder: Path, keys_file: Path, shift_seconds: int, embedded: EmbeddedServer | None
) -> dict[str, str]:
    """What every child gets: the caller's environment without the owner's address, and our own words."""
    # With our own database nothing of the caller's may lead elsewhere: libpq reads every PG variable.
    environment = {name: value for name, value in os.environ.items() if not (embedded and name.startswith("PG"))}
    for name in ("DATABASE_OWNER_URL", "LINDUNG_NOW"):
        environment.pop(name, None)
    environment |= {
        "LINDUNG_DOOR": "command",
        "LINDUNG_DATA": str(folder),
        "LINDUNG_PORT": str(port),
        "LINDUNG_KEYS_FILE": str(keys_file),
        "PYTHONUNBUFFERED": "1",
    }
    if embedded:
        environment["DATABASE_URL"] = embedded.app_url()
    if shift_seconds:
        environment["LINDUNG_NOW"] = f"{shift_seconds:+d}"
    return environment


def _migrate(folder: Path, marks: Path | None, environment: dict[str, str], owner_url: str | None) -> None:
    """Bring tables, roles and grants up to the code; for our own database not when they already are.

    A database that somebody else runs may have been put back from a backup, so there no mark is believed.
    """
    if not owner_url:
        _say("DATABASE_OWNER_URL is not set: tables and grants are taken as they are.")
        return
    stamp = structure_stamp(PROJECT / "lindung")
    mark = marks / "structure" if marks else None
    if mark and mark.exists() and mark.read_text() == stamp:
        return
    argv = [sys.executable, "-m", "lindung.config.cli", "migrate"]
    as_owner = {**environment, "DATABASE_OWNER_URL": owner_url}
    processes.run_to_end(Child("migrate", argv, as_owner), folder / "log")
    if mark:
        write_atomically(mark, stamp)


def structure_stamp(package: Path) -> str:
    """A hash of all that can decide what ``lindung migrate`` does.

    Grants follow from what models say, so this is all code, and the two libraries with tables of their own.
    """
    total = hashlib.sha256()
    for library in ("django", "procrastinate"):
        total.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for path in sorted([*package.glob("**/*.py"), *package.glob("**/*.sql")]):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(package)} {content}\n".encode())
    return total.hexdigest() + "\n"


def _load_demo(folder: Path, marks: Path, environment: dict[str, str], members: int | None) -> None:
    mark = marks / "demo"
    if mark.exists():
        return
    _say("Inventing people, employers and months; only at the first start.")
    argv = [sys.executable, "-m", "lindung.config.cli", "demo"]
    argv += ["--members", str(members)] if members is not None else []
    processes.run_to_end(Child("demo", argv, environment), folder / "log")
    write_atomically(mark, "loaded\n")


def _welcome(port: int, doors: list[str], folder: Path, took: dict[str, float]) -> str:
    """Addresses and demo sign-ins, and where the time went."""
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items())
    lines = [f"Lindung is up after {sum(took.values()):.1f} s ({parts}).", ""]
    for door in doors:
        offset, what = DOORS[door]
        scheme = "smtp" if door == "mail" else "http"
        lines.append(f"  {what:30} {scheme}://127.0.0.1:{port + offset}/")
    signins = folder / "signins.json"
    if signins.exists():
        columns = ("door", "who", "name", "password")
        people = json.loads(signins.read_text())
        rows = [columns, *(tuple(str(person.get(key, "")) for key in columns) for person in people)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(columns))]
        lines.append("")
        lines += ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        newcomers = folder / NEWCOMERS_FILE
        if newcomers.exists():
            lines += ["", f"  A list of new workers to register, faults included: {newcomers}"]
    return "\n".join([*lines, "", f"Logs are in {folder / 'log'}. Ctrl-C stops everything."])


@contextlib.contextmanager
def _timed(took: dict[str, float], what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    took[what] = time.monotonic() - began


def _say(line: str) -> None:
    # Whoever read our words may be gone, or the disk full: no reason to stop the platform.
    with contextlib.suppress(OSError):
        print(line, flush=True)
