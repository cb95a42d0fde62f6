"""What is typed and not sent may be about one project of the firm, as files may."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("uploads", "0005_back_pay_once")]

    operations: ClassVar = [
        migrations.AddField(
            "draft", "project_id", models.BigIntegerField(help_text="the project that it is about, if any", null=True)
        ),
        migrations.AlterField(
            "draft", "typed_encrypted", models.BinaryField(help_text="texts by person or by box, JSON")
        ),
        migrations.RemoveConstraint("draft", "one_draft_per_month"),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(
                fields=("employer_id", "kind", "period", "project_id"), name="one_draft_per_month", nulls_distinct=False
            ),
        ),
    ]
