"""The simulated civil registry's door on this machine, and clients of it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve

from lindung.partners.dukcapil.client import CivilRegistry

Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
PREFIX = "/dukcapil"


@contextmanager
def office() -> Iterator[str]:
    """The simulator of the folder that ``LINDUNG_DATA`` names; gives the address, as ``DUKCAPIL_ADDRESS`` has it."""
    with listening(_answer) as address:
        yield f"{address}{PREFIX}"


@contextmanager
def listening(application: Application) -> Iterator[str]:
    """Any application on a free port, each call in a thread of its own."""
    server = make_server("127.0.0.1", 0, application, server_class=_Threaded, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def client_of(address: str, **otherwise: Any) -> CivilRegistry:
    """A client with the account that the simulator knows, but for what is ``otherwise``."""
    account: dict[str, Any] = {
        "customer_id": settings.DUKCAPIL_CUSTOMER_ID,
        "user_id": settings.DUKCAPIL_USER_ID,
        "password": settings.DUKCAPIL_PASSWORD,
        "ip_user": settings.DUKCAPIL_IP_USER,
    }
    return CivilRegistry(address=address, **{**account, **otherwise})


def _answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    request = WSGIRequest(environ)
    view, given, named = resolve(request.path.removeprefix(PREFIX), "lindung.partners.dukcapil.urls")
    response = view(request, *given, **named)
    headers = [*response.items(), ("Content-Length", str(len(response.content)))]
    start_response(f"{response.status_code} {response.reason_phrase}", headers)
    return [response.content]


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass
