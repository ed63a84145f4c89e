"""One record as its page shows it: every value with how it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from borderliaison.kernel.marking import PageMarking
from borderliaison.kernel.policy import Reader
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile, Value
from borderliaison.records.shown.links import Links, links_of
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.sources import Page, SourceLine, line_of, pages_of
from borderliaison.records.shown.words import name_of, value_words


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value with who says it.

    Attributes:
        words: the value in the reader's words.
        is_long: whether it is a text of its own.
        offices: who says it, by their short names, each once.
        sources: each saying.
    """

    words: str
    language: str
    is_long: bool
    offices: tuple[str, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values."""

    label: str
    values: tuple[FactValue, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether sources say different things of it."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class Dossier:
    """One record, in words.

    Attributes:
        members: how many entities of sources are this one.
        marking: the strictest of all that is shown.
    """

    key: str
    name: str
    kind: str
    icon: str
    facts: tuple[Fact, ...]
    links: Links
    members: int
    sources: int
    offices: tuple[str, ...]
    marking: PageMarking


def dossier_of(reader: Reader, profile: Profile, lang: str) -> Dossier:
    """Return what a reader may know of a record, ready for its page."""
    sayings = [saying for one in profile.values for saying in one.sayings]
    pages = pages_of(reader, sayings, lang)
    facts = facts_of(reader, profile, pages, lang)
    links = links_of(reader, profile, lang)
    offices = dict.fromkeys(
        office for fact in facts for one in fact.values for office in one.offices
    )
    return Dossier(
        key=profile.key,
        name=name_of(profile, lang),
        kind=profile.kind.label.text(lang),
        icon=icon_of(profile.schema),
        facts=facts,
        links=links,
        members=len(profile.pks),
        sources=len({one.source for one in sayings}),
        offices=tuple(offices),
        marking=PageMarking.of((*(one.marking for one in sayings), *links.markings)),
    )


def facts_of(
    reader: Reader, profile: Profile, pages: Mapping[str, Page], lang: str
) -> tuple[Fact, ...]:
    """Return what is said of a record, in words, each value with who says it.

    Args:
        reader: who reads it.
        profile: what he may know of it.
        pages: of the sources, as ``pages_of`` finds them.
        lang: the reader's language.
    """
    return tuple(
        Fact(
            prop.label.text(lang),
            tuple(_value(profile, prop, one, pages, reader, lang) for one in values),
        )
        for prop, values in profile.by_property()
        if prop.type.name != "entity" and not prop.is_hidden
    )


def _value(
    profile: Profile,
    prop: Property,
    value: Value,
    pages: Mapping[str, Page],
    reader: Reader,
    lang: str,
) -> FactValue:
    lines = tuple(line_of(one, pages, reader.office, lang) for one in value.sayings)
    return FactValue(
        words=value_words(profile.schema, prop, value.value, lang),
        language=value.language,
        is_long=prop.type.name in ("text", "html"),
        offices=tuple(dict.fromkeys(one.office for one in lines)),
        sources=lines,
    )
