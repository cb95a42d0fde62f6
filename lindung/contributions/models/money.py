"""The virtual accounts that bills and orders are paid to, one by one or several bills together, and payments."""

from typing import ClassVar, Final

from django.db import models
from django.db.models.functions import Now

CASH: Final = "TUNAI"
"""The channel of cash that an officer took at a counter; no bank ever tells of it."""
BY_HAND: Final = models.Q(customer_no=None) | models.Q(channel=CASH)
"""Payments that officers booked: what fits no number, and cash for a member's order."""
OUT_OF_SUSPENSE: Final = "statement-line:"
"""How the reference begins of money that two officers booked from a bank's statement."""


class VirtualAccount(models.Model):
    """A number to pay to. Never used twice; takes contribution and penalty less credit, no more and no less."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("closed_at",)

    customer_no = models.CharField(primary_key=True, max_length=13)
    bill_id = models.BigIntegerField(null=True)
    order_id = models.BigIntegerField(null=True, help_text="where it is an order that is paid here, and no bill")
    employer_id = models.BigIntegerField(null=True, help_text="of a joint number: whose bills, see JoinedBill")
    contribution_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
    credit_rupiah = models.BigIntegerField(default=0, db_default=0, help_text="of the employer's credit, kept for it")
    months_late = models.SmallIntegerField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill_id"],
                condition=models.Q(closed_at=None),
                name="one_open_virtual_account_per_bill",
            ),
            models.UniqueConstraint(
                fields=["order_id"],
                condition=models.Q(closed_at=None),
                name="one_open_virtual_account_per_order",
            ),
            models.UniqueConstraint(
                fields=["employer_id"],
                condition=models.Q(closed_at=None),
                name="one_open_joint_number_per_employer",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    bill_id=None, order_id__isnull=False, employer_id=None, penalty_rupiah=0, credit_rupiah=0
                )
                | models.Q(bill_id__isnull=False, order_id=None, employer_id=None)
                | models.Q(bill_id=None, order_id=None, employer_id__isnull=False),
                name="virtual_account_of_a_bill_an_order_or_a_firm",
            ),
        ]


class JoinedBill(models.Model):
    """One of the bills that a joint number asks for, and what it asks of it. While the number is open the bill has no
    other one."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("customer_no", "bill_id")
    customer_no = models.CharField(max_length=13)
    bill_id = models.BigIntegerField()
    contribution_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
    months_late = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["bill_id"], name="joined_bill_by_bill")]


class Payment(models.Model):
    """Money that reached us, once per partner and reference, for ever.

    ``bill_id`` is the one bill that it paid whole, at one go, with nothing over. Of any other money ``Allocation`` says
    where it went, and ``credited_rupiah`` how much of it is kept for the employer. An order is paid by one payment.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    reference = models.CharField(max_length=128, help_text="paymentRequestId")
    customer_no = models.CharField(max_length=13, unique=True, null=True, help_text="the number it was exact for")
    meant_for = models.CharField(max_length=13, blank=True, default="", db_default="", help_text="the number it named")
    employer_id = models.BigIntegerField(null=True, help_text="empty where a member paid his own order")
    bill_id = models.BigIntegerField(unique=True, null=True)
    order_id = models.BigIntegerField(unique=True, null=True, help_text="the order that it paid")
    amount_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
    credited_rupiah = models.BigIntegerField(default=0, db_default=0)
    channel = models.CharField(max_length=8)
    bank_reference = models.CharField(max_length=64, blank=True)
    receipt_number = models.CharField(max_length=32, unique=True)
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner_id", "reference"], name="one_payment_per_reference"),
            models.CheckConstraint(
                condition=models.Q(order_id=None, employer_id__isnull=False)
                | models.Q(order_id__isnull=False, bill_id=None, penalty_rupiah=0, credited_rupiah=0),
                name="payment_of_an_employer_or_an_order",
            ),
        ]
        indexes = [
            models.Index(fields=["employer_id"], name="payment_by_employer"),
            # What officers booked by hand is asked for by day and by slip; what banks tell of pays nothing for it.
            models.Index(fields=["recorded_at"], condition=BY_HAND, name="payment_by_hand"),
            models.Index(fields=["bank_reference"], condition=BY_HAND, name="payment_by_slip"),
        ]


class Allocation(models.Model):
    """What a payment, or an employer's credit (``payment_id`` empty), paid of one bill. Never changed."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    payment_id = models.BigIntegerField(null=True)
    bill_id = models.BigIntegerField()
    contribution_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contribution_rupiah__gte=0, penalty_rupiah__gte=0),
                name="allocation_not_below_zero",
            )
        ]
        indexes = [
            models.Index(fields=["bill_id"], name="allocation_by_bill"),
            models.Index(fields=["payment_id"], name="allocation_by_payment"),
        ]
