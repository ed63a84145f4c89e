from django.db import migrations

_FORGET = (
    "UPDATE records_link SET {column} = NULL"
    " WHERE {column} < '0001-01-01 00:00:00+00' OR {column} >= '10000-01-01 00:00:00+00'"
)


def _forget(apps, schema_editor):
    """Forget moments that only PostgreSQL knows: before our era, and after the year 9999."""
    if schema_editor.connection.vendor == "postgresql":
        for column in ("since", "until"):
            schema_editor.execute(_FORGET.format(column=column))


class Migration(migrations.Migration):
    dependencies = [("records", "0017_long_questions")]

    operations = [migrations.RunPython(_forget, migrations.RunPython.noop)]
