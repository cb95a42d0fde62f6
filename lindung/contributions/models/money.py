"""The virtual accounts that bills are paid to, and payments."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class VirtualAccount(models.Model):
    """A number to pay to. Never used twice; ``amount_rupiah`` is what it takes, no more and no less."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("closed_at",)

    customer_no = models.CharField(primary_key=True, max_length=13)
    bill_id = models.BigIntegerField()
    contribution_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
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
            )
        ]


class Payment(models.Model):
    """Money a partner says it took for us. One per partner and reference, for ever; one per virtual account."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    reference = models.CharField(max_length=128, help_text="paymentRequestId")
    customer_no = models.CharField(max_length=13, unique=True)
    bill_id = models.BigIntegerField(unique=True)
    amount_rupiah = models.BigIntegerField()
    penalty_rupiah = models.BigIntegerField()
    channel = models.CharField(max_length=8)
    bank_reference = models.CharField(max_length=64, blank=True)
    receipt_number = models.CharField(max_length=32, unique=True)
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner_id", "reference"], name="one_payment_per_reference")]
