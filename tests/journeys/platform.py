"""The product itself, started by its own command on free ports, for tests that use it as people do."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 90


def _free_ports(count: int = 5) -> int:
    """The first of some neighbouring ports that nobody listens on."""
    for first in range(20_000 + os.getpid() % 400 * 50, 60_000, count):
        sockets = []
        try:
            for port in range(first, first + count):
                taken = socket.socket()
                sockets.append(taken)
                taken.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for taken in sockets:
                taken.close()
    raise RuntimeError("no free ports")


@dataclass
class Platform:
    """A running ``lindung run --empty``. ``stop`` ends it and removes its folder."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="lindung-journey-")))
    port: int = field(default_factory=_free_ports)
    arguments: tuple[str, ...] = ("--empty",)
    now: str = ""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.chmod(0o711)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, door: str = "public") -> str:
        """The address of a door, without a slash at the end."""
        return f"http://127.0.0.1:{self.port + ('public', 'staff', 'machines', 'simulators').index(door)}"

    def __enter__(self) -> "Platform":
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_raised: object) -> None:
        self.stop()

    def start(self) -> "Platform":
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LINDUNG_", "DATABASE_", "PYTEST_", "DJANGO_"))
        }
        if self.now:
            environment["LINDUNG_NOW"] = self.now
        command = [
            sys.executable,
            "-m",
            "lindung.config.cli",
            "run",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
        ]
        log = (self.folder / "run.log").open("ab")
        command += self.arguments
        self.process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + _START_SECONDS
        while not self.answers():
            assert self.process.poll() is None, self.story()
            assert time.monotonic() < deadline, self.story()
            time.sleep(0.1)
        return self

    def answers(self, door: str = "public") -> bool:
        """Whether a door gives its first page (or a refusal of its own)."""
        try:
            with urllib.request.urlopen(f"{self.address(door)}/", timeout=2) as answer:
                return bool(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code < 500
        except OSError:
            return False

    def story(self) -> str:
        """What the start said, and the ends of the logs: for the message of a failing test."""
        parts = [(self.folder / "run.log").read_text()]
        for log in sorted((self.data / "log").glob("*.log")):
            parts.append(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}")
        return "\n".join(parts)

    def pids(self) -> dict[str, int]:
        """The supervisor's children by name, as it wrote them down."""
        pids: dict[str, int] = json.loads((self.data / "pids.json").read_text())
        return pids

    def python(self, *arguments: str) -> str:
        """Run a module of the product or the tests against this platform; gives what it printed."""
        result = subprocess.run(
            [sys.executable, "-m", *arguments],
            env={**os.environ, **self.environment()},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def environment(self) -> dict[str, str]:
        """What a process needs to be part of this platform, as the application's role."""
        from lindung.config.postgres import EmbeddedServer

        own = {
            "DATABASE_URL": EmbeddedServer(self.data).app_url(),
            "LINDUNG_DATA": str(self.data),
            "LINDUNG_PORT": str(self.port),
            "LINDUNG_KEYS_FILE": str(self.data / "keys.json"),
            "LINDUNG_DOOR": "command",
        }
        if self.now:
            own["LINDUNG_NOW"] = self.now
        return own

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
