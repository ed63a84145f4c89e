"""Conditions of a question: what is said of a record, what it is linked to, where it was. Pure.

Each is one line that a person can read and write, and several stand below each other:

    make: KAMAZ
    not registeredIn = kg
    weightFound >= 100
    birthDate <= 1989
    driver ?
    linked SeizedQuantity Substance >= 5: heroin
    within 25 KG-BDB
    within 10 41.2,69.3
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from borderliaison.records.ontology.model import schemata
from borderliaison.records.ontology.schema import Property, Schema
from borderliaison.records.values import cleaned

How = Literal[":", "=", ">=", "<=", "?"]
MAX_CONDITIONS: Final = 8
MAX_VALUE: Final = 40
MAX_WHERE: Final = 1000
"""Of all conditions together, in characters."""
MAX_KM: Final = 1000
ANY_LINK: Final = "*"
"""A line between the two, of whatever kind."""
THROUGH_EVENT: Final = "~"
"""The same, or both have a line to one event."""
ANYTHING: Final = "*"
"""What is linked may be of any kind."""
MARKED: Final = frozenset({"country", "gender", "language", "mimetype", "topic"})
"""Types of values that are marks of a list: they are one or another, and have no words."""
_ORDERED: Final = frozenset({"number", "date"})
_NO_TYPE: Final = frozenset({"entity", "json", "html"})
_SAYS: Final = re.compile(r"(\w+) *(:|=|>=|<=|\?) *(.*)")
_LINKED: Final = re.compile(r"linked ([*~]|\w+) ([*]|\w+)(?: >= *([0-9.]+))?(?: *: *(.*))?")
_WITHIN: Final = re.compile(
    r"within (\d{1,4}) +(?:([A-Z]{2}-[A-Z0-9-]{1,12})|(-?[\d.]+) *, *(-?[\d.]+))"
)


@dataclass(frozen=True, slots=True)
class Says:
    """Something is said of it.

    Attributes:
        prop: the property's name.
        how: ``:`` the words are in the value, ``=`` it is the value, ``>=`` or ``<=`` it is at least or at
            most, ``?`` it has any.
        value: as it is kept; empty where any will do.
    """

    prop: str
    how: How
    value: str = ""
    is_not: bool = False

    def __str__(self) -> str:
        return _line(self.is_not, f"{self.prop}{self.how if self.how == ':' else ' ' + self.how}"
                     + (f" {self.value}" if self.value else ""))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """It is linked to something.

    Attributes:
        by: the schema of the link; ``*`` for any, ``~`` also where both have a line to one event.
        to: the schema of the other; ``*`` for any.
        least: what the link says in numbers (``amount_of``) at least; empty where any amount will do.
        words: by which the other is found; empty for each of its kind.
    """

    by: str
    to: str
    least: str = ""
    words: str = ""
    is_not: bool = False

    def __str__(self) -> str:
        least, words = (
            f" >= {self.least}" if self.least else "",
            f": {self.words}" if self.words else "",
        )
        return _line(self.is_not, f"linked {self.by} {self.to}{least}{words}")


@dataclass(frozen=True, slots=True)
class Within:
    """It was so near to a place.

    Attributes:
        km: kilometres.
        point: the code of a crossing point; empty where coordinates are given.
        spot: latitude and longitude in degrees WGS 84, with a comma between; else empty.
    """

    km: int
    point: str = ""
    spot: str = ""
    is_not: bool = False

    def __str__(self) -> str:
        return _line(self.is_not, f"within {self.km} {self.point or self.spot}")


Condition = Says | Linked | Within


def read_conditions(text: str) -> tuple[Condition, ...]:
    """Read conditions, one of each line; a line that is none is as if it were not there."""
    return tuple(dict.fromkeys(one for _, one in _read(text[:MAX_WHERE]) if one))[:MAX_CONDITIONS]


def unread_lines(text: str) -> list[str]:
    """Return the lines that are no conditions, or too many."""
    lines = _read(text)
    return [line for n, (line, one) in enumerate(lines) if one is None or n >= MAX_CONDITIONS]


def written(conditions: tuple[Condition, ...]) -> str:
    """Return conditions as ``read_conditions`` reads them."""
    return "\n".join(map(str, conditions))


def read_condition(line: str) -> Condition | None:
    """Read one condition; None where it is none."""
    plain = " ".join(line.split())
    said = plain.removeprefix("not ")
    for form, read in ((_LINKED, _linked), (_WITHIN, _within), (_SAYS, _says)):
        found = form.fullmatch(said)
        if found is not None:
            made = read(*(one or "" for one in found.groups()))
            return replace(made, is_not=said != plain) if made is not None else None
    return None


def hows_of(prop: Property) -> tuple[How, ...]:
    """Return how a property can be asked for, the commonest first."""
    if prop.type.name in _ORDERED:
        return (">=", "<=", "=", "?")
    return ("=", "?") if prop.type.name in MARKED else (":", "=", "?")


@cache
def property_of(kind: str, name: str) -> Property | None:
    """Return a property by its name: of a kind, of what is below it, else of any kind that has it."""
    of_kind = sorted(kinds_with(name), key=lambda one: not one.is_a(kind))
    return of_kind[0].properties[name] if of_kind else None


@cache
def kinds_with(name: str) -> tuple[Schema, ...]:
    """Return the kinds that are no links and of which a property may be asked."""
    return tuple(
        one for one in schemata().values()
        if one.edge is None and (prop := one.properties.get(name)) is not None
        and not prop.is_hidden and prop.type.name not in _NO_TYPE
    )  # fmt: skip


@cache
def amount_of(link: str) -> Property | None:
    """Return what a kind of link says in numbers: the last of what it is featured by, in one unit."""
    kind = schemata().get(link)
    if kind is None or kind.edge is None:
        return None
    numbers = [kind.properties[one] for one in kind.featured if one in kind.properties]
    return next((one for one in reversed(numbers) if one.type.name == "number"), None)


def _read(text: str) -> list[tuple[str, Condition | None]]:
    return [(line.strip(), read_condition(line)) for line in text.splitlines() if line.strip()]


def _says(name: str, sign: str, value: str) -> Condition | None:
    prop = property_of("", name)
    how = next((one for one in hows_of(prop) if one == sign), None) if prop is not None else None
    if prop is None or how is None or (how == "?") == bool(value):
        return None
    kept = value if how in (":", "?") else cleaned(prop, value)
    return Says(name, how, kept) if kept is not None and len(kept) <= MAX_VALUE else None


def _linked(by: str, to: str, least: str, words: str) -> Condition | None:
    known = schemata()
    is_link = by in (ANY_LINK, THROUGH_EVENT) or (by in known and known[by].edge is not None)
    is_kind = to == ANYTHING or (to in known and known[to].edge is None)
    says = words or to != ANYTHING or by in known
    if not (is_link and is_kind and says) or len(words) > MAX_VALUE:
        return None
    if least and (amount_of(by) is None or not _is_number(least)):
        return None
    return Linked(by, to, least, words)


def _within(km: str, point: str, latitude: str, longitude: str) -> Condition | None:
    if not 0 < int(km) <= MAX_KM:
        return None
    if point:
        return Within(int(km), point)
    if not (_is_number(latitude) and _is_number(longitude)):
        return None
    is_there = abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180
    return Within(int(km), spot=f"{latitude},{longitude}") if is_there else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", text) is not None


def _line(is_not: bool, said: str) -> str:
    return f"not {said}" if is_not else said


def spot_of(one: Within) -> tuple[float, float] | None:
    """Return the latitude and longitude of a condition; None where it names a crossing point."""
    if not one.spot:
        return None
    latitude, longitude = one.spot.split(",")
    return float(latitude), float(longitude)
