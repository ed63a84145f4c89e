"""From a filled form to entities with what is said of them, by the form's rules. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from borderliaison.forms.recorded import LinkRule, Recorded, Thing
from borderliaison.forms.schema import Form
from borderliaison.records.ontology.model import schema
from borderliaison.records.statements.drafted import Drafted, Said, key_of_entity
from borderliaison.reports.content import ReportContent
from borderliaison.reports.projection.sayings import Row, rows_of, whole_of
from borderliaison.reports.projection.staying import Known, Seen, maybe_instead_of, stayed

VERSION: Final = 2
"""Raised where the same rules draw something else than before, so that an office draws everything again."""
EVENT: Final = "event"
_REFERENCE: Final = "@"
_ALONE: Final = -1
_MOMENTS: Final = ("date", "startDate")
"""By which of its properties an event says when it was, the first that it has."""
_NAMES_NOTHING: Final = "code"
"""The type of a field that many have alike: a country."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report as records are drawn from it.

    Attributes:
        source: the key of the source: of the first report, where this one corrects it.
        office: that reports.
        title: of the report, in its words.
        content: the filled form.
        answers: the key of the source of the report that this one answers; empty where it is not here.
    """

    source: str
    office: str
    title: str
    content: ReportContent
    answers: str = ""


def draw(told: Told, form: Form, rules: Recorded, before: Sequence[Known] = ()) -> list[Drafted]:
    """Return all that a report says, as entities.

    Args:
        told: the report.
        form: its form, in its version or the nearest one that is known.
        rules: what the form records.
        before: whom the report that it corrects speaks of (``known_in``).
    """
    return _Drawing(told, form, rules, before).all()


def known_in(
    told: Told, form: Form, rules: Recorded, before: Sequence[Known] = ()
) -> tuple[Known, ...]:
    """Return whom a report speaks of, by what they are known; the arguments are those of ``draw``."""
    drawing = _Drawing(told, form, rules, before)
    drawing.all()
    return tuple(drawing.known.values())


@dataclass(slots=True)
class _Drawing:
    told: Told
    form: Form
    rules: Recorded
    before: Sequence[Known]
    found: dict[str, Drafted] = field(default_factory=dict)
    keys: dict[tuple[str, int], str] = field(default_factory=dict)
    """The keys of what was drawn, by its name in the rules and its row."""
    rows: dict[tuple[str, int], Row] = field(default_factory=dict)
    eaches: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    """Whom the report knows by a field of theirs, by their keys."""
    moment: tuple[Said, ...] = ()
    """When the event was, and with it all that the report links."""

    def all(self) -> list[Drafted]:
        whole = whole_of(self.form, self.told.content.values)
        if self.rules.answers:
            return self._answer(whole)
        event = self._key(EVENT)
        self._remember(EVENT, _ALONE, event, whole)
        for thing in self.rules.things:
            self.eaches[thing.name] = thing.each
            rows = list(self._rows(thing, whole))
            self._meet(thing, rows)
            for number, row in rows:
                self._thing(thing, number, row)
        says = self._event(whole)
        self.moment = _moment_of(says)
        self._put(event, self.rules.schema, says)
        for thing in self.rules.things:
            if thing.involved is not None:
                self._involve(thing, event)
        for number, link in enumerate(self.rules.links):
            self._link(number, link)
        return list(self.found.values())

    def _answer(self, whole: Row) -> list[Drafted]:
        """Return what is said of the event of another report, where that is here."""
        says = self._said(self.rules.event, whole, _ALONE)
        if not self.told.answers or not says:
            return []
        return [Drafted(key_of_entity(self.told.answers, EVENT), self.rules.schema, says)]

    def _rows(self, thing: Thing, whole: Row) -> Iterator[tuple[int, Row]]:
        """Yield where a thing is there, with the number of its row."""
        several = rows_of(self.form, whole.values, thing.each) if thing.each else (whole,)
        first = 0 if thing.each else _ALONE
        for number, row in enumerate(several, start=first):
            is_there = not thing.when or any(row.has(one) for one in thing.when)
            if is_there and not any(row.has(one) for one in thing.but):
                yield number, row

    def _thing(self, thing: Thing, number: int, row: Row) -> None:
        if thing.known:
            codes = row.texts(thing.known)
            if not codes:
                return
            key = key_of_entity(thing.schema, codes[0][0])
        else:
            key = self.keys.get((thing.name, number)) or self._free(thing, [str(number)])
        self._remember(thing.name, number, key, row)
        self._put(key, thing.schema, self._said(thing.says, row, number))

    def _meet(self, thing: Thing, rows: Sequence[tuple[int, Row]]) -> None:
        """Give whoever is known by a field of his a key: his own of before, or a new one."""
        seen = [one for one in (_seen(thing, number, row) for number, row in rows) if one.said]
        before = [one for one in self.before if one.seen.thing == thing.name]
        there = stayed(before, seen)
        for one in seen:
            if one.number in there:
                was = there[one.number]
                self._know(Known(one, was.key, was.instead_of))
        gone = [one for one in before if one.key not in self.known]
        for one in seen:
            if one.number not in there:
                path = [one.said.get(name, "") for name in thing.key]
                self._know(Known(one, self._free(thing, path), maybe_instead_of(gone, one)))

    def _know(self, one: Known) -> None:
        self.known[one.key] = one
        self.keys[one.seen.thing, one.seen.number] = one.key

    def _free(self, thing: Thing, path: Sequence[str]) -> str:
        """Return a key that nobody in this report has or had, for a thing that only it knows."""
        taken = {one.key for one in self.before} | self.found.keys() | self.known.keys()
        for again in count():
            key = self._key(thing.name, *path, *([str(again)] if again else []))
            if key not in taken:
                return key
        raise AssertionError("there is always one more")

    def _event(self, whole: Row) -> tuple[Said, ...]:
        office = key_of_entity("LiaisonOffice", self.told.office)
        self._put(office, "LiaisonOffice", (Said("code", self.told.office),))
        own = (
            Said("name", self.told.title),
            Said("reportNumber", self.told.content.number),
            Said("reportedBy", office),
        )
        return (*(one for one in own if one.value), *self._said(self.rules.event, whole, _ALONE))

    def _involve(self, thing: Thing, event: str) -> None:
        for (name, number), key in list(self.keys.items()):
            if name == thing.name:
                role = self.rows[name, number].texts(thing.involved) if thing.involved else []
                said = (
                    Said("entity", key),
                    Said("event", event),
                    *(Said("role", one) for one, _ in role),
                    *self.moment,
                )
                self._put(self._key("involved", name, str(number)), "Involvement", said)

    def _link(self, number: int, rule: LinkRule) -> None:
        pairs = ((one, other) for one in self._of(rule.begin) for other in self._of(rule.end))
        ends = _ends_of(rule.schema)
        for (begin, at), (end, there) in pairs:
            if at != there and self._same_rows(rule):
                continue
            row = self.rows[rule.end, there] if there != _ALONE else self.rows[rule.begin, at]
            said = self._said(rule.says, row, there if there != _ALONE else at)
            key = self._key("link", str(number), str(at), str(there))
            both = (Said(ends[0], begin), Said(ends[1], end))
            self._put(key, rule.schema, (*both, *said, *self.moment))

    def _same_rows(self, rule: LinkRule) -> bool:
        each = self.eaches.get(rule.begin, "")
        return bool(each) and each == self.eaches.get(rule.end, "")

    def _of(self, name: str) -> list[tuple[str, int]]:
        return [(key, number) for (known, number), key in self.keys.items() if known == name]

    def _said(self, says: Mapping[str, str], row: Row, number: int) -> tuple[Said, ...]:
        found: list[Said] = []
        for prop, saying in says.items():
            if saying.startswith(_REFERENCE):
                name = saying[1:]
                key = self.keys.get((name, number)) or self.keys.get((name, _ALONE))
                found += [Said(prop, key)] if key else []
            else:
                found += [Said(prop, text, language) for text, language in row.texts(saying)]
        return tuple(found)

    def _remember(self, name: str, number: int, key: str, row: Row) -> None:
        self.keys[name, number] = key
        self.rows[name, number] = row

    def _put(self, key: str, schema: str, says: tuple[Said, ...]) -> None:
        before = self.found.get(key)
        said = dict.fromkeys((*(before.says if before else ()), *says))
        known = self.known.get(key)
        instead_of = known.instead_of if known is not None else frozenset[str]()
        self.found[key] = Drafted(key, schema, tuple(said), instead_of)

    def _key(self, *path: str) -> str:
        return key_of_entity(self.told.source, *path)


def _seen(thing: Thing, number: int, row: Row) -> Seen:
    texts = {name: row.texts(name) for name in thing.key}
    said = {name: some[0][0] for name, some in texts.items() if some}
    naming = {name for name in said if row.fields[name].type.name != _NAMES_NOTHING}
    return Seen(thing.name, number, said, naming)


def _moment_of(event: Iterable[Said]) -> tuple[Said, ...]:
    said = {one.prop: one.value for one in event}
    return tuple(Said("date", said[prop]) for prop in _MOMENTS if prop in said)[:1]


def _ends_of(name: str) -> tuple[str, str]:
    edge = schema(name).edge
    if edge is None:
        raise AssertionError(f"{name} is no link")
    return edge.source, edge.target
