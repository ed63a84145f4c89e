"""What a set speaks of, for whoever draws it."""

from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.items import Place
from borderliaison.records.interchange.models import ImportPlace, ImportSet
from borderliaison.records.models import Entity, Statement
from borderliaison.records.ontology.model import schemata


def things_of_set(reader: Reader, key: str) -> list[str]:
    """Return the keys of all things of a set that are there for a reader, in the order of its file.

    Args:
        reader: who asks.
        key: of the set; one that is not there for him has no things.
    """
    found = ImportSet.objects.readable_by(reader).filter(key=key).first()
    if found is None:
        return []
    told = Statement.objects.readable_by(reader).filter(source__in=found.parts.values("source"))
    links = [name for name, one in schemata().items() if one.edge is not None]
    things = Entity.objects.filter(pk__in=told.values("entity")).exclude(schema__in=links)
    return list(things.order_by("pk").values_list("key", flat=True))


def places_of_set(reader: Reader, key: str) -> dict[str, Place]:
    """Return where the things of a set stood in the chart that it came from, by their keys.

    Args:
        reader: who asks.
        key: of the set; one that is not there for him has no places.
    """
    there = ImportPlace.objects.filter(of__in=ImportSet.objects.readable_by(reader).filter(key=key))
    rows = there.values_list("entity__key", "x", "y", "stands_as")
    return {one: Place(x, y, stands_as) for one, x, y, stands_as in rows}
