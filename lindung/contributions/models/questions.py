"""Payments that a bank told us of and got no usable answer to: what became of them is asked until it is known."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class PaymentQuestion(models.Model):
    """One matter to ask a bank about, once for ever; ``next_ask_at`` is empty once it is settled."""

    class Outcome(models.TextChoices):
        BOOKED = "booked"  # by this question, or by the bank's own repeat
        NOT_TAKEN = "not_taken"
        TO_STATEMENT = "to_statement"  # taken but no number's amount, or no answer: the bank's statement will say

    updatable_columns: ClassVar[tuple[str, ...]] = ("asked_count", "next_ask_at", "outcome")

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    reference = models.CharField(max_length=128, help_text="paymentRequestId")
    customer_no = models.CharField(max_length=20)
    told_at = models.DateTimeField(help_text="when the bank told us, or asked us, first")
    asked_count = models.SmallIntegerField(default=0, db_default=0)
    next_ask_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner_id", "reference", "customer_no"], name="one_question_per_payment"),
            models.CheckConstraint(
                condition=models.Q(next_ask_at=None) ^ models.Q(outcome=""), name="question_settled_or_to_be_asked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_ask_at"], condition=models.Q(next_ask_at__isnull=False), name="question_by_moment"
            )
        ]
