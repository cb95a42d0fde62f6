"""A call read from its headers and body: every field checked, unknown ones left alone, nothing done yet."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from lindung.access.partners import Caller
from lindung.channels.bank.answers import (
    BAD_FORMAT,
    BAD_NUMBER,
    BAD_REQUEST,
    MISSING_FIELD,
    NOT_FOUND,
    Refused,
    Service,
)
from lindung.channels.bank.callers import caller_of_call, received_body
from lindung.lib import damm, snap
from lindung.lib.clock import wib_date

REFERENCE = {Service.INQUIRY: "inquiryRequestId", Service.PAYMENT: "paymentRequestId"}
_HEADERS = {"X-EXTERNAL-ID": r"[0-9]{1,36}", "CHANNEL-ID": r"[!-~]{1,5}"}
_NUMBER = {"partnerServiceId": r" *[0-9]+ *", "customerNo": r"[0-9]{1,20}", "virtualAccountNo": r"[ 0-9]{1,28}"}
_SERVICE_ID_LENGTH = 8
_CUSTOMER_NO_LENGTH = 13
# Sent back as they came, if they are texts that fit: name -> longest.
_ECHOED = {
    "partnerServiceId": 8,
    "customerNo": 20,
    "virtualAccountNo": 28,
    "inquiryRequestId": 128,
    "paymentRequestId": 128,
    "trxDateTime": 35,
    "referenceNo": 64,
}
_OPTIONAL = {"trxDateTime", "referenceNo"}
_ECHOED_AMOUNTS = ("paidAmount", "totalAmount")


@dataclass(frozen=True, slots=True)
class Call:
    """A signed inquiry or payment, its form checked. ``content_sha256`` tells a repeat from another request."""

    caller: Caller
    service: Service
    sent_at: datetime
    now: datetime
    external_id: str
    channel_id: str
    fields: dict[str, Any]
    content_sha256: bytes

    @property
    def reference(self) -> str:
        """``inquiryRequestId`` or ``paymentRequestId``: the bank's own name for the matter, for ever."""
        return str(self.fields[REFERENCE[self.service]])

    @property
    def day_wib(self) -> date:
        """The day within which the external id is used once."""
        return wib_date(self.sent_at)

    @property
    def echo(self) -> dict[str, Any]:
        return echo(self.service, self.fields)

    def customer_no(self) -> str:
        """The number to look a bill up by. Raises ``Refused`` if it cannot be one of ours."""
        number = str(self.fields["customerNo"])
        if not _is_registered(self.fields["partnerServiceId"], self.caller.service_codes):
            raise Refused(NOT_FOUND, echo=self.echo)
        if len(number) != _CUSTOMER_NO_LENGTH or not damm.is_valid(number):
            raise Refused(BAD_NUMBER, echo=self.echo)
        return number

    def text(self, name: str) -> str:
        """An optional text field; absent is empty."""
        return str(self.fields.get(name) or "")


def read_call(request: HttpRequest, service: Service, now: datetime) -> Call:
    """Take a call through all checks that need no bill. Raises ``Refused`` at the first that fails."""
    body = received_body(request)
    caller, sent_at = caller_of_call(request, body, now)
    fields, content_sha256 = _parsed(body)
    try:
        _look_at_presence(request, service, fields)
        _look_at_formats(request, service, fields)
    except Refused as refused:
        refused.echo = echo(service, fields)
        raise
    return Call(
        caller,
        service,
        sent_at,
        now,
        request.headers["X-External-Id"],
        request.headers["Channel-Id"],
        fields,
        content_sha256,
    )


def echo(service: Service, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What goes back to the bank exactly as it was sent, padding and all. What is not fit to send is left empty."""
    other = {REFERENCE[name] for name in REFERENCE if name is not service}
    names = [name for name in _ECHOED if name not in other]
    if service is not Service.PAYMENT:
        names = [name for name in names if name not in _OPTIONAL]
    sent: dict[str, Any] = {}
    for name in names:
        fits = _is_text(fields.get(name), _ECHOED[name])
        if fits or name not in _OPTIONAL:
            sent[name] = fields[name] if fits else ""
    if service is Service.PAYMENT:
        for name in _ECHOED_AMOUNTS:
            amount = fields.get(name)
            if isinstance(amount, dict) and _is_text(amount.get("value"), 19) and _is_text(amount.get("currency"), 3):
                sent[name] = {"value": amount["value"], "currency": amount["currency"]}
    return sent


def _is_text(value: object, longest: int) -> bool:
    # Printable keeps out what neither a database nor a bank's screen can take: NUL, line ends, half characters.
    return isinstance(value, str) and len(value) <= longest and value.isprintable()


def _parsed(body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        fields = json.loads(body.decode(), object_pairs_hook=_without_repeats)
        if not isinstance(fields, dict):
            raise ValueError("not an object")
        # The advice flag says "I ask again", not something else: with it or without, it is the same request.
        content = {name: value for name, value in fields.items() if name != "flagAdvise"}
        return fields, hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()
    except (ValueError, RecursionError):
        raise Refused(BAD_REQUEST) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Two amounts under one name: whoever reads the first and whoever reads the last would book different money.
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name stands twice")
    return fields


def _look_at_presence(request: HttpRequest, service: Service, fields: Mapping[str, Any]) -> None:
    needed = {name: request.headers.get(name) for name in _HEADERS}
    needed |= {name: fields.get(name) for name in (*_NUMBER, REFERENCE[service])}
    if service is Service.PAYMENT:
        amount = fields.get("paidAmount")
        needed["paidAmount"] = amount
        if isinstance(amount, dict):
            needed |= {f"paidAmount.{name}": amount.get(name) for name in ("value", "currency")}
    for name, value in needed.items():
        if value in (None, "", {}):
            raise Refused(MISSING_FIELD, name)


def _look_at_formats(request: HttpRequest, service: Service, fields: Mapping[str, Any]) -> None:
    for name, pattern in _HEADERS.items():
        _must(re.fullmatch(pattern, request.headers[name]), name)
    for name, pattern in _NUMBER.items():
        _must(_is_text(fields[name], _ECHOED[name]) and re.fullmatch(pattern, fields[name]), name)
    whole = f"{fields['partnerServiceId']}{fields['customerNo']}".replace(" ", "")
    _must(fields["virtualAccountNo"].replace(" ", "") == whole, "virtualAccountNo")
    _must(_is_text(fields[REFERENCE[service]], 128) and fields[REFERENCE[service]].strip(), REFERENCE[service])
    if service is Service.PAYMENT:
        _look_at_payment(fields)


def _look_at_payment(fields: Mapping[str, Any]) -> None:
    amount = fields["paidAmount"]
    _must(isinstance(amount, dict), "paidAmount")
    _must(isinstance(amount["currency"], str) and re.fullmatch("[A-Z]{3}", amount["currency"]), "paidAmount.currency")
    _must(isinstance(amount["value"], str), "paidAmount.value")
    try:
        snap.parse_amount(amount["value"])
    except ValueError:
        raise Refused(BAD_FORMAT, "paidAmount.value") from None
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    _must(re.fullmatch("[0-9]{1,4}", str(given.get("channelCode", "0"))), "channelCode")
    _must(_is_text(given.get("referenceNo", ""), _ECHOED["referenceNo"]), "referenceNo")
    _must(given.get("flagAdvise", "N") in ("Y", "N"), "flagAdvise")
    if "trxDateTime" in given:
        try:
            snap.parse_timestamp(str(given["trxDateTime"]))
        except ValueError:
            raise Refused(BAD_FORMAT, "trxDateTime") from None


def _must(right: object, name: str) -> None:
    if not right:
        raise Refused(BAD_FORMAT, name)


def _is_registered(service_id: str, codes: tuple[str, ...]) -> bool:
    code = service_id.strip(" ")
    if code in codes:
        return True
    # Some senders fill the eight places with zeros instead of blanks.
    return len(code) == _SERVICE_ID_LENGTH and code.lstrip("0") in {known.lstrip("0") for known in codes}
