"""Let items be read in the order in which they came; on PostgreSQL alone something is to be done."""

from django.db import migrations

from borderliaison.sql.settling import Settling

_ITEMS = Settling("correspondence_item")


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0004_search")]

    operations = [migrations.RunPython(_ITEMS.begin, _ITEMS.end)]
