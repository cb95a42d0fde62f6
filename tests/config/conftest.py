import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lindung.config.postgres import EmbeddedServer


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A short-named folder that the database's user may pass through; pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="lindung-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def embedded(open_folder: Path) -> Iterator[Callable[..., EmbeddedServer]]:
    """Makes servers without fsync, and stops them."""
    made: list[EmbeddedServer] = []

    def make(folder: Path | None = None, **how: object) -> EmbeddedServer:
        server = EmbeddedServer(folder or open_folder / "var", settings={"fsync": "off"}, **how)  # type: ignore[arg-type]  # passed on as given
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def wait_for() -> Callable[..., None]:
    """Waits until something becomes true, or fails saying what did not."""

    def wait(condition: Callable[[], object], what: str, seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
            time.sleep(0.02)

    return wait


@pytest.fixture
def is_gone() -> Callable[[int], bool]:
    """Whether a process has ended, buried or not."""

    def gone(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return True

    return gone
