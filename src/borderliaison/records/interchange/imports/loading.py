"""Writing a spool to the records: in small transactions, only what differs, whatever its size.

A set that was begun and not ended is ended by the same command again. An entity is made in the commit that
says the first thing of it, so that none is left bare; lines come last, when both their ends are there. What
the set said before and its file does not say any more is deleted. Whom it speaks of waits to be compared
with others until it is whole.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.kernel.marking import Grading, Marking
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.markings.services import intern
from borderliaison.records.changes import note
from borderliaison.records.interchange.imports.keys import Keys
from borderliaison.records.interchange.items import UNGRADED, Item
from borderliaison.records.interchange.models import ImportPart, ImportPlace, ImportSet
from borderliaison.records.interchange.progress import Progress
from borderliaison.records.interchange.spool import Spool
from borderliaison.records.models import Entity, Link, Source, Statement
from borderliaison.records.resolution.candidates import forget, let_wait
from borderliaison.records.resolution.turn import take_turn
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.rows import (
    BATCH,
    Drawn,
    Rows,
    known_numbers,
    numbers_of,
    rows_of,
    sweep,
    unsay_of,
    write_lines,
)
from borderliaison.sql.disk import disk_later
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


def key_of_set(title: str, office: str, realm: Realm = LIVE) -> str:
    """Return the key of a set by its name, in the office and realm where it was taken in."""
    return key_of_entity("import", str(realm), office, title)


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
    with disk_later() as disk:
        loading = _Loading(spool, keys, wanted, found, progress, Pace(disk=disk))
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
    record(
        "records.import_begun",
        actor=wanted.officer,
        subject=wanted.key,
        realm=str(wanted.marking.realm),
        format=wanted.format,
    )
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a set has one grade.

    Attributes:
        source: that says it.
        origin: the same, as it is said.
        grading: its grade.
        before: the numbers of the markings under which it said anything.
        is_new: whether it said nothing.
    """

    source: Source
    origin: Origin
    grading: Grading
    before: Set[int]
    is_new: bool


class _Loading:
    def __init__(
        self,
        spool: Spool,
        keys: Keys,
        wanted: Wanted,
        found: ImportSet,
        progress: Progress,
        pace: Pace,
    ) -> None:
        self.spool, self.keys, self.wanted, self.found = spool, keys, wanted, found
        self.progress, self.done, self.total = progress, 0, 0
        self.things, self.links = spool.count()
        self.pace = pace

    def all(self) -> None:
        before = {one.source.key for one in self.found.parts.select_related("source")}
        gradings = sorted({self._grading(one) for one in self.spool.gradings}, key=repr)
        self.total = (self.things + self.links) * len(gradings) + self.links
        if before or gradings:
            ImportSet.objects.as_system(_WHY).filter(pk=self.found.pk).update(digest="")
        parts = [self._part(grading) for grading in gradings]
        # What goes from one part to another stays the same: nothing is forgotten before all is said.
        gone = [self._say(part, was_there=bool(before)) for part in parts]
        for part, entities in zip(parts, gone, strict=True):
            self._forget(part.source, entities)
        for keys in self.pace.batches(self.spool.unknown_ends()):
            self.spool.know(known_numbers(keys))
        for part in parts:
            self._draw(part)
            self._end(part)
        for source in Source.objects.filter(key__in=before - {one.source.key for one in parts}):
            _unload(source, self.found)
        self._place()

    @transaction.atomic
    def _part(self, grading: Grading) -> "_Part":
        key = key_of_entity(self.wanted.key, grading.scheme, grading.version, grading.value)
        row = {"kind": Source.Kind.IMPORT, "office": self.wanted.office, "said_at": self.wanted.at}
        source, is_new = Source.objects.get_or_create(key=key, defaults=row)
        if source.office != self.wanted.office:
            source.office = self.wanted.office
            source.save(update_fields=["office"])
        ImportPart.objects.get_or_create(of=self.found, source=source)
        before = set() if is_new else _markings_of(source)
        return _Part(source, self._origin(source, grading), grading, before, is_new)

    def _say(self, part: "_Part", *, was_there: bool) -> Sequence[int]:
        """Write what a part says: an entity is made in the commit that says the first thing of it.

        Returns:
            The numbers of the entities of which it said something and says nothing any more.
        """
        if not part.is_new:
            self.spool.begin_gone(_spoken_of(part.source))
        for items in self.pace.batches(self.spool.items()):
            drafted = [self._drafted(one, part.grading) for one in items]
            said = [one for one in drafted if one.says]
            numbers = known_numbers([one.key for one in said])
            misnamed = _misnamed(said) if was_there else []
            self._write(part, said, numbers, misnamed)
            self._step(len(items))
        return [] if part.is_new else self.spool.gone()

    def _write(
        self,
        part: "_Part",
        drafted: Sequence[Drafted],
        numbers: Mapping[str, int],
        misnamed: Sequence[Entity],
    ) -> None:
        """Write what differs from what is there; the lines are kept until both their ends are there."""
        new = {one.key: one for one in drafted if one.key not in numbers}
        awaited = {key: -place for place, key in enumerate(new, start=1)}
        rows = rows_of(part.source, part.origin, drafted, {**numbers, **awaited})
        said = {one.entity_id for one in rows.statements}
        differ = said if part.is_new else _changed(part.source, rows)
        under = {number: number for number in said if number > 0}
        if differ or misnamed:
            with self.pace.commit():
                there = differ & under.keys()
                touched = there if part.is_new else unsay_of(part.source, there)
                made = numbers_of([one for key, one in new.items() if awaited[key] in said])
                under |= {awaited[key]: number for key, number in made.items()}
                rows.of({number: under[number] for number in differ}).write()
                Entity.objects.bulk_update(misnamed, ["schema"], BATCH)
                let_wait(self.found, touched | {under[number] for number in differ})
            self.spool.know(made)
        self.spool.know(numbers)
        if not part.is_new:
            self.spool.keep(under.values())
        self.spool.draw(
            part.source.pk, ((under[one], line) for one, line in rows.lines if one in under)
        )

    def _draw(self, part: "_Part") -> None:
        """Write the lines that a part draws and that are not there."""
        for lines in self.pace.batches(self.spool.lines(part.source.pk)):
            lacking = lines if part.is_new else _lacking(part.source, lines)
            ends = {pk for one in lacking for pk in (one.begin_id, one.end_id)}
            if lacking:
                with self.pace.commit():
                    if not part.is_new:
                        take_turn()
                        forget(ends)
                    write_lines(part.source, part.origin.marking_id, lacking)
                    if not part.is_new:
                        let_wait(self.found, ends)
            self._step(len(lines))

    def _place(self) -> None:
        """Write where the things stand in their chart, in place of where they stood."""
        self.found.places.all().delete()
        for some in self.pace.batches(self.spool.places()):
            numbers = known_numbers([key for key, _ in some])
            rows = [
                ImportPlace(
                    of=self.found, entity_id=numbers[key], x=at.x, y=at.y, stands_as=at.stands_as
                )
                for key, at in some
                if key in numbers
            ]
            with self.pace.commit():
                ImportPlace.objects.bulk_create(rows, BATCH)

    @transaction.atomic
    def _end(self, part: "_Part") -> None:
        source = part.source
        source.said_at, source.digest = self.wanted.at, self.spool.digest
        source.save(update_fields=["said_at", "digest"])
        note(source.pk, {*part.before, part.origin.marking_id})

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
        self.progress(min(self.done, self.total), self.total)


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


def _lacking(source: Source, lines: Sequence[Drawn]) -> list[Drawn]:
    """Return those lines of a source that are not there."""
    entities = {one.entity_id for one in lines}
    columns = ("source_id", "entity_id", "begin_id", "end_id", "kind")
    found = Link.objects.as_system(_WHY).filter(entity__in=entities).values_list(*columns)
    there = {tuple(rest) for whose, *rest in found if whose == source.pk}
    return [
        one for one in lines if (one.entity_id, one.begin_id, one.end_id, one.kind) not in there
    ]


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


def _misnamed(drafted: Sequence[Drafted]) -> list[Entity]:
    """Return the entities that are there and not of the kind that the file says, as they are to be."""
    wanted = {one.key: one.schema for one in drafted}
    found = [
        one for one in Entity.objects.filter(key__in=list(wanted)) if one.schema != wanted[one.key]
    ]
    for one in found:
        one.schema = wanted[one.key]
    return found
