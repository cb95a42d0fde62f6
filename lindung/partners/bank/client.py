"""Asking a bank what became of a payment (SNAP service 26): our only call to a bank about virtual accounts.

A bank answers for today and yesterday. Whatever is not a plain yes or no is ``Unknown``, to be asked again.
"""

import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lindung.lib import snap
from lindung.partners.outcome import Unknown

TOKEN_PATH: Final = "/v1.0/access-token/b2b"
STATUS_PATH: Final = "/v1.0/transfer-va/status"
_MOST_ANSWER_BYTES: Final = 100_000
_NOT_FOUND: Final = ("4042601", "4042612")
_CHANNEL_ID: Final = "95231"

log = logging.getLogger("lindung.bank")


@dataclass(frozen=True, slots=True)
class Taken:
    """The bank holds the money: so much, since then, whole rupiah."""

    amount_rupiah: int
    paid_at: datetime
    bank_reference: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The bank knows of no such payment, or refused it."""


Status = Taken | NotTaken | Unknown


@dataclass(frozen=True, slots=True)
class Agreement:
    """What we and a bank agreed for our calls: ``address`` is what stands before ``/v1.0``."""

    address: str
    client_id: str
    partner_id: str
    service_code: str
    private_key_pem: str
    secret: bytes
    encoding: snap.Encoding


class BankLine:
    """A line to one bank; a token is asked for once. Close it, or use it in a ``with``. ``now`` is our clock."""

    def __init__(self, agreement: Agreement, *, now: Callable[[], datetime], seconds: float = 10.0) -> None:
        self._own = agreement
        self._now = now
        self._token = ""
        self._client = httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False)

    def __enter__(self) -> "BankLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def status(self, *, reference: str, customer_no: str, external_id: str) -> Status:
        """What became of the payment with this ``paymentRequestId`` to this number; nothing is tried twice in here."""
        service_id = self._own.service_code.rjust(8)
        question = {
            "partnerServiceId": service_id,
            "customerNo": customer_no,
            "virtualAccountNo": f"{service_id}{customer_no}",
            "inquiryRequestId": reference,
            "paymentRequestId": reference,
            "additionalInfo": {},
        }
        try:
            if not self._token:
                self._token = self._new_token()
            said = self._call(question, external_id)
            return _read(said, reference, customer_no)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            # The error's own words may quote the bank.
            log.warning("a bank gave no usable answer about a payment: %s", type(error).__name__)
            return Unknown("unusable answer")

    def _new_token(self) -> str:
        timestamp = snap.format_timestamp(self._now())
        text = snap.token_text(self._own.client_id, timestamp)
        headers = {
            "X-TIMESTAMP": timestamp,
            "X-CLIENT-KEY": self._own.client_id,
            "X-SIGNATURE": snap.sign_with_key(self._own.private_key_pem, text, self._own.encoding),
        }
        return str(self._post(TOKEN_PATH, headers, {"grantType": "client_credentials"})["accessToken"])

    def _call(self, question: dict[str, Any], external_id: str) -> dict[str, Any]:
        timestamp = snap.format_timestamp(self._now())
        body = json.dumps(question).encode()
        text = snap.call_text("POST", STATUS_PATH, self._token, body, timestamp)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "X-TIMESTAMP": timestamp,
            "X-SIGNATURE": snap.sign(self._own.secret, text, self._own.encoding),
            "X-PARTNER-ID": self._own.partner_id,
            "X-EXTERNAL-ID": external_id,
            "CHANNEL-ID": _CHANNEL_ID,
        }
        return self._post(STATUS_PATH, headers, body)

    def _post(self, path: str, headers: dict[str, str], body: object) -> dict[str, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **headers}
        response = self._client.post(f"{self._own.address}{path}", headers=sent, content=content)
        if len(response.content) > _MOST_ANSWER_BYTES:
            raise ValueError("too long")
        said: dict[str, Any] = response.json()
        return said


def own_key(key_file: Path | None, data_folder: Path | None) -> str:
    """Our private key, PEM: of the file, or of ``snap-key.pem`` (0400) in the data folder, made when it is missing.

    Without a file and without a folder there is none: ''.
    """
    if key_file is None:
        if data_folder is None:
            return ""
        key_file = data_folder / "snap-key.pem"
        if not key_file.exists():
            key = rsa.generate_private_key(65537, 2048)
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            new = key_file.with_name(f".{key_file.name}.{os.getpid()}.{threading.get_ident()}")
            new.touch(mode=0o600)
            new.write_bytes(pem)
            new.chmod(0o400)
            try:
                # A link fails where a rename would replace: whoever comes first made the key.
                os.link(new, key_file)
            except FileExistsError:
                pass
            finally:
                new.unlink()
    return key_file.read_text()


def _read(said: dict[str, Any], reference: str, customer_no: str) -> Status:
    code = said["responseCode"]
    if code in _NOT_FOUND:
        return NotTaken()
    if code != "2002600":
        return Unknown(f"code {str(code)[:7]}")
    data = said["virtualAccountData"]
    if (data["paymentRequestId"], data["customerNo"]) != (reference, customer_no):
        return Unknown("another payment's answer")
    if data["paymentFlagStatus"] == "01":
        return NotTaken()
    if data["paymentFlagStatus"] != "00" or data["paidAmount"]["currency"] != "IDR":
        return Unknown("neither taken nor refused")
    return Taken(
        amount_rupiah=snap.parse_amount(data["paidAmount"]["value"]),
        paid_at=snap.parse_timestamp(data["transactionDate"]),
        bank_reference=str(data.get("referenceNo", ""))[:64],
    )
