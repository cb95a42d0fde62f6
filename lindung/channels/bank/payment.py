"""Service 25: a bank tells that it took money for a number."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from lindung.access.trail import Actor
from lindung.channels.bank.answers import (
    ALREADY_PAID,
    EXPIRED,
    INCONSISTENT,
    NOT_FOUND,
    WRONG_AMOUNT,
    Case,
    Refused,
    Service,
)
from lindung.channels.bank.bills import CURRENCY
from lindung.channels.bank.calls import Call
from lindung.channels.bank.exchange import before, signed_call
from lindung.channels.bank.paying import booked_fields, told_by
from lindung.channels.bank.together import answer_together
from lindung.contributions import services
from lindung.contributions.receipts import Receipt

_REFUSALS: dict[type[Exception], Case] = {
    services.BillNotFound: NOT_FOUND,
    services.BillPaid: ALREADY_PAID,
    services.VirtualAccountExpired: EXPIRED,
    services.WrongAmount: WRONG_AMOUNT,
    services.ReferenceClash: INCONSISTENT,
}


def _booked(call: Call) -> Mapping[str, Any]:
    if call.fields["paidAmount"]["currency"] != CURRENCY:
        raise Refused(WRONG_AMOUNT, echo=call.echo)
    customer_no = call.customer_no()
    try:
        receipt = _received(call, customer_no)
    except tuple(_REFUSALS) as error:
        raise Refused(_REFUSALS[type(error)], echo=call.echo) from error
    return booked_fields(call, customer_no, receipt)


def _received(call: Call, customer_no: str) -> Receipt:
    try:
        return _receive(call, customer_no, inquired_at=None)
    except services.VirtualAccountExpired:
        # Nothing was written. It is taken all the same if we said in time, under the same reference, that it is open.
        inquired_at = _inquired_at(call, customer_no)
        if inquired_at is None:
            raise
    return _receive(call, customer_no, inquired_at=inquired_at)


def _receive(call: Call, customer_no: str, *, inquired_at: datetime | None) -> Receipt:
    told = told_by(call, customer_no, inquired_at=inquired_at)
    return services.receive_payment(actor=Actor("partner", call.caller.id), **asdict(told), now=call.now)


def _inquired_at(call: Call, customer_no: str) -> datetime | None:
    """When we first told the bank, under the same reference, that this number was open."""
    for given in before(call).asked:
        if json.loads(given.body)["virtualAccountData"]["customerNo"] == customer_no:
            return given.answered_at
    return None


payment = signed_call(Service.PAYMENT, _booked, answer_together)
