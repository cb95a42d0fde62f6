"""Bills with their lines: what a firm owes for a month, frozen with its law."""

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
