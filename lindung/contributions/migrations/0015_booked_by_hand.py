"""What officers booked by hand is found by the day on which they did."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0014_refunds")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("customer_no", None), ("channel", "TUNAI"), _connector="OR"),
                fields=["recorded_at"],
                name="payment_by_hand",
            ),
        ),
    ]
