"""One number for several bills of an employer."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0008_payment_questions")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="JoinedBill",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "customer_no", "bill_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("customer_no", models.CharField(max_length=13)),
                ("bill_id", models.BigIntegerField()),
                ("contribution_rupiah", models.BigIntegerField()),
                ("penalty_rupiah", models.BigIntegerField()),
                ("months_late", models.SmallIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["bill_id"], name="joined_bill_by_bill")]},
        ),
        migrations.AddField(
            "virtualaccount",
            "employer_id",
            models.BigIntegerField(null=True, help_text="of a joint number: whose bills, see JoinedBill"),
        ),
        migrations.RemoveConstraint("virtualaccount", "virtual_account_of_a_bill_or_an_order"),
        migrations.AddConstraint(
            "virtualaccount",
            models.UniqueConstraint(
                fields=["employer_id"],
                condition=models.Q(closed_at=None),
                name="one_open_joint_number_per_employer",
            ),
        ),
        migrations.AddConstraint(
            "virtualaccount",
            models.CheckConstraint(
                condition=models.Q(
                    bill_id=None, order_id__isnull=False, employer_id=None, penalty_rupiah=0, credit_rupiah=0
                )
                | models.Q(bill_id__isnull=False, order_id=None, employer_id=None)
                | models.Q(bill_id=None, order_id=None, employer_id__isnull=False),
                name="virtual_account_of_a_bill_an_order_or_a_firm",
            ),
        ),
    ]
