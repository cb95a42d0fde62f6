"""Money that a bank took for us through a number, booked once."""

from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions import postings
from lindung.contributions.numbers import Number, lock_number
from lindung.contributions.receipts import Receipt, receipt_number_sql, receipt_prefix
from lindung.contributions.services.joint_payments import pay_joint
from lindung.contributions.services.order_payments import pay_order
from lindung.contributions.services.refusals import BillNotFound, ReferenceClash
from lindung.contributions.services.told import Refusal, Told, first_receipt, refusal_of
from lindung.contributions.settling import Money, Placing, place_money, tell_workers
from lindung.contributions.virtual_accounts import JOINT_NUMBER, ORDER_NUMBER
from lindung.ledger.services import post
from lindung.lib import statements

_WAYS = {ORDER_NUMBER: pay_order, JOINT_NUMBER: pay_joint}
"""What another number than a bill's own is paid by."""


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
    told = Told(partner_id, reference, customer_no, amount_rupiah, channel, bank_reference, paid_at, inquired_at)
    take = _WAYS.get(customer_no[:1], _pay_bill)
    with transaction.atomic(savepoint=False), trail.together():
        taken = take(told=told, actor=actor, now=now)
    # Raised out here, where nothing was written: the caller's transaction may go on.
    if isinstance(taken, Exception):
        raise taken
    return taken


def _pay_bill(*, told: Told, actor: Actor, now: datetime) -> Receipt | Refusal:
    """The receipt, or why there is none; then nothing was written. Seven statements the way of nearly all."""
    # Everything about one bill happens one after another from here on.
    number = lock_number(told.customer_no)
    if number is None:
        return first_receipt(told=told) or BillNotFound()
    refusal = refusal_of(account=number.account, paid=number.bill.paid_at is not None, told=told, now=now)
    if refusal is not None:
        return first_receipt(told=told) or refusal
    receipt = _write_payment(number, told, now)
    if receipt is None:
        # The reference is there already, for another number: this one is open.
        return first_receipt(told=told) or ReferenceClash()
    if number.untouched:
        _post_whole(number, receipt, told, actor=actor, now=now)
    else:
        _pay_rest(number, receipt, told, actor=actor, now=now)
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="bill",
        object_id=number.bill.pk,
        now=now,
        detail={"receipt": receipt.receipt_number, "amount_rupiah": told.amount_rupiah},
    )
    return receipt


def _write_payment(number: Number, told: Told, now: datetime) -> Receipt | None:
    """The payment, its number closed, and its bill paid if it is the whole bill; None where the reference is taken."""
    written = statements.run(
        PAYMENT_SQL,
        [
            told.partner_id,
            told.reference,
            number.account.pk,
            number.account.pk,
            number.bill.employer_id,
            number.bill.pk if number.untouched else None,
            told.amount_rupiah,
            number.account.penalty_rupiah,
            told.channel,
            told.bank_reference,
            receipt_prefix(now),
            told.paid_at,
            now,
            number.account.pk,
        ],
    )
    if not written:
        return None
    payment_id, given_number = written[0]
    return Receipt(
        payment_id, given_number, told.amount_rupiah, 0, told.paid_at, repeated=False, paid=number.when_paid()
    )


# The unique key of partner and reference decides who is first; the two that hang on it then find no payment.
PAYMENT_SQL = f"""
WITH drawn AS MATERIALIZED (SELECT nextval('contributions_payment_id_seq') AS id),
paid AS (
    INSERT INTO contributions_payment (id, partner_id, reference, customer_no, meant_for, employer_id, bill_id,
        amount_rupiah, penalty_rupiah, channel, bank_reference, receipt_number, paid_at)
    SELECT id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {receipt_number_sql("id")}, %s FROM drawn
    ON CONFLICT (partner_id, reference) DO NOTHING RETURNING id, bill_id, receipt_number, paid_at),
closed AS (UPDATE contributions_virtualaccount SET closed_at = %s FROM paid WHERE customer_no = %s),
whole AS (
    UPDATE contributions_bill AS b SET paid_at = paid.paid_at, payment_id = paid.id,
        contribution_paid_rupiah = b.amount_rupiah, penalty_paid_rupiah = b.penalty_rupiah
    FROM paid WHERE b.id = paid.bill_id)
SELECT id, receipt_number FROM paid
"""


def _post_whole(number: Number, receipt: Receipt, told: Told, *, actor: Actor, now: datetime) -> None:
    """The way of nearly all payments: one bill, at one go, nothing over."""
    bill = number.bill
    post(
        actor=actor,
        key=f"payment:{receipt.payment_id}",
        kind="payment",
        agency_lines=postings.bill_paid(bill, partner_id=told.partner_id, penalty_rupiah=number.account.penalty_rupiah),
        holder_lines=postings.workers_credited(bill),
        happened_at=receipt.paid_at,
        now=now,
    )
    tell_workers(
        bill, batch=f"payment:{receipt.payment_id}", now=now, employer_name=number.employer_name, new_fact=True
    )


def _pay_rest(number: Number, receipt: Receipt, told: Told, *, actor: Actor, now: datetime) -> None:
    """What is left of a bill that was paid in part, or a bill that the employer's credit pays too."""
    bill, account = number.bill, number.account
    money = Money(
        employer_id=bill.employer_id,
        payment_id=receipt.payment_id,
        partner_id=told.partner_id,
        amount_rupiah=told.amount_rupiah,
        credit_used_rupiah=account.credit_rupiah,
        paid_at=receipt.paid_at,
    )
    placing = Placing(bill, account.contribution_rupiah, account.penalty_rupiah)
    place_money(money, [placing], actor=actor, key=f"payment:{receipt.payment_id}", now=now)
