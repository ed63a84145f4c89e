"""Which columns of a table make which things and links, as an officer chooses them: a specification.

Pure. A choice for a column is ``2.birthDate``: a property of the second thing; ``l1.date``: of the first
link; ``grade``: the grade of the line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from borderliaison.forms.gradings import DEFAULT_SCHEME
from borderliaison.records.interchange.imports.specs.spec import LITERAL, REFERENCE
from borderliaison.records.ontology.model import links, schemata, things
from borderliaison.records.ontology.schema import Property, Schema

MOST_THINGS: Final = 4
MOST_LINKS: Final = 4
GRADE: Final = "grade"
OWN: Final = "own"
"""What a specification is called that was chosen column by column and not saved."""
DATES: Final[Mapping[str, tuple[str, ...]]] = {
    "dmy": (
        "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y",
        "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y",
    ),
    "mdy": ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y"),
}  # fmt: skip
"""How days are written, by the order of day, month and year."""
_FIRST: Final = (
    "Person",
    "Vehicle",
    "TravelDocument",
    "Phone",
    "Company",
    "BankAccount",
    "Address",
)
"""What tables mostly are of, of which a first sketch is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two things of a line, by their numbers from 1."""

    schema: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """What was chosen.

    Attributes:
        things: the kind of each.
        links: among them.
        columns: what each column says, by its number from 0; one that says nothing is not there.
        apart: the columns by which a thing is the same, or two links are told apart.
        dates: in which order days are written.
    """

    things: tuple[str, ...]
    links: tuple[Line, ...] = ()
    columns: Mapping[int, str] = field(default_factory=dict)
    apart: frozenset[int] = frozenset()
    dates: str = "dmy"

    def text(self, columns: Sequence[str], name: str, label: Mapping[str, str], zone: str) -> str:
        """Return the specification, YAML.

        Args:
            columns: of the table.
            name: of the specification.
            label: its name for people.
            zone: of the times in it.
        """
        data: dict[str, Any] = {"spec": name, "label": dict(label), "zone": zone}
        data["dates"] = list(DATES[self.dates])
        graded = [columns[at] for at, said in self.columns.items() if said == GRADE]
        if graded:
            data["grade"] = {"scheme": DEFAULT_SCHEME, "column": graded[0]}
        used = self.used()
        data["things"] = [
            {"as": _named(number), "schema": kind, **self._rule(str(number), columns)}
            for number, kind in enumerate(self.things, 1)
            if number in used
        ]
        joined = [
            {
                "schema": one.schema,
                "from": _named(one.begin),
                "to": _named(one.end),
                **self._rule(f"l{number}", columns),
            }
            for number, one in enumerate(self.links, 1)
            if {one.begin, one.end} <= used
        ]
        if joined:
            data["links"] = joined
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)

    def used(self) -> frozenset[int]:
        """Return the numbers of the things of which a column says something."""
        whose = {said.partition(".")[0] for said in self.columns.values()}
        return frozenset(n for n in range(1, len(self.things) + 1) if str(n) in whose)

    def loose(self) -> bool:
        """Whether a link leads to a thing of which no column says anything."""
        used = self.used()
        return any(not {one.begin, one.end} <= used for one in self.links)

    def _rule(self, whose: str, columns: Sequence[str]) -> dict[str, Any]:
        says: dict[str, list[str]] = {}
        key = []
        for at, said in sorted(self.columns.items()):
            owner, _, prop = said.partition(".")
            if owner == whose and prop:
                says.setdefault(prop, []).append(columns[at])
                if at in self.apart:
                    key.append(columns[at])
        said_by = {prop: names[0] if len(names) == 1 else names for prop, names in says.items()}
        return {**({"key": key} if key else {}), **({"says": said_by} if says else {})}


def sayable(kind: Schema) -> Iterator[Property]:
    """Yield the properties that a column can say, those that are shown first first."""
    ends = {kind.edge.source, kind.edge.target} if kind.edge is not None else set()
    first = dict.fromkeys((*kind.featured, *kind.properties))
    for name in first:
        prop = kind.properties.get(name)
        if prop and prop.type.name != "entity" and not prop.is_hidden and name not in ends:
            yield prop


def is_sayable(column: str) -> bool:
    """Whether a specification can name a column: some signs at its beginning mean something there."""
    return not column.startswith((LITERAL, REFERENCE))


def first_sketch(columns: Sequence[str]) -> Sketch:
    """Return what a table probably is, by the words of its heading: one kind of thing."""
    guessed = [(name, _by_words(schemata()[name], columns)) for name in _FIRST]
    name, found = max(guessed, key=lambda one: len(one[1]))
    own = {prop for one in schemata()[name].identities for prop in (one.number, *one.within)}
    apart = frozenset(at for at, prop in found.items() if prop in own)
    return Sketch((name,), (), {at: f"1.{prop}" for at, prop in found.items()}, apart)


def read_sketch(posted: Mapping[str, str], columns: Sequence[str]) -> Sketch:
    """Return what was chosen on the page; what is none of what it offered is left out."""
    things_ = tuple(
        name
        for name in (posted.get(f"thing-{n}", "") for n in range(1, MOST_THINGS + 1))
        if name in _names(things())
    )
    links_ = tuple(
        one for n in range(1, MOST_LINKS + 1) if (one := _line(posted, n, len(things_))) is not None
    )
    offered = set(_offered(things_, links_))
    said = {at: posted.get(f"column-{at}", "") for at in range(len(columns))}
    chosen = {at: one for at, one in said.items() if one in offered and is_sayable(columns[at])}
    apart = frozenset(at for at in chosen if posted.get(f"apart-{at}"))
    dates = posted.get("dates", "")
    return Sketch(things_, links_, chosen, apart, dates if dates in DATES else "dmy")


def _line(posted: Mapping[str, str], number: int, many: int) -> Line | None:
    name, begin, end = (posted.get(f"link-{number}{what}", "") for what in ("", "-from", "-to"))
    ends = {str(n): n for n in range(1, many + 1)}
    if name not in _names(links()) or begin not in ends or end not in ends:
        return None
    return Line(name, ends[begin], ends[end])


def _offered(things_: Sequence[str], links_: Sequence[Line]) -> Iterator[str]:
    yield GRADE
    for number, name in enumerate(things_, 1):
        yield from (f"{number}.{one.name}" for one in sayable(schemata()[name]))
    for number, line in enumerate(links_, 1):
        yield from (f"l{number}.{one.name}" for one in sayable(schemata()[line.schema]))


def _by_words(kind: Schema, columns: Sequence[str]) -> dict[int, str]:
    words: dict[str, str] = {}
    for prop in sayable(kind):
        for word in (prop.name, prop.label.text("en"), prop.label.text("ru")):
            words.setdefault(_plain(word), prop.name)
    found = {at: words.get(_plain(one), "") for at, one in enumerate(columns) if is_sayable(one)}
    return {at: prop for at, prop in found.items() if prop}


def _plain(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def _names(kinds: Sequence[Schema]) -> set[str]:
    return {one.name for one in kinds}


def _named(number: int) -> str:
    return f"thing_{number}"
