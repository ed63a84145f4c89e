"""What of a form becomes records: which fields make which entities and links. Data, read and checked here.

The names of schemata and properties belong to the ontology, which this package does not know; whoever
draws records from a report compares them. Unlike a form, such a file may change: records are drawn again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.keys import NAME
from borderliaison.forms.shapes import Flag, Key, ListOf, MapOf, Record, Text, Whole
from borderliaison.forms.source import Source, read_source
from borderliaison.forms.store import digest_of, read_file, state, versions

FOLDER: Final = "records"
PARTS: Final = "parts"
SAYING: Final = Text(
    r"@[a-z_]+|=[a-z0-9_]+|[a-z][a-z0-9_]*(\.[a-z]+)?", name="a field, field.part, @thing or =code"
)
_SCHEMA: Final = Text(r"[A-Z][A-Za-z]+", name="the name of a schema")
_SAYS: Final = MapOf(SAYING)
THING_KEYS: Final[Mapping[str, Key]] = {
    "as": Key(NAME, "Its name in this file.", required=True),
    "schema": Key(_SCHEMA, "What it is.", required=True),
    "each": Key(NAME, "The rows of which each makes one; without it the report makes one."),
    "when": Key(ListOf(NAME), "It is there where one of these fields is filled; else always."),
    "but": Key(ListOf(NAME), "It is not there where one of these fields is filled."),
    "key": Key(ListOf(NAME), "The fields by which it stays the same when the report is corrected."),
    "known": Key(NAME, "The field whose code names the same thing in every report."),
    "says": Key(_SAYS, "What is said of it, by property.", required=True),
    "involved": Key(
        Text(r"=|=?[a-z][a-z0-9_]*", name="a field, =code or ="),
        "It has a part in the event: the saying that says which, `=` where nothing does.",
    ),
}
LINK_KEYS: Final[Mapping[str, Key]] = {
    "schema": Key(_SCHEMA, "What it is.", required=True),
    "from": Key(NAME, "The thing where it begins; `event` for the event.", required=True),
    "to": Key(NAME, "The thing where it ends.", required=True),
    "says": Key(_SAYS, "What else is said of it, by property."),
}
_PART: Final[Mapping[str, Key]] = {
    "event": Key(_SAYS, "What is said of the event, by property."),
    "things": Key(ListOf(Record(THING_KEYS, "a thing")), "The things that the report speaks of."),
    "links": Key(ListOf(Record(LINK_KEYS, "a link")), "The links among them."),
}
RECORDED_KEYS: Final[Mapping[str, Key]] = {
    "form": Key(NAME, "The form's name.", required=True),
    "version": Key(Whole(1, 9999), "The version of this file.", required=True),
    "forms": Key(ListOf(Whole(1, 9999)), "The versions of the form that it reads.", required=True),
    "schema": Key(_SCHEMA, "What the event is.", required=True),
    "answers": Key(Flag(), "True: it speaks of the event of the report that it answers."),
    "uses": Key(ListOf(NAME), "The parts that it takes over from parts.yaml."),
    **_PART,
}
_RECORDED: Final = Record(RECORDED_KEYS, "what a form records")
_PARTS: Final = Record({"parts": Key(MapOf(Record(_PART, "a part")), "By name.", required=True)})


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that a report speaks of; the attributes are the keys of the file.

    Attributes:
        involved: the saying of its part in the event; empty where it has one of which nothing is said, None
            where it has none.
    """

    name: str
    schema: str
    says: Mapping[str, str]
    each: str = ""
    when: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    known: str = ""
    involved: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRule:
    """A link between two things of a report; the attributes are the keys of the file."""

    schema: str
    begin: str
    end: str
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a form records.

    Attributes:
        form: the form's name.
        versions: of the form, that it reads.
        schema: what the event is.
        event: what is said of the event, by property.
        things: what the report speaks of, each after those that it refers to.
        links: the links among them.
        answers: whether the event is that of the report which this one answers.
    """

    form: str
    versions: tuple[int, ...]
    schema: str
    event: Mapping[str, str]
    things: tuple[Thing, ...]
    links: tuple[LinkRule, ...]
    answers: bool = False


def recorded(form: str, version: int) -> Recorded | None:
    """Return what a form records in one of its versions; None where nothing says so.

    Raises:
        BadFile: the file does not follow its shape.
    """
    return next(
        (one for one in all_recorded() if one.form == form and version in one.versions), None
    )


def all_recorded() -> tuple[Recorded, ...]:
    """Return what every form records, the newest file of each first."""
    return _all(state())


@cache
def _all(state: str) -> tuple[Recorded, ...]:
    del state
    known = versions(FOLDER)
    return tuple(
        load_recorded(name, version)
        for name in sorted(known)
        if name != PARTS
        for version in sorted(known[name], reverse=True)
    )


def rules_digest() -> str:
    """Return a hash of all these files, so that who drew records knows whether to draw them again."""
    return _digest(state())


@cache
def _digest(state: str) -> str:
    del state
    known = versions(FOLDER)
    texts = [read_file(FOLDER, name, one)[1] for name in sorted(known) for one in known[name]]
    return digest_of("\n".join(texts).encode())


def load_recorded(form: str, version: int) -> Recorded:
    """Return what one file says.

    Raises:
        BadFile: it does not follow its shape, or names what is not there.
    """
    file, text = read_file(FOLDER, form, version)
    parts_file, parts = read_file(FOLDER, PARTS, None)
    return parse_recorded(text, file, _checked(read_source(parts, parts_file), _PARTS)["parts"])


def parse_recorded(text: str, file: str, parts: Mapping[str, Any]) -> Recorded:
    """Read what a form records from YAML text.

    Args:
        text: the file's text.
        file: its name: ``seizure.v1.yaml``.
        parts: the parts that it may take over, by name.

    Raises:
        BadFile: it does not follow its shape, or names what is not there.
    """
    source = read_source(text, file)
    data = _checked(source, _RECORDED)
    if source.file != f"{data['form']}.v{data['version']}.yaml":
        raise BadFile([source.problem(("form",), "form and version differ from the file's name")])
    strange = [one for one in data.get("uses", ()) if one not in parts]
    if strange:
        raise BadFile([source.problem(("uses",), f"there is no part {strange[0]!r}")])
    pieces = [*(parts[one] for one in data.get("uses", ())), data]
    found = Recorded(
        form=data["form"],
        versions=tuple(data["forms"]),
        schema=data["schema"],
        event={prop: one for piece in pieces for prop, one in piece.get("event", {}).items()},
        things=tuple(_thing(one) for piece in pieces for one in piece.get("things", ())),
        links=tuple(_link(one) for piece in pieces for one in piece.get("links", ())),
        answers=data.get("answers", False),
    )
    return _without_dangling(found, source)


def _checked(source: Source, shape: Record) -> dict[str, Any]:
    found = [source.problem(at, said) for at, said in shape.problems(source.data, ())]
    if found:
        raise BadFile(found)
    checked: dict[str, Any] = source.data
    return checked


def _thing(data: Mapping[str, Any]) -> Thing:
    involved = data.get("involved")
    lists = {name: tuple(data.get(name, ())) for name in ("when", "but", "key")}
    return Thing(
        data["as"],
        data["schema"],
        data["says"],
        each=data.get("each", ""),
        known=data.get("known", ""),
        involved="" if involved == "=" else involved,
        **lists,
    )


def _link(data: Mapping[str, Any]) -> LinkRule:
    return LinkRule(data["schema"], data["from"], data["to"], data.get("says", {}))


def _without_dangling(found: Recorded, source: Source) -> Recorded:
    """Leave out the links of shared parts whose ends this form does not have; refuse the others."""
    names = {"event", *(one.name for one in found.things)}
    own = [(one["from"], one["to"]) for one in source.data.get("links", ())]
    lacking = [end for ends in own for end in ends if end not in names]
    if lacking:
        raise BadFile([source.problem(("links",), f"there is no thing {lacking[0]!r}")])
    kept = tuple(one for one in found.links if {one.begin, one.end} <= names)
    return replace(found, links=kept)
