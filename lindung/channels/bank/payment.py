"""Service 25: a bank tells that it took money for a number."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lindung.access.trail import Actor
from lindung.channels.bank.answers import (
    ALREADY_PAID,
    EXPIRED,
    INCONSISTENT,
    NOT_FOUND,
    SUCCESSFUL,
    WRONG_AMOUNT,
    Case,
    Refused,
    Service,
    in_both,
)
from lindung.channels.bank.bills import CURRENCY, bill_details, payer_name
from lindung.channels.bank.calls import Call
from lindung.channels.bank.exchange import before, signed_call
from lindung.contributions import services
from lindung.contributions.queries import payable
from lindung.contributions.receipts import Receipt
from lindung.lib.snap import parse_amount, parse_timestamp

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
    bill = receipt.paid or payable(customer_no, call.now)
    if bill is None:
        raise LookupError("the bill that was just paid is gone")
    english, indonesia = SUCCESSFUL.english, SUCCESSFUL.indonesia
    return {
        **call.echo,
        "virtualAccountName": payer_name(bill),
        "billDetails": [
            {
                **detail,
                "billerReferenceId": receipt.receipt_number,
                "status": "00",
                "reason": in_both(english, indonesia, 200),
            }
            for detail in bill_details(bill)
        ],
        "additionalInfo": {},
    }


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
    return services.receive_payment(
        actor=Actor("partner", call.caller.id),
        partner_id=call.caller.id,
        reference=call.reference,
        customer_no=customer_no,
        amount_rupiah=parse_amount(call.fields["paidAmount"]["value"]),
        channel=call.text("channelCode") or call.channel_id,
        bank_reference=call.text("referenceNo"),
        paid_at=_paid_at(call),
        inquired_at=inquired_at,
        now=call.now,
    )


def _paid_at(call: Call) -> datetime:
    """When the bank says it took the money; a bank's clock may be ahead, a payment is never in the future."""
    written = call.text("trxDateTime")
    return min(parse_timestamp(written), call.now) if written else call.now


def _inquired_at(call: Call, customer_no: str) -> datetime | None:
    """When we first told the bank, under the same reference, that this number was open."""
    for given in before(call).asked:
        if json.loads(given.body)["virtualAccountData"]["customerNo"] == customer_no:
            return given.answered_at
    return None


payment = signed_call(Service.PAYMENT, _booked)
