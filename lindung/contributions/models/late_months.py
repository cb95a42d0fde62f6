"""Months that workers were told of because nobody had paid them."""

from typing import ClassVar

from django.db import models


class LateMonth(models.Model):
    """One worker's month at one firm that was not there when it was due, told once, for ever."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("person_id", "employer_id", "period")
    person_id = models.BigIntegerField()
    employer_id = models.BigIntegerField()
    period = models.DateField()
    batch_id = models.BigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["batch_id"], name="late_month_by_batch")]
