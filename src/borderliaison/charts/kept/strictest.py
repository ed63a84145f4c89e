"""The strictest marking among what a chart shows: of all that its owner may read there."""

from collections.abc import Collection, Iterable
from functools import reduce

from borderliaison.charts.network.behind import amounts_behind, lines_behind, places_behind
from borderliaison.charts.network.groups import chunks, numbers_of
from borderliaison.kernel.marking import Audience, Classification, Level, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.models import Link, Statement
from borderliaison.records.resolution.canonical import members
from borderliaison.sql.within import within


def strictest(reader: Reader, keys: Collection[str], others: Iterable[Marking] = ()) -> Marking:
    """Return the marking of a chart with these entities, and with what stands under these others.

    An empty chart is for official use in its office: its name may already say something.
    """
    rows = MarkingRow.objects.in_bulk(_markings(reader, keys)).values()
    own = Marking(
        realm=reader.realm,
        classification=Classification(
            min(Level.OFFICIAL, reader.clearance), frozenset({reader.country})
        ),
        audience=Audience.of((reader.office, "*")),
        originator=reader.office,
    )
    return reduce(_joined, (*(row.value for row in rows), *others), own)


def _joined(one: Marking, other: Marking) -> Marking:
    return Marking(
        realm=one.realm,
        classification=one.classification.join(other.classification),
        handling=one.handling.join(other.handling),
        audience=one.audience.join(other.audience),
        originator=one.originator,
    )


def _markings(reader: Reader, keys: Collection[str]) -> set[int]:
    """Return the markings of all that says what is seen: items, lines among them, places, amounts."""
    pks = sorted(numbers_of(keys).values())
    every = {pk for some in chunks(pks) for same in members(reader, some).values() for pk in same}
    drawn = Link.objects.readable_by(reader).filter(within("begin", every))
    found = {marking for marking, end in drawn.values_list("marking_id", "end_id") if end in every}
    said = Statement.objects.readable_by(reader)
    behind = (find(reader, every) for find in (lines_behind, amounts_behind, places_behind))
    for some in (every, *behind):
        of = said.filter(within("entity", some))
        found.update(of.values_list("marking_id", flat=True).order_by().distinct())
    return found
