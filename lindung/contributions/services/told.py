"""What a bank tells of one payment, whether its number takes it, and its row: the same for bills and orders."""

from dataclasses import dataclass
from datetime import datetime

from lindung.contributions.models import Payment, VirtualAccount
from lindung.contributions.receipts import Receipt, receipt_number, receipt_of
from lindung.contributions.services.refusals import (
    BillNotFound,
    BillPaid,
    ReferenceClash,
    VirtualAccountExpired,
    WrongAmount,
)
from lindung.contributions.virtual_accounts import to_pay
from lindung.lib.ids import next_of

Refusal = BillNotFound | BillPaid | ReferenceClash | VirtualAccountExpired | WrongAmount


@dataclass(frozen=True, slots=True)
class Told:
    """What a bank tells of one payment; ``inquired_at``: when we answered its inquiry under the same reference."""

    partner_id: int
    reference: str
    customer_no: str
    amount_rupiah: int
    channel: str
    bank_reference: str
    paid_at: datetime
    inquired_at: datetime | None


def refusal_of(*, account: VirtualAccount, paid: bool, told: Told, now: datetime) -> Refusal | None:
    """Why a number does not take what is told; ``paid``: what it was for is paid. A late payment is taken if its
    inquiry was answered in time."""
    if account.closed_at is not None and paid:
        return BillPaid()
    asked_in_time = told.inquired_at is not None and told.inquired_at < account.expires_at
    if account.closed_at is not None or (now >= account.expires_at and not asked_in_time):
        return VirtualAccountExpired()
    return None if told.amount_rupiah == to_pay(account) else WrongAmount(to_pay(account))


def first_receipt(*, told: Told) -> Receipt | ReferenceClash | None:
    """What was given when this reference was told first. A repeat is no refusal, whatever became of the number."""
    first = Payment.objects.filter(partner_id=told.partner_id, reference=told.reference).first()
    if first is None:
        return None
    if (first.customer_no, first.amount_rupiah) != (told.customer_no, told.amount_rupiah):
        return ReferenceClash()
    return receipt_of(first, repeated=True)


def write_payment(*, told: Told, account: VirtualAccount, employer_id: int | None, now: datetime) -> Payment:
    """The row of a payment with its receipt's number, for a number that takes it whole. The rest is the caller's."""
    payment_id = next_of("contributions_payment_id_seq")
    return Payment.objects.create(
        id=payment_id,
        partner_id=told.partner_id,
        reference=told.reference,
        customer_no=account.pk,
        meant_for=account.pk,
        employer_id=employer_id,
        order_id=account.order_id,
        amount_rupiah=told.amount_rupiah,
        penalty_rupiah=account.penalty_rupiah,
        channel=told.channel,
        bank_reference=told.bank_reference,
        receipt_number=receipt_number(payment_id, now),
        paid_at=told.paid_at,
    )
