"""Money that a bank took for us through a number, booked once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.numbers import Number, lock_free_numbers, lock_number
from lindung.contributions.receipts import Receipt
from lindung.contributions.services.joint_payments import pay_joint
from lindung.contributions.services.order_payments import pay_order
from lindung.contributions.services.refusals import BillNotFound, ReferenceClash
from lindung.contributions.services.told import Refusal, Told, first_receipt, refusal_of
from lindung.contributions.services.whole_bills import Take, post_whole, write_payments
from lindung.contributions.settling import Money, Placing, place_money
from lindung.contributions.virtual_accounts import JOINT_NUMBER, ORDER_NUMBER
from lindung.ledger.new_entries import FEW

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


def receive_together(*, told: Sequence[Told], now: datetime) -> list[Receipt | None]:
    """``receive_payment`` for what banks tell at the same moment: one transaction of as many statements for all.

    Booked is what pays a bill whole by its own number, that nobody holds, and was not told before: the way of nearly
    all. None stands for whatever is not: nothing was written of it, and ``receive_payment`` says what becomes of it.
    If anything fails, all is undone. Each payment is the act of the bank that tells it.
    """
    with transaction.atomic(savepoint=False), trail.together():
        numbers = lock_free_numbers([one.customer_no for one in told])
        takes: dict[int, Take] = {}
        for place, one in enumerate(told):
            # Whoever is second to tell of a number finds it gone.
            number = numbers.pop(one.customer_no, None)
            if number is not None and _takes_whole(number, one, now):
                takes[place] = Take(number, one, Actor("partner", one.partner_id))
        receipts = write_payments(takes=list(takes.values()), now=now) if takes else {}
        booked = [take for take in takes.values() if take.customer_no in receipts]
        if booked:
            post_whole(takes=booked, receipts=receipts, now=now)
        for take in booked:
            _record(take.number, receipts[take.customer_no], actor=take.actor, now=now)
    return [receipts.get(one.customer_no) if place in takes else None for place, one in enumerate(told)]


def _takes_whole(number: Number, told: Told, now: datetime) -> bool:
    few = number.bill.worker_count <= FEW
    paid = number.bill.paid_at is not None
    return few and number.untouched and refusal_of(account=number.account, paid=paid, told=told, now=now) is None


def _pay_bill(*, told: Told, actor: Actor, now: datetime) -> Receipt | Refusal:
    """The receipt, or why there is none; then nothing was written. Six statements the way of nearly all, and one
    more where no round of messages waits."""
    # Everything about one bill happens one after another from here on.
    number = lock_number(told.customer_no)
    if number is None:
        return first_receipt(told=told) or BillNotFound()
    refusal = refusal_of(account=number.account, paid=number.bill.paid_at is not None, told=told, now=now)
    if refusal is not None:
        return first_receipt(told=told) or refusal
    take = Take(number, told, actor)
    receipts = write_payments(takes=[take], now=now)
    if not receipts:
        # The reference is there already, for another number: this one is open.
        return first_receipt(told=told) or ReferenceClash()
    receipt = receipts[take.customer_no]
    if number.untouched:
        post_whole(takes=[take], receipts=receipts, now=now)
    else:
        _pay_rest(number, receipt, told, actor=actor, now=now)
    _record(number, receipt, actor=actor, now=now)
    return receipt


def _record(number: Number, receipt: Receipt, *, actor: Actor, now: datetime) -> None:
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="bill",
        object_id=number.bill.pk,
        now=now,
        detail={"receipt": receipt.receipt_number, "amount_rupiah": receipt.amount_rupiah},
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
