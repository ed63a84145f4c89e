"""Published factors by which quantities are converted to kilograms, each with its source.

Only a factor that somebody has published is here; where there is none, the quantity has no equivalent
and that is said. A factor that is published as a range gives a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from borderliaison.forms.codes import load_codes
from borderliaison.forms.errors import BadFile, UnknownForm
from borderliaison.forms.shapes import Key, ListOf, MapOf, Record, Text, Whole, Wording
from borderliaison.forms.source import Path, Source, read_source
from borderliaison.forms.store import read_file, state
from borderliaison.forms.words import Words

_NAME: Final = Text(r"[a-z][a-z0-9_]*", name="a name of small letters, digits and _")
_NUMBER: Final = Text(r"[0-9]+(\.[0-9]+)?", name="a decimal number in quotes")
_LIST: Final = Text(r"[a-z][a-z0-9_]*\.v[1-9][0-9]*", name="a list with its version")

SOURCE_KEYS: Final[Mapping[str, Key]] = {
    "title": Key(Text(), "What it is called, where it was published.", required=True),
    "says": Key(Wording(), "What it says, in one sentence.", required=True),
    "address": Key(Text(), "Where it can be read."),
}
FACTOR_KEYS: Final[Mapping[str, Key]] = {
    "unit": Key(Text(), "The unit that is converted.", required=True),
    "groups": Key(ListOf(_NAME), "Of which groups of codes; of every code if not said."),
    "codes": Key(ListOf(_NAME), "Of which codes; of every code of the groups if not said."),
    "kg": Key(_NUMBER, "Kilograms in one unit; the least where it is a range.", required=True),
    "kg_most": Key(_NUMBER, "The most kilograms in one unit, where it is a range."),
    "source": Key(_NAME, "Which of the sources says so.", required=True),
}
FACTORS_KEYS: Final[Mapping[str, Key]] = {
    "factors": Key(_NAME, "The name, as in the file's name.", required=True),
    "version": Key(Whole(1), "The version, as in the file's name.", required=True),
    "label": Key(Wording(), "What the factors give.", required=True),
    "codes": Key(_LIST, "The code list whose codes and groups are named.", required=True),
    "units": Key(_LIST, "The code list whose units are named.", required=True),
    "sources": Key(
        MapOf(Record(SOURCE_KEYS, "a source")), "Where factors are published.", required=True
    ),
    "rules": Key(
        ListOf(Record(FACTOR_KEYS, "a factor")),
        "The factors; the first that fits holds.",
        required=True,
    ),
}
FACTORS_SHAPE: Final = Record(FACTORS_KEYS, "a file of factors")


@dataclass(frozen=True, slots=True)
class PublishedIn:
    """Where a factor is published, and what is said there."""

    title: str
    says: Words
    address: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor.

    Attributes:
        kg: kilograms in one unit; the least of a range.
        kg_most: the most of a range; the same where it is none.
        groups: of which groups; empty for every one.
        codes: of which codes; empty for every one of the groups.
    """

    unit: str
    kg: Decimal
    kg_most: Decimal
    source: PublishedIn
    groups: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def fits(self, code: str, group: str, unit: str) -> bool:
        """Whether the factor holds for a code of a group in this unit."""
        right_code = code in self.codes if self.codes else True
        right_group = group in self.groups if self.groups else True
        return unit == self.unit and right_code and right_group


@dataclass(frozen=True, slots=True)
class Factors:
    """The factors of one file."""

    label: Words
    groups: Mapping[str, str]
    rules: tuple[Factor, ...]

    def of(self, code: str, unit: str) -> Factor | None:
        """Return the factor for a code in a unit; None where none is published."""
        group = self.groups.get(code, "")
        return next((one for one in self.rules if one.fits(code, group, unit)), None)


def load_factors(name: str, version: int | None = None) -> Factors:
    """Return factors, in their newest version unless told.

    Raises:
        UnknownForm: there is no such file or version.
        BadFile: the file does not follow the schema.
    """
    return read_factors(name, version, state())


@cache
def read_factors(name: str, version: int | None, state: str) -> Factors:
    """Return factors, read once in this state of the office's own files."""
    del state
    file, text = read_file("factors", name, version)
    return parse_factors(text, file)


def parse_factors(text: str, file: str) -> Factors:
    """Read factors from YAML text.

    Raises:
        BadFile: it does not follow the schema; every problem has its line.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in FACTORS_SHAPE.problems(source.data, ())]
    if not found:
        found = [source.problem(at, said) for at, said in _dangling(source)]
    if found:
        raise BadFile(found)
    data = source.data
    sources = {
        name: PublishedIn(one["title"], Words.read(one["says"]), one.get("address", ""))
        for name, one in data["sources"].items()
    }
    listed = _list_of(data["codes"])
    return Factors(
        label=Words.read(data["label"]),
        groups={code: one.group for code, one in listed.codes.items()},
        rules=tuple(
            Factor(
                unit=one["unit"],
                kg=Decimal(one["kg"]),
                kg_most=Decimal(one.get("kg_most", one["kg"])),
                source=sources[one["source"]],
                groups=tuple(one.get("groups", ())),
                codes=tuple(one.get("codes", ())),
            )
            for one in data["rules"]
        ),
    )


def _list_of(reference: str) -> Any:
    name, _, version = reference.rpartition(".v")
    return load_codes(name, int(version))


def _dangling(source: Source) -> list[tuple[Path, str]]:
    data = source.data
    found: list[tuple[Path, str]] = []
    if source.file != f"{data['factors']}.v{data['version']}.yaml":
        found.append((("factors",), "factors and version differ from the file's name"))
    try:
        codes, units = _list_of(data["codes"]), _list_of(data["units"])
    except UnknownForm as error:
        return [*found, (("codes",), str(error))]
    groups = {one.group for one in codes.codes.values()}
    for i, one in enumerate(data["rules"]):
        if one["unit"] not in units.codes:
            found.append((("rules", i, "unit"), f"there is no unit {one['unit']!r}"))
        if one["source"] not in data["sources"]:
            found.append((("rules", i, "source"), f"there is no source {one['source']!r}"))
        for key, known in (("groups", groups), ("codes", codes.codes)):
            for j, name in enumerate(one.get(key, ())):
                if name not in known:
                    found.append((("rules", i, key, j), f"{data['codes']!r} has no {name!r}"))
        if "kg_most" in one and Decimal(one["kg_most"]) <= Decimal(one["kg"]):
            found.append((("rules", i, "kg_most"), "the most is not more than the least"))
    return found
