from django.db import migrations
from django.db.models import Exists, OuterRef

from borderliaison.records.ontology.model import schemata

_BATCH = 400


def _mend(apps, schema_editor):
    """Let those be compared whose import was cut off before that was kept; delete who is not spoken of."""
    names = ("Entity", "Statement", "ImportSet", "ImportPart", "Clue", "Uncompared")
    entities, statements, sets, parts, clues, uncompared = (
        apps.get_model("records", one) for one in names
    )
    _delete_bare(entities, statements)
    kinds = [name for name, one in schemata().items() if one.is_matchable and one.edge is None]
    for one in sets.objects.all():
        sources = list(parts.objects.filter(of=one).values_list("source", flat=True))
        said = statements.objects.filter(entity=OuterRef("pk"), source__in=sources)
        marked = (model.objects.filter(entity=OuterRef("pk")) for model in (clues, uncompared))
        found = entities.objects.filter(Exists(said), schema__in=kinds)
        for kept in marked:
            found = found.filter(~Exists(kept))
        waiting = [uncompared(entity_id=pk, of=one) for pk in found.values_list("pk", flat=True)]
        uncompared.objects.bulk_create(waiting, _BATCH)


def _delete_bare(entities, statements):
    """Delete what an import that was killed left of entities."""
    said = statements.objects.filter(entity=OuterRef("pk"))
    bare = list(entities.objects.filter(~Exists(said)).values_list("pk", flat=True))
    for start in range(0, len(bare), _BATCH):
        entities.objects.filter(pk__in=bare[start : start + _BATCH]).delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0014_readable")]

    operations = [migrations.RunPython(_mend, migrations.RunPython.noop, elidable=True)]
