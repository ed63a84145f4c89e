from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_wall_screens"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="guidance_put_away",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="account",
            name="tour_step",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
