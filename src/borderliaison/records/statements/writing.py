"""Writing what a source says, so that the records say just that of it, however often it is written."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from borderliaison.records.changes import note
from borderliaison.records.models import Entity, Identity, Link, Source, Statement
from borderliaison.records.resolution.candidates import compare
from borderliaison.records.resolution.lapsing import lapse
from borderliaison.records.resolution.turn import take_turn
from borderliaison.records.statements.drafted import Drafted, Origin, digest_of
from borderliaison.records.statements.rows import (
    WHY,
    LeftOut,
    drawn,
    numbers_of,
    rows_of,
    sweep,
    write_lines,
)

__all__ = ["LeftOut", "withdraw", "write"]


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
    take_turn()
    digest = digest_of(origin, drafted)
    source, is_new = Source.objects.select_for_update().get_or_create(
        key=origin.key,
        defaults={"kind": origin.kind, "office": origin.office, "said_at": origin.said_at},
    )
    if source.digest == digest:
        return ()
    before, markings = (set(), set()) if is_new else _unsay(source)
    numbers = numbers_of(drafted)
    rows = rows_of(source, origin, drafted, numbers)
    rows.write()
    write_lines(source, origin.marking_id, drawn(rows.lines, numbers))
    lapse(_taken(drafted, numbers, before), origin.marking_id)
    sweep(before)
    compare(before | set(numbers.values()))
    source.digest, source.said_at = digest, origin.said_at
    source.save()
    note(source.pk, {*markings, origin.marking_id})
    return tuple(rows.left_out)


@transaction.atomic
def withdraw(key: str) -> bool:
    """Take back all that a source says; say whether it said anything.

    Args:
        key: of the source.
    """
    take_turn()
    source = Source.objects.select_for_update().filter(key=key).first()
    if source is None:
        return False
    number = source.pk
    entities, markings = _unsay(source)
    source.delete()
    sweep(entities)
    compare(entities)
    note(number, markings)
    return True


def _taken(
    drafted: Sequence[Drafted], numbers: Mapping[str, int], before: Collection[int]
) -> dict[int, set[int]]:
    """Return whose places some may have taken, of those of whom the source does not speak any more."""
    keys = {key for one in drafted for key in one.instead_of}
    there = Entity.objects.filter(key__in=keys).values_list("key", "pk")
    gone = {key: pk for key, pk in there if pk in before and key not in numbers}
    return {
        numbers[one.key]: {gone[key] for key in one.instead_of & gone.keys()}
        for one in drafted
        if not gone.keys().isdisjoint(one.instead_of)
    }


def _unsay(source: Source) -> tuple[set[int], set[int]]:
    """Delete what a source says; return the numbers of whom it was said, and of its markings."""
    Link.objects.as_system(WHY).filter(source=source).delete()
    Identity.objects.as_system(WHY).filter(source=source).delete()
    said = Statement.objects.as_system(WHY).filter(source=source)
    rows = set(said.values_list("entity_id", "marking_id"))
    said.delete()
    return {entity for entity, _ in rows}, {marking for _, marking in rows}
