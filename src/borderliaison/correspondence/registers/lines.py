"""Finding lines of the registers for one reader: an officer sees those of his own agency.

Nobody's role opens another agency's register. A line whose document he may not read (any more) has its
number and its day, and nothing else; one that is classified above his clearance is not there for him.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

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
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.offices.short_names import short_office_names

PAGE = 50
SEARCHED = ("number", "text")
"""Where a report says its own number, the same in every office, and a message its text (PR-4)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for.

    Attributes:
        query: words or parts of numbers, all of which a line holds; empty for all lines.
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


def found_lines(acting: Acting, wanted: Wanted, lang: str) -> list[int]:
    """Return the ids of the lines that are wanted, the latest first."""
    entries = _wanted(acting, wanted)
    words = wanted.query.casefold().split()
    ids = list(entries.order_by("-id").values_list("pk", flat=True))
    if not words:
        return ids
    said = _said(acting, wanted, lang)
    return [one for one in ids if all(word in said[one] for word in words)]


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


def _said(acting: Acting, wanted: Wanted, lang: str) -> dict[int, str]:
    """Return what can be searched of each line, folded: its number, and what he may read of the rest."""
    entries, offices = _wanted(acting, wanted), short_office_names(lang)
    names = {one.pk: name_of(one) for one in Register.objects.filter(year=wanted.year)}
    said = {
        pk: [names[register].number(count)]
        for pk, register, count in entries.values_list("pk", "register_id", "number")
    }
    readable = Item.objects.readable_by(acting.reader).filter(
        registered__entry__direction=wanted.direction,
        registered__entry__register__year=wanted.year,
        registered__entry__agency=acting.reader.agency,
    )
    values = readable.order_by().values_list(
        "registered__entry_id", "title", "content", "author_name", "office", "held_by"
    )
    for entry, title, content, author, office, held_by in values:
        if entry in said:
            codes = (office, *held_by)
            said[entry] += [title, author, *codes, *(offices.get(code, "") for code in codes)]
            said[entry] += [str(content.get(name, "")) for name in SEARCHED]
    return {entry: " ".join(parts).casefold() for entry, parts in said.items()}
