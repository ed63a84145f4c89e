"""Finding records for one reader: what he may not read is neither found nor counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from borderliaison.forms.finding.query import Phrase, Query, Term, Word, matched
from borderliaison.forms.folding import folded
from borderliaison.forms.identifiers.schemes import compared_number
from borderliaison.kernel.marking import Handling, Level, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import readable_ids
from borderliaison.records.models import Entity, Link, Statement
from borderliaison.records.ontology.model import kinds_below, schema, schemata
from borderliaison.records.resolution.canonical import members
from borderliaison.records.search.found.conditions import Condition
from borderliaison.records.search.found.holding import chosen
from borderliaison.records.search.found.seen import NOWHERE, Seen, seen
from borderliaison.records.search.index.indexing import texts_of
from borderliaison.records.search.index.spelling import alike
from borderliaison.records.search.index.terms import of_entities
from borderliaison.records.values import key_of
from borderliaison.sql.within import within

MOST: Final = 500
"""So many entities are put together to records at once; where more are found, the latest."""
_MOST_READ: Final = 10 * MOST
"""Of so many entities that have all words of a phrase it is read whether they stand beside each other."""
FEW: Final = 5
"""Where fewer records are found, other spellings of the names are looked for too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and among what.

    Attributes:
        query: words and numbers, all of which one source says of one entity.
        typed: the same as it was typed.
        kind: a schema; empty for all that are no links.
        office: that says so.
        crossing: the code of a crossing point where it was.
        handling: a code that its marking has.
        level: its level.
        grade: how reliable its source and what it says are, as it is written: ``B2``.
        seen: at how many crossing points, and near to what.
        conditions: that hold for the record.
        is_any: whether one of them is enough.
        since: it was so then or later.
        until: it was so before.
    """

    query: Query = field(default_factory=Query)
    typed: str = ""
    kind: str = ""
    office: str = ""
    crossing: str = ""
    handling: str = ""
    level: Level | None = None
    grade: str = ""
    seen: Seen = NOWHERE
    conditions: tuple[Condition, ...] = ()
    is_any: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        groups: of each record the numbers of its entities, the one with its key first.
        is_cut: whether more was found than was put together.
        is_alike: whether other spellings are among it.
    """

    groups: tuple[tuple[int, ...], ...]
    is_cut: bool
    is_alike: bool


def find(reader: Reader, wanted: Wanted) -> Found:
    """Return the records that a reader looks for: who is called just so first, then the latest."""
    among = _among(reader, wanted)
    exact, some = _exact(reader, wanted, among), _latest(reader, wanted, among, like=False)
    groups = _together(reader, [*exact, *some.pks])
    if len(groups) >= FEW or not any(_skeletons(one) for one in wanted.query.terms):
        return Found(groups, some.is_cut, is_alike=False)
    more = _latest(reader, wanted, among, like=True)
    wider = _together(reader, [*exact, *some.pks, *more.pks])
    return Found(wider, more.is_cut, is_alike=len(wider) > len(groups))


def _together(reader: Reader, pks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    same = members(reader, pks)
    return tuple(dict.fromkeys(same[pk] for pk in pks if pk in same))


def _exact(reader: Reader, wanted: Wanted, among: QuerySet[Entity]) -> list[int]:
    keys = {folded(wanted.typed), compared_number(wanted.typed)} - {""}
    if not keys:
        return []
    said = Statement.objects.readable_by(reader).filter(key__in=keys).exclude(key="")
    entities = among.filter(pk__in=said.values("entity_id"))
    return list(entities.order_by("-pk").values_list("pk", flat=True)[:MOST])


class _Some(NamedTuple):
    """The latest, and whether there may be more."""

    pks: list[int]
    is_cut: bool


def _first(pks: Iterable[int]) -> _Some:
    some = list(islice(pks, MOST + 1))
    return _Some(some[:MOST], len(some) > MOST)


def _latest(reader: Reader, wanted: Wanted, entities: QuerySet[Entity], *, like: bool) -> _Some:
    for term in wanted.query.terms:
        entities = entities.filter(of_entities(reader, term, like=like))
    latest = entities.order_by("-pk").values_list("pk", flat=True)
    phrases = [term for term in wanted.query.terms if isinstance(term, Phrase)]
    if phrases:
        return _saying(reader, phrases, latest)
    if wanted.query.terms or not wanted.kind:
        return _first(latest[: MOST + 1])
    of_each = (latest.filter(schema=one)[: MOST + 1] for one in kinds_below(wanted.kind))
    return _first(sorted(chain.from_iterable(of_each), reverse=True))


def _saying(reader: Reader, phrases: Sequence[Phrase], latest: QuerySet[Any]) -> _Some:
    """Return those of which something is said with the words of each phrase beside each other."""
    found: list[int] = []
    page = latest
    for _ in range(_MOST_READ // MOST):
        some = list(page[:MOST])
        told: dict[int, set[Phrase]] = defaultdict(set)
        said = Statement.objects.readable_by(reader).filter(entity__in=some)
        for pk, kind, prop, value in said.values_list(
            "entity_id", "entity__schema", "prop", "value"
        ):
            for text in texts_of(kind, prop, value):
                told[pk].update(one for one in phrases if matched((one,), text))
        found += [pk for pk in some if len(told[pk]) == len(phrases)]
        if len(some) < MOST or len(found) > MOST:
            return _first(found)
        page = latest.filter(pk__lt=some[-1])
    return _Some(found[:MOST], is_cut=True)


def _among(reader: Reader, wanted: Wanted) -> QuerySet[Entity]:
    said = Statement.objects.readable_by(reader)
    if wanted.office:
        said = said.filter(source__office=wanted.office)
    if wanted.since:
        said = said.filter(last_seen__gte=wanted.since)
    if wanted.until:
        said = said.filter(first_seen__lt=wanted.until)
    if wanted.handling or wanted.level is not None or wanted.grade:
        said = said.filter(marking__in=_marked(reader, wanted))
    found = (
        Entity.objects.filter(schema__in=kinds_below(wanted.kind))
        if wanted.kind
        else Entity.objects.exclude(schema__in=_links())
    )
    if wanted.crossing:
        found = found.filter(_at(reader, wanted.crossing))
    if not wanted.seen.says_nothing:
        found = found.filter(within("pk", seen(reader, wanted.seen, kinds_below(wanted.kind))))
    if wanted.conditions:
        held = chosen(
            reader,
            wanted.conditions,
            wanted.kind,
            any_of=wanted.is_any,
            is_alone=not wanted.query.terms,
        )
        found = found.filter(held.condition())
    return found.filter(Exists(said.filter(entity=OuterRef("pk"))))


def _links() -> list[str]:
    return [one.name for one in schemata().values() if one.edge is not None]


def _marked(reader: Reader, wanted: Wanted) -> list[int]:
    """Return the markings that a reader may read and that are as is looked for."""
    rows = MarkingRow.objects.filter(pk__in=readable_ids(reader))
    return [row.pk for row in rows if _is_marked(row.value, wanted)]


def _is_marked(value: Marking, wanted: Wanted) -> bool:
    return (
        (not wanted.handling or Handling(wanted.handling) in value.handling.shown())
        and (wanted.level is None or value.classification.level == wanted.level)
        and (not wanted.grade or value.grading.value == wanted.grade)
    )


def _at(reader: Reader, crossing: str) -> Q:
    """Return the condition of what was at a crossing point: events there, and who had a part in them."""
    key = key_of(schema("CrossingPoint").properties["code"], crossing)
    there = Statement.objects.readable_by(reader).filter(key=key, prop="code", value=crossing)
    links = Link.objects.readable_by(reader).filter(
        end__in=there.filter(entity__schema="CrossingPoint").values("entity_id")
    )
    events = links.values("begin_id")
    involved = Link.objects.readable_by(reader).filter(kind="Involvement", end__in=events)
    return Q(pk__in=events) | Q(pk__in=involved.values("begin_id"))


def _skeletons(term: Term) -> bool:
    return isinstance(term, Word) and bool(alike(term))
