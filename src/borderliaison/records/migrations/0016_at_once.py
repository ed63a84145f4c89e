from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_compared_and_not_bare")]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="act",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(fields=["act"], name="records_by_act"),
        ),
    ]
