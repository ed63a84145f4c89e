"""i2 charts (ANX), read: items, links with their direction, attributes, cards, grades and positions.

A card becomes a statement: of the property that it names, where we wrote it, else a note. What the chart
calls its items and attributes is found among the kinds of records by their labels; what is not found there
is kept as a note with its own words.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.errors import BinaryChart, UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats import grades, kinds
from borderliaison.records.interchange.formats.anx_writing import (
    BETWEEN,
    CARD,
    KEY,
    REFERENCE,
    SHAPES,
    label_of,
)
from borderliaison.records.interchange.formats.xml import elements
from borderliaison.records.interchange.items import UNGRADED, Item, Told, place_at
from borderliaison.records.ontology.model import schema
from borderliaison.records.ontology.schema import Schema

_OLE: Final = b"\xd0\xcf\x11\xe0"
_WANTED: Final = frozenset({"Chart", "ChartItem", "GradeOne", "GradeTwo"})
_NO_DATE: Final = "9999"
_TAIL: Final = "ArrowOnTail"
_STANDING: Final = {tag: stands_as for stands_as, tag in SHAPES.items()}


def read(file: IO[bytes], findings: Findings) -> Iterator[Item]:
    """Yield the items of a chart, things before links.

    Raises:
        BinaryChart: it is one, under the other name.
        UnreadableFile: it is no chart in XML.
    """
    if file.read(len(_OLE)) == _OLE:
        raise BinaryChart
    chart = _Chart(findings)
    for element in elements(file, _WANTED):
        chart.learn(element)
    if not chart.is_chart:
        raise UnreadableFile("there is no Chart in it")
    for element in elements(file, _WANTED):
        yield from chart.thing(element)
    for element in elements(file, _WANTED):
        yield from chart.link(element)


@dataclass(slots=True)
class _Chart:
    """What is known of a chart while it is read.

    Attributes:
        findings: where flaws are noted.
        is_chart: whether it is one.
        entities: by the number in the chart, the key and the kind.
        sources: the words of the first grade, in their order.
        informations: of the second one.
        scheme: whose letters and figures they are; empty where they are none's.
        links: how often there was a link that says the same.
    """

    findings: Findings
    is_chart: bool = False
    entities: dict[str, tuple[str, Schema]] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    informations: list[str] = field(default_factory=list)
    scheme: str = ""
    links: Counter[str] = field(default_factory=Counter)

    def learn(self, element: Any) -> None:
        """Look at an element the first time."""
        if element.tag == "Chart":
            self.is_chart = True
            self.scheme = grades.scheme_of(self.sources, self.informations)
        elif element.tag == "GradeOne":
            self.sources = [one.get("Text", "") for one in element.iter("String")]
        elif element.tag == "GradeTwo":
            self.informations = [one.get("Text", "") for one in element.iter("String")]
        elif (entity := element.find(".//Entity")) is not None:
            kind = kinds.thing_called(_type_of(entity)) or schema(kinds.THING)
            self.entities[entity.get("EntityId", "")] = (_key_of(entity, element), kind)

    def thing(self, element: Any) -> Iterator[Item]:
        """Yield an element that is a thing."""
        entity = element.find(".//Entity") if element.tag == "ChartItem" else None
        if entity is None:
            return
        key, kind = self.entities[entity.get("EntityId", "")]
        word = _type_of(entity)
        told = self._told(element, entity, kind)
        label = " ".join(element.get("Label", "").split()) or entity.get("Identity", "")
        if not any(one.value == label for one in told):
            told = [Told(kinds.label_property(kind), label, "", self._grading(element)), *told]
        if kinds.thing_called(word) is None and word:
            told.append(Told("keywords", word))
        end = element.find("End")
        place = None if end is None else place_at(end.get("X"), end.get("Y"), _shape_of(entity))
        yield Item(key, kind.name, tuple(dict.fromkeys(told)), place)

    def link(self, element: Any) -> Iterator[Item]:
        """Yield an element that is a link."""
        link = element.find("Link") if element.tag == "ChartItem" else None
        if link is None:
            return
        style = link.find(".//LinkStyle")
        ends = [self.entities.get(link.get(name, "")) for name in ("End1Id", "End2Id")]
        if ends[0] is None or ends[1] is None:
            self.findings.add(Flaw.END, 0, "Link")
            return
        if style is not None and style.get("ArrowStyle") == _TAIL:
            ends.reverse()
        (begin, begins), (end, ends_) = ends[0], ends[1]
        attributes = dict(_attributes(element))
        if REFERENCE in attributes:
            name = attributes[REFERENCE].partition(":")[2]
            if name in begins.properties:
                yield Item(begin, begins.name, (Told(name, end, "", self._grading(element)),))
            return
        word = style.get("Type", "") if style is not None else ""
        kind = kinds.link_called(word, begins, ends_) or schema(kinds.LINK)
        if kind.name == kinds.LINK and not kinds.leads(kind, begins, ends_):
            self.findings.add(Flaw.END, 0, "Link")
            return
        yield self._link(element, link, kind, (begin, end), word)

    def _link(
        self, element: Any, link: Any, kind: Schema, ends: tuple[str, str], word: str
    ) -> Item:
        assert kind.edge is not None, "links are links"  # noqa: S101
        attributes = dict(_attributes(element))
        told = self._told(element, link, kind)
        label = " ".join(element.get("Label", "").split())
        own = KEY in attributes
        if kind.name == kinds.LINK and word and not own:
            told.append(Told("role", word))
        if label and not own and label != word:
            told.append(Told("summary", label, "", self._grading(element)))
        if not own and (at := _moment_of(element)) and not _has_start(kind, told):
            told += [Told(name, at) for name in kind.extent.start[:1]]
        graded = self._grading(element)
        if graded == UNGRADED and told and not own:
            graded = told[0].grading
        both = (
            Told(kind.edge.source, ends[0], "", graded),
            Told(kind.edge.target, ends[1], "", graded),
        )
        text = repr((kind.name, *ends, [(one.prop, one.value) for one in told]))
        self.links[text] += 1
        digest = hashlib.sha256(f"{text}{self.links[text]}".encode()).hexdigest()[:32]
        return Item(attributes.get(KEY, digest), kind.name, (*both, *dict.fromkeys(told)))

    def _told(self, element: Any, inner: Any, kind: Schema) -> list[Told]:
        """Return what attributes, cards and the description say."""
        found, carded = self._carded(element, kind)
        note = "description" if kind.edge is not None else "notes"
        for name, value in _attributes(element):
            prop = kinds.property_called(kind, name)
            if name in (KEY, REFERENCE) or (
                prop is not None and label_of(kind, prop.name) in carded
            ):
                continue
            if prop is None:
                found.append(Told(note, f"{name}: {value}", "", self._grading(element)))
                continue
            values = value.split(BETWEEN)
            found += [Told(prop.name, one, "", self._grading(element)) for one in values]
        description = element.get("Description", "").strip()
        if description:
            found.append(Told("description", description, "", self._grading(element)))
        return found

    def _carded(self, element: Any, kind: Schema) -> tuple[list[Told], set[str]]:
        """Return what the cards say, and the labels of what they say it of."""
        found, carded = [], set()
        note = "description" if kind.edge is not None else "notes"
        for card in element.iter("Card"):
            label, text = card.get("Summary", ""), card.get("Text", "")
            prop = kinds.property_called(kind, label) if card.get("SourceType") == CARD else None
            if prop is not None:
                carded.add(label_of(kind, prop.name))
                found.append(Told(prop.name, text, "", self._grading(card)))
                continue
            source = " ".join(filter(None, (card.get("SourceType"), card.get("SourceReference"))))
            said = "\n".join(filter(None, (label, text, _moment_of(card), source)))
            if said:
                found.append(Told(note, said, "", self._grading(card)))
        return found, carded

    def _grading(self, element: Any) -> Grading:
        one = _at(self.sources, element.get("GradeOneIndex"))
        other = _at(self.informations, element.get("GradeTwoIndex"))
        if one in ("", grades.NOT_GRADED) or other in ("", grades.NOT_GRADED):
            return UNGRADED
        found = grades.read(one, other) or grades.in_scheme(self.scheme, one, other)
        if found is None:
            self.findings.add(Flaw.GRADE, 0, "")
        return found or UNGRADED


def _type_of(entity: Any) -> str:
    """Return what the chart calls its kind; of a text without a kind of ours, that it is one."""
    named = (one for one in entity.iter() if one.tag.endswith("Style") and one.get("Type"))
    word = next((str(one.get("Type")) for one in named), "")
    if _shape_of(entity) == "text" and kinds.thing_called(word) is None:
        return "text block"
    return word


def _shape_of(entity: Any) -> str:
    """Return as what it stands."""
    tags = (one.tag.rpartition("}")[2] for one in entity.iter())
    return next((_STANDING[tag] for tag in tags if tag in _STANDING), "")


def _key_of(entity: Any, element: Any) -> str:
    """Return its identity; of an icon without one its kind and number: its label is others' too."""
    own = entity.get("EntityId")
    numbered = f"{_type_of(entity)} {own}" if own else ""
    return str(entity.get("Identity") or numbered or element.get("Label", ""))


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    for one in element.iter("Attribute"):
        name, value = one.get("AttributeClass", ""), one.get("Value", "").strip()
        if name and value:
            yield name, value


def _moment_of(element: Any) -> str:
    at = str(element.get("DateTime", ""))
    if element.get("DateSet") != "true" or not at or at.startswith(_NO_DATE):
        return ""
    return at[:19] if element.get("TimeSet") == "true" else at[:10]


def _has_start(kind: Schema, told: Sequence[Told]) -> bool:
    return any(one.prop in kind.extent.start for one in told)


def _at(words: Sequence[str], index: str | None) -> str:
    if index is None or not index.isdecimal() or int(index) >= len(words):
        return ""
    return words[int(index)]
