"""Which set an officer means by its title: never one that he may not read."""

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.loading import key_of_set
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.statements.drafted import key_of_entity


def key_for(reader: Reader, title: str, marking: Marking) -> str:
    """Return the key of the set that an officer names.

    Where another agency has one of this title that he may not read, his is one of its own: neither is
    theirs overwritten, nor does he learn of it.
    """
    shared = key_of_set(title, marking)
    own = key_of_entity("import", shared, reader.agency)
    known = ImportSet.objects.as_system("a set that is not read is not overwritten either")
    there = set(known.filter(key__in=(shared, own)).values_list("key", flat=True))
    if own in there:
        return own
    is_read = ImportSet.objects.readable_by(reader).filter(key=shared).exists()
    return shared if is_read or shared not in there else own
