from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="before",
            field=models.FloatField(default=-11.0),
            preserve_default=False,
        ),
    ]
