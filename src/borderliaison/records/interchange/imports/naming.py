"""Which set an officer means by its title: never one that he may not read."""

from borderliaison.kernel.policy import Reader
from borderliaison.offices.services import agencies_in
from borderliaison.records.interchange.imports.loading import key_of_set
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.statements.drafted import key_of_entity


def key_for(reader: Reader, title: str) -> str:
    """Return the key of the set that an officer names.

    One of this title that he may read, his agency's first; where there is none, one of his agency's own:
    what others have of the same title is neither overwritten nor to be learned of.
    """
    shared = key_of_set(title, reader.office, reader.realm)
    own, *others = (
        key_of_entity("import", shared, one) for one in (reader.agency, *agencies_in(reader.office))
    )
    there = ImportSet.objects.readable_by(reader).filter(key__in=(own, shared, *others))
    known = set(there.values_list("key", flat=True))
    return next((key for key in (own, shared, *others) if key in known), own)
