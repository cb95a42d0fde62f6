"""An entry's key is looked up whole: the second index, for beginnings of texts, is asked by nobody."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL("DROP INDEX IF EXISTS ledger_entry_key_b3fe1ea3_like", migrations.RunSQL.noop),
    ]
