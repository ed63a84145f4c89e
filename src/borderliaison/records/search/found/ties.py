"""Who and what is linked to something: by a line between them, or by an event to which both have one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import product
from typing import Final, NamedTuple

from django.db.models import Q

from borderliaison.forms.finding.query import read_query
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Entity, Link, Statement
from borderliaison.records.ontology.model import kinds_below, schemata
from borderliaison.records.resolution.canonical import members
from borderliaison.records.search.found.conditions import (
    ANY_LINK,
    ANYTHING,
    THROUGH_EVENT,
    Linked,
    amount_of,
)
from borderliaison.records.search.found.saying import numbered
from borderliaison.records.search.index.terms import of_entities
from borderliaison.sql.within import within

_EVENT: Final = "Event"
_ENDS: Final = (("begin", "end"), ("end", "begin"))

Links = MarkedQuerySet[Link]


class Tie(NamedTuple):
    """That a thing is linked to another.

    Attributes:
        thing: its number.
        other: the other's.
        event: the event to which both have a line; None where the line is between them.
        markings: the numbers of those under which this is known.
    """

    thing: int
    other: int
    event: int | None
    markings: frozenset[int]


def ties(
    reader: Reader, one: Linked, kinds: Collection[str], among: Collection[int] | None = None
) -> Iterator[Tie]:
    """Yield what links some to what a condition names.

    Args:
        reader: who asks: of what he may not read he is told nothing.
        one: the condition, as if it were not turned round by ``is_not``.
        kinds: the schemata of who and what is meant.
        among: these entities alone, where they are known already.
    """
    links = _of_kind(reader, one)
    others = _Others.of(reader, one)
    for near, far in _ENDS:
        thing = Q(**{f"{near}__schema__in": kinds})
        if among is not None:
            thing = within(near, among)
        rows = links.filter(thing, others.at(far))
        for pk, other, marking in rows.values_list(near, far, "marking_id").iterator():
            yield Tie(pk, other, None, frozenset({marking}))
    if one.by == THROUGH_EVENT:
        yield from _through_events(reader, others, kinds, among)


class _Others(NamedTuple):
    """What a condition names: some entities, or whoever is of some kinds."""

    pks: set[int] | None
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, reader: Reader, one: Linked) -> "_Others":
        kinds = () if one.to == ANYTHING else tuple(kinds_below(one.to))
        if not one.words:
            return cls(None, kinds)
        named = Entity.objects.filter(schema__in=kinds or kinds_below(""))
        terms = read_query(one.words).terms
        for term in terms:
            named = named.filter(of_entities(reader, term))
        found = set(named.values_list("pk", flat=True)) if terms else set()
        return cls({pk for group in members(reader, found).values() for pk in group}, kinds)

    def at(self, end: str) -> Q:
        """Return the condition that they are at an end of a link."""
        if self.pks is not None:
            return within(end, self.pks)
        return Q(**{f"{end}__schema__in": self.kinds}) if self.kinds else Q()


def _through_events(
    reader: Reader, others: _Others, kinds: Collection[str], among: Collection[int] | None
) -> Iterator[Tie]:
    """Yield who has a line to an event to which one of the others has one."""
    links = Link.objects.readable_by(reader)
    if among is None:
        theirs = _at_events(links, others.at)
        ours = _at_events(links, lambda end: Q(**{f"{end}__schema__in": kinds}), theirs)
    else:
        ours = _at_events(links, lambda end: within(end, among))
        theirs = _at_events(links, others.at, ours)
    for event, things in ours.items():
        for (thing, here), (other, there) in product(things, theirs.get(event, ())):
            if other != thing:
                yield Tie(thing, other, event, frozenset({here, there}))


def _at_events(
    links: Links, at: Callable[[str], Q], events: Collection[int] | None = None
) -> dict[int, list[tuple[int, int]]]:
    """Return who has a line to which event, with its marking: to all events where none are given."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for near, far in _ENDS:
        rows = links.filter(at(near), **{f"{far}__schema__in": kinds_below(_EVENT)})
        if events is not None:
            rows = rows.filter(within(far, events))
        for pk, event, marking in rows.values_list(near, far, "marking_id").iterator():
            found[event].append((pk, marking))
    return found


def _of_kind(reader: Reader, one: Linked) -> Links:
    """Return the links that a condition means."""
    links = Link.objects.readable_by(reader)
    if one.by in (ANY_LINK, THROUGH_EVENT):
        return links
    links = links.filter(kind__in=edges_below(one.by))
    amount = amount_of(one.by)
    if not one.least or amount is None:
        return links
    said = Statement.objects.readable_by(reader).filter(prop=amount.name)
    enough = numbered(said.filter(entity__schema__in=edges_below(one.by)))
    return links.filter(entity__in=enough.filter(number__gte=float(one.least)).values("entity_id"))


def edges_below(kind: str) -> list[str]:
    """Return the kinds of links that are of a kind."""
    return [one.name for one in schemata().values() if one.edge is not None and one.is_a(kind)]
