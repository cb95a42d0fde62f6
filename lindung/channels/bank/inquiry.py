"""Service 24: a bank asks what is to be paid to a number."""

from collections.abc import Mapping
from typing import Any

from lindung.channels.bank.answers import ALREADY_PAID, EXPIRED, NOT_FOUND, Refused, Service
from lindung.channels.bank.bills import WHOLE_COMPANY, bill_details, free_texts, money, payer_name
from lindung.channels.bank.calls import Call
from lindung.channels.bank.exchange import signed_call
from lindung.contributions.queries import payable

_CLOSED_PAYMENT = "C"
_CLOSED_STATES = {"paid": ALREADY_PAID, "expired": EXPIRED}


def _found(call: Call) -> Mapping[str, Any]:
    bill = payable(call.customer_no(), call.now)
    if bill is None:
        raise Refused(NOT_FOUND, echo=call.echo)
    if bill.state in _CLOSED_STATES:
        raise Refused(_CLOSED_STATES[bill.state], echo=call.echo)
    return {
        **call.echo,
        "virtualAccountName": payer_name(bill),
        "totalAmount": money(bill.amount_rupiah),
        "subCompany": WHOLE_COMPANY,
        "billDetails": bill_details(bill),
        "freeTexts": free_texts(bill),
        "virtualAccountTrxType": _CLOSED_PAYMENT,
        "feeAmount": money(0),
        "additionalInfo": {},
    }


inquiry = signed_call(Service.INQUIRY, _found)
