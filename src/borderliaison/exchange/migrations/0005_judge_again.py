from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_epochs_and_recovery"),
    ]

    operations = [
        migrations.AddField(
            model_name="quarantined",
            name="judge_again_at",
            field=models.DateTimeField(null=True),
        ),
    ]
