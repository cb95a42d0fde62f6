"""What the simulators of the carriers share: what they received, and the faults they were told to show.

Both lie in files, because the simulator that receives and the page that shows may be two processes.
"""

import fcntl
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lindung.lib.doors import open_door

if os.environ.get("LINDUNG_ENV") == "production":
    raise ImportError("simulators are refused in production: nothing they take reaches anybody")

MOST_FAULTS = 1000
_PROJECT = Path(__file__).resolve().parents[2]
_SLOW = re.compile(r"slow:(\d{1,5})")

Received = dict[str, str]


def folder() -> Path:
    """``DATA/simulators``, made when missing. ``DATA`` is ``LINDUNG_DATA``."""
    path = Path(os.environ.get("LINDUNG_DATA") or _PROJECT / "var") / "simulators"
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


class Inbox:
    """All that one simulator received, one JSON object a line, never the same ``id`` twice.

    An entry has at least ``id`` and ``to``. In memory only its place in the file is kept; what other processes
    add is seen at the next call.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._forget()

    @property
    def path(self) -> Path:
        """The file of this inbox."""
        return folder() / f"{self._name}.jsonl"

    def put(self, entry: Received) -> bool:
        """Keep an entry; False when its id is known, and then nothing is kept."""
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with self._lock, _locked(self.path) as file:
            self._catch_up(file)
            if entry["id"] in self._places:
                return False
            file.write(line)
            file.flush()
            self._catch_up(file)
            return True

    def newest(self, *, to: str = "", limit: int = 50) -> list[Received]:
        """The last entries, newest first; with ``to`` those whose recipient contains it."""
        with self._lock, _locked(self.path) as file:
            self._catch_up(file)
            wanted = to.strip().casefold()
            found = [place for recipient, place in reversed(self._arrivals) if wanted in recipient]
            return [self._read(file, place) for place in found[:limit]]

    def find(self, entry_id: str) -> Received | None:
        """The entry with this id."""
        with self._lock, _locked(self.path) as file:
            self._catch_up(file)
            place = self._places.get(entry_id)
            return None if place is None else self._read(file, place)

    def _forget(self) -> None:
        self._file_id = 0
        self._read_to = 0
        self._places: dict[str, int] = {}
        self._arrivals: list[tuple[str, int]] = []

    def _catch_up(self, file: IO[bytes]) -> None:
        state = os.fstat(file.fileno())
        if state.st_ino != self._file_id or state.st_size < self._read_to:
            self._forget()
            self._file_id = state.st_ino
        if state.st_size == self._read_to:
            return
        file.seek(self._read_to)
        for line in file:
            if not line.endswith(b"\n"):
                break  # a writer was killed in mid-line; the rest may still come
            entry = json.loads(line)
            self._places[entry["id"]] = self._read_to
            self._arrivals.append((entry["to"].casefold(), self._read_to))
            self._read_to += len(line)

    @staticmethod
    def _read(file: IO[bytes], place: int) -> Received:
        file.seek(place)
        entry: Received = json.loads(file.readline())
        return entry


class Faults:
    """Faults to be shown, each by one call, in the order in which they were ordered."""

    def __init__(self, name: str, kinds: frozenset[str]) -> None:
        self._name = name
        self.kinds = kinds

    @property
    def _path(self) -> Path:
        return folder() / f"{self._name}.faults.json"

    def add(self, fault: str, count: int) -> int:
        """Order ``count`` of a fault (``slow:<milliseconds>`` or one of ``kinds``); gives how many are waiting.

        No more than ``MOST_FAULTS`` wait. Raises ``ValueError`` for a fault this simulator cannot show.
        """
        if fault not in self.kinds and not _SLOW.fullmatch(fault):
            raise ValueError(f"fault must be slow:<milliseconds> or one of {', '.join(sorted(self.kinds))}")
        if not 1 <= count <= MOST_FAULTS:
            raise ValueError(f"count must be 1 to {MOST_FAULTS}")
        with _locked(self._path) as file:
            waiting = [*self._load(file), *[fault] * count][:MOST_FAULTS]
            self._save(file, waiting)
            return len(waiting)

    def take(self) -> str:
        """The next fault, which is thereby used up; empty when all is well."""
        path = self._path
        if not path.exists() or path.stat().st_size == 0:
            return ""
        with _locked(path) as file:
            first, *rest = self._load(file) or [""]
            self._save(file, rest)
            return first

    @staticmethod
    def _load(file: IO[bytes]) -> list[str]:
        file.seek(0)
        waiting: list[str] = json.loads(file.read() or b"[]")
        return waiting

    @staticmethod
    def _save(file: IO[bytes], waiting: list[str]) -> None:
        file.truncate(0)
        if waiting:
            file.write(json.dumps(waiting).encode())


def slowness_seconds(fault: str) -> float:
    """How long ``slow:<milliseconds>`` lasts; 0 for every other fault."""
    found = _SLOW.fullmatch(fault)
    return int(found[1]) / 1000 if found else 0.0


def control(faults: Faults) -> Callable[[HttpRequest], HttpResponse]:
    """The view ``_control``: takes ``{"fault": ..., "count": n}`` and answers ``{"waiting": n}``, or 400."""

    @open_door
    @require_POST
    def order_faults(request: HttpRequest) -> HttpResponse:
        try:
            order: Any = json.loads(request.body)
            waiting = faults.add(str(order["fault"]), int(order.get("count", 1)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return JsonResponse({"error": str(error)}, status=400)
        return JsonResponse({"waiting": waiting})

    return order_faults
