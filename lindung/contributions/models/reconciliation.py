"""What banks say they took for us, and the money that their word and ours do not agree about."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class StatementFile(models.Model):
    """A bank's statement as it was received: days ``from_on`` included to ``until_on`` excluded. Never changed."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    from_on = models.DateField()
    until_on = models.DateField()
    made_at = models.DateTimeField(help_text="when the bank wrote it; a day that was over by then is closed")
    line_count = models.IntegerField()
    total_rupiah = models.BigIntegerField()
    new_line_count = models.IntegerField(help_text="lines that no file before it had")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner_id", "sha256"], name="one_statement_per_content")]


class StatementLine(models.Model):
    """Money that a bank says it took, once for ever: ``line_hash`` is over all it says and, of equal lines, which one.

    ``payment_id`` is the payment it is; ``unexplained_rupiah`` the line less that payment, or all of the line; 0 once
    two officers explained it.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = ("payment_id", "unexplained_rupiah")

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    file_id = models.BigIntegerField(help_text="the first file that had it")
    line_hash = models.BinaryField(max_length=32)
    booked_at = models.DateTimeField()
    booked_on = models.DateField(help_text="the same as a day in western Indonesia")
    number = models.CharField(max_length=28, blank=True, help_text="the virtual account, company code before it")
    customer_no = models.CharField(max_length=13, blank=True, help_text="the part of it that is ours")
    amount_rupiah = models.BigIntegerField()
    reference = models.CharField(max_length=128, blank=True, help_text="paymentRequestId")
    journal_no = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    match_key = models.CharField(max_length=128, help_text="the reference, or the journal number where there is none")
    payment_id = models.BigIntegerField(null=True, unique=True)
    unexplained_rupiah = models.BigIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner_id", "line_hash"], name="one_row_per_statement_line"),
            models.CheckConstraint(condition=models.Q(amount_rupiah__gt=0), name="statement_line_above_zero"),
        ]
        indexes = [
            models.Index(fields=["partner_id", "booked_on"], name="statement_line_by_day"),
            models.Index(fields=["partner_id", "match_key"], name="statement_line_by_key"),
            models.Index(
                fields=["partner_id"],
                condition=~models.Q(unexplained_rupiah=0),
                name="statement_line_unexplained",
            ),
        ]


class SuspenseItem(models.Model):
    """Money that is not explained: of a statement line (above zero: the bank has more than we booked; below: less),
    or a payment of ours that no statement shows (below zero). An account of the ledger carries the same amount.

    Closed by what explained it: ``matched`` by itself, the others by two officers.
    """

    updatable_columns: ClassVar[tuple[str, ...]] = (
        "amount_rupiah",
        "owner_id",
        "closed_at",
        "way",
        "deposit_id",
        "other_id",
    )

    class Way(models.TextChoices):
        MATCHED = "matched"
        DEPOSIT = "deposit"
        PAIR = "pair"
        DIFFERENCE = "difference"

    id = models.BigAutoField(primary_key=True)
    partner_id = models.BigIntegerField()
    line_id = models.BigIntegerField(null=True, unique=True)
    payment_id = models.BigIntegerField(null=True, unique=True)
    amount_rupiah = models.BigIntegerField()
    money_on = models.DateField(help_text="the day of the money, from which its age counts")
    opened_at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True, help_text="the officer's account")
    closed_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=12, choices=Way, blank=True)
    deposit_id = models.BigIntegerField(null=True, unique=True, help_text="the payment it was booked as")
    other_id = models.BigIntegerField(null=True, unique=True, help_text="the item it explains, and is explained by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(line_id=None, payment_id__isnull=False)
                | models.Q(line_id__isnull=False, payment_id=None),
                name="suspense_of_a_line_or_a_payment",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, way="") | (models.Q(closed_at__isnull=False) & ~models.Q(way="")),
                name="suspense_is_closed_by_something",
            ),
            models.CheckConstraint(condition=~models.Q(amount_rupiah=0), name="suspense_is_not_nothing"),
        ]
        indexes = [
            models.Index(fields=["partner_id"], condition=models.Q(closed_at=None), name="suspense_open_by_partner")
        ]


class SuspenseProposal(models.Model):
    """How one officer would explain an item; another one decides. The database itself refuses one in both places."""

    updatable_columns: ClassVar[tuple[str, ...]] = ("decided_by", "decided_at", "approved")

    id = models.BigAutoField(primary_key=True)
    item_id = models.BigIntegerField()
    way = models.CharField(max_length=12, choices=SuspenseItem.Way)
    amount_rupiah = models.BigIntegerField(help_text="of the item when this was proposed")
    employer_id = models.BigIntegerField(null=True)
    meant_for = models.CharField(max_length=13, blank=True)
    other_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True, help_text="empty when it was withdrawn")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item_id"], condition=models.Q(decided_at=None), name="one_open_proposal_per_item"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="proposed_and_decided_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(approved=None) | models.Q(approved=False) | models.Q(decided_by__isnull=False),
                name="approved_by_somebody",
            ),
        ]
