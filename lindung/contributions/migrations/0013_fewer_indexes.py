"""What a payment writes carries no index that nobody asks: numbers are looked up whole, never by how they begin.

A fifth of each page of bills stays free, so that a bill that is paid touches none of its indexes.
"""

from typing import ClassVar

from django.db import migrations

_UNASKED = (
    "contributions_bill_number_4f960328_like",
    "contributions_payment_customer_no_6d02ad33_like",
    "contributions_payment_receipt_number_ee9ecc98_like",
    "contributions_virtualaccount_customer_no_2dd7570d_like",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contributions", "0012_contradictions")]

    operations: ClassVar = [
        *(migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop) for name in _UNASKED),
        migrations.RunSQL(
            "ALTER TABLE contributions_bill SET (fillfactor = 80)",
            "ALTER TABLE contributions_bill RESET (fillfactor)",
        ),
    ]
