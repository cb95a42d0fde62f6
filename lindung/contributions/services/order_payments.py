"""Money for the number of an order: the whole of it, once."""

from datetime import datetime, timedelta

from lindung.access import trail
from lindung.access.trail import Actor
from lindung.contact.services import tell
from lindung.contributions import postings
from lindung.contributions.models import Order, OrderLine, Payment, VirtualAccount
from lindung.contributions.receipts import Receipt, receipt_of
from lindung.contributions.services.refusals import BillNotFound
from lindung.contributions.services.told import Refusal, Told, first_receipt, refusal_of, write_payment
from lindung.ledger.services import post


def pay_order(*, told: Told, actor: Actor, now: datetime) -> Receipt | Refusal:
    """The receipt, or why there is none; then nothing was written. An order is paid whole or not at all.

    In the transaction of ``receive_payment``: payment, the months marked as paid, one entry, the member's JHT, a
    message, trail.
    """
    account = VirtualAccount.objects.filter(pk=told.customer_no).first()
    # Whoever withdraws this order, or pays it too, comes before or after, never meanwhile.
    order = Order.objects.select_for_update().filter(pk=account.order_id or 0).first() if account else None
    first = first_receipt(told=told)
    if first is not None:
        return first
    if account is None or order is None:
        return BillNotFound()
    account.refresh_from_db()
    refusal = refusal_of(account=account, paid=order.paid_at is not None, told=told, now=now)
    if refusal is not None:
        return refusal
    payment = book_order(order=order, account=account, told=told, actor=actor, now=now)
    if order.person_id is not None:
        _tell_member(order, payment, now)
    return receipt_of(payment, repeated=False)


def book_order(*, order: Order, account: VirtualAccount, told: Told, actor: Actor, now: datetime) -> Payment:
    """Write that an order was paid: payment, its months as paid, one entry with the member's JHT, trail.

    The caller holds the order and knows that the number takes what is told; nobody is told of it here.
    """
    payment = write_payment(told=told, account=account, employer_id=order.employer_id, now=now)
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=now)
    Order.objects.filter(pk=order.pk).update(paid_at=payment.paid_at, payment_id=payment.pk)
    if order.person_id is not None:
        OrderLine.objects.filter(person_id=order.person_id, order_id=order.pk).update(paid=True)
    post(
        actor=actor,
        key=f"payment:{payment.pk}",
        kind="payment",
        agency_lines=postings.order_paid(order, partner_id=payment.partner_id),
        holder_lines=postings.member_credited(order) if order.jht else None,
        happened_at=payment.paid_at,
        now=now,
    )
    trail.record(
        actor=actor,
        act="payment_received",
        object_kind="order",
        object_id=order.pk,
        now=now,
        detail={"receipt": payment.receipt_number, "amount_rupiah": told.amount_rupiah},
    )
    return payment


def _tell_member(order: Order, payment: Payment, now: datetime) -> None:
    tell(
        batch=f"payment:{payment.pk}",
        kind="own_payment_received",
        rows_sql=(
            "SELECT m.person_id, jsonb_build_object('kpj', m.kpj, 'rupiah', %s::bigint, 'jht_rupiah', %s::bigint,"
            " 'from_on', %s::text, 'until_on', %s::text) FROM registry_membership m"
            " WHERE m.person_id = %s AND m.id = %s"
        ),
        params=[
            order.amount_rupiah,
            order.jht,
            order.from_on.isoformat(),
            (order.until_on - timedelta(days=1)).isoformat(),
            order.person_id,
            order.membership_id,
        ],
        now=now,
    )
