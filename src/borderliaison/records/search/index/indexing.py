"""Indexing statements, in the order in which they were written: a moment later, and beside everything else.

Whoever writes statements need not know. The place is kept in the commit that writes the index; what a
statement is found by goes with it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from borderliaison.forms.finding.words import spelled
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.offices.services import all_crossings, all_offices
from borderliaison.records.models import Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.search.index.spelling import MARK, sound
from borderliaison.records.search.models import IndexedTo, Wording
from borderliaison.records.shown.codes import code_words
from borderliaison.sql.bulk import insert_all
from borderliaison.sql.pace import Pace
from borderliaison.sql.settling import settled

VERSION: Final = "2"
"""Another one has everything indexed anew."""
_WHY: Final = "statements are indexed, whoever may read them"
_PACE: Final = Pace(200)
_COLUMNS: Final = ("pk", "entity_id", "marking_id", "entity__schema", "prop", "value")
_INDEXED: Final = frozenset(
    {"name", "address", "identifier", "phone", "email", "string", "text", "html", "url", "checksum"}
)
_MAX_WORDS: Final = 2000
"""Of one statement."""


class WordRow(NamedTuple):
    """A ``Wording`` before it is written."""

    marking_id: int
    entity_id: int
    statement_id: int
    word: bytes


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
    place = _place()
    found = list(_waiting(place).values_list(*_COLUMNS)[: _PACE.at_once])
    if found:
        rows = [
            WordRow(marking, entity, statement, word)
            for statement, entity, marking, kind, prop, value in found
            for word in words_of(kind, prop, value)
        ]
        with _PACE.commit():
            _keep(place, found[-1][0], rows)
    return len(found)


def is_behind() -> bool:
    """Whether something is not indexed yet."""
    return _waiting(_place()).exists()


def _keep(place: IndexedTo, last: int, rows: Sequence[WordRow]) -> None:
    """Write the words of the statements up to one, but of those that were taken back meanwhile."""
    IndexedTo.objects.select_for_update().get_or_create(pk=1)
    if _place().statement != place.statement:
        return
    if place.statement == 0:
        Wording.objects.as_system(_WHY).delete()
    said = Statement.objects.as_system(_WHY).filter(pk__gt=place.statement, pk__lte=last)
    there = set(said.select_for_update(no_key=True).values_list("pk", flat=True))
    insert_all(Wording, [row for row in rows if row.statement_id in there])
    place.statement = last
    place.save()


def _place() -> IndexedTo:
    """Return how far it is indexed; from the beginning where it is done in another way now."""
    place = IndexedTo.objects.filter(pk=1).first() or IndexedTo(pk=1)
    return place if place.version == VERSION else IndexedTo(pk=1, version=VERSION)


def _waiting(place: IndexedTo) -> MarkedQuerySet[Statement]:
    said = Statement.objects.as_system(_WHY).filter(settled(Statement), pk__gt=place.statement)
    return said.order_by("pk")


def words_of(schema_name: str, prop_name: str, value: str) -> Sequence[bytes]:
    """Return what a value is found by, each word once."""
    kind = schema(schema_name)
    prop = kind.properties.get(prop_name)
    if prop is None or prop.type.name not in _INDEXED:
        return ()
    found: dict[str, None] = {}
    for text in texts_of(kind.name, prop.name, value):
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
