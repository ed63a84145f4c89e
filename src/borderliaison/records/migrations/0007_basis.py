from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_candidates"),
    ]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="basis",
            field=models.CharField(
                choices=[
                    ("records", "What the records say"),
                    ("pictures", "Photographs compared"),
                    ("papers", "Papers looked at"),
                    ("asked", "Somebody asked"),
                    ("other", "Other"),
                ],
                default="other",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="judgement",
            name="reason",
            field=models.CharField(blank=True, max_length=500),
        ),
    ]
