"""An import specification, read from YAML and checked against the kinds of records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from borderliaison.forms.errors import BadFile, Problem, UnknownGrading
from borderliaison.forms.gradings import load_scale
from borderliaison.forms.shapes import Either, Key, ListOf, MapOf, Record, Text
from borderliaison.forms.source import Path, Source, read_source
from borderliaison.forms.words import Words
from borderliaison.records.interchange.errors import BadSpec
from borderliaison.records.ontology.model import schemata
from borderliaison.records.ontology.schema import Schema

_NAME: Final = Text(r"[a-z][a-z0-9_]{0,39}", name="a name of small letters, digits and _")
_SCHEMA: Final = Text(r"[A-Z][A-Za-z]+", name="a kind of record")
_COLUMN: Final = Text(name="a column, =text or @thing")
_ANY: Final = r"(?s).+"
CELL_KEYS: Final[Mapping[str, Key]] = {
    "column": Key(Text(), "The column.", required=True),
    "split": Key(Text(), "What stands between several values in one cell."),
    "values": Key(MapOf(Text(), _ANY), "What values of the table mean; others stay as they are."),
}
_SAYS: Final = MapOf(
    Either(_COLUMN, Record(CELL_KEYS, "a column with how it is read"), ListOf(_COLUMN))
)
THING_KEYS: Final[Mapping[str, Key]] = {
    "as": Key(_NAME, "Its name in this file.", required=True),
    "schema": Key(_SCHEMA, "What it is.", required=True),
    "key": Key(
        ListOf(Text()), "The columns by which it is the same; without them, all that is said of it."
    ),
    "says": Key(
        _SAYS,
        "The column of each property; or `=text`, or `@thing` before it.",
        required=True,
    ),
}
LINK_KEYS: Final[Mapping[str, Key]] = {
    "schema": Key(_SCHEMA, "What it is.", required=True),
    "from": Key(_NAME, "The thing where it begins.", required=True),
    "to": Key(_NAME, "The thing where it ends.", required=True),
    "key": Key(ListOf(Text()), "The columns that tell two links between the same things apart."),
    "says": Key(_SAYS, "The column of each of its properties."),
}
SPEC_KEYS: Final[Mapping[str, Key]] = {
    "spec": Key(_NAME, "Its name.", required=True),
    "label": Key(MapOf(Text()), "Its name for people, by language.", required=True),
    "language": Key(Text(r"[a-z]{3}", name="a language of three letters"), "Of the texts."),
    "dates": Key(ListOf(Text()), "How dates are written: `%d.%m.%Y`; ISO dates always are read."),
    "zone": Key(Text(), "The time zone of times: `Asia/Bishkek`; without it, UTC."),
    "grade": Key(
        Record({
            "scheme": Key(Text(), "The scheme: `4x4`.", required=True),
            "column": Key(Text(), "The column.", required=True),
        }, "a column of grades"),
        "The column that grades each line.",
    ),
    "things": Key(ListOf(Record(THING_KEYS, "a thing")), "What each line speaks of.", required=True),
    "links": Key(ListOf(Record(LINK_KEYS, "a link")), "The links among them."),
}  # fmt: skip
_SPEC: Final = Record(SPEC_KEYS, "an import specification")
_SOME_DAY: Final = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
LITERAL: Final = "="
REFERENCE: Final = "@"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value of a property comes from.

    Attributes:
        column: of the table; or ``=text``; or ``@thing``, another thing of the line.
        split: what stands between several values.
        values: what values of the table mean.
    """

    column: str
    split: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


Says = tuple[tuple[str, Cell], ...]
"""Each property with a cell that says it."""


@dataclass(frozen=True, slots=True)
class ThingRule:
    """A thing that each line speaks of; the attributes are the keys of the file."""

    name: str
    schema: str
    key: tuple[str, ...]
    says: Says


@dataclass(frozen=True, slots=True)
class LinkRule:
    """A link between two things of a line; the attributes are the keys of the file."""

    schema: str
    begin: str
    end: str
    key: tuple[str, ...]
    says: Says


@dataclass(frozen=True, slots=True)
class Spec:
    """How a table is read; the attributes are the keys of the file."""

    name: str
    label: Words
    things: tuple[ThingRule, ...]
    links: tuple[LinkRule, ...] = ()
    language: str = ""
    dates: tuple[str, ...] = ()
    zone: str = "UTC"
    scheme: str = ""
    grade: str = ""

    def columns(self) -> frozenset[str]:
        """Return the columns that it reads."""
        rules: tuple[ThingRule | LinkRule, ...] = (*self.things, *self.links)
        read = {cell.column for rule in rules for _, cell in rule.says}
        read |= {name for rule in rules for name in rule.key} | {self.grade}
        return frozenset(one for one in read if one and one[0] not in (LITERAL, REFERENCE))


def parse_spec(text: str, file: str) -> Spec:
    """Read a specification from YAML text.

    Raises:
        BadSpec: it does not follow its shape, or names what there is not.
    """
    try:
        source = read_source(text, file)
    except BadFile as error:
        raise BadSpec(str(error)) from error
    problems = [source.problem(at, said) for at, said in _SPEC.problems(source.data, ())]
    problems = problems or list(_against_ontology(source))
    if problems:
        raise BadSpec("\n".join(str(one) for one in sorted(problems, key=lambda one: one.line)))
    return _spec(source.data)


def _spec(data: Mapping[str, Any]) -> Spec:
    grade = data.get("grade", {})
    return Spec(
        name=data["spec"],
        label=Words(data["label"]),
        things=tuple(
            ThingRule(one["as"], one["schema"], tuple(one.get("key", ())), _says(one["says"]))
            for one in data["things"]
        ),
        links=tuple(
            LinkRule(
                one["schema"], one["from"], one["to"], tuple(one.get("key", ())),
                _says(one.get("says", {})),
            )
            for one in data.get("links", ())
        ),
        language=data.get("language", ""),
        dates=tuple(data.get("dates", ())),
        zone=data.get("zone", "UTC"),
        scheme=grade.get("scheme", ""),
        grade=grade.get("column", ""),
    )  # fmt: skip


def _says(data: Mapping[str, Any]) -> Says:
    cells = ((prop, one) for prop, said in data.items() for one in _listed(said))
    return tuple((prop, _cell(one)) for prop, one in cells)


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _cell(data: Any) -> Cell:
    if isinstance(data, str):
        return Cell(data)
    return Cell(data["column"], data.get("split", ""), data.get("values", {}))


def _against_ontology(source: Source) -> Iterator[Problem]:
    """Yield what a specification names that there is not."""
    names = {one["as"]: one["schema"] for one in source.data["things"]}
    if "grade" in source.data:
        try:
            load_scale(source.data["grade"]["scheme"])
        except UnknownGrading as error:
            yield source.problem(("grade", "scheme"), str(error))
    zone = source.data.get("zone", "UTC")
    if not _is_zone(zone):
        yield source.problem(("zone",), f"there is no time zone {zone!r}")
    for number, way in enumerate(source.data.get("dates", ())):
        if not _is_way(way):
            yield source.problem(("dates", number), f"{way!r} is no way to write a date")
    known: dict[str, str] = {}
    for number, one in enumerate(source.data["things"]):
        yield from _rule(source, ("things", number), one, known)
        known[one["as"]] = one["schema"]
    for number, one in enumerate(source.data.get("links", ())):
        at = ("links", number)
        yield from _rule(source, at, one, None)
        for end, prop in zip(("from", "to"), _ends(one["schema"]), strict=False):
            if one[end] not in names:
                yield source.problem((*at, end), f"there is no thing {one[end]!r}")
            elif not _leads_to(prop, names[one[end]]):
                yield source.problem((*at, end), f"{one['schema']} has no {names[one[end]]} here")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_way(way: str) -> bool:
    """Whether a date that is written in a way can be read in it."""
    try:
        datetime.strptime(_SOME_DAY.strftime(way), way)
    except (ValueError, re.error):
        return False
    return True


def _rule(
    source: Source, at: Path, one: Mapping[str, Any], before: Mapping[str, str] | None
) -> Iterator[Problem]:
    """Yield what is wrong with a rule.

    Args:
        source: the file.
        at: where the rule stands in it.
        one: the rule.
        before: the things before it, by their names, with their schemata; None where it is a link.
    """
    kind = schemata().get(one["schema"])
    if kind is None or kind.is_abstract or (kind.edge is None) != (before is not None):
        what = "link" if before is None else "thing"
        yield source.problem((*at, "schema"), f"{one['schema']!r} is no kind of {what}")
        return
    for prop, said in one.get("says", {}).items():
        names = [_cell(cell).column for cell in _listed(said)]
        leads = [name[1:] for name in names if name.startswith(REFERENCE)]
        known = kind.properties.get(prop)
        if known is None or (known.type.name == "entity") != bool(leads):
            yield source.problem((*at, "says", prop), f"a {kind.name} has no such {prop!r}")
        elif any(name not in (before or {}) for name in leads):
            yield source.problem((*at, "says", prop), "it names no thing before it")
        elif not all(_leads_to(known, (before or {})[name]) for name in leads):
            yield source.problem((*at, "says", prop), f"{prop!r} is no {known.range}")


def _ends(name: str) -> tuple[Any, ...]:
    kind: Schema | None = schemata().get(name)
    if kind is None or kind.edge is None:
        return ()
    return kind.properties[kind.edge.source], kind.properties[kind.edge.target]


def _leads_to(prop: Any, name: str) -> bool:
    kind = schemata().get(name)
    return kind is None or not prop.range or kind.is_a(prop.range)
