"""A file may be about one project of its firm: then it is one among that project's files of its month."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("uploads", "0003_approval")]

    operations: ClassVar = [
        migrations.AddField(
            "upload", "project_id", models.BigIntegerField(help_text="the project that it is about, if any", null=True)
        ),
        migrations.RemoveConstraint("upload", "one_live_upload_per_file"),
        migrations.AddConstraint(
            "upload",
            models.UniqueConstraint(
                condition=models.Q(("state__in", ["cancelled", "refused", "replaced"]), _negated=True),
                fields=("employer_id", "kind", "period", "project_id", "sha256"),
                name="one_live_upload_per_file",
                nulls_distinct=False,
            ),
        ),
    ]
