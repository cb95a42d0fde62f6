"""Hints of workers, without their names, that wages are reported too low."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("compliance", "0002_exits")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="WageHint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "employer_id", "person_index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("employer_id", models.BigIntegerField()),
                ("person_index", models.BinaryField(max_length=32)),
                ("given_on", models.DateField(help_text="the newest time")),
            ],
        ),
    ]
