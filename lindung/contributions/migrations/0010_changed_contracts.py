"""A construction project whose contract's value changed."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0009_joint_numbers")]

    operations: ClassVar = [
        migrations.AddField("projectstage", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="ProjectAddendum",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("project_id", models.BigIntegerField()),
                ("addendum_no", models.SmallIntegerField()),
                ("agreed_on", models.DateField()),
                (
                    "contract_rupiah",
                    models.BigIntegerField(help_text="the whole value from now on, with or without VAT as before"),
                ),
                ("net_rupiah", models.BigIntegerField()),
                ("jkk", models.BigIntegerField()),
                ("jkm", models.BigIntegerField()),
                ("amount_rupiah", models.BigIntegerField()),
                ("jkk_moved", models.BigIntegerField()),
                ("jkm_moved", models.BigIntegerField()),
                ("credit_rupiah", models.BigIntegerField()),
                ("law", models.JSONField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project_id", "addendum_no"), name="addenda_of_a_project_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            amount_rupiah=models.F("jkk") + models.F("jkm"),
                            credit_rupiah=-models.F("jkk_moved") - models.F("jkm_moved"),
                            credit_rupiah__gte=0,
                        ),
                        name="addendum_is_the_sum_of_its_parts",
                    ),
                ]
            },
        ),
    ]
