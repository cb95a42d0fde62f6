"""Money for a joint number: every one of its bills, whole, once."""

from datetime import datetime

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contributions.joining import placings_of
from lindung.contributions.models import Bill, JoinedBill, VirtualAccount
from lindung.contributions.owing import lock_employers_money
from lindung.contributions.receipts import Receipt, receipt_of
from lindung.contributions.services.refusals import BillNotFound
from lindung.contributions.services.told import Refusal, Told, first_receipt, refusal_of, write_payment
from lindung.contributions.settling import Money, place_money


def pay_joint(*, told: Told, actor: Actor, now: datetime) -> Receipt | Refusal:
    """The receipt, or why there is none; then nothing was written. All bills of the number are paid, or none.

    In the transaction of ``receive_payment``: payment, an allocation for each bill, one entry with a line per worker,
    balances, messages, trail.
    """
    employer_id = VirtualAccount.objects.filter(pk=told.customer_no).values_list("employer_id", flat=True).first()
    if employer_id is None:
        return first_receipt(told=told) or BillNotFound()
    # Whoever takes the number apart, or pays it too, comes before or after, never meanwhile.
    lock_employers_money(employer_id)
    first = first_receipt(told=told)
    if first is not None:
        return first
    account = VirtualAccount.objects.get(pk=told.customer_no)
    joined = list(JoinedBill.objects.filter(customer_no=account.pk))
    of_number = Bill.objects.select_for_update().filter(pk__in=[bill.bill_id for bill in joined])
    bills = list(of_number.defer("law", "programmes").order_by("id"))
    refusal = refusal_of(account=account, paid=all(bill.settled for bill in bills), told=told, now=now)
    if refusal is not None:
        return refusal
    payment = write_payment(told=told, account=account, employer_id=employer_id, now=now)
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    money = Money(
        employer_id=employer_id,
        payment_id=payment.pk,
        partner_id=told.partner_id,
        amount_rupiah=told.amount_rupiah,
        credit_used_rupiah=account.credit_rupiah,
        paid_at=payment.paid_at,
    )
    place_money(money, placings_of(bills, joined), actor=actor, key=f"payment:{payment.pk}", now=now)
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="payment",
        object_id=payment.pk,
        now=now,
        detail={"receipt": payment.receipt_number, "amount_rupiah": told.amount_rupiah, "bills": len(bills)},
    )
    return receipt_of(payment, repeated=False)
