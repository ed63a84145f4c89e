from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0016_at_once")]

    operations = [
        migrations.AlterField(
            model_name="standing",
            name="question",
            field=models.CharField(max_length=4000),
        ),
    ]
