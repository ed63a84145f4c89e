"""Indexing statements, in the order in which they were written: a moment later, and beside everything else.

Whoever writes statements need not know. The place is kept in the commit that writes the index; what a
statement is found by goes with it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db import transaction

from borderliaison.forms.finding.words import spelled
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.offices.services import all_crossings, all_offices
from borderliaison.records.models import Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.search.models import IndexedTo, Wording
from borderliaison.records.search.spelling import MARK, sound
from borderliaison.records.shown.codes import code_words
from borderliaison.sql.settling import settled

VERSION: Final = "1"
"""Another one has everything indexed anew."""
_WHY: Final = "statements are indexed, whoever may read them"
_AT_ONCE: Final = 200
"""In one commit; nobody else writes meanwhile."""
_BATCH: Final = 500
_INDEXED: Final = frozenset(
    {"name", "address", "identifier", "phone", "email", "string", "text", "html", "url", "checksum"}
)
_MAX_WORDS: Final = 2000
"""Of one statement."""


def index_all(progress: Callable[[int], None] | None = None) -> int:
    """Index what was written since the last look; return how many statements were looked at."""
    done = 0
    while looked_at := index_some():
        done += looked_at
        if progress is not None:
            progress(done)
    return done


def index_some() -> int:
    """Index the next statements; return how many were looked at, 0 where there are no more."""
    return _index_next() if is_behind() else 0


def is_behind() -> bool:
    """Whether something is not indexed yet."""
    return _waiting(_place()).exists()


@transaction.atomic
def _index_next() -> int:
    IndexedTo.objects.select_for_update().get_or_create(pk=1)
    place = _place()
    if place.statement == 0:
        Wording.objects.as_system(_WHY).delete()
    waiting = _waiting(place).select_for_update(of=("self",), no_key=True)
    found = list(waiting.select_related("entity")[:_AT_ONCE])
    rows = [
        Wording(marking_id=one.marking_id, entity_id=one.entity_id, statement_id=one.pk, word=word)
        for one in found
        for word in words_of(one)
    ]
    Wording.objects.bulk_create(rows, _BATCH)
    if found:
        place.statement = found[-1].pk
    place.save()
    return len(found)


def _place() -> IndexedTo:
    """Return how far it is indexed; from the beginning where it is done in another way now."""
    place = IndexedTo.objects.filter(pk=1).first() or IndexedTo(pk=1)
    return place if place.version == VERSION else IndexedTo(pk=1, version=VERSION)


def _waiting(place: IndexedTo) -> MarkedQuerySet[Statement]:
    said = Statement.objects.as_system(_WHY).filter(settled(Statement), pk__gt=place.statement)
    return said.order_by("pk")


def words_of(statement: Statement) -> Sequence[bytes]:
    """Return what a statement is found by, each word once."""
    kind = schema(statement.entity.schema)
    prop = kind.properties.get(statement.prop)
    if prop is None or prop.type.name not in _INDEXED:
        return ()
    found: dict[str, None] = {}
    for text in texts_of(kind.name, statement.prop, statement.value):
        for one in spelled(text):
            for key in (*one.keys, *one.tails):
                found[key] = None
            if prop.type.name == "name":
                for key in one.keys:
                    found |= dict.fromkeys(MARK + left for left in (sound(key),) if left)
    return [word.encode()[:120] for word in list(found)[:_MAX_WORDS]]


def texts_of(kind: str, prop: str, value: str) -> Iterator[str]:
    """Yield what a value says: itself, and the words of a code in every language."""
    yield value
    known = code_words(kind, prop, value)
    if known is not None:
        yield from known.texts.values()
    elif (kind, prop) == ("CrossingPoint", "code"):
        for crossing in all_crossings():
            if crossing.code == value:
                yield from crossing.names.values()
    elif (kind, prop) == ("LiaisonOffice", "code"):
        for office in all_offices():
            if office.code == value:
                yield from (*office.names.values(), *(one["text"] for one in office.aliases))
