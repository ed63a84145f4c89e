from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="form_language",
            field=models.CharField(
                blank=True,
                choices=[
                    ("en", "English"),
                    ("ru", "Русский"),
                    ("kk", "Қазақ"),
                    ("ky", "Кыргызча"),
                    ("tg", "тоҷикӣ"),
                    ("tk", "Türkmençe"),
                    ("uz", "oʻzbek tili"),
                ],
                max_length=10,
            ),
        ),
    ]
