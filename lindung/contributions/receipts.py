"""What is given for money."""

from dataclasses import dataclass, field
from datetime import datetime

from lindung.contributions.models import Payment
from lindung.contributions.order_queries import Payable
from lindung.lib.clock import wib_date


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a payment gives back; ``repeated`` tells that the first receipt was given again.

    ``credited_rupiah``: what of it paid no bill and is kept for the employer. ``paid``: what the number was for,
    where that is at hand.
    """

    payment_id: int
    receipt_number: str
    amount_rupiah: int
    credited_rupiah: int
    paid_at: datetime
    repeated: bool
    paid: Payable | None = field(default=None, compare=False)


def receipt_number(payment_id: int, now: datetime) -> str:
    """``KW-202611-000000012``."""
    return f"{receipt_prefix(now)}{payment_id:09d}"


def receipt_number_sql(payment_id: str) -> str:
    """The same as an SQL expression over ``payment_id``; its one parameter is ``receipt_prefix``'s."""
    return f"%s::text || lpad({payment_id}::text, greatest(9, length({payment_id}::text)), '0')"


def receipt_prefix(now: datetime) -> str:
    """What all receipts of a month begin with."""
    return f"KW-{wib_date(now):%Y%m}-"


def receipt_of(payment: Payment, *, repeated: bool) -> Receipt:
    """What is given for a payment, the first time and every time after."""
    return Receipt(
        payment.pk,
        payment.receipt_number,
        payment.amount_rupiah,
        payment.credited_rupiah,
        payment.paid_at,
        repeated,
    )
