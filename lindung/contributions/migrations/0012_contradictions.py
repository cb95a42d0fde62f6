"""What a bank told under a reference that it had used for something else is kept, until an officer closes it."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0011_listed_wages")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("partner_id", models.BigIntegerField()),
                ("reference", models.CharField(help_text="paymentRequestId", max_length=128)),
                ("external_id", models.CharField(help_text="X-EXTERNAL-ID", max_length=36)),
                ("content_sha256", models.BinaryField(max_length=32)),
                ("customer_no", models.CharField(max_length=20)),
                ("amount_rupiah", models.BigIntegerField()),
                ("channel", models.CharField(max_length=8)),
                ("bank_reference", models.CharField(blank=True, max_length=64)),
                (
                    "taken_at_told",
                    models.CharField(blank=True, help_text="trxDateTime as the bank wrote it", max_length=35),
                ),
                ("received_at", models.DateTimeField()),
                ("calls", models.IntegerField(db_default=1, default=1)),
                ("last_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.BigIntegerField(help_text="the officer's account", null=True)),
                ("note", models.CharField(blank=True, db_default="", default="", max_length=500)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner_id", "reference", "content_sha256"), name="one_contradiction_per_content"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(closed_at=None, closed_by=None, note="")
                        | (models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(note="")),
                        name="contradiction_is_closed_with_a_note",
                    ),
                ]
            },
        ),
    ]
