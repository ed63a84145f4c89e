from itertools import groupby

from django.db import migrations

from borderliaison.records.identities import identities_of
from borderliaison.records.ontology.model import schemata

_AT_ONCE = 2000


def _identify(apps, schema_editor):
    """Write down the plates without a country that were said before."""
    statements, identities = (apps.get_model("records", one) for one in ("Statement", "Identity"))
    kinds = {name: one for name, one in schemata().items() if one.is_a("Vehicle")}
    known = set(
        identities.objects.filter(key__startswith="bare_plate ").values_list(
            "entity", "source", "key"
        )
    )
    columns = ("entity_id", "source_id", "marking_id", "entity__schema")
    said = statements.objects.filter(entity__schema__in=kinds).order_by(*columns)
    rows = said.values_list(*columns, "prop", "value").iterator(chunk_size=2000)
    made = []
    for (entity, source, marking, kind), some in groupby(rows, key=lambda row: row[:4]):
        keys = identities_of(kinds[kind], [row[4:] for row in some])
        made += [
            identities(entity_id=entity, source_id=source, marking_id=marking, key=key)
            for key in keys
            if key.startswith("bare_plate ") and (entity, source, key) not in known
        ]
        if len(made) >= _AT_ONCE:
            identities.objects.bulk_create(made, 500)
            made.clear()
    identities.objects.bulk_create(made, 500)


def _unidentify(apps, schema_editor):
    identities = apps.get_model("records", "Identity")
    identities.objects.filter(key__startswith="bare_plate ").delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0012_uncompared")]

    operations = [migrations.RunPython(_identify, _unidentify)]
