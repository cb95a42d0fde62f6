import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contributions", "0007_corrections_by_file")]

    operations = [
        migrations.CreateModel(
            name="PaymentQuestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("partner_id", models.BigIntegerField()),
                ("reference", models.CharField(help_text="paymentRequestId", max_length=128)),
                ("customer_no", models.CharField(max_length=20)),
                ("told_at", models.DateTimeField(help_text="when the bank told us, or asked us, first")),
                ("asked_count", models.SmallIntegerField(db_default=0, default=0)),
                ("next_ask_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("booked", "Booked"), ("not_taken", "Not Taken"), ("to_statement", "To Statement")],
                        db_default="",
                        default="",
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner_id", "reference", "customer_no"), name="one_question_per_payment"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_ask_at", None), ("outcome", ""), _connector="XOR"),
                        name="question_settled_or_to_be_asked",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_ask_at__isnull", False)),
                        fields=["next_ask_at"],
                        name="question_by_moment",
                    )
                ],
            },
        ),
    ]
