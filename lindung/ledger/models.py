"""Append-only double entry. Amounts are signed whole rupiah: credit positive, debit negative."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One balanced fact. ``key`` makes it happen once, for ever; ``body_sha256`` tells a repeat from a clash."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=80, unique=True)
    body_sha256 = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=24)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    line_count = models.IntegerField()
    credit_rupiah = models.BigIntegerField(help_text="the sum of its positive lines")


class Line(models.Model):
    """One account's share of an entry. Holder 0 is the agency itself; its accounts are in ``chart.yaml``.

    No foreign keys and no triggers: the proof inside ``post`` and a standing query keep the same promises for a
    nineteenth of the price.
    """

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("holder_id", "account_no", "entry_id", "line_no")
    holder_id = models.BigIntegerField()
    account_no = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    line_no = models.IntegerField()
    amount_rupiah = models.BigIntegerField()


class Balance(models.Model):
    """What a holder's account stands at: the fold of its lines, kept in the same transaction."""

    pk = models.CompositePrimaryKey("holder_id", "account_no")
    holder_id = models.BigIntegerField()
    account_no = models.BigIntegerField()
    balance_rupiah = models.BigIntegerField()
    version = models.IntegerField()
    entry_id = models.BigIntegerField(help_text="the last entry that moved it")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(balance_rupiah__gte=0), name="holder_balance_never_negative"),
        ]
