"""Money that a bank took for us through a number, booked once."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.models import Bill, Payment, VirtualAccount
from lindung.contributions.ordering import ORDER_NUMBER
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.receipts import Receipt, receipt_number, receipt_of
from lindung.contributions.services.order_payments import pay_order
from lindung.contributions.services.refusals import (
    BillNotFound,
    BillPaid,
    ReferenceClash,
    VirtualAccountExpired,
    WrongAmount,
)
from lindung.contributions.settling import Money, Placing, place_money, tell_workers
from lindung.contributions.virtual_accounts import to_pay
from lindung.ledger.services import post
from lindung.lib.ids import next_of


@transaction.atomic
def receive_payment(
    *,
    actor: Actor,
    partner_id: int,
    reference: str,
    customer_no: str,
    amount_rupiah: int,
    channel: str,
    bank_reference: str,
    paid_at: datetime,
    inquired_at: datetime | None,
    now: datetime,
) -> Receipt:
    """Book money that a bank took for us, once per (partner, reference), for ever.

    One transaction: payment, ledger entry with a line per worker, balances, a message per worker, trail. A repeat
    gives the first receipt. A payment after the number's end is taken if its inquiry was answered before it.
    Raises ``BillNotFound``, ``BillPaid``, ``VirtualAccountExpired``, ``WrongAmount``, ``ReferenceClash``.
    """
    if customer_no.startswith(ORDER_NUMBER):
        return pay_order(
            actor=actor,
            partner_id=partner_id,
            reference=reference,
            customer_no=customer_no,
            amount_rupiah=amount_rupiah,
            channel=channel,
            bank_reference=bank_reference,
            paid_at=paid_at,
            inquired_at=inquired_at,
            now=now,
        )
    account = VirtualAccount.objects.filter(pk=customer_no).first()
    if account is not None and account.bill_id is not None:
        if account.credit_rupiah:
            lock_employers_money(Bill.objects.values_list("employer_id", flat=True).get(pk=account.bill_id))
        # Everything about one bill happens one after another from here on.
        bill = Bill.objects.select_for_update().get(pk=account.bill_id)
    first = Payment.objects.filter(partner_id=partner_id, reference=reference).first()
    if first is not None:
        if (first.customer_no, first.amount_rupiah) != (customer_no, amount_rupiah):
            raise ReferenceClash
        return receipt_of(first, repeated=True)
    if account is None or account.bill_id is None:
        raise BillNotFound
    account.refresh_from_db()
    if account.closed_at is not None and bill.paid_at is not None:
        raise BillPaid
    asked_in_time = inquired_at is not None and inquired_at < account.expires_at
    if account.closed_at is not None or (now >= account.expires_at and not asked_in_time):
        raise VirtualAccountExpired
    if amount_rupiah != to_pay(account):
        raise WrongAmount(to_pay(account))
    untouched = not (bill.contribution_paid_rupiah or bill.penalty_paid_rupiah or account.credit_rupiah)
    payment_id = next_of("contributions_payment_id_seq")
    payment = Payment.objects.create(
        id=payment_id,
        partner_id=partner_id,
        reference=reference,
        customer_no=account.pk,
        meant_for=account.pk,
        employer_id=bill.employer_id,
        bill_id=bill.pk if untouched else None,
        amount_rupiah=amount_rupiah,
        penalty_rupiah=account.penalty_rupiah,
        channel=channel,
        bank_reference=bank_reference,
        receipt_number=receipt_number(payment_id, now),
        paid_at=paid_at,
    )
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    if untouched:
        _pay_whole(bill, payment, actor=actor, now=now)
    else:
        _pay_rest(bill, account, payment, actor=actor, now=now)
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="bill",
        object_id=bill.pk,
        now=now,
        detail={"receipt": payment.receipt_number, "amount_rupiah": amount_rupiah},
    )
    return receipt_of(payment, repeated=False)


def _pay_whole(bill: Bill, payment: Payment, *, actor: Actor, now: datetime) -> None:
    """The way of nearly all payments: one bill, at one go, nothing over."""
    Bill.objects.filter(pk=bill.pk).update(
        paid_at=payment.paid_at,
        payment_id=payment.pk,
        contribution_paid_rupiah=bill.amount_rupiah,
        penalty_paid_rupiah=bill.penalty_rupiah,
    )
    post(
        actor=actor,
        key=f"payment:{payment.pk}",
        kind="payment",
        agency_lines=postings.bill_paid(bill, partner_id=payment.partner_id, penalty_rupiah=payment.penalty_rupiah),
        holder_lines=postings.workers_credited(bill),
        happened_at=payment.paid_at,
        now=now,
    )
    tell_workers(bill, batch=f"payment:{payment.pk}", now=now)


def _pay_rest(bill: Bill, account: VirtualAccount, payment: Payment, *, actor: Actor, now: datetime) -> None:
    """What is left of a bill that was paid in part, or a bill that the employer's credit pays too."""
    money = Money(
        employer_id=bill.employer_id,
        payment_id=payment.pk,
        partner_id=payment.partner_id,
        amount_rupiah=payment.amount_rupiah,
        credit_used_rupiah=account.credit_rupiah,
        paid_at=payment.paid_at,
    )
    placing = Placing(bill, account.contribution_rupiah, account.penalty_rupiah)
    place_money(money, [placing], actor=actor, key=f"payment:{payment.pk}", now=now)
