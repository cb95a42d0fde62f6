"""A file of corrections is about several months, and makes a bill of each."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0006_segments")]

    operations: ClassVar = [
        migrations.AlterField("bill", "upload_id", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(fields=["upload_id", "period"], name="one_bill_per_upload_and_month"),
        ),
    ]
