from django.db import migrations, models

from borderliaison.sql.settling import Settling

_CHANGES = Settling("records_change")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RunPython(_CHANGES.begin, _CHANGES.end),
    ]
