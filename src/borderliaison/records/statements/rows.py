"""What is written to the tables of what a source says of some entities, and what is deleted of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Exists, OuterRef

from borderliaison.records.identities import identities_of
from borderliaison.records.models import Entity, Identity, Link, Source, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.candidates import forget
from borderliaison.records.resolution.turn import take_turn
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.lines import lines_of
from borderliaison.records.values import cleaned, key_of
from borderliaison.sql.bulk import insert_all

WHY: Final = "records are written from their source, whoever may read them"
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that is none of its property.

    Attributes:
        schema: of the entity.
        prop: the property's name.
    """

    schema: str
    prop: str


@dataclass(slots=True)
class Rows:
    """What is written of a source."""

    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def write(self) -> None:
        """Write them all."""
        insert_all(self.statements)
        insert_all(self.links)
        insert_all(self.identities)


def rows_of(
    source: Source, origin: Origin, drafted: Sequence[Drafted], numbers: Mapping[str, int]
) -> Rows:
    """Return what is to be written.

    Args:
        source: whose it is.
        origin: the same, as it was said.
        drafted: some or all of what it says.
        numbers: of the drafted entities and of those that they refer to; to others there are no lines.

    Raises:
        UnknownSchema: there is no such kind of record.
    """
    rows = Rows()
    for one in drafted:
        kind = schema(one.schema)
        kept: dict[tuple[str, str], Said] = {}
        for said in one.says:
            prop = kind.properties.get(said.prop)
            value = cleaned(prop, said.value, origin.country) if prop is not None else None
            if prop is None or value is None:
                rows.left_out.append(LeftOut(one.schema, said.prop))
            elif kept.setdefault((said.prop, value), said) is said:
                key = key_of(prop, value)
                rows.statements.append(
                    _statement(source, origin, numbers[one.key], said, value, key)
                )
        rows.identities += [
            Identity(
                entity_id=numbers[one.key], source=source, marking_id=origin.marking_id, key=key
            )
            for key in identities_of(kind, kept)
        ]
        for line in lines_of(kind, one.key, kept):
            if line.begin in numbers and line.end in numbers:
                rows.links.append(
                    Link(
                        entity_id=numbers[one.key],
                        source=source,
                        marking_id=origin.marking_id,
                        begin_id=numbers[line.begin],
                        end_id=numbers[line.end],
                        kind=line.kind,
                        since=line.since,
                        until=line.until,
                    )
                )
    return rows


def numbers_of(drafted: Sequence[Drafted]) -> dict[str, int]:
    """Return the numbers of these entities by their keys; make those that are new."""
    made = [Entity(key=one.key, schema=one.schema) for one in drafted]
    Entity.objects.bulk_create(made, BATCH, ignore_conflicts=True)
    return known_numbers([one.key for one in drafted])


def known_numbers(keys: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those entities that are there, by their keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        some = Entity.objects.filter(key__in=keys[start : start + BATCH])
        found.update(some.values_list("key", "pk"))
    return found


def unsay_of(source: Source, entities: Collection[int]) -> None:
    """Delete what a source says of some entities.

    They are found by the entities alone: a large source has far more rows than those. What was found of
    whom its lines lead to is forgotten too.
    """
    take_turn()
    ends = Link.objects.as_system(WHY).filter(entity__in=entities, source=source)
    forget({*entities, *(pk for line in ends.values_list("begin_id", "end_id") for pk in line)})
    for model in (Link, Identity, Statement):
        rows = model.objects.as_system(WHY)
        found = rows.filter(entity__in=entities).values_list("pk", "source_id")
        own = [number for number, whose in found if whose == source.pk]
        for start in range(0, len(own), BATCH):
            rows.filter(pk__in=own[start : start + BATCH]).delete()


def sweep(entities: Iterable[int]) -> None:
    """Delete those entities of which nobody says anything any more."""
    said = Statement.objects.as_system(WHY).filter(entity=OuterRef("pk"))
    numbers = sorted(entities)
    for start in range(0, len(numbers), BATCH):
        some = Entity.objects.filter(pk__in=numbers[start : start + BATCH])
        some.filter(~Exists(said)).delete()


def _statement(
    source: Source, origin: Origin, entity: int, said: Said, value: str, key: str
) -> Statement:
    return Statement(
        entity_id=entity,
        source=source,
        marking_id=origin.marking_id,
        prop=said.prop,
        value=value,
        key=key,
        language=said.language,
        original=said.value if said.value != value else "",
        first_seen=origin.seen_at,
        last_seen=origin.seen_at,
    )
