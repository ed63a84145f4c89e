from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0020_as_what_things_stand")]

    operations = [
        migrations.AlterField(
            model_name="standing", name="name", field=models.CharField(max_length=200)
        ),
    ]
