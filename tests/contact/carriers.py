"""The two carriers' simulators, running inside the test process on ports of their own."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIRequest

from lindung.partners.mail import simulator as mail
from lindung.partners.simulated import Faults, Inbox, Received
from lindung.partners.sms import simulator as sms


@dataclass(frozen=True)
class World:
    """What the simulators received, and the faults they can be told to show."""

    mail_faults: Faults
    sms_faults: Faults
    mails: Inbox
    texts: Inbox

    def mail_to(self, address: str) -> list[Received]:
        return self.mails.newest(to=address)

    def text_to(self, number: str) -> list[Received]:
        return self.texts.newest(to=number)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def relay() -> Iterator[str]:
    """The mail simulator; gives ``host:port``."""
    port = free_port()
    loop = asyncio.new_event_loop()
    serving = loop.create_task(mail.serve("127.0.0.1", port))

    def run() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(serving)
        except asyncio.CancelledError:
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        finally:
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        _wait_for(port)
        yield f"127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join()


@contextmanager
def gateway() -> Iterator[str]:
    """The SMS simulator's one address; gives what goes before ``/v2/send-otp``."""

    def answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        response = sms.send_otp(WSGIRequest(environ))
        body = response.content
        start_response(
            f"{response.status_code} {response.reason_phrase}",
            [*response.items(), ("Content-Length", str(len(body)))],
        )
        return [body]

    server = make_server("127.0.0.1", 0, answer, server_class=_Threaded, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def _wait_for(port: int) -> None:
    for _ in range(500):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.recv(1)
                return
        except ConnectionRefusedError:
            threading.Event().wait(0.01)
    raise TimeoutError(f"nobody listens on port {port}")
