"""A bank's call names its bank without a foreign key: every payment locked the bank's row once more at its end.

The bank was read by the call itself, and no role of the application may delete one. The unique key begins with it.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0004_refused_calls")]

    operations: ClassVar = [
        migrations.AlterField(
            "partnerrequest",
            "partner",
            models.ForeignKey(
                "access.partner", on_delete=django.db.models.deletion.PROTECT, db_constraint=False, db_index=False
            ),
        ),
    ]
