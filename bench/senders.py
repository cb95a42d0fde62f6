"""Senders that cost next to nothing: one thread, many kept connections, requests signed before the clock starts.

Each sender has one connection and one request on its way, as a bank's process has; who gets its answer sends the next
one, or, where so many a second are due, the next one that is due.
"""

import re
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

_PATIENCE_SECONDS = 60.0


@dataclass
class Sent:
    """What a run gave: seconds, answers by status, and of each answer how long it took, ascending."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    @property
    def good(self) -> int:
        return self.statuses[200]

    @property
    def rate(self) -> float:
        return self.good / self.seconds

    def wait(self, share: float) -> float:
        """Milliseconds within which this share of all answers came."""
        return self.waits[min(int(len(self.waits) * share), len(self.waits) - 1)] * 1000


def wire(request: httpx.Request) -> bytes:
    """A request as it goes over the line."""
    head = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + request.read()


@dataclass
class _Line:
    """``began``: when its request was sent, or was due."""

    connection: socket.socket
    began: float = 0.0
    received: bytes = b""


def send_all(base_url: str, requests: Sequence[bytes], *, senders: int, a_second: int = 0) -> Sent:
    """Send every request once; ``a_second``: so many are due each second, and wait from when they were due.

    Raises ``TimeoutError`` when nothing is heard for a minute, ``OSError`` on a hang-up.
    """
    address = urlsplit(base_url)
    sent = Sent()
    dues = [place / a_second if a_second else 0.0 for place in range(len(requests))]
    waiting, free = deque(zip(dues, requests, strict=True)), deque[_Line]()
    with selectors.DefaultSelector() as lines:
        for _ in range(senders):
            connection = socket.create_connection((address.hostname, address.port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line = _Line(connection)
            lines.register(connection, selectors.EVENT_READ, line)
            free.append(line)
        began = time.perf_counter()
        while waiting or len(free) < senders:
            while waiting and free and began + waiting[0][0] <= time.perf_counter():
                due, request = waiting.popleft()
                line = free.popleft()
                line.received, line.began = b"", began + due if a_second else time.perf_counter()
                line.connection.sendall(request)
            pause = _PATIENCE_SECONDS
            if waiting and free:
                pause = max(began + waiting[0][0] - time.perf_counter(), 0.0)
            ready = lines.select(pause)
            if not ready and pause == _PATIENCE_SECONDS:
                raise TimeoutError("no answer for a minute")
            for key, _ in ready:
                line = key.data
                line.received += line.connection.recv(65_536) or _hung_up()
                status = _complete(line.received)
                if status:
                    sent.statuses[status] += 1
                    sent.waits.append(time.perf_counter() - line.began)
                    free.append(line)
        sent.seconds = time.perf_counter() - began
        for line in free:
            line.connection.close()
    sent.waits.sort()
    return sent


def _complete(received: bytes) -> int:
    """The status of a whole answer, 0 of a part of one."""
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return 0
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    whole = len(body) >= int(length[1]) if length else body.endswith(b"\r\n0\r\n\r\n")
    return int(head[9:12]) if whole else 0


def _hung_up() -> bytes:
    raise ConnectionResetError("the door hung up")
