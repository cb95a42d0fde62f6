"""Credit is paid back: what was asked for, and what officers propose and decide about it."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0013_fewer_indexes")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "number",
                    models.CharField(
                        help_text="KBL-202611-000012, to be said on the phone", max_length=24, unique=True
                    ),
                ),
                ("employer_id", models.BigIntegerField()),
                ("amount_rupiah", models.BigIntegerField()),
                (
                    "press",
                    models.CharField(help_text="drawn by the page; pressed twice, it is one request", max_length=32),
                ),
                ("bank", models.CharField(help_text="the bank's three digits", max_length=3)),
                ("account_encrypted", models.BinaryField()),
                (
                    "account_digest",
                    models.BinaryField(help_text="of bank and number: equal for the same account", max_length=32),
                ),
                ("account_end", models.CharField(help_text="the last four digits", max_length=4)),
                (
                    "account_name",
                    models.CharField(help_text="whose account it is, as the employer told it", max_length=140),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("approved", "Approved"),
                            ("sent", "Sent"),
                            ("returned", "Returned"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("proposed_by", models.BigIntegerField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "taken_by",
                    models.BigIntegerField(help_text="who opened the account's number, to transfer it", null=True),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                ("transfer_no", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("sent_on", models.DateField(help_text="the day of the transfer at the bank", null=True)),
                ("sent_by", models.BigIntegerField(help_text="who recorded the transfer", null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="told to the employer", max_length=500
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["employer_id"], name="refund_by_employer"),
                    models.Index(fields=["account_digest"], name="refund_by_account"),
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "approved"])),
                        fields=["asked_at"],
                        name="refund_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("employer_id", "press"), name="one_refund_per_press"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "approved"])),
                        fields=("employer_id",),
                        name="one_open_refund_per_employer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("transfer_no", ""), _negated=True),
                        fields=("transfer_no",),
                        name="one_refund_per_transfer",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount_rupiah__gt", 0)), name="refund_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("proposed_by", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("proposed_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                models.Q(("proposed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refund_asked_proposed_decided_by_three",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_by", None)),
                            models.Q(
                                ("taken_at__isnull", False),
                                models.Q(("taken_by", models.F("proposed_by")), _negated=True),
                                models.Q(("taken_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refund_taken_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_by", None),
                            models.Q(("sent_by", models.F("taken_by")), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="refund_sent_by_who_took_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("ended_by", models.F("sent_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="refund_returned_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state__in", ["asked", "withdrawn"])),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("state__in", ["approved", "refused", "sent", "returned"]),
                            ),
                            _connector="OR",
                        ),
                        name="refund_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                ("sent_on__isnull", False),
                                ("state__in", ["sent", "returned"]),
                                models.Q(("transfer_no", ""), _negated=True),
                            ),
                            models.Q(
                                ("sent_at", None),
                                ("sent_by", None),
                                ("sent_on", None),
                                ("state__in", ["asked", "approved", "refused", "withdrawn"]),
                                ("transfer_no", ""),
                            ),
                            _connector="OR",
                        ),
                        name="refund_is_sent_by_a_transfer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                ("ended_by", None),
                                ("reason", ""),
                                ("state__in", ["asked", "approved", "sent"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("reason", ""),
                                ("state", "withdrawn"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ["refused", "returned"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refund_ends_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundProposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("refund_id", models.BigIntegerField()),
                ("pay", models.BooleanField()),
                ("reason", models.CharField(max_length=500)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.BigIntegerField(help_text="empty when it was taken back, or fell", null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("refund_id",),
                        name="one_open_proposal_per_refund",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="refund_answered_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed", None), ("agreed", False), ("decided_by__isnull", False), _connector="OR"
                        ),
                        name="refund_agreed_by_somebody",
                    ),
                ],
            },
        ),
    ]
