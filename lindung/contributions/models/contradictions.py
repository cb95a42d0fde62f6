"""Calls about payments with which a bank contradicted itself: refused, kept, and closed by an officer."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Contradiction(models.Model):
    """One content that a bank told under a reference, or a call's number, that it had used for another. Nothing of it
    is booked. The same content again is counted in ``calls``. ``content_sha256``: of the call as it was received."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("calls", "last_at", "closed_at", "closed_by", "note")

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    reference = models.CharField(max_length=128, help_text="paymentRequestId")
    external_id = models.CharField(max_length=36, help_text="X-EXTERNAL-ID")
    content_sha256 = models.BinaryField(max_length=32)
    customer_no = models.CharField(max_length=20)
    amount_rupiah = models.BigIntegerField()
    channel = models.CharField(max_length=8)
    bank_reference = models.CharField(max_length=64, blank=True)
    taken_at_told = models.CharField(max_length=35, blank=True, help_text="trxDateTime as the bank wrote it")
    received_at = models.DateTimeField()
    calls = models.IntegerField(default=1, db_default=1)
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True, help_text="the officer's account")
    note = models.CharField(max_length=500, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner_id", "reference", "content_sha256"], name="one_contradiction_per_content"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, note="")
                | (models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(note="")),
                name="contradiction_is_closed_with_a_note",
            ),
        ]
