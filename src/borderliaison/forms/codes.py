"""Code lists: closed lists of codes with words per language, each list with a version of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.icons import icon_of_code
from borderliaison.forms.shapes import Key, ListOf, MapOf, Record, Text, Whole, Wording
from borderliaison.forms.source import Path, read_source
from borderliaison.forms.store import read_file, state
from borderliaison.forms.words import LANGUAGES, Words

CODE_KEYS: Final = {
    "label": Key(Wording(), "The words for the code.", required=True),
    "short": Key(Wording(), "Shorter words, for titles and chips."),
    "note": Key(Wording(), "One sentence that says when to choose the code."),
    "icon": Key(Text(r"[a-z0-9-]+"), "The name of an outline icon of the Tabler set."),
    "aliases": Key(ListOf(Text()), "Other ways to write it, by which it is also found."),
    "group": Key(Text(r"[a-z][a-z0-9_]*"), "The group under which it is offered."),
}
LIST_KEYS: Final = {
    "list": Key(Text(r"[a-z][a-z0-9_]*"), "The list's name, as in the file's name.", required=True),
    "version": Key(Whole(1), "The list's version, as in the file's name.", required=True),
    "label": Key(Wording(), "What the list is of.", required=True),
    "native_review": Key(
        ListOf(Text(choices=LANGUAGES)),
        "Languages whose words are drafts until a native speaker of the service has read them.",
    ),
    "source": Key(Text(), "The standard or publication from which the codes are."),
    "groups": Key(MapOf(Wording()), "The groups of codes, with their words, in the order shown."),
    "codes": Key(
        MapOf(Record(CODE_KEYS, "a code")), "The codes, in the order shown.", required=True
    ),
}
LIST_SHAPE: Final = Record(LIST_KEYS, "a code list")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list."""

    code: str
    label: Words
    short: Words = field(default_factory=Words)
    note: Words = field(default_factory=Words)
    icon: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""

    @property
    def spellings(self) -> str:
        """Every way to write it in any language, by each of which it is found."""
        ways = [*self.label.texts.values(), *self.short.texts.values(), *self.aliases]
        return " ".join(dict.fromkeys(ways))

    def brief(self, lang: str) -> str:
        """Return the short words, or the label where there are none."""
        return (self.short or self.label).text(lang)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list in one version."""

    name: str
    version: int
    label: Words
    codes: Mapping[str, Code]
    unreviewed: frozenset[str] = frozenset()
    groups: Mapping[str, Words] = field(default_factory=dict)
    source: str = ""

    def group_text(self, code: Code, lang: str) -> str:
        """Return the words of the group of a code; empty where it is in none."""
        return self.groups[code.group].text(lang) if code.group in self.groups else ""

    def text(self, code: str, lang: str) -> str:
        """Return the label of a code; the code itself where the list does not have it."""
        found = self.codes.get(code)
        return found.label.text(lang) if found else code


@dataclass(frozen=True, slots=True)
class Phrase:
    """A coded phrase: said by its number, read in the reader's language.

    Attributes:
        number: three digits: ``041``.
        words: the sentence per language.
        unreviewed: the languages whose words are drafts until a native speaker has read them.
    """

    number: str
    words: Words
    unreviewed: frozenset[str]

    def text(self, lang: str) -> str:
        """Return the sentence in the reader's language."""
        return self.words.text(lang)


def parse_codes(text: str, file: str) -> CodeList:
    """Read a code list from YAML text.

    Raises:
        BadFile: it does not follow the schema.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in LIST_SHAPE.problems(source.data, ())]
    if not found:
        found = [source.problem(at, said) for at, said in _group_problems(source.data)]
    if not found and file != f"{source.data['list']}.v{source.data['version']}.yaml":
        found.append(source.problem(("list",), "list and version differ from the file's name"))
    if found:
        raise BadFile(found)
    return CodeList(
        name=source.data["list"],
        version=source.data["version"],
        label=Words.read(source.data["label"]),
        codes={
            code: _code(source.data["list"], code, data)
            for code, data in source.data["codes"].items()
        },
        unreviewed=frozenset(source.data.get("native_review", ())),
        groups={name: Words.read(one) for name, one in source.data.get("groups", {}).items()},
        source=source.data.get("source", ""),
    )


def _group_problems(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    groups = data.get("groups", {})
    for code, one in data["codes"].items():
        if groups and one.get("group") not in groups:
            yield ("codes", code), f"expected a group: one of {', '.join(groups)}"
        elif not groups and "group" in one:
            yield ("codes", code, "group"), "the list has no groups"


def _code(name: str, code: str, data: dict[str, Any]) -> Code:
    return Code(
        code=code,
        label=Words.read(data["label"]),
        short=Words.read(data.get("short")),
        note=Words.read(data.get("note")),
        icon=icon_of_code(name, code, data.get("group", ""), data.get("icon", "")),
        aliases=tuple(str(one) for one in data.get("aliases", ())),
        group=data.get("group", ""),
    )


def load_codes(name: str, version: int | None = None) -> CodeList:
    """Return a code list, in its newest version unless told.

    Raises:
        UnknownForm: there is no such list or version.
        BadFile: the file does not follow the schema.
    """
    return read_codes(name, version, state())


@cache
def read_codes(name: str, version: int | None, state: str) -> CodeList:
    """Return a code list, read once in this state of the office's own files."""
    del state
    file, text = read_file("codes", name, version)
    return parse_codes(text, file)


def load_phrases(version: int | None = None) -> dict[str, Phrase]:
    """Return the coded phrases by number, in order."""
    listed = load_codes("phrases", version)
    return {
        number: Phrase(number, code.label, listed.unreviewed)
        for number, code in listed.codes.items()
    }
