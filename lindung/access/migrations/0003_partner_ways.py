from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_firm_users")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="signs_with_key",
            field=models.BooleanField(
                db_default=False, default=False, help_text="its calls carry its key's signature and no token"
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="status_address",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="where we ask what became of a payment",
                max_length=200,
            ),
        ),
        migrations.AddIndex(
            model_name="partnerrequest",
            index=models.Index(condition=models.Q(("service", "24")), fields=["day_wib"], name="inquiry_by_day"),
        ),
    ]
