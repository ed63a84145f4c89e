"""Writing a spool to the records: in small transactions, only what differs, whatever its size.

A set that was begun and not ended is ended by the same command again. What the set said before and its file
does not say any more is deleted. Whom it speaks of waits to be compared with others until it is whole.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.markings.services import intern
from borderliaison.records.changes import note
from borderliaison.records.interchange.items import UNGRADED, Item
from borderliaison.records.interchange.keys import Keys
from borderliaison.records.interchange.models import ImportPart, ImportSet
from borderliaison.records.interchange.progress import Progress
from borderliaison.records.interchange.spool import Spool
from borderliaison.records.models import Entity, Source, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.candidates import forget, let_wait
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.rows import (
    BATCH,
    Rows,
    known_numbers,
    make_entities,
    rows_of,
    sweep,
    unsay_of,
)
from borderliaison.sql.bulk import make_room
from borderliaison.sql.pace import Pace

_WHY: Final = "an import writes its own set anew, whoever may read it"


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
    make_room()
    found = _begun(wanted)
    if found.digest == digest:
        return False
    loading = _Loading(spool, keys, wanted, found, progress)
    loading.all()
    with transaction.atomic():
        found.digest, found.imported_at = digest, wanted.at
        found.things, found.links = loading.things, loading.links
        found.save(update_fields=["digest", "imported_at", "things", "links"])
    return True


def unload(found: ImportSet) -> None:
    """Take a set back: nothing of it is left."""
    ImportSet.objects.as_system(_WHY).filter(pk=found.pk).update(digest="")
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
        self.things, self.links = spool.count()
        self.pace = Pace()

    def all(self) -> None:
        before = {one.source.key for one in self.found.parts.select_related("source")}
        gradings = sorted({self._grading(one) for one in self.spool.gradings}, key=repr)
        self.total = (self.things + self.links) * (1 + len(gradings))
        if before or gradings:
            ImportSet.objects.as_system(_WHY).filter(pk=self.found.pk).update(digest="")
        self._entities(has_schemata=bool(before))
        written = set()
        for grading in gradings:
            source, is_new = self._source(grading)
            written.add(source.key)
            self._part(source, grading, is_new=is_new)
        for source in Source.objects.filter(key__in=before - written):
            _unload(source, self.found)

    def _entities(self, *, has_schemata: bool) -> None:
        """Make every entity first, so that each line finds both ends."""
        for wanted in self.pace.batches(self.spool.kinds()):
            with self.pace.commit():
                make_entities(wanted)
                if has_schemata:
                    _correct_schemata(dict(wanted))
            self._step(len(wanted))

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
        for items in self.pace.batches(self.spool.items()):
            drafted = [self._drafted(one, grading) for one in items]
            said = [one for one in drafted if one.says]
            numbers = known_numbers(sorted(_named(said)))
            rows = rows_of(source, origin, said, numbers)
            if is_new:
                with self.pace.commit():
                    rows.write()
                    let_wait(self.found, {one.entity_id for one in rows.statements})
            else:
                self._change(source, rows)
                self.spool.keep({one.entity_id for one in rows.statements})
            self._step(len(items))
        if not is_new:
            self._forget(source, self.spool.gone())
        with transaction.atomic():
            source.said_at, source.digest = self.wanted.at, self.spool.digest
            source.save(update_fields=["said_at", "digest"])
            note(source.pk, {*before, origin.marking_id})

    def _change(self, source: Source, rows: Rows) -> None:
        """Write what differs from what is there."""
        changed = _changed(source, rows)
        if not changed:
            return
        some = rows.of(changed)
        ends = {pk for line in some.links for pk in (line.begin_id, line.end_id)}
        with self.pace.commit():
            touched = unsay_of(source, changed)
            some.write()
            forget(ends)
            let_wait(self.found, touched | ends)

    def _forget(self, source: Source, entities: Sequence[int]) -> None:
        for touched in _forgotten(source, entities):
            let_wait(self.found, touched)

    def _origin(self, source: Source, grading: Grading) -> Origin:
        at, marking = self.wanted.at, replace(self.wanted.marking, grading=grading)
        country = self.wanted.office[:2]
        return Origin(source.key, source.kind, source.office, at, at, country, intern(marking).pk)

    def _grading(self, said: Grading) -> Grading:
        return self.wanted.marking.grading if said == UNGRADED else said

    def _drafted(self, item: Item, grading: Grading) -> Drafted:
        """Return an item as an entity with what is said of it under one grading."""
        kind = item.kind
        says = (
            Said(
                one.prop, self._value(kind.properties[one.prop].type.name, one.value), one.language
            )
            for one in item.told
            if self._grading(one.grading) == grading
        )
        return Drafted(item.key, item.schema, tuple(says))

    def _value(self, type_name: str, value: str) -> str:
        return self.keys.of(value) if type_name == "entity" else value

    def _step(self, number: int) -> None:
        self.done += number
        self.progress(self.done, self.total)


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


def _forgotten(source: Source, entities: Sequence[int]) -> Iterator[set[int]]:
    """Delete what a source says of some entities; yield, in each commit, whom that concerns."""
    pace = Pace()
    for some in pace.batches(iter(entities)):
        with pace.commit():
            touched = unsay_of(source, some)
            sweep(some)
            yield touched


def _unload(source: Source, of_set: ImportSet | None = None) -> None:
    """Delete what a source says, and the source; of a set that stays, let those wait whom that concerns."""
    markings = _markings_of(source)
    for touched in _forgotten(source, sorted(set(_spoken_of(source)))):
        if of_set is not None:
            let_wait(of_set, touched)
    with transaction.atomic():
        number = source.pk
        source.delete()
        note(number, markings)


def _correct_schemata(wanted: Mapping[str, str]) -> None:
    """Make entities that are there already what the file says they are."""
    found = [
        one for one in Entity.objects.filter(key__in=list(wanted)) if one.schema != wanted[one.key]
    ]
    for one in found:
        one.schema = wanted[one.key]
    Entity.objects.bulk_update(found, ["schema"], BATCH)
