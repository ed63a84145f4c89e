"""How all that is on a chart is known: what is said of each item, by whom and how graded, at once."""

from collections.abc import Collection
from dataclasses import dataclass

from borderliaison.charts.network.groups import Groups, groups_of, numbers_of
from borderliaison.kernel.policy import Reader
from borderliaison.records.shown.dossier import Fact, facts_of
from borderliaison.records.shown.sources import SourceLine, pages_of
from borderliaison.records.shown.words import name_of


@dataclass(frozen=True, slots=True)
class Known:
    """An item with all that is said of it.

    Attributes:
        key: the canonical key for this reader.
        name: what names it.
        kind: the word of its schema.
        facts: each property with its values, and each of these with who says it.
    """

    key: str
    name: str
    kind: str
    facts: tuple[Fact, ...]

    @property
    def lines(self) -> tuple[SourceLine, ...]:
        """Who says something of it; of one report each grading once."""
        every = (line for fact in self.facts for value in fact.values for line in value.sources)
        return tuple({(one.office, one.title, grade_of(one)): one for one in every}.values())


def grade_of(line: SourceLine) -> str:
    """Return a grading as it is written: “B2”; empty where nobody graded."""
    return "".join(line.marks.grading.cells) if line.marks.grading else ""


def known_of(reader: Reader, keys: Collection[str]) -> Groups:
    """Return the items that these keys are for a reader."""
    return groups_of(reader, numbers_of(keys).values())


def told_of_all(reader: Reader, groups: Groups, lang: str) -> list[Known]:
    """Return how a reader knows of each item, by kind and name.

    Args:
        reader: who asks.
        groups: the items.
        lang: the reader's language.
    """
    profiles = groups.profiles.values()
    every = [saying for one in profiles for value in one.values for saying in value.sayings]
    pages = pages_of(reader, every, lang)
    found = [
        Known(
            one.key,
            name_of(one, lang),
            one.kind.label.text(lang),
            facts_of(reader, one, pages, lang),
        )
        for one in profiles
    ]
    return sorted(found, key=lambda one: (one.kind, one.name, one.key))
