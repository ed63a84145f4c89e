"""Let the feed be read in the order of its events; on PostgreSQL alone something is to be done."""

from django.db import migrations

from borderliaison.sql.settling import Settling

_EVENTS = Settling("feed_feedevent")


class Migration(migrations.Migration):
    dependencies = [("feed", "0001_initial")]

    operations = [migrations.RunPython(_EVENTS.begin, _EVENTS.end)]
