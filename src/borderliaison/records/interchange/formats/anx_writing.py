"""i2 charts (ANX), written: items, links, attributes, a card for each statement, grades and positions.

Written by the library ``anxwritter``; it has not been opened in an Analyst's Notebook by us.
"""

from codecs import BOM_UTF16_LE
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import IO, Any, Final

from borderliaison.forms.certainty import CERTAINTIES, certainty_of
from borderliaison.records.interchange.formats import grades
from borderliaison.records.interchange.items import (
    UNGRADED,
    Item,
    Outgoing,
    Told,
    caption_of,
    drawn_of,
)
from borderliaison.records.ontology.schema import Schema
from borderliaison.records.statements.lines import lines_of, moment_of

KEY: Final = "Border Liaison key"
"""An attribute of links, by which one is the same when the chart comes back."""
REFERENCE: Final = "Border Liaison reference"
"""An attribute of lines that are a value of an item, and no item themselves."""
CARD: Final = "Border Liaison"
"""The source type of cards that are statements."""
BETWEEN: Final = "; "
SHAPES: Final = {
    "box": "Box", "circle": "Circle", "text": "TextBlock", "frame": "Event", "line": "Theme",
}  # fmt: skip
"""By as what an item stands, what a chart calls it; all else is an icon."""
_ADDED: Final = {
    "box": "add_box", "circle": "add_circle", "text": "add_text_block",
    "frame": "add_event_frame", "line": "add_theme_line",
}  # fmt: skip
_STRENGTHS: Final = {"confirmed": "solid", "unconfirmed": "dashed", "tentative": "dotted"}
"""How a line is drawn by how sure it is; i2 calls that its strength."""
_DEFAULT: Final = "Default"
_ARROW: Final = "->"
_BREAK: Final = "\ue00a"
"""Stands for a line break until the library has written the texts: it writes them as spaces."""


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a chart."""
    from anxwritter import ANXChart  # noqa: PLC0415 - takes a second, and few processes need it

    chart, graded = ANXChart(), _Grades(outgoing)
    chart.grades_one.items, chart.grades_two.items = graded.sources, graded.informations
    for name, style in _STRENGTHS.items():
        chart.add_strength(name=name.capitalize(), dot_style=style)
    chart.strengths.default = _DEFAULT
    chart.settings.summary.title = outgoing.heading.title
    chart.settings.summary.comments = outgoing.heading.marking_text
    for item in outgoing.things():
        add = getattr(chart, _ADDED.get(item.place.stands_as if item.place else "", "add_icon"))
        add(id=item.key, **_entity(item, graded))
    for item in (*outgoing.things(), *outgoing.links()):
        for link in _links(item, graded):
            chart.add_link(**link)
    _copy(chart.iter_xml(), file)


def _copy(made: Iterator[str], file: IO[bytes]) -> None:
    """Write a chart, with the line breaks in its texts as XML keeps them in an attribute."""
    file.write(BOM_UTF16_LE)
    head = next(made).replace("utf-8", "utf-16", 1)
    for some in chain((head,), made):
        file.write(some.replace(_BREAK, "&#10;").encode("utf-16-le"))


class _Grades:
    """The grades of a chart: two lists, and which of them each value has."""

    def __init__(self, outgoing: Outgoing) -> None:
        all_ = (one.grading for item in _all(outgoing) for one in item.told)
        halves = sorted({grades.written(one) for one in all_ if one != UNGRADED})
        self.sources = list(dict.fromkeys(one for one, _ in halves))
        self.informations = sorted({other for _, other in halves})

    def of(self, one: Told) -> dict[str, int]:
        """Return a card's places in the lists."""
        source, information = grades.written(one.grading)
        if not source:
            return {}
        return {
            "grade_one": self.sources.index(source),
            "grade_two": self.informations.index(information),
        }

    def to(self, item: Item, end: str) -> dict[str, Any]:
        """Return a line's own grade, of the first that says where it leads, and how sure the surest is."""
        said = [one for one in item.told if one.value == end]
        surest = min((certainty_of(one.grading) for one in said), key=CERTAINTIES.index)
        return {**self.of(said[0]), "strength": surest.capitalize()}


def _all(outgoing: Outgoing) -> Iterator[Item]:
    yield from outgoing.things()
    yield from outgoing.links()


def _entity(item: Item, graded: _Grades) -> dict[str, Any]:
    kind = item.kind
    found: dict[str, Any] = {
        "type": kind.label.text("en"),
        "label": caption_of(item),
        "attributes": _attributes(item),
        "cards": _cards(item, graded),
        **_moment(item),
    }
    if item.place is not None:
        found |= {"x": round(item.place.x), "y": round(item.place.y)}
    return found


def _links(item: Item, graded: _Grades) -> Iterator[dict[str, Any]]:
    """Yield the lines of an item: itself, where it is a link, else its references."""
    kind = item.kind
    if kind.edge is None:
        for line in drawn_of(item):
            label = kind.properties[line.kind.partition(":")[2]].label.text("en")
            name = {REFERENCE: line.kind}
            ends = {"from_id": line.begin, "to_id": line.end, **graded.to(item, line.end)}
            yield {**ends, "type": label, "label": label, "arrow": _ARROW, "attributes": name}
        return
    said = [value for prop in kind.edge.caption for value in item.values(prop)]
    label = kind.label.text("en")
    for line in drawn_of(item):
        yield {
            "from_id": line.begin,
            "to_id": line.end,
            "type": label,
            "label": " ".join(said) or kind.edge.label.text("en"),
            "arrow": _ARROW if line.is_directed else None,
            "attributes": {**_attributes(item), KEY: item.key},
            "cards": _cards(item, graded),
            **graded.to(item, line.end),
            **_moment(item),
        }


def _attributes(item: Item) -> dict[str, str]:
    """Return every property with its values; references are lines."""
    kind = item.kind
    names = dict.fromkeys(one.prop for one in item.told)
    plain = [name for name in names if kind.properties[name].type.name != "entity"]
    return {label_of(kind, name): BETWEEN.join(item.values(name)) for name in plain}


def label_of(kind: Schema, name: str) -> str:
    """Return what a property is called in a chart: its label, or its name where two have that label."""
    label = kind.properties[name].label.text("en")
    same = [one for one in kind.properties.values() if one.label.text("en") == label]
    return label if len(same) == 1 else name


def _cards(item: Item, graded: _Grades) -> list[dict[str, Any]]:
    kind = item.kind
    plain = (one for one in item.told if kind.properties[one.prop].type.name != "entity")
    return [_card(kind, one, graded) for one in plain]


def _card(kind: Schema, one: Told, graded: _Grades) -> dict[str, Any]:
    text = one.value.replace("\n", _BREAK)
    said: dict[str, Any] = {"summary": label_of(kind, one.prop), "description": text}
    said |= {"source_type": CARD, **graded.of(one)}
    if one.origin is not None:
        said["source_ref"] = f"{one.origin.office} {one.origin.source}"
        said |= _date_and_time(one.origin.first_seen)
    return said


def _moment(item: Item) -> dict[str, str]:
    """Return since when an item is."""
    said = [(one.prop, one.value) for one in item.told]
    start = item.kind.extent.start
    if item.kind.edge is None and not item.kind.is_a("Event"):
        return {}
    found = next(iter(lines_of(item.kind, item.key, said)), None) if item.kind.edge else None
    if found is not None:
        return _date_and_time(found.since) if found.since is not None else {}
    days = (value for prop, value in said if prop in start and len(value) >= len("2026-01-01"))
    at = min((at for at in map(moment_of, days) if at is not None), default=None)
    return _date_and_time(at) if at is not None else {}


def _date_and_time(at: datetime) -> dict[str, str]:
    utc = at.astimezone(UTC)
    return {"date": utc.date().isoformat(), "time": f"{utc:%H:%M:%S}"}
