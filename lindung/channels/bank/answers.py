"""What a bank is told: the cases of the standard, their codes, and the words a payer reads in two languages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import HttpResponse

from lindung.lib.snap import format_timestamp


class Service(StrEnum):
    """The calls we answer, by their service code."""

    TOKEN = "73"
    INQUIRY = "24"
    PAYMENT = "25"


# The field names of a verdict, and how long its reason may be.
_VERDICT = {
    Service.INQUIRY: ("inquiryStatus", "inquiryReason", 64),
    Service.PAYMENT: ("paymentFlagStatus", "paymentFlagReason", 200),
}
_MESSAGE_LIMIT = 150
_NOT_FOR_STRANGERS = (401, 405)


@dataclass(frozen=True, slots=True)
class Case:
    """One outcome: the code's first three and last two digits, the message, and what the payer reads."""

    status: int
    number: str
    message: str
    english: str = ""
    indonesia: str = ""

    def code(self, service: Service) -> str:
        """The seven digits of ``responseCode``."""
        return f"{self.status}{service}{self.number}"


SUCCESSFUL = Case(200, "00", "Successful", "Success", "Sukses")
BAD_REQUEST = Case(400, "00", "Bad Request", "Request cannot be read", "Permintaan tidak terbaca")
BAD_FORMAT = Case(400, "01", "Invalid Field Format {}", "Request has a bad value", "Isi permintaan salah")
MISSING_FIELD = Case(400, "02", "Invalid Mandatory Field {}", "Request lacks a value", "Permintaan kurang isi")
UNAUTHORIZED = Case(401, "00", "Unauthorized. [{}]")
BAD_TOKEN = Case(401, "01", "Invalid Token (B2B)")
BAD_NUMBER = Case(
    404, "11", "Invalid Card/Account/Customer/Virtual Account", "Check the number", "Periksa kembali nomornya"
)
NOT_FOUND = Case(404, "12", "Invalid Bill/Virtual Account [Not Found]", "Bill not found", "Tagihan tidak ditemukan")
WRONG_AMOUNT = Case(404, "13", "Invalid Amount", "Amount is not the bill's", "Jumlah tidak sama dengan tagihan")
ALREADY_PAID = Case(404, "14", "Paid Bill", "Bill has been paid", "Tagihan sudah dibayar")
INCONSISTENT = Case(404, "18", "Inconsistent Request", "Reference was used before", "Nomor acuan sudah dipakai")
EXPIRED = Case(
    404, "19", "Invalid Bill/Virtual Account", "Expired, ask for a new number", "Kedaluwarsa, minta nomor baru"
)
NOT_SUPPORTED = Case(405, "00", "Requested Function Is Not Supported")
CONFLICT = Case(409, "00", "Conflict", "Request number was used today", "Nomor permintaan sudah dipakai hari ini")
GENERAL_ERROR = Case(500, "00", "General Error", "Try again shortly", "Coba lagi sebentar lagi")


class Refused(Exception):
    """A call ends here with this case. ``about`` fills the message's gap; ``echo`` is what goes back as sent."""

    def __init__(self, case: Case, about: str = "", echo: Mapping[str, Any] | None = None) -> None:
        super().__init__(case.message.format(about))
        self.case = case
        self.echo = dict(echo or {})


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and JSON body, ready to be sent or kept."""

    status: int
    body: str


def answer(service: Service, case: Case, message: str, data: Mapping[str, Any] | None = None) -> Answer:
    """An answer of the standard; ``data`` are the fields beside code and message."""
    body = {"responseCode": case.code(service), "responseMessage": fitted(message, _MESSAGE_LIMIT), **(data or {})}
    return Answer(case.status, json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def verdict(service: Service, case: Case) -> dict[str, Any]:
    """Status and reason as they open ``virtualAccountData``: 00 good, 01 refused."""
    status, reason, limit = _VERDICT[service]
    return {status: "00" if case is SUCCESSFUL else "01", reason: in_both(case.english, case.indonesia, limit)}


def success(service: Service, fields: Mapping[str, Any]) -> Answer:
    """The good answer to an inquiry or a payment."""
    data = {"virtualAccountData": {**verdict(service, SUCCESSFUL), **fields}}
    return answer(service, SUCCESSFUL, SUCCESSFUL.message, data)


def refusal(service: Service, refused: Refused) -> Answer:
    """The bad one. Whoever has not shown to be the bank learns nothing beyond the code."""
    data = None
    if service in _VERDICT and refused.case.status not in _NOT_FOR_STRANGERS:
        data = {"virtualAccountData": {**verdict(service, refused.case), **refused.echo}}
    return answer(service, refused.case, str(refused), data)


def inconsistent(first: Answer) -> Answer:
    """What a repeated payment is told: code 4042518 around the first answer's own verdict and fields."""
    repeated = {key: value for key, value in json.loads(first.body).items() if not key.startswith("response")}
    return answer(Service.PAYMENT, INCONSISTENT, INCONSISTENT.message, repeated)


def http(answered: Answer, now: datetime) -> HttpResponse:
    """An answer on its way out."""
    response = HttpResponse(answered.body, content_type="application/json", status=answered.status)
    response["X-TIMESTAMP"] = format_timestamp(now)
    response["Content-Length"] = str(len(response.content))
    return response


def fitted(text: str, limit: int) -> str:
    """At most ``limit`` characters: banks cut or refuse what is longer."""
    return text[:limit].rstrip()


def in_both(english: str, indonesia: str, limit: int) -> dict[str, str]:
    """A text in the two languages the standard asks for."""
    return {"english": fitted(english, limit), "indonesia": fitted(indonesia, limit)}
