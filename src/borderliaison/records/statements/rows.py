"""What is written to the tables of what a source says of some entities, and what is deleted of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef

from borderliaison.records.identities import identities_of
from borderliaison.records.models import Entity, Identity, Link, Source, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.candidates import forget
from borderliaison.records.resolution.turn import take_turn
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.lines import Line, lines_of
from borderliaison.records.values import cleaned, key_of
from borderliaison.sql.bulk import insert_all
from borderliaison.sql.statements import instant, places, rows, run_each

WHY: Final = "records are written from their source, whoever may read them"
BATCH: Final = 500
_MAKE: Final = (
    "INSERT INTO records_entity (key, schema) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"
)
_KNOWN: Final = "SELECT key, id FROM records_entity WHERE key IN ({places})"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that is none of its property.

    Attributes:
        schema: of the entity.
        prop: the property's name.
    """

    schema: str
    prop: str


class StatementRow(NamedTuple):
    """A ``Statement`` before it is written."""

    marking_id: int
    entity_id: int
    source_id: int
    prop: str
    value: str
    key: str
    language: str
    original: str
    first_seen: Any
    last_seen: Any


class Drawn(NamedTuple):
    """A line between two entities, by their numbers, and whose it is."""

    entity_id: int
    begin_id: int
    end_id: int
    kind: str
    since: datetime | None
    until: datetime | None


class LinkRow(NamedTuple):
    """A ``Link`` before it is written."""

    marking_id: int
    entity_id: int
    source_id: int
    begin_id: int
    end_id: int
    kind: str
    since: Any
    until: Any


class IdentityRow(NamedTuple):
    """An ``Identity`` before it is written."""

    marking_id: int
    entity_id: int
    source_id: int
    key: str


RowT = TypeVar("RowT", StatementRow, IdentityRow)


@dataclass(slots=True)
class Rows:
    """What is written of a source.

    Attributes:
        statements: what it says.
        identities: by what these are themselves.
        lines: what they draw, each with the number of the entity that draws it.
        left_out: what is none of its property.
    """

    statements: list[StatementRow] = field(default_factory=list)
    identities: list[IdentityRow] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def of(self, entities: Mapping[int, int]) -> "Rows":
        """Return what of it is of some entities, under the numbers that they have from now on."""
        of = entities
        return Rows(
            [_under(of, one) for one in self.statements if one.entity_id in of],
            [_under(of, one) for one in self.identities if one.entity_id in of],
            [(of[number], line) for number, line in self.lines if number in of],
        )

    def write(self) -> None:
        """Write them all, without the lines, which lead to others."""
        insert_all(Statement, self.statements)
        insert_all(Identity, self.identities)


def _under(numbers: Mapping[int, int], row: RowT) -> RowT:
    number = numbers[row.entity_id]
    return row if number == row.entity_id else row._replace(entity_id=number)


def rows_of(
    source: Source, origin: Origin, drafted: Sequence[Drafted], numbers: Mapping[str, int]
) -> Rows:
    """Return what is to be written.

    Args:
        source: whose it is.
        origin: the same, as it was said.
        drafted: some or all of what it says.
        numbers: of the drafted entities.

    Raises:
        UnknownSchema: there is no such kind of record.
    """
    made = Rows()
    whose, marking, seen = source.pk, origin.marking_id, instant(origin.seen_at)
    for one in drafted:
        kind, entity = schema(one.schema), numbers[one.key]
        kept: dict[tuple[str, str], Said] = {}
        for said in one.says:
            prop = kind.properties.get(said.prop)
            value = cleaned(prop, said.value, origin.country) if prop is not None else None
            if prop is None or value is None:
                made.left_out.append(LeftOut(one.schema, said.prop))
            elif kept.setdefault((said.prop, value), said) is said:
                original = said.value if said.value != value else ""
                made.statements.append(StatementRow(
                    marking, entity, whose, said.prop, value, key_of(prop, value), said.language,
                    original, seen, seen,
                ))  # fmt: skip
        made.identities += [
            IdentityRow(marking, entity, whose, key) for key in identities_of(kind, kept)
        ]
        made.lines += [(entity, line) for line in lines_of(kind, one.key, kept)]
    return made


def drawn(lines: Iterable[tuple[int, Line]], numbers: Mapping[str, int]) -> Iterator[Drawn]:
    """Yield the lines of some entities of which both ends are known.

    Args:
        lines: each with the number of the entity that draws it.
        numbers: of the entities where they begin and end.
    """
    for entity, line in lines:
        if line.begin in numbers and line.end in numbers:
            ends = numbers[line.begin], numbers[line.end]
            yield Drawn(entity, *ends, line.kind, line.since, line.until)


def write_lines(source: Source, marking: int, lines: Iterable[Drawn]) -> None:
    """Write the lines that a source draws.

    Args:
        source: whose they are.
        marking: under which they are read.
        lines: of its entities, none of them there yet.
    """
    rows = [
        LinkRow(marking, one.entity_id, source.pk, one.begin_id, one.end_id, one.kind,
                instant(one.since), instant(one.until))
        for one in lines
    ]  # fmt: skip
    insert_all(Link, rows)


def numbers_of(drafted: Sequence[Drafted]) -> dict[str, int]:
    """Return the numbers of these entities by their keys; make those that are new."""
    make_entities([(one.key, one.schema) for one in drafted])
    return known_numbers([one.key for one in drafted])


def make_entities(wanted: Sequence[tuple[str, str]]) -> None:
    """Make those entities that are not there yet, each by its key and schema.

    In the order of their keys: two who make the same then wait for each other in one direction only.
    """
    run_each(_MAKE, sorted(wanted))


def known_numbers(keys: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those entities that are there, by their keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        found.update(rows(_KNOWN.format(places=places(some)), *some))
    return found


def unsay_of(source: Source, entities: Collection[int]) -> set[int]:
    """Delete what a source says of some entities, and forget whom they may be one with.

    They are found by the entities alone: a large source has far more rows than those.

    Returns:
        Of whom that was forgotten: these, and to whom its lines led.
    """
    take_turn()
    ends = Link.objects.as_system(WHY).filter(entity__in=entities, source=source)
    lines = ends.values_list("begin_id", "end_id")
    touched = {*entities, *(pk for line in lines for pk in line)}
    forget(touched)
    for model in (Link, Identity, Statement):
        said = model.objects.as_system(WHY)
        found = said.filter(entity__in=entities).values_list("pk", "source_id")
        own = [number for number, whose in found if whose == source.pk]
        for start in range(0, len(own), BATCH):
            said.filter(pk__in=own[start : start + BATCH]).delete()
    return touched


def sweep(entities: Iterable[int]) -> None:
    """Delete those entities of which nobody says anything any more."""
    said = Statement.objects.as_system(WHY).filter(entity=OuterRef("pk"))
    numbers = sorted(entities)
    for start in range(0, len(numbers), BATCH):
        some = Entity.objects.filter(pk__in=numbers[start : start + BATCH])
        some.filter(~Exists(said)).delete()
