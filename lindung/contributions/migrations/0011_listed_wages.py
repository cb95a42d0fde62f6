"""Construction projects that pay by the wages of their workers, listed month by month."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0010_changed_contracts")]

    operations: ClassVar = [
        migrations.AddField("project", "by_wages", models.BooleanField(default=False, db_default=False)),
        migrations.AlterField(
            "order",
            "months",
            models.SmallIntegerField(help_text="of a project's stage 1 where it is a month's, else 0"),
        ),
        migrations.AddField("projectstage", "period", models.DateField(null=True)),
        migrations.AddConstraint(
            "project",
            models.CheckConstraint(
                condition=models.Q(by_wages=False)
                | models.Q(contract_rupiah=0, net_rupiah=0, amount_rupiah=0, vat_rate=None, pattern=""),
                name="project_of_listed_wages_has_no_value",
            ),
        ),
        migrations.CreateModel(
            name="ProjectWageList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("project_id", models.BigIntegerField()),
                ("period", models.DateField()),
                ("revision", models.SmallIntegerField()),
                (
                    "upload_id",
                    models.BigIntegerField(
                        help_text="null: nobody worked, told by a button", null=True, unique=True
                    ),
                ),
                ("worker_count", models.IntegerField()),
                ("wage_rupiah", models.BigIntegerField()),
                ("jkk", models.BigIntegerField()),
                ("jkm", models.BigIntegerField()),
                ("amount_rupiah", models.BigIntegerField()),
                ("jkk_moved", models.BigIntegerField()),
                ("jkm_moved", models.BigIntegerField()),
                ("credit_rupiah", models.BigIntegerField()),
                ("law", models.JSONField()),
                ("listed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project_id", "period", "revision"), name="lists_of_a_month_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            amount_rupiah=models.F("jkk") + models.F("jkm"),
                            credit_rupiah=-models.F("jkk_moved") - models.F("jkm_moved"),
                            credit_rupiah__gte=0,
                            amount_rupiah__gte=0,
                        ),
                        name="wage_list_is_the_sum_of_its_parts",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ProjectWageLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("list_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("nik_encrypted", models.BinaryField(null=True)),
                ("nik_index", models.BinaryField(max_length=32, null=True)),
                ("wage_rupiah", models.BigIntegerField()),
                ("jkk", models.BigIntegerField()),
                ("jkm", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(nik_index__isnull=False),
                        fields=("list_id", "nik_index"),
                        name="nobody_twice_in_a_wage_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(wage_rupiah__gt=0, jkk__gte=0, jkm__gte=0), name="listed_wage_is_above_nothing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(nik_encrypted=None, nik_index=None)
                        | models.Q(nik_encrypted__isnull=False, nik_index__isnull=False),
                        name="listed_nik_is_whole_or_not_there",
                    ),
                ],
                "indexes": [models.Index(fields=["list_id", "id"], name="wage_line_by_list")],
            },
        ),
    ]
