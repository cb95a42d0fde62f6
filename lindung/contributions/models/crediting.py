"""The crediting of a year's JHT development: decided once, by two officers, and done range by range of holders."""

from fractions import Fraction
from typing import ClassVar, Literal

from django.db import models
from django.db.models.functions import Now

CreditingState = Literal["planned", "started", "finished", "withdrawn"]


class Crediting(models.Model):
    """The development of one year: at which rate, by which decision, who planned it and who started it."""

    updatable_columns: ClassVar[tuple[str, ...]] = (
        "rehearsal_id",
        "started_by_kind",
        "started_by_id",
        "started_at",
        "finished_at",
        "finished_entry_id",
        "withdrawn_at",
    )

    class Source(models.TextChoices):
        LAW = "law"
        DECISION = "decision"

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField()
    annual_rate = models.DecimalField(max_digits=9, decimal_places=8, help_text="of the balance; 0.0559 is 5.59%")
    rate_source = models.CharField(max_length=8, choices=Source)
    citation = models.CharField(max_length=300, help_text="the article, or the decision that an officer named")
    holders_a_range = models.IntegerField(help_text="range n holds the holders from n times this on")
    planned_by_kind = models.CharField(max_length=12)
    planned_by_id = models.BigIntegerField()
    planned_at = models.DateTimeField()
    rehearsal_id = models.BigIntegerField(null=True, help_text="the totals that the second officer confirmed")
    started_by_kind = models.CharField(max_length=12, blank=True, default="")
    started_by_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_entry_id = models.BigIntegerField(null=True, help_text="every entry of these years below it was looked at")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(withdrawn_at=None), name="one_crediting_of_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(started_at=None)
                | ~models.Q(started_by_kind=models.F("planned_by_kind"), started_by_id=models.F("planned_by_id")),
                name="crediting_started_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(started_at=None, finished_at=None)
                | models.Q(started_at__isnull=False, withdrawn_at=None, rehearsal_id__isnull=False),
                name="crediting_started_is_not_withdrawn",
            ),
        ]

    @property
    def rate(self) -> Fraction:
        return Fraction(self.annual_rate)

    @property
    def state(self) -> CreditingState:
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.finished_at is not None:
            return "finished"
        return "planned" if self.started_at is None else "started"


class CreditingRehearsal(models.Model):
    """What a crediting would have moved at a moment; ``report`` as ``crediting_queries.Rehearsal`` writes it."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    crediting_id = models.BigIntegerField()
    accounts = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField()
    report = models.JSONField()
    rehearsed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["crediting_id"], name="rehearsal_by_crediting")]


class CreditedRange(models.Model):
    """A range of holders that is credited (revision 0), or put right since. The key is what makes it happen once."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    crediting_id = models.BigIntegerField()
    range_no = models.BigIntegerField()
    revision = models.SmallIntegerField(default=0)
    known_entry_id = models.BigIntegerField(help_text="every entry of these years below this id was counted")
    entry_id = models.BigIntegerField(null=True, help_text="null where nobody got anything")
    reversal_entry_id = models.BigIntegerField(null=True, help_text="what was credited before and is taken back")
    accounts = models.BigIntegerField()
    amount_rupiah = models.BigIntegerField(help_text="what the range got more by this; negative is less")
    credited_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["crediting_id", "range_no", "revision"], name="one_crediting_of_a_range_and_revision"
            )
        ]


class CorrectedDevelopment(models.Model):
    """One account's development of a year taken back and credited anew, once for each revision of its range."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("person_id", "account_no", "year", "revision")
    person_id = models.BigIntegerField()
    account_no = models.BigIntegerField()
    year = models.SmallIntegerField()
    revision = models.SmallIntegerField()
    original_entry_id = models.BigIntegerField(null=True, help_text="what is taken back; null where nothing was")
    before_rupiah = models.BigIntegerField()
    after_rupiah = models.BigIntegerField()


class ProvisionalRate(models.Model):
    """The rate that a year's growth is shown at until it is credited. The newest of a year holds."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField()
    annual_rate = models.DecimalField(max_digits=9, decimal_places=8)
    citation = models.CharField(max_length=300)
    set_by_kind = models.CharField(max_length=12)
    set_by_id = models.BigIntegerField()
    set_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["year", "-id"], name="provisional_rate_by_year")]
