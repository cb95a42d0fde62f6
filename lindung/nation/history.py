"""What happened in the past: a month reported, paid in time or late through a new number; an order paid.

Bills, orders and numbers come from the services themselves. A payment is written as ``receive_payment`` writes it, but
for the messages: nobody is to be told today of what was paid two years ago.
"""

from datetime import date, datetime, time

import polars as pl
from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import postings
from lindung.contributions.models import Bill, Order, Payment, VirtualAccount
from lindung.contributions.receipts import receipt_number
from lindung.contributions.services import IssuedBill, IssuedOrder, WageRows, report_wages
from lindung.contributions.services.order_payments import book_order
from lindung.contributions.services.told import Told
from lindung.law import Month
from lindung.ledger.services import post
from lindung.lib import ids
from lindung.lib.clock import WIB
from lindung.registry import queries as registry
from lindung.uploads.kinds.wage_report import jp_liable

INTERNET_BANKING = "6014"  # channel codes of SNAP


def moment(day: date, at: str, *, at_most: datetime) -> datetime:
    """``day`` at ``at`` (such as ``09:30``, WIB), but never after ``at_most``: nothing happened in the future."""
    return min(datetime.combine(day, time.fromisoformat(at), WIB), at_most)


def report_month(*, employer_id: int, period: date, wages: pl.DataFrame, now: datetime) -> IssuedBill:
    """Report the wages of everybody who worked in the month; ``wages`` has ``employment_id``, ``wage_rupiah``."""
    rows = registry.employments_in(employer_id=employer_id, month_on=period).join(
        wages, on="employment_id", maintain_order="left"
    )
    return report_wages(
        actor=SYSTEM,
        employer_id=employer_id,
        period=period,
        upload_id=None,
        rows=WageRows(
            person_id=rows["person_id"].to_numpy(),
            employment_id=rows["employment_id"].to_numpy(),
            membership_id=rows["membership_id"].to_numpy(),
            wage_rupiah=rows["wage_rupiah"].to_numpy(),
            jp_liable=jp_liable(rows, Month.of(period)).to_numpy(),
            jkp_member=rows["jkp_member"].to_numpy(),
        ),
        now=now,
    )


@transaction.atomic
def pay(*, bill_id: int, partner_id: int, paid_at: datetime) -> int:
    """Pay what the bill's open number takes, without a message to anybody; gives the payment's id."""
    bill = Bill.objects.select_for_update().get(pk=bill_id)
    account = VirtualAccount.objects.get(bill_id=bill_id, closed_at=None)
    with connection.cursor() as cursor:
        payment_id = int(ids.draw(cursor, "contributions_payment_id_seq")[0])
    payment = Payment.objects.create(
        id=payment_id,
        partner_id=partner_id,
        reference=f"history-{account.pk}",
        customer_no=account.pk,
        meant_for=account.pk,
        employer_id=bill.employer_id,
        bill_id=bill_id,
        amount_rupiah=account.contribution_rupiah + account.penalty_rupiah,
        penalty_rupiah=account.penalty_rupiah,
        channel=INTERNET_BANKING,
        bank_reference=f"H{payment_id:011d}",
        receipt_number=receipt_number(payment_id, paid_at),
        paid_at=paid_at,
    )
    Bill.objects.filter(pk=bill_id).update(
        paid_at=paid_at,
        payment_id=payment_id,
        contribution_paid_rupiah=bill.amount_rupiah,
        penalty_paid_rupiah=bill.penalty_rupiah,
    )
    VirtualAccount.objects.filter(pk=account.pk).update(closed_at=paid_at)
    bank = Actor("partner", partner_id)
    post(
        actor=bank,
        key=f"payment:{payment_id}",
        kind="payment",
        agency_lines=postings.bill_paid(bill, partner_id=partner_id, penalty_rupiah=account.penalty_rupiah),
        holder_lines=postings.workers_credited(bill),
        happened_at=paid_at,
        now=paid_at,
    )
    trail.record(
        actor=bank,
        act="payment_received",
        object_kind="bill",
        object_id=bill_id,
        now=paid_at,
        detail={"receipt": payment.receipt_number, "amount_rupiah": payment.amount_rupiah},
    )
    return payment_id


@transaction.atomic
def pay_order(*, issued: IssuedOrder, partner_id: int, paid_at: datetime) -> None:
    """Pay an order that was made in the past, without a message to anybody."""
    order = Order.objects.select_for_update().get(pk=issued.order_id)
    account = VirtualAccount.objects.get(pk=issued.customer_no)
    told = Told(
        partner_id=partner_id,
        reference=f"history-{account.pk}",
        customer_no=account.pk,
        amount_rupiah=order.amount_rupiah,
        channel=INTERNET_BANKING,
        bank_reference=f"H{order.pk:011d}",
        paid_at=paid_at,
        inquired_at=None,
    )
    book_order(order=order, account=account, told=told, actor=Actor("partner", partner_id), now=paid_at)
