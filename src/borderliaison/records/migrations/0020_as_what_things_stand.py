from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0019_places_of_sets")]

    operations = [
        migrations.AddField(
            model_name="importplace",
            name="stands_as",
            field=models.CharField(blank=True, default="", max_length=6),
            preserve_default=False,
        ),
    ]
