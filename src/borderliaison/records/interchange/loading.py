"""Writing a spool to the records: in small transactions, only what differs, whatever its size.

A set that was begun and not ended is ended by the same command again. What the set said before and its file
does not say any more is deleted.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar

from django.db import transaction

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.markings.services import intern
from borderliaison.records.changes import note
from borderliaison.records.interchange.items import UNGRADED, Item
from borderliaison.records.interchange.keys import Keys
from borderliaison.records.interchange.models import ImportPart, ImportSet
from borderliaison.records.interchange.spool import Spool
from borderliaison.records.models import Entity, Source, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.candidates import compare_new, forget
from borderliaison.records.resolution.looking import is_compared
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.rows import (
    Rows,
    known_numbers,
    numbers_of,
    rows_of,
    sweep,
    unsay_of,
)

_AT_ONCE: Final = 400
_WHY: Final = "an import writes its own set anew, whoever may read it"
Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a set is to be.

    Attributes:
        key: of the set.
        title: its name.
        format: of its file.
        marking: of all of it; the grading where an item says none of its own.
        office: that says all of it.
        officer: who imports it.
        at: when.
        left_out: how many values or lines of the file could not be taken in.
    """

    key: str
    title: str
    format: str
    marking: Marking
    office: str
    officer: str
    at: datetime
    left_out: int = 0


def key_of_set(title: str, marking: Marking) -> str:
    """Return the key of a set by its name, in the realm where it is."""
    return key_of_entity("import", str(marking.realm), marking.originator, title)


def load(spool: Spool, keys: Keys, wanted: Wanted, progress: Progress) -> bool:
    """Make the records say of a set what its spool says; return whether anything was written.

    Args:
        spool: what the file says.
        keys: how its items are called in the records.
        wanted: what the set is to be.
        progress: told how far it is.
    """
    digest = hashlib.sha256(f"{spool.digest} {wanted.marking.to_data()}".encode()).hexdigest()
    found = _begun(wanted)
    if found.digest == digest:
        return False
    loading = _Loading(spool, keys, wanted, found, progress)
    loading.all()
    with transaction.atomic():
        found.digest, found.imported_at = digest, wanted.at
        found.things, found.links = loading.things, loading.links
        found.save()
    return True


def unload(found: ImportSet) -> None:
    """Take a set back: nothing of it is left."""
    for part in found.parts.select_related("source"):
        _unload(part.source)
    found.delete()


@transaction.atomic
def _begun(wanted: Wanted) -> ImportSet:
    """Return the set, made or marked anew."""
    row: dict[str, object] = {
        "title": wanted.title,
        "format": wanted.format,
        "officer": wanted.officer,
    }
    row |= {"imported_at": wanted.at, "left_out": wanted.left_out}
    marking = intern(wanted.marking)
    sets = ImportSet.objects.as_system(_WHY).select_for_update()
    found, _ = sets.update_or_create(key=wanted.key, defaults={**row, "marking": marking})
    return found


class _Loading:
    def __init__(
        self, spool: Spool, keys: Keys, wanted: Wanted, found: ImportSet, progress: Progress
    ) -> None:
        self.spool, self.keys, self.wanted, self.found = spool, keys, wanted, found
        self.progress, self.done, self.total = progress, 0, 0
        self.things = self.links = 0

    def all(self) -> None:
        before = {one.source.key for one in self.found.parts.select_related("source")}
        gradings = sorted({self._grading(one) for one in self.spool.gradings}, key=repr)
        self.total = self.spool.count() * (2 + len(gradings))
        if before or gradings:
            ImportSet.objects.as_system(_WHY).filter(pk=self.found.pk).update(digest="")
        self._entities(has_schemata=bool(before))
        written = set()
        for grading in gradings:
            source, is_new = self._source(grading)
            written.add(source.key)
            self._part(source, grading, is_new=is_new)
        for source in Source.objects.filter(key__in=before - written):
            _unload(source)
        self._compare()

    def _compare(self) -> None:
        """Look for whoever these may be one with, now that every line is there."""
        for items in _in_batches(self.spool.items()):
            keys = [self.keys.of(one.key) for one in items if is_compared(one.kind)]
            compare_new(known_numbers(keys).values())
            self._step(len(items))

    def _entities(self, *, has_schemata: bool) -> None:
        """Make every entity first, so that each line finds both ends."""
        for items in _in_batches(self.spool.items()):
            drafted = [self._drafted(one, None) for one in items]
            links = sum(one.kind.edge is not None for one in items)
            self.links, self.things = self.links + links, self.things + len(items) - links
            with transaction.atomic():
                numbers_of(drafted)
                if has_schemata:
                    _correct_schemata(drafted)
            self._step(len(items))

    @transaction.atomic
    def _source(self, grading: Grading) -> tuple[Source, bool]:
        key = key_of_entity(self.wanted.key, grading.scheme, grading.version, grading.value)
        row = {"kind": Source.Kind.IMPORT, "office": self.wanted.office, "said_at": self.wanted.at}
        source, is_new = Source.objects.get_or_create(key=key, defaults=row)
        ImportPart.objects.get_or_create(of=self.found, source=source)
        return source, is_new

    def _part(self, source: Source, grading: Grading, *, is_new: bool) -> None:
        origin = self._origin(source, grading)
        before = set() if is_new else _markings_of(source)
        if not is_new:
            self.spool.begin_gone(_spoken_of(source))
        for items in _in_batches(self.spool.items()):
            drafted = [self._drafted(one, grading) for one in items]
            with transaction.atomic():
                rows = _written(source, origin, [one for one in drafted if one.says], is_new)
            self.spool.keep({one.entity_id for one in rows.statements})
            self._step(len(items))
        if not is_new:
            _forget(source, self.spool.gone())
        with transaction.atomic():
            source.said_at, source.digest = self.wanted.at, self.spool.digest
            source.save()
            note(source.pk, {*before, origin.marking_id})

    def _origin(self, source: Source, grading: Grading) -> Origin:
        at, marking = self.wanted.at, replace(self.wanted.marking, grading=grading)
        country = self.wanted.office[:2]
        return Origin(source.key, source.kind, source.office, at, at, country, intern(marking).pk)

    def _grading(self, said: Grading) -> Grading:
        return self.wanted.marking.grading if said == UNGRADED else said

    def _drafted(self, item: Item, grading: Grading | None) -> Drafted:
        """Return an item as an entity; with what has one grading, or nothing, said of it."""
        kind = schema(item.schema)
        says = (
            Said(
                one.prop, self._value(kind.properties[one.prop].type.name, one.value), one.language
            )
            for one in item.told
            if grading is not None and self._grading(one.grading) == grading
        )
        return Drafted(self.keys.of(item.key), item.schema, tuple(says))

    def _value(self, type_name: str, value: str) -> str:
        return self.keys.of(value) if type_name == "entity" else value

    def _step(self, number: int) -> None:
        self.done += number
        self.progress(self.done, self.total)


def _written(
    source: Source,
    origin: Origin,
    drafted: Sequence[Drafted],
    is_new: bool,
) -> Rows:
    """Write what differs from what is there; return all that is there now."""
    numbers = known_numbers(sorted(_named(drafted)))
    rows = rows_of(source, origin, drafted, numbers)
    if is_new:
        rows.write()
        return rows
    changed = _changed(source, rows)
    if changed:
        unsay_of(source, changed)
        some = [one for one in drafted if numbers[one.key] in changed]
        again = rows_of(source, origin, some, numbers)
        again.write()
        forget({pk for line in again.links for pk in (line.begin_id, line.end_id)})
    return rows


def _named(drafted: Iterable[Drafted]) -> set[str]:
    """Return the keys of these entities and of those that they refer to."""
    found = set()
    for one in drafted:
        found.add(one.key)
        properties = schema(one.schema).properties
        found.update(s.value for s in one.says if properties[s.prop].type.name == "entity")
    return found


def _changed(source: Source, rows: Rows) -> set[int]:
    """Return the entities of which the source says something else now."""
    new: dict[int, set[tuple[object, ...]]] = {}
    for one in rows.statements:
        said = (one.prop, one.value, one.language, one.original, one.marking_id)
        new.setdefault(one.entity_id, set()).add(said)
    old: dict[int, set[tuple[object, ...]]] = {}
    columns = ("entity_id", "source_id", "prop", "value", "language", "original", "marking_id")
    found = Statement.objects.as_system(_WHY).filter(entity__in=list(new)).values_list(*columns)
    for number, whose, *there in found:
        if whose == source.pk:
            old.setdefault(number, set()).add(tuple(there))
    return {number for number, said in new.items() if old.get(number) != said}


def _spoken_of(source: Source) -> Iterator[int]:
    said = Statement.objects.as_system(_WHY).filter(source=source)
    yield from said.values_list("entity_id", flat=True).iterator(2000)


def _markings_of(source: Source) -> set[int]:
    said = Statement.objects.as_system(_WHY).filter(source=source)
    return set(said.values_list("marking_id", flat=True).distinct())


def _forget(source: Source, entities: Sequence[int]) -> None:
    for some in _in_batches(iter(entities)):
        with transaction.atomic():
            unsay_of(source, some)
            sweep(some)


def _unload(source: Source) -> None:
    markings = _markings_of(source)
    _forget(source, sorted(set(_spoken_of(source))))
    with transaction.atomic():
        number = source.pk
        source.delete()
        note(number, markings)


def _correct_schemata(drafted: Iterable[Drafted]) -> None:
    """Make entities that are there already what the file says they are."""
    wanted = {one.key: one.schema for one in drafted}
    found = list(Entity.objects.filter(key__in=list(wanted)))
    wrong = [one for one in found if one.schema != wanted[one.key]]
    for one in wrong:
        one.schema = wanted[one.key]
    Entity.objects.bulk_update(wrong, ["schema"])


def _in_batches(many: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(many, _AT_ONCE)):
        yield some
