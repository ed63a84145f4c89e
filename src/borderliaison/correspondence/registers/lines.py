"""Finding lines of the registers for one reader: an officer sees those of his own agency.

Nobody's role opens another agency's register. A line whose document he may not read (any more) has its
number and its day, and nothing else; one that is classified above his clearance is not there for him.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.registers.entering import name_of
from borderliaison.correspondence.registers.models import (
    Direction,
    Register,
    RegisteredItem,
    RegisterEntry,
)
from borderliaison.correspondence.search.finding import holding
from borderliaison.forms.finding.query import read_query
from borderliaison.markings.models import MarkedQuerySet

PAGE = 50
_NUMBER: Final = re.compile(r"(?P<book>.*?)/?0*(?P<count>[0-9]{1,9})")
"""A number as it is typed: with what its register is called, with the end of that, or alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for.

    Attributes:
        query: a number of the register, or what a search looks for; empty for all lines.
    """

    direction: Direction
    year: int
    query: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register, as far as one officer may read it.

    Attributes:
        number: as it is written on paper.
        states: the document and its corrections, the oldest first; empty where he may read none.
    """

    entry: RegisterEntry
    number: str
    states: tuple[Item, ...] = field(default=())

    @property
    def is_incoming(self) -> bool:
        """Whether it stands in the register of what came."""
        return self.entry.direction == Direction.INCOMING

    @property
    def url(self) -> str:
        """Where it stands in its register."""
        said = {
            "way": self.entry.direction,
            "year": self.entry.register.year,
            "q": self.number,
        }
        return f"{reverse('correspondence:register')}?{urlencode(said)}"

    @property
    def may_be_on_paper_otherwise(self) -> bool:
        """Whether it was made before the loss with which its volume began: it may have had a number."""
        register = self.entry.register
        made = [one.created_at for one in self.states]
        return bool(register.volume and made) and min(made) < register.opened_at


def years_of(acting: Acting) -> tuple[int, ...]:
    """Return the years in which this officer may read any line, the latest first."""
    years = _entries(acting).order_by().values_list("register__year", flat=True)
    return tuple(sorted(set(years.distinct()), reverse=True))


def found_lines(acting: Acting, wanted: Wanted) -> list[int]:
    """Return the ids of the lines that are wanted, the latest first.

    A line is found by its number, and by what the search over all correspondence finds in its documents.
    """
    entries = _wanted(acting, wanted)
    if wanted.query:
        entries = entries.filter(_numbered(wanted) | _saying(acting, wanted))
    return list(entries.order_by("-id").values_list("pk", flat=True))


def _numbered(wanted: Wanted) -> Q:
    """Return the condition that a line has the number that was typed: all of it, or its end."""
    typed = _NUMBER.fullmatch(wanted.query)
    if typed is None:
        return Q(pk__in=())
    book, count = typed["book"].casefold(), int(typed["count"])
    registers = Register.objects.filter(year=wanted.year, direction=wanted.direction)
    named = [one.pk for one in registers if str(name_of(one)).casefold().endswith(book)]
    return Q(register__in=named, number=count)


def _saying(acting: Acting, wanted: Wanted) -> Q:
    items = Item.objects.readable_by(acting.reader).filter(holding(read_query(wanted.query)))
    states = RegisteredItem.objects.filter(item__in=items.values("pk"))
    return Q(pk__in=states.values("entry_id"))


def lines(acting: Acting, ids: Sequence[int]) -> list[Line]:
    """Return lines by their ids, in this order; those that he may not read are left out."""
    kept = _kept(acting, ids)
    states = _states(acting, [one.entry for one in kept])
    return [replace(one, states=tuple(states.get(one.entry.pk, ()))) for one in kept]


def numbers_of(items: Sequence[Item], acting: Acting) -> Mapping[int, Line]:
    """Return the lines of items that this officer may read, by the items' numbers; without states."""
    links = RegisteredItem.objects.filter(item__in=items).order_by("-entry_id")
    pairs = list(links.values_list("item_id", "entry_id"))
    known = {one.entry.pk: one for one in _kept(acting, [entry for _item, entry in pairs])}
    return {item: known[entry] for item, entry in pairs if entry in known}


def _kept(acting: Acting, ids: Sequence[int]) -> list[Line]:
    entries = _entries(acting).select_related("register", "marking").in_bulk(list(ids))
    there = [entries[one] for one in ids if one in entries]
    return [Line(one, name_of(one.register).number(one.number)) for one in there]


def _entries(acting: Acting) -> MarkedQuerySet[RegisterEntry]:
    return RegisterEntry.objects.readable_by(acting.reader)


def _wanted(acting: Acting, wanted: Wanted) -> MarkedQuerySet[RegisterEntry]:
    return _entries(acting).filter(direction=wanted.direction, register__year=wanted.year)


def _states(acting: Acting, entries: Sequence[RegisterEntry]) -> dict[int, list[Item]]:
    links = RegisteredItem.objects.filter(entry__in=entries).values_list("entry_id", "item_id")
    of_entry = list(links)
    readable = Item.objects.readable_by(acting.reader).select_related("thread", "marking")
    items = readable.in_bulk([item for _entry, item in of_entry])
    found: dict[int, list[Item]] = defaultdict(list)
    for entry, item in of_entry:
        if item in items:
            found[entry].append(items[item])
    for states in found.values():
        states.sort(key=lambda one: (one.created_at, one.pk))
    return found
