"""Bills with their lines: what a firm owes for a month, frozen with its law."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Bill(models.Model):
    """What one employer owes for one month: frozen with its law. Only what was paid, and its penalty, moves.

    ``revision`` 0 is the month as first billed. A later one replaces a bill that nothing was paid of (``voided_at``),
    adds what was missing, or, with amounts below zero, gives back what was too much.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = (
        "paid_at",
        "payment_id",
        "contribution_paid_rupiah",
        "penalty_rupiah",
        "penalty_paid_rupiah",
        "split",
        "voided_at",
    )

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=18, unique=True)
    employer_id = models.BigIntegerField()
    period = models.DateField(help_text="first day of the contribution month")
    revision = models.SmallIntegerField(default=0)
    upload_id = models.BigIntegerField(null=True)
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
    paid_at = models.DateTimeField(null=True, help_text="when the whole contribution was there")
    payment_id = models.BigIntegerField(null=True, help_text="the payment that made it whole")
    contribution_paid_rupiah = models.BigIntegerField(default=0, db_default=0)
    penalty_rupiah = models.BigIntegerField(default=0, db_default=0, help_text="as assessed so far")
    penalty_paid_rupiah = models.BigIntegerField(default=0, db_default=0)
    split = models.BooleanField(default=False, db_default=False, help_text="paid in parts: shares say whose how much")
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer_id", "period", "revision"], name="one_bill_per_month_and_revision"
            ),
            models.UniqueConstraint(fields=["upload_id", "period"], name="one_bill_per_upload_and_month"),
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
            models.CheckConstraint(
                condition=models.Q(penalty_paid_rupiah__lte=models.F("penalty_rupiah"), penalty_paid_rupiah__gte=0),
                name="no_more_penalty_paid_than_owed",
            ),
        ]

    @property
    def contribution_left(self) -> int:
        return self.amount_rupiah - self.contribution_paid_rupiah

    @property
    def penalty_left(self) -> int:
        return self.penalty_rupiah - self.penalty_paid_rupiah

    @property
    def settled(self) -> bool:
        """Whether contribution and penalty are paid."""
        return not self.contribution_left and not self.penalty_left


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


class LineShare(models.Model):
    """What one allocation that did not cover a whole bill paid of one worker's line, programme by programme."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("person_id", "allocation_id")
    person_id = models.BigIntegerField()
    allocation_id = models.BigIntegerField()
    bill_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    jht_employer = models.BigIntegerField()
    jht_worker = models.BigIntegerField()
    jp_employer = models.BigIntegerField()
    jp_worker = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jkp_from_jkk = models.BigIntegerField()
    jkp_from_jkm = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["bill_id"], name="line_share_by_bill"),
            models.Index(fields=["allocation_id"], name="line_share_by_allocation"),
        ]
