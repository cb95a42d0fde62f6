"""The ground the figures stand on: a real server with the settings of production, migrated, on a folder of its own.

The environment leads to it before the framework is loaded; everything goes away at the end.
"""

import base64
import json
import os
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg

from bench.given_server import GivenServer
from lindung.config.postgres import DATABASE, EmbeddedServer
from lindung.lib.clock import WIB

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=WIB)
"""The present of all figures: the month before is the last one that was billed."""


def say(line: str) -> None:
    print(line, flush=True)


@dataclass(frozen=True, slots=True)
class Ground:
    """A running server and its data folder."""

    server: EmbeddedServer | GivenServer
    folder: Path

    def copy_database(self, name: str) -> str:
        """Another database with the same rows; gives the address for the application's role."""
        from django.db import connections

        if isinstance(self.server, GivenServer):
            self.server.copy(DATABASE, name)
            return self.server.app_url(name)
        # A database is copied only while nobody uses it.
        connections.close_all()
        with psycopg.connect(self.server.owner_url("postgres"), autocommit=True) as owner:
            owner.execute("CHECKPOINT")
            owner.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE} STRATEGY file_copy")
        return self.server.app_url(name)

    def tidy(self, database: str = DATABASE) -> None:
        """Statistics and visibility as an idle hour would leave them."""
        tidy(self.server.owner_url(database))


def tidy(owner_url: str) -> None:
    """The same of a database that stands on no ground of ours."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
        owner.execute("CHECKPOINT")


@contextmanager
def ground(label: str) -> Iterator[Ground]:
    """Start, migrate, load the framework; afterwards stop and remove."""
    folder = Path(tempfile.mkdtemp(prefix=f"lindung-bench-{label}-"))
    folder.chmod(0o711)
    keys = folder / "keys.json"
    keys.write_text(_keys())
    os.environ |= {"LINDUNG_KEYS_FILE": str(keys), "LINDUNG_DATA": str(folder)}
    server: EmbeddedServer | GivenServer = GivenServer.from_environment() or EmbeddedServer(folder)
    try:
        if isinstance(server, GivenServer):
            server.make(DATABASE)
        else:
            server.start()
            migrate = [sys.executable, "-m", "lindung.config.cli", "migrate"]
            subprocess.run(migrate, env={**os.environ, "DATABASE_OWNER_URL": server.owner_url()}, check=True)
        os.environ["DATABASE_URL"] = server.app_url(DATABASE)
        from lindung.config.cli import django_setup

        django_setup()
        yield Ground(server, folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _keys() -> str:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return json.dumps(
        {"encryption": {"current": "b1", "keys": {"b1": key()}}, "index": key(), "django": secrets.token_urlsafe(50)}
    )


class Laps:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """Everything since the last lap belongs to ``step``."""
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now

    def start(self) -> None:
        """What happened until now is not counted."""
        self._last = time.perf_counter()

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def moment_of(period: date) -> datetime:
    """When a month is reported: on the 5th of the next."""
    return datetime.combine((period + timedelta(days=31)).replace(day=5), NOW.timetz())


def month_after(period: date, months: int = 1) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(period.month - 1 + months, 12)
    return date(period.year + years, month + 1, 1)


def cpu_seconds(backend: int) -> float:
    """Processor time of this process, its ended children and one connection's server process, all told.

    The last is counted in hundredths of a second.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + cpu_seconds_of(backend)


def cpu_seconds_of(pid: int) -> float:
    """Processor time of another process, counted in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb() -> int:
    """The most memory this process ever held, since it was started."""
    return peak_of("self")


def peak_of(process: str) -> int:
    """The same of another process, by its id. Raises ``OSError`` or ``IndexError`` when it is gone."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def audit() -> bool:
    """Whether the platform's own audit finds nothing wrong in the database; says what it found."""
    from django.db import connections

    from lindung.config.selfcheck import run_checks

    connections.close_all()  # one that a killed server left behind is no use
    broken = [result.name for result in run_checks(clock=time.perf_counter) if result.rows]
    say(f"self-check: {broken or 'clean'}")
    return not broken
