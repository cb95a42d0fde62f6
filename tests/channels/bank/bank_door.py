"""The machines' door without a network, the bank's clock, and bills to pay."""

import itertools
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx
import numpy as np
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from lindung.access.models import PartnerRequest, TrailEvent
from lindung.access.partners import register_partner
from lindung.access.trail import SYSTEM
from lindung.contact.models import Message
from lindung.contributions.models import Payment
from lindung.contributions.services import IssuedBill, WageRows, report_wages
from lindung.ledger.models import Entry
from lindung.partners.bank.simulator import BankSession, new_credentials
from lindung.registry.services import register_employer

MIDDLEWARE = [
    "lindung.channels.shared.middleware.SafeHeaders",
    "lindung.channels.shared.middleware.Door",
    "lindung.channels.shared.preferences.Preferences",
    "django.middleware.locale.LocaleMiddleware",
    "lindung.channels.shared.middleware.ClosedByDefault",
]
PERIOD = date(2026, 11, 1)
_numbers = itertools.count(1)


@dataclass
class Hand:
    """A clock that is moved by hand; what the platform and the bank both read."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


class Door:
    """The door as a WSGI application. A thread's connection ends with its call."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        response = self._handler(environ, start_response)
        body = list(response)
        response.close()
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
        return body


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    # Waited for at the end, so that no thread of one test is alive in the next.
    daemon_threads = False


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def listening() -> Iterator[str]:
    """The door on a free port of this machine; gives its address."""
    with make_server("127.0.0.1", 0, Door(), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def open_bank(
    hand: Hand, *, address: str = "127.0.0.1", encoding: Any = "base64", **habits: Any
) -> tuple[int, BankSession]:
    """Register a bank that never was; gives its id and a session at the door."""
    number = next(_numbers)
    own = new_credentials(code=f"UJI{number}{threading.get_native_id()}", name="Bank Contoh")
    partner_id = register_partner(
        actor=SYSTEM,
        code=own.code,
        name=own.name,
        client_id=own.client_id,
        partner_id=own.partner_id,
        service_codes=[own.service_code],
        public_key_pem=own.public_key_pem,
        secret=own.secret,
        now=hand(),
        encoding=encoding,
        **habits,
    )
    transport = httpx.WSGITransport(app=Door(), remote_addr=address)
    return partner_id, BankSession(own, "http://127.0.0.1", encoding=encoding, transport=transport, now=hand)


def new_bill(now: datetime, *, name: str = "PT Contoh Maju Bersama", workers: int = 2) -> IssuedBill:
    """A bill of its own employer for November 2026, to be paid until 15 December."""
    number = next(_numbers)
    employer_id = register_employer(
        actor=SYSTEM,
        npp=f"UJI{number:09d}",
        name=name,
        size="small",
        jkk_class="II",
        now=now,
        since_on=date(2020, 1, 1),
    )
    ids = np.arange(workers, dtype=np.int64) + 9_500_000 + number * 1_000
    rows = WageRows(
        person_id=ids,
        employment_id=ids,
        membership_id=ids,
        wage_rupiah=np.full(workers, 9_000_000, dtype=np.int64),
        jp_liable=np.zeros(workers, dtype=np.bool_),
        jkp_member=np.zeros(workers, dtype=np.bool_),
    )
    return report_wages(actor=SYSTEM, employer_id=employer_id, period=PERIOD, upload_id=None, rows=rows, now=now)


def booked() -> tuple[int, int, int, int]:
    """How much there is of everything that a payment makes."""
    return (
        Payment.objects.count(),
        Entry.objects.count(),
        Message.objects.count(),
        TrailEvent.objects.exclude(act__in=("token_issued", "payment_clashed", "payment_contradicted")).count(),
    )


def remembered() -> int:
    """How many answers are kept."""
    return PartnerRequest.objects.count()
