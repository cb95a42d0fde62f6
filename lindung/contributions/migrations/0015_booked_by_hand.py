"""What officers booked by hand is found by the day on which they did, and by its slip."""

from typing import ClassVar

from django.db import migrations, models

_BY_HAND = models.Q(("customer_no", None), ("channel", "TUNAI"), _connector="OR")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0014_refunds")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(condition=_BY_HAND, fields=[column], name=name),
        )
        for column, name in (("recorded_at", "payment_by_hand"), ("bank_reference", "payment_by_slip"))
    ]
