"""A bank that keeps nobody's money: it holds its own key and secret, and makes the real signed calls to our door."""

import http.client
import itertools
import json
import os
import secrets
import select
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from lindung.lib import clock, snap

if os.environ.get("LINDUNG_ENV") == "production":
    raise ImportError("simulators are refused in production: this bank takes no money")

SERVICE_CODE = "77123"
TOKEN_PATH = "/snap/v1.0/access-token/b2b"
INQUIRY_PATH = "/snap/v1.0/transfer-va/inquiry"
PAYMENT_PATH = "/snap/v1.0/transfer-va/payment"
_FILE = "bank-simulator.json"
_CHANNEL_ID = "95231"
_E_BANKING = 6011
_PATIENCE_SECONDS = 10.0
_MARGIN = timedelta(seconds=60)

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the bank knows of itself; we are told all of it but the private key."""

    code: str
    name: str
    client_id: str
    partner_id: str
    service_code: str
    public_key_pem: str
    private_key_pem: str = field(repr=False)
    secret: str = field(repr=False)


def new_credentials(
    code: str = "SIMBANK", name: str = "Bank Simulasi", service_code: str = SERVICE_CODE
) -> Credentials:
    """A bank that never was: fresh key, secret and names."""
    key = rsa.generate_private_key(65537, 2048)
    return Credentials(
        code=code,
        name=name,
        client_id=f"sim-{secrets.token_hex(16)}",
        partner_id=f"{service_code}-{secrets.token_hex(8)}",
        service_code=service_code,
        public_key_pem=key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        private_key_pem=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        secret=secrets.token_urlsafe(32),
    )


def credentials(data_folder: Path) -> Credentials:
    """The simulated bank of a data folder, from ``bank-simulator.json`` (0400), which is made when missing."""
    path = data_folder / _FILE
    if not path.exists():
        new = path.with_name(f".{_FILE}.{os.getpid()}.{threading.get_ident()}")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400), "w") as file:
            json.dump(asdict(new_credentials()), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link fails where a rename would replace: whoever comes first made the bank.
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return Credentials(**json.loads(path.read_text()))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call as it went over the wire. ``status`` is None when no answer was read."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    answer_headers: Mapping[str, str] = field(default_factory=dict)
    answer: bytes = b""

    @property
    def json(self) -> dict[str, Any]:
        """The answer, read; empty when there is none."""
        read: dict[str, Any] = json.loads(self.answer) if self.answer else {}
        return read

    @property
    def code(self) -> str:
        """``responseCode``."""
        return str(self.json.get("responseCode", ""))

    @property
    def bill(self) -> dict[str, Any]:
        """``virtualAccountData``."""
        data: dict[str, Any] = self.json.get("virtualAccountData", {})
        return data

    @property
    def amount_rupiah(self) -> int:
        """What the answer to an inquiry says is to be paid. Raises ``KeyError`` when it says nothing."""
        return snap.parse_amount(self.bill["totalAmount"]["value"])

    @property
    def receipt_number(self) -> str:
        """The receipt in the answer to a payment; empty when it was refused."""
        details = self.bill.get("billDetails") or [{}]
        return str(details[0].get("billerReferenceId", ""))


class NoToken(Exception):
    """The door gave no token; ``exchange`` shows what was said."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(f"{exchange.status} {exchange.code}")
        self.exchange = exchange


class BankSession:
    """A bank calling the door at ``base_url``; may be used by many threads.

    A token is asked for when there is none or it is about to end; with ``signs_with_key`` none is needed. ``transport``
    leads calls elsewhere than to the network, ``now`` is the bank's clock. Close it, or use it in a ``with``.
    """

    def __init__(
        self,
        own: Credentials,
        base_url: str,
        *,
        encoding: snap.Encoding = "base64",
        signs_with_key: bool = False,
        transport: httpx.BaseTransport | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.own = own
        self.now = now or clock.now
        self._encoding = encoding
        self._signs_with_key = signs_with_key
        self._client = httpx.Client(base_url=base_url, timeout=_PATIENCE_SECONDS, transport=transport, trust_env=False)
        self._lock = threading.Lock()
        self._token = ""
        self._token_ends_at = self.now()
        self._serial = itertools.count(secrets.randbelow(10**12))

    def __enter__(self) -> "BankSession":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def ask_token(self, *, headers: Mapping[str, str | None] | None = None, fields: object = None) -> Exchange:
        """Ask for a token and keep it. ``headers`` replaces or (None) leaves out, ``fields`` is another body."""
        timestamp = snap.format_timestamp(self.now())
        text = snap.token_text(self.own.client_id, timestamp)
        sent = {
            "Content-Type": "application/json",
            "X-TIMESTAMP": timestamp,
            "X-CLIENT-KEY": self.own.client_id,
            "X-SIGNATURE": snap.sign_with_key(self.own.private_key_pem, text, self._encoding),
        }
        body = {"grantType": "client_credentials", "additionalInfo": {}} if fields is None else fields
        exchange = self._send(self._request(TOKEN_PATH, sent, headers, _bytes(body)))
        if exchange.status == 200:
            self._token = exchange.json["accessToken"]
            self._token_ends_at = self.now() + timedelta(seconds=int(exchange.json["expiresIn"])) - _MARGIN
        return exchange

    def token(self) -> str:
        """A token that is good for a minute at least. Raises ``NoToken``."""
        with self._lock:
            if self.now() >= self._token_ends_at:
                exchange = self.ask_token()
                if exchange.status != 200:
                    raise NoToken(exchange)
            return self._token

    def sign(self, path: str, body: bytes, timestamp: str, token: str, *, secret: str = "") -> str:
        """``X-SIGNATURE`` of a call, with another secret if one is given."""
        if self._signs_with_key:
            open_text = snap.call_text_without_token("POST", path, body, timestamp)
            return snap.sign_with_key(self.own.private_key_pem, open_text, self._encoding)
        text = snap.call_text("POST", path, token, body, timestamp)
        return snap.sign((secret or self.own.secret).encode(), text, self._encoding)

    def new_reference(self) -> str:
        """An ``inquiryRequestId`` or ``paymentRequestId`` that was never used."""
        return f"{self.now().astimezone(clock.WIB):%Y%m%d%H%M%S}{self.own.service_code}{next(self._serial):013d}"

    def new_external_id(self) -> str:
        """An ``X-EXTERNAL-ID`` that was not used today."""
        return f"{next(self._serial):013d}"

    def number_fields(self, customer_no: str, *, padded: bool = True) -> Fields:
        """The three fields that name a number, with the company code filled up to eight places or not."""
        service_id = self.own.service_code.rjust(8) if padded else self.own.service_code
        return {
            "partnerServiceId": service_id,
            "customerNo": customer_no,
            "virtualAccountNo": f"{service_id}{customer_no}",
        }

    def inquiry_fields(self, customer_no: str, *, reference: str = "", padded: bool = True) -> Fields:
        """The body of an inquiry."""
        return {
            **self.number_fields(customer_no, padded=padded),
            "trxDateInit": snap.format_timestamp(self.now()),
            "channelCode": _E_BANKING,
            "additionalInfo": {},
            "inquiryRequestId": reference or self.new_reference(),
        }

    def payment_fields(
        self,
        customer_no: str,
        amount_rupiah: int,
        *,
        reference: str = "",
        padded: bool = True,
        advise: bool = False,
    ) -> Fields:
        """The body of a payment; ``reference`` is that of the inquiry before it, if there was one."""
        amount = {"value": snap.format_amount(amount_rupiah), "currency": "IDR"}
        return {
            **self.number_fields(customer_no, padded=padded),
            "paymentRequestId": reference or self.new_reference(),
            "channelCode": _E_BANKING,
            "paidAmount": amount,
            "totalAmount": amount,
            "trxDateTime": snap.format_timestamp(self.now()),
            "referenceNo": f"{next(self._serial):012d}",
            "flagAdvise": "Y" if advise else "N",
            "additionalInfo": {},
        }

    def inquire(self, customer_no: str, **options: Any) -> Exchange:
        """Ask what is to be paid. Options are those of ``inquiry_fields``."""
        return self.call(INQUIRY_PATH, self.inquiry_fields(customer_no, **options))

    def pay(self, customer_no: str, amount_rupiah: int, **options: Any) -> Exchange:
        """Tell that money was taken. Options are those of ``payment_fields``."""
        return self.call(PAYMENT_PATH, self.payment_fields(customer_no, amount_rupiah, **options))

    def call(self, path: str, fields: object, **options: Any) -> Exchange:
        """Make one signed call. Options are those of ``request``."""
        return self._send(self.request(path, fields, **options))

    def request(
        self,
        path: str,
        fields: object,
        *,
        external_id: str = "",
        sent_at: datetime | None = None,
        secret: str = "",
        signed_path: str = "",
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Request:
        """A signed call, ready to be sent, as often as one likes.

        ``fields`` is a JSON value or the very bytes. ``headers`` replaces or (None) leaves out after signing;
        ``sent_at``, ``secret`` and ``signed_path`` sign for another moment, with another secret, for another address.
        """
        body = _bytes(fields)
        timestamp = snap.format_timestamp(sent_at or self.now())
        token = "" if self._signs_with_key else self.token()
        sent = {
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {token}"} if token else {}),
            "X-TIMESTAMP": timestamp,
            "X-SIGNATURE": self.sign(signed_path or path, body, timestamp, token, secret=secret),
            "X-PARTNER-ID": self.own.partner_id,
            "X-EXTERNAL-ID": external_id or self.new_external_id(),
            "CHANNEL-ID": _CHANNEL_ID,
        }
        return self._request(path, sent, headers, body)

    def send(self, request: httpx.Request) -> Exchange:
        """Send a request made before."""
        return self._send(request)

    def send_at_once(self, requests: list[httpx.Request]) -> list[Exchange]:
        """Send requests side by side, one thread each; answers in the order of the requests."""
        with ThreadPoolExecutor(len(requests)) as threads:
            return list(threads.map(self._send, requests))

    def send_and_hang_up(self, request: httpx.Request) -> Exchange:
        """Send, wait until an answer lies in the line, and hang up without reading it: to the bank it is lost."""
        with _raw_connection(request) as line:
            select.select([line], [], [], _PATIENCE_SECONDS)
        return _exchange(request, None)

    def _request(
        self, path: str, sent: Mapping[str, str], headers: Mapping[str, str | None] | None, body: bytes
    ) -> httpx.Request:
        merged = {**sent, **(headers or {})}
        kept = {name: value for name, value in merged.items() if value is not None}
        return self._client.build_request("POST", path, headers=kept, content=body)

    def _send(self, request: httpx.Request) -> Exchange:
        return _exchange(request, self._client.send(request))


@contextmanager
def _raw_connection(request: httpx.Request) -> Iterator[socket.socket]:
    address = urlsplit(str(request.url))
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=_PATIENCE_SECONDS)
    connection.request("POST", address.path, request.read(), dict(request.headers))
    try:
        yield connection.sock
    finally:
        connection.close()


def _exchange(request: httpx.Request, response: httpx.Response | None) -> Exchange:
    path, headers, body = request.url.raw_path.decode(), dict(request.headers), request.read()
    if response is None:
        return Exchange(path, headers, body)
    return Exchange(path, headers, body, response.status_code, dict(response.headers), response.content)


def _bytes(fields: object) -> bytes:
    return fields if isinstance(fields, bytes) else json.dumps(fields).encode()
