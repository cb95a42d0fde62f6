"""A correction says of which report's back pay it is made: of one month's report there is one at a time."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("uploads", "0004_of_a_project")]

    operations: ClassVar = [
        migrations.AddField(
            "upload",
            "back_pay_of",
            models.DateField(help_text="the month whose report told of the back pay that it lays", null=True),
        ),
        migrations.AddConstraint(
            "upload",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["cancelled", "refused", "replaced"]), _negated=True),
                fields=("employer_id", "back_pay_of"),
                name="back_pay_is_laid_once",
            ),
        ),
    ]
