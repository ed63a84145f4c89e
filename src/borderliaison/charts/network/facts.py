"""What is said of items, for rules and to be written beneath them: values, and how they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from borderliaison.charts.network.groups import groups_of, numbers_of
from borderliaison.kernel.policy import Reader
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.shown.signs import sign_of
from borderliaison.records.shown.words import name_of, value_words

_MAX_VALUES: Final = 5
_MAX_LENGTH: Final = 160
_LEFT_OUT: Final = frozenset({"entity", "text", "html", "json"})
"""What is no use to a rule: references stand as links, long texts are read in the panel."""
_AS_KEPT: Final = frozenset(
    {"name", "number", "phone", "email", "url", "address", "ip", "checksum", "mimetype"}
)
"""Types whose values are read as they are kept."""


@dataclass(slots=True)
class Told:
    """Properties and their values in words.

    Attributes:
        words: the label of each property.
        signs: the icon of each.
        said: by schema and property, values in words where these differ.
    """

    words: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)


def facts_of(profile: Profile) -> dict[str, list[str]]:
    """Return the values of an item as they are kept, at most a few of each property."""
    return {
        prop.name: [one.value[:_MAX_LENGTH] for one in values[:_MAX_VALUES]]
        for prop, values in profile.by_property()
        if prop.type.name not in _LEFT_OUT
    }


def told_in_words(some: Iterable[Profile], lang: str) -> Told:
    """Return the properties that items have, and those values that are read otherwise than kept."""
    told = Told()
    for profile in some:
        for prop, values in profile.by_property():
            if prop.type.name in _LEFT_OUT:
                continue
            told.words[prop.name] = prop.label.text(lang)
            told.signs[prop.name] = sign_of(prop)
            if prop.type.name not in _AS_KEPT:
                for one in values[:_MAX_VALUES]:
                    _tell(told, profile.schema, prop, one.value[:_MAX_LENGTH], lang)
    told.said = {
        name: differing
        for name, values in told.said.items()
        if (differing := {value: words for value, words in values.items() if value != words})
    }
    return told


def whereabouts(reader: Reader, some: Sequence[Profile], lang: str) -> dict[str, str]:
    """Return where events were, by their keys: the crossing point, else the place as it was written."""
    events = {one.key: one for one in some if one.kind.is_a("Event")}
    said = {key: [value.value for value in one.of("crossing")] for key, one in events.items()}
    numbers = numbers_of({key for keys in said.values() for key in keys})
    there = groups_of(reader, numbers.values())
    found: dict[str, str] = {}
    for key, one in events.items():
        points = [there.keys[numbers[at]] for at in said[key] if numbers.get(at) in there.keys]
        written = [value.value for prop in ("location", "address") for value in one.of(prop)]
        names = [name_of(there.profiles[point], lang) for point in points[:1]] or written[:1]
        found.update((key, name) for name in names)
    return found


def _tell(told: Told, schema: str, prop: Property, value: str, lang: str) -> None:
    there = told.said.setdefault(f"{schema}:{prop.name}", {})
    if value not in there:
        there[value] = value_words(schema, prop, value, lang)
