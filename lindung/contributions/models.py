"""Bills with their lines, the virtual accounts they are paid to, and payments."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Bill(models.Model):
    """What one employer owes for one month: frozen with its law. Only the two payment columns move, once."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("paid_at", "payment_id")

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=18, unique=True)
    employer_id = models.BigIntegerField()
    period = models.DateField(help_text="first day of the contribution month")
    revision = models.SmallIntegerField(default=0)
    upload_id = models.BigIntegerField(null=True, unique=True)
    worker_count = models.IntegerField()
    wage_rupiah = models.BigIntegerField()
    jht_employer = models.BigIntegerField()
    jht_worker = models.BigIntegerField()
    jp_employer = models.BigIntegerField()
    jp_worker = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jkp_from_jkk = models.BigIntegerField()
    jkp_from_jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    law = models.JSONField(help_text="the parameters used: value, article, in force from")
    jkk_class = models.CharField(max_length=3)
    programmes = models.JSONField()
    due_on = models.DateField()
    issued_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    paid_at = models.DateTimeField(null=True)
    payment_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer_id", "period", "revision"], name="one_bill_per_month_and_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    amount_rupiah=models.F("jht_employer")
                    + models.F("jht_worker")
                    + models.F("jp_employer")
                    + models.F("jp_worker")
                    + models.F("jkk")
                    + models.F("jkm")
                ),
                name="bill_is_the_sum_of_its_parts",
            ),
        ]


class BillLine(models.Model):
    """One worker's month at one employer. The key is what stops a month from being billed twice."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("person_id", "employer_id", "period", "revision")
    person_id = models.BigIntegerField()
    employer_id = models.BigIntegerField()
    period = models.DateField()
    revision = models.SmallIntegerField()
    bill_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    employment_id = models.BigIntegerField()
    wage_rupiah = models.BigIntegerField()
    jht_employer = models.BigIntegerField()
    jht_worker = models.BigIntegerField()
    jp_employer = models.BigIntegerField()
    jp_worker = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jkp_from_jkk = models.BigIntegerField()
    jkp_from_jkm = models.BigIntegerField()
    jp_liable = models.BooleanField()
    jkp_member = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["bill_id"], name="bill_line_by_bill")]


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
