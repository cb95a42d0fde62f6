"""How to reach a person, and what we told them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Address(models.Model):
    """A phone number (E.164) or e-mail address of a person, encrypted; the newest per kind counts."""

    deletable: ClassVar[bool] = True

    class Kind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"

    pk = models.CompositePrimaryKey("person_id", "kind")
    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    value_encrypted = models.BinaryField()
    value_index = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["value_index"], name="address_by_value")]


class Message(models.Model):
    """Something a person was told. ``params`` holds what the text needs; the text itself is in the catalogue."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        UNREACHABLE = "unreachable"
        PARKED = "parked"

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=models.Func(models.Value("contact_message_id_seq"), function="nextval"))
    kind = models.CharField(max_length=40)
    params = models.JSONField()
    batch = models.CharField(max_length=40, help_text="the fact that caused it, such as payment:12")
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED, db_default=State.QUEUED)
    attempts = models.SmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        # The batch first: a month's messages then lie together in the index, and so does what waits of a batch.
        constraints = [models.UniqueConstraint(fields=["batch", "person_id", "kind"], name="told_once_per_fact")]


class WaitingBatch(models.Model):
    """A small batch that the next round takes with others; gone when its messages have left or it has its own job."""

    deletable: ClassVar[bool] = True

    batch = models.CharField(max_length=40)


class Dispatch(models.Model):
    """One attempt to hand a message to a carrier, with the carrier's answer."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=models.Func(models.Value("contact_dispatch_id_seq"), function="nextval"))
    message_id = models.BigIntegerField()
    channel = models.CharField(max_length=8)
    outcome = models.CharField(max_length=16)
    carrier_reference = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())
