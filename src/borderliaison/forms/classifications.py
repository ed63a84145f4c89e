"""The words of markings: each country's words for its levels, handling codes, TLP labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from borderliaison.forms.codes import CodeList, load_codes
from borderliaison.forms.errors import BadFile
from borderliaison.forms.shapes import Key, ListOf, MapOf, Record, Text, Whole, Wording
from borderliaison.forms.source import read_source
from borderliaison.forms.store import read_file
from borderliaison.forms.words import LANGUAGES, Words
from borderliaison.kernel.ids import CountryCode
from borderliaison.kernel.marking import Classification, Handling, Level

LEVEL_KEYS: Final[Mapping[str, Key]] = {
    "label": Key(Wording(), "The word on the document.", required=True),
    "short": Key(Wording(), "Its usual abbreviation."),
}
_LEVELS: Final = tuple(level.name for level in Level)
_WORDS: Final = MapOf(Record(LEVEL_KEYS, "a level"), "|".join(_LEVELS))
LABELS_SHAPE: Final = Record(
    {
        "labels": Key(Text(choices=("classification",)), "What is labelled.", required=True),
        "version": Key(Whole(1), "The version, as in the file's name.", required=True),
        "native_review": Key(ListOf(Text(choices=LANGUAGES)), "Languages whose words are drafts."),
        "general": Key(_WORDS, "The words where no country is named.", required=True),
        "countries": Key(MapOf(_WORDS, "[A-Z]{2}"), "Each country's words.", required=True),
    },
    "classification words",
)


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The word for a level, and its abbreviation."""

    label: Words
    short: Words = field(default_factory=Words)

    def text(self, lang: str, *, short: bool = False) -> str:
        """Return the word, or the abbreviation where one exists in this language."""
        return (self.short if short and self.short else self.label).text(lang)


@dataclass(frozen=True, slots=True)
class Labels:
    """All words for classification levels."""

    general: Mapping[Level, LevelWords]
    countries: Mapping[CountryCode, Mapping[Level, LevelWords]]
    unreviewed: frozenset[str]


@cache
def load_labels() -> Labels:
    """Return the words for classification levels.

    Raises:
        BadFile: the file does not follow its schema.
    """
    file, text = read_file("labels", "classification", None)
    return parse_labels(text, file)


def parse_labels(text: str, file: str) -> Labels:
    """Read the words for classification levels from YAML text.

    Raises:
        BadFile: it does not follow the schema.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in LABELS_SHAPE.problems(source.data, ())]
    if not found:
        missing = [name for name in _LEVELS if name not in source.data["general"]]
        found += [source.problem(("general",), f"{name} is missing") for name in missing]
    if found:
        raise BadFile(found)
    return Labels(
        _level_words(source.data["general"]),
        {CountryCode(c): _level_words(words) for c, words in source.data["countries"].items()},
        frozenset(source.data.get("native_review", ())),
    )


def _level_words(data: Mapping[str, Any]) -> dict[Level, LevelWords]:
    return {
        Level[name]: LevelWords(Words.read(one["label"]), Words.read(one.get("short")))
        for name, one in data.items()
    }


def level_word(level: Level, country: str, lang: str, *, short: bool = False) -> str:
    """Return the word that a country writes for a level.

    Args:
        level: the level.
        country: the country's code; one without words of its own, or none, gives the general word.
        lang: the language of the page; where the country has no word in it, the Russian one stands.
        short: whether the usual abbreviation will do (ДСП).
    """
    labels = load_labels()
    words = labels.countries.get(CountryCode(country), {}).get(level) or labels.general[level]
    return words.text(lang, short=short)


def classification_words(
    classification: Classification, lang: str, *, short: bool = False
) -> tuple[str, ...]:
    """Return the words to write for a classification: each country's, equal ones once."""
    countries = sorted(classification.countries) or [CountryCode("")]
    words = [level_word(classification.level, one, lang, short=short) for one in countries]
    return tuple(dict.fromkeys(words))


def handling_text(code: Handling, lang: str, *, short: bool = False) -> str:
    """Return what a handling code says."""
    found = load_codes("handling").codes[str(code)]
    return found.brief(lang) if short else found.label.text(lang)


def handling_note(code: Handling, lang: str) -> str:
    """Return what a handling code limits, and what it does not."""
    return load_codes("handling").codes[str(code)].note.text(lang)


def tlp() -> CodeList:
    """Return the labels of TLP 2.0. They are never translated; their notes are."""
    return load_codes("tlp", 2)
