"""What of the records is asked for as a file: a set, or a record with what it is linked to."""

from collections.abc import Collection, Mapping

from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.items import Place
from borderliaison.records.interchange.members import places_of_set, things_of_set
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.models import Link
from borderliaison.records.resolution.canonical import members
from borderliaison.records.statements.rows import known_numbers
from borderliaison.sql.within import within


def of_keys(title: str, keys: Collection[str], places: Mapping[str, Place]) -> Selection:
    """Return things by their keys.

    Args:
        title: of the file.
        keys: of the things; those that are not there are left out.
        places: where things stand in the chart that goes out, by their keys.
    """
    numbers = known_numbers(list(keys))
    standing = {pk: places[key] for key, pk in numbers.items() if key in places}
    return Selection(title, numbers.values(), places=standing)


def of_set(reader: Reader, key: str) -> Selection | None:
    """Return all things of a set, where its file had them; None where it is not there for the reader."""
    found = ImportSet.objects.readable_by(reader).filter(key=key).first()
    if found is None:
        return None
    return of_keys(found.title, things_of_set(reader, key), places_of_set(reader, key))


def of_record(reader: Reader, key: str, title: str) -> Selection | None:
    """Return a record with what it is linked to; None where it is not there for the reader."""
    pk = known_numbers([key]).get(key)
    same = members(reader, [pk]).get(pk, ()) if pk is not None else ()
    if not same:
        return None
    drawn = Link.objects.readable_by(reader)
    begun = drawn.filter(within("begin", same)).values_list("end_id", flat=True)
    ended = drawn.filter(within("end", same)).values_list("begin_id", flat=True)
    return Selection(title, {*same, *begun, *ended})
