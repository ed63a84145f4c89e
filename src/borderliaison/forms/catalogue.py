"""Which forms an officer may begin with, in groups, and which only answer another report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.load import load_form
from borderliaison.forms.shapes import Flag, Key, ListOf, Record, Text, Wording
from borderliaison.forms.source import Path, Source, read_source
from borderliaison.forms.store import offered, root, shipped
from borderliaison.forms.words import Words

FILE: Final = "catalogue.yaml"
_OWN: Final = Words(
    {
        "en": "Forms of this office",
        "ru": "Формы этого офиса",
        "kk": "Осы офистің нысандары",
        "ky": "Ушул офистин формалары",
        "tg": "Шаклҳои ин офис",
        "tk": "Bu ofisiň görnüşleri",
        "uz": "Ushbu ofis shakllari",
    }
)
ENTRY_KEYS: Final[Mapping[str, Key]] = {
    "form": Key(Text(r"[a-z][a-z0-9_]*"), "The form's name.", required=True),
    "about": Key(Wording(), "When to choose it, in one line.", required=True),
    "measures": Key(Flag(), "True: whoever gets it may report measures and a result."),
}
GROUP_KEYS: Final[Mapping[str, Key]] = {
    "label": Key(Wording(), "What the forms of the group are for.", required=True),
    "forms": Key(ListOf(Record(ENTRY_KEYS, "a form")), "The forms, in order.", required=True),
}
CATALOGUE_KEYS: Final[Mapping[str, Key]] = {
    "groups": Key(
        ListOf(Record(GROUP_KEYS, "a group")),
        "The forms that begin a thread, in groups, in order.",
        required=True,
    ),
    "answers": Key(
        ListOf(Record(ENTRY_KEYS, "a form")),
        "The forms that only answer another report; they are begun from it.",
        required=True,
    ),
}
CATALOGUE_SHAPE: Final = Record(CATALOGUE_KEYS, "a catalogue")


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of the catalogue.

    Attributes:
        about: when to choose it.
        measures: whether whoever gets it may report measures and a result.
    """

    form: str
    about: Words
    measures: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Forms under one heading."""

    label: Words
    forms: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All forms of this office."""

    groups: tuple[Group, ...]
    answers: tuple[Entry, ...]

    def entry(self, form: str) -> Entry | None:
        """Return what the catalogue says of a form; None for one that it does not have."""
        every = [*(one for group in self.groups for one in group.forms), *self.answers]
        return next((one for one in every if one.form == form), None)


def load_catalogue() -> Catalogue:
    """Return the catalogue, with the forms that this office has added in a last group.

    Raises:
        BadFile: the file does not follow its schema, or leaves a form out.
    """
    catalogue = _shipped_catalogue()
    own = [name for name in offered("data") if name not in shipped("data")]
    if not own:
        return catalogue
    entries = tuple(Entry(name, load_form(name).about) for name in own)
    return replace(catalogue, groups=(*catalogue.groups, Group(_OWN, entries)))


@cache
def _shipped_catalogue() -> Catalogue:
    text = root().joinpath("wording", FILE).read_text(encoding="utf-8")
    return parse_catalogue(text, FILE, frozenset(shipped("data")))


def parse_catalogue(text: str, file: str, known: frozenset[str]) -> Catalogue:
    """Read a catalogue from YAML text.

    Args:
        text: the file's text.
        file: its name.
        known: the forms that there are; each must stand in the catalogue once.

    Raises:
        BadFile: it does not follow its schema; every problem has its line.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in CATALOGUE_SHAPE.problems(source.data, ())]
    if not found:
        found = [source.problem(at, said) for at, said in _strays(source, known)]
    if found:
        raise BadFile(found)
    groups = tuple(
        Group(Words.read(one["label"]), tuple(_entry(entry) for entry in one["forms"]))
        for one in source.data["groups"]
    )
    return Catalogue(groups, tuple(_entry(one) for one in source.data["answers"]))


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(data["form"], Words.read(data["about"]), data.get("measures", False))


def _strays(source: Source, known: frozenset[str]) -> Iterator[tuple[Path, str]]:
    places: list[tuple[Path, str]] = [
        (("groups", g, "forms", f, "form"), one["form"])
        for g, group in enumerate(source.data["groups"])
        for f, one in enumerate(group["forms"])
    ]
    places += [
        (("answers", i, "form"), one["form"]) for i, one in enumerate(source.data["answers"])
    ]
    seen: set[str] = set()
    for at, name in places:
        if name not in known:
            yield at, f"there is no form {name!r}"
        elif name in seen:
            yield at, f"{name!r} is here twice"
        seen.add(name)
    for name in sorted(known - seen):
        yield (), f"the form {name!r} is missing"
