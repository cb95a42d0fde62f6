"""The wages of a construction project's workers, listed month by month where the project pays by them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class ProjectWageList(models.Model):
    """One month's wages of a project, as listed or as corrected: the last revision of a month stands. Frozen.

    ``jkk``, ``jkm``: of all of it. ``jkk_moved``, ``jkm_moved``: of what was paid for the month before, what came to
    this programme from the other, or, below zero, left it; together, below zero, they are what became credit.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    project_id = models.BigIntegerField()
    period = models.DateField()
    revision = models.SmallIntegerField()
    upload_id = models.BigIntegerField(null=True, unique=True, help_text="null: nobody worked, told by a button")
    worker_count = models.IntegerField()
    wage_rupiah = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    jkk_moved = models.BigIntegerField()
    jkm_moved = models.BigIntegerField()
    credit_rupiah = models.BigIntegerField()
    law = models.JSONField()
    listed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project_id", "period", "revision"], name="lists_of_a_month_in_order"),
            models.CheckConstraint(
                condition=models.Q(
                    amount_rupiah=models.F("jkk") + models.F("jkm"),
                    credit_rupiah=-models.F("jkk_moved") - models.F("jkm_moved"),
                    credit_rupiah__gte=0,
                    amount_rupiah__gte=0,
                ),
                name="wage_list_is_the_sum_of_its_parts",
            ),
        ]


class ProjectWageLine(models.Model):
    """One worker in a list: the name as it was written, the NIK where it is known, the month's wage."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    list_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    nik_encrypted = models.BinaryField(null=True)
    nik_index = models.BinaryField(max_length=32, null=True)
    wage_rupiah = models.BigIntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list_id", "nik_index"],
                condition=models.Q(nik_index__isnull=False),
                name="nobody_twice_in_a_wage_list",
            ),
            models.CheckConstraint(
                condition=models.Q(wage_rupiah__gt=0, jkk__gte=0, jkm__gte=0), name="listed_wage_is_above_nothing"
            ),
            models.CheckConstraint(
                condition=models.Q(nik_encrypted=None, nik_index=None)
                | models.Q(nik_encrypted__isnull=False, nik_index__isnull=False),
                name="listed_nik_is_whole_or_not_there",
            ),
        ]
        indexes = [models.Index(fields=["list_id", "id"], name="wage_line_by_list")]
