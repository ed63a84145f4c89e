"""Writing what a source says, so that the records say just that of it, however often it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from borderliaison.records.models import Entity, Link, Source, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.statements.drafted import Drafted, Origin, Said, digest_of
from borderliaison.records.statements.lines import lines_of
from borderliaison.records.values import cleaned, key_of

_WHY: Final = "records are written from their source, whoever may read them"
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that is none of its property.

    Attributes:
        schema: of the entity.
        prop: the property's name.
    """

    schema: str
    prop: str


@transaction.atomic
def write(origin: Origin, drafted: Sequence[Drafted]) -> tuple[LeftOut, ...]:
    """Make the records say of a source what it says, and nothing else of it.

    Args:
        origin: the source.
        drafted: all that it says.

    Returns:
        The values that are left out, because they are none of their property.

    Raises:
        UnknownSchema: there is no such kind of record; nothing was written.
    """
    digest = digest_of(origin, drafted)
    source, is_new = Source.objects.select_for_update().get_or_create(
        key=origin.key,
        defaults={"kind": origin.kind, "office": origin.office, "said_at": origin.said_at},
    )
    if source.digest == digest:
        return ()
    before = set() if is_new else _unsay(source)
    rows = _rows(source, origin, drafted)
    Statement.objects.bulk_create(rows.statements, _BATCH)
    Link.objects.bulk_create(rows.links, _BATCH)
    _sweep(before)
    source.digest, source.said_at = digest, origin.said_at
    source.save()
    return tuple(rows.left_out)


@transaction.atomic
def withdraw(key: str) -> bool:
    """Take back all that a source says; say whether it said anything.

    Args:
        key: of the source.
    """
    source = Source.objects.select_for_update().filter(key=key).first()
    if source is None:
        return False
    entities = _unsay(source)
    source.delete()
    _sweep(entities)
    return True


@dataclass(slots=True)
class _Rows:
    """What is written of a source."""

    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def _rows(source: Source, origin: Origin, drafted: Sequence[Drafted]) -> _Rows:
    rows, numbers = _Rows(), _numbers(drafted)
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


def _numbers(drafted: Sequence[Drafted]) -> dict[str, int]:
    """Return the numbers of these entities by their keys; make those that are new."""
    made = [Entity(key=one.key, schema=one.schema) for one in drafted]
    Entity.objects.bulk_create(made, _BATCH, ignore_conflicts=True)
    keys = [one.key for one in drafted]
    found: dict[str, int] = {}
    for start in range(0, len(keys), _BATCH):
        some = Entity.objects.filter(key__in=keys[start : start + _BATCH])
        found.update(some.values_list("key", "pk"))
    return found


def _unsay(source: Source) -> set[int]:
    """Delete what a source says; return the numbers of the entities of which it was said."""
    Link.objects.as_system(_WHY).filter(source=source).delete()
    said = Statement.objects.as_system(_WHY).filter(source=source)
    entities = set(said.values_list("entity_id", flat=True))
    said.delete()
    return entities


def _sweep(entities: Iterable[int]) -> None:
    """Delete those entities of which nobody says anything any more."""
    said = Statement.objects.as_system(_WHY).filter(entity=OuterRef("pk"))
    numbers = sorted(entities)
    for start in range(0, len(numbers), _BATCH):
        some = Entity.objects.filter(pk__in=numbers[start : start + _BATCH])
        some.filter(~Exists(said)).delete()
