"""Judgements on whom a corrected source does not speak of any more.

They hold of nobody else: they are shown beside whoever may have taken the place, and the pair is offered
to be judged anew.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from django.db.models import Q

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet, MarkingRow
from borderliaison.markings.services import intern
from borderliaison.records.models import Judgement, Lapsed
from borderliaison.records.resolution.facts import in_parts, on_what_exists

_WHY: Final = "a judgement lapses with the record that it was made on, whoever may read it"
_KEPT: Final = ("verdict", "basis", "reason", "officer", "at")


def lapse(taken: Mapping[int, Collection[int]], marking: int) -> None:
    """Keep what was judged of those who are gone for whoever may have taken their place.

    Args:
        taken: of each of these the entities that are about to be deleted.
        marking: the number of that of the source.
    """
    if not taken:
        return
    gone = {pk for some in taken.values() for pk in some}
    now = MarkingRow.objects.get(pk=marking).value
    made = [
        Lapsed(
            one_id=successor,
            other_id=other,
            marking=intern(row.marking.value.join(now)),
            **{name: getattr(row, name) for name in _KEPT},
        )
        for row, was, other in _judged(gone)
        for successor, some in taken.items()
        if was in some and successor != other
    ]
    Lapsed.objects.bulk_create(made)


def lapsed(reader: Reader) -> MarkedQuerySet[Lapsed]:
    """Return the lapsed judgements on what exists for a reader."""
    return on_what_exists(Lapsed.objects.readable_by(reader), reader)


def _judged(gone: Collection[int]) -> Iterator[tuple[Judgement | Lapsed, int, int]]:
    """Yield what was judged of those who are gone and of somebody who is not, with both."""
    for some in in_parts(gone):
        touching = Q(one__in=some) | Q(other__in=some)
        rows: list[Judgement | Lapsed] = [
            *Judgement.objects.as_system(_WHY).filter(touching, undone_at=None),
            *Lapsed.objects.as_system(_WHY).filter(touching),
        ]
        for row in rows:
            if row.one_id in gone and row.other_id not in gone:
                yield row, row.one_id, row.other_id
            elif row.other_id in gone and row.one_id not in gone:
                yield row, row.other_id, row.one_id
