"""Where a process meets the world. What it says to the database and to the carriers passes through here, and at one
chosen point of it the process is killed with -9: nothing of this is in the process itself.

A point is a statement (or a letter, or a text), its how-many-eth time, and a moment. ``before``: it never left.
``after``: the other side has done it, and the answer is lost.
"""

import os
import re
import signal
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

Moment = Literal["before", "after"]
Said = tuple[bytes, str | None]
"""Bytes to pass on, and what they say if they begin something."""


class Point(NamedTuple):
    """The ``time``-th time (from 1) that ``said`` is said in a step, and whether the process dies before or after."""

    said: str
    time: int
    moment: Moment

    def __str__(self) -> str:
        return f"{self.moment} {self.said[:110]!r} #{self.time}"


class Watch:
    """Hears everything that one process says, and ends it at the point that is aimed at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.pid = 0
        self.aim_at(None)

    def aim_at(self, point: Point | None) -> None:
        """Forget what was heard; the next process dies at ``point``, or lives."""
        with self._lock:
            self._target = point
            self._times: Counter[str] = Counter()
            self.heard: list[tuple[str, int]] = []

    def hear(self, said: str) -> Moment | None:
        """Note one thing said; gives the moment at which its speaker is to die of it."""
        with self._lock:
            self._times[said] += 1
            self.heard.append((said, self._times[said]))
            if self._target is None or (said, self._times[said]) != self._target[:2]:
                return None
            return self._target.moment

    def kill(self) -> None:
        """-9 to whoever spoke last."""
        os.kill(self.pid, signal.SIGKILL)


class Dialect(Protocol):
    """How to read one connection. ``split`` gets what the process sends, ``answered`` what comes back: True when it
    completes an answer."""

    def split(self, data: bytes) -> Iterator[Said]: ...

    def answered(self, data: bytes) -> bool: ...


_LITERAL = re.compile(r"E?'(?:[^']|'')*'|\d+")


def without_values(statement: str) -> str:
    """A statement with its numbers and texts left out, so that two runs say the same."""
    return " ".join(_LITERAL.sub("?", statement).split())


class PostgresDialect:
    """The frontend and backend protocol, version 3, as it is spoken through a unix socket."""

    def __init__(self) -> None:
        self._sent, self._received = b"", b""
        self._started = False
        self._prepared: dict[bytes, str] = {}

    def split(self, data: bytes) -> Iterator[Said]:
        self._sent += data
        while True:
            head = 1 if self._started else 0
            if len(self._sent) < head + 4:
                return
            end = head + int(struct.unpack_from("!i", self._sent, head)[0])
            if len(self._sent) < end:
                return
            frame, self._sent = self._sent[:end], self._sent[end:]
            if self._started:
                yield frame, self._said(frame[:1], frame[5:])
            else:
                self._started = True
                yield frame, "connect"

    def _said(self, kind: bytes, body: bytes) -> str | None:
        if kind == b"Q":
            return without_values(body.rstrip(b"\0").decode())
        if kind == b"P":
            name, statement, _ = body.split(b"\0", 2)
            self._prepared[name] = without_values(statement.decode())
            return self._prepared[name]
        if kind == b"B":
            name = body.split(b"\0", 2)[1]
            return self._prepared[name] if name else None
        return "COPY ends" if kind == b"c" else None

    def answered(self, data: bytes) -> bool:
        self._received += data
        done = False
        while len(self._received) >= 5:
            end = 1 + int(struct.unpack_from("!i", self._received, 1)[0])
            if len(self._received) < end:
                break
            # Ready for the next statement, or for the rows of a COPY.
            done = done or self._received[:1] in (b"Z", b"G")
            self._received = self._received[end:]
        return done


class MailDialect:
    """SMTP, one command at a time; a whole letter is one thing said."""

    def __init__(self) -> None:
        self._sent = b""
        self._in_letter = False

    def split(self, data: bytes) -> Iterator[Said]:
        self._sent += data
        while (end := self._sent.find(b"\r\n.\r\n" if self._in_letter else b"\r\n")) >= 0:
            end += 5 if self._in_letter else 2
            unit, self._sent = self._sent[:end], self._sent[end:]
            said = "LETTER" if self._in_letter else unit.split(b":")[0].split()[0].decode().upper()
            self._in_letter = said == "DATA"
            yield unit, f"mail: {said}"

    def answered(self, data: bytes) -> bool:
        return re.match(rb"\d{3} ", data.rstrip(b"\r\n").rpartition(b"\n")[2]) is not None


class TextDialect:
    """HTTP; each request begins what it sends."""

    def split(self, data: bytes) -> Iterator[Said]:
        yield data, "sms: a text" if data.startswith(b"POST ") else None

    def answered(self, data: bytes) -> bool:
        return data.startswith(b"HTTP/")


class _Line:
    """One connection through a tap: two threads that pass on what comes, until the point is reached."""

    def __init__(self, near: socket.socket, far: socket.socket, dialect: Dialect, watch: Watch) -> None:
        self._near, self._far, self._dialect, self._watch = near, far, dialect, watch
        self._swallowing = False

    def run(self) -> None:
        back = threading.Thread(target=self._pass_back)
        back.start()
        try:
            self._pass_on()
        except OSError:
            pass  # either end is gone; that is what this is about
        finally:
            for end in (self._near, self._far):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was faster
            back.join()
            self._near.close()
            self._far.close()

    def _pass_on(self) -> None:
        while data := self._near.recv(65_536):
            for unit, said in self._dialect.split(data):
                moment = self._watch.hear(said) if said else None
                if moment == "before":
                    self._watch.kill()
                    return
                self._swallowing = self._swallowing or moment == "after"
                self._far.sendall(unit)

    def _pass_back(self) -> None:
        try:
            while data := self._far.recv(65_536):
                complete = self._dialect.answered(data)
                if not self._swallowing:
                    self._near.sendall(data)
                elif complete:
                    self._watch.kill()
                    break
            self._near.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # as above


def _peer(connection: socket.socket) -> int:
    return int(struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])


@contextmanager
def _tapped(
    listener: socket.socket, connect: Callable[[], socket.socket], dialect: Callable[[], Dialect], watch: Watch
) -> Iterator[None]:
    lines: list[threading.Thread] = []

    def listen() -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return  # the tap is closed
            if near.family == socket.AF_UNIX:
                watch.pid = _peer(near)
            thread = threading.Thread(target=_Line(near, connect(), dialect(), watch).run)
            lines[:] = [*(line for line in lines if line.is_alive()), thread]
            thread.start()

    with listener:
        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for line in lines:
                line.join()


@contextmanager
def database_tap(watch: Watch, server_socket: Path, folder: Path) -> Iterator[Path]:
    """A socket folder in place of the server's own; gives it."""

    def connect() -> socket.socket:
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(server_socket))
        return far

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / server_socket.name))
    listener.listen(32)
    with _tapped(listener, connect, PostgresDialect, watch):
        yield folder


@contextmanager
def carrier_tap(watch: Watch, port: int, dialect: Callable[[], Dialect]) -> Iterator[int]:
    """A port in place of a carrier's; gives it."""
    listener = socket.create_server(("127.0.0.1", 0))
    with _tapped(listener, lambda: socket.create_connection(("127.0.0.1", port)), dialect, watch):
        yield int(listener.getsockname()[1])
