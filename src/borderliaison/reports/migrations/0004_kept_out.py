import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("markings", "0001_initial"),
        ("reports", "0003_drawn_to"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("report", models.CharField(max_length=32, unique=True)),
                ("why", models.CharField(max_length=500)),
                ("officer", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "marking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="markings.markingrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
