"""What a bank's call tells of a payment, and what it is told when the payment is booked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lindung.channels.bank.answers import SUCCESSFUL, in_both
from lindung.channels.bank.bills import bill_details, payer_name
from lindung.channels.bank.calls import Call
from lindung.contributions.queries import payable
from lindung.contributions.receipts import Receipt
from lindung.contributions.services import Told
from lindung.lib.snap import parse_amount, parse_timestamp


def told_by(call: Call, customer_no: str, *, inquired_at: datetime | None) -> Told:
    """A checked call, as the service takes it."""
    return Told(
        partner_id=call.caller.id,
        reference=call.reference,
        customer_no=customer_no,
        amount_rupiah=parse_amount(call.fields["paidAmount"]["value"]),
        channel=call.text("channelCode") or call.channel_id,
        bank_reference=call.text("referenceNo"),
        paid_at=_paid_at(call),
        inquired_at=inquired_at,
    )


def _paid_at(call: Call) -> datetime:
    """When the bank says it took the money; a bank's clock may be ahead, a payment is never in the future."""
    written = call.text("trxDateTime")
    return min(parse_timestamp(written), call.now) if written else call.now


def booked_fields(call: Call, customer_no: str, receipt: Receipt) -> Mapping[str, Any]:
    """The fields of the good answer."""
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
