"""Grading of source and information: what a value means in its scheme, and what a conversion loses.

The same letter means different things in different schemes (E is untested, unreliable or suspected
false), so a grading keeps scheme, version and value, and nothing is converted silently: a conversion is
a proposal that shows both meanings and says where they differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from borderliaison.forms.errors import BadFile, NoConversion, UnknownForm, UnknownGrading
from borderliaison.forms.shapes import Flag, Key, ListOf, MapOf, Record, Text, Whole, Wording
from borderliaison.forms.source import read_source
from borderliaison.forms.store import read_file, versions
from borderliaison.forms.words import Words
from borderliaison.kernel.marking import Grading

DEFAULT_SCHEME: Final = "4x4"
_NOT_GRADED: Final = Words({"en": "Not graded", "ru": "Не оценено"})


class Line(StrEnum):
    """How a link with this grading is drawn: firm information solid, the rest dashed."""

    SOLID = "solid"
    DASHED = "dashed"


VALUE_KEYS: Final[Mapping[str, Key]] = {
    "text": Key(Wording(), "The exact meaning.", required=True),
    "line": Key(Text(choices=tuple(Line)), "How a link with this information is drawn."),
    "to_4x4": Key(Text(), "The nearest value of 4x4; without it there is none."),
    "from_4x4": Key(Text(), "The value of 4x4 for which this is the nearest."),
    "same": Key(Flag(), "True: the meaning is the same there, nothing is lost."),
}
AXIS_KEYS: Final[Mapping[str, Key]] = {
    "name": Key(Text(choices=("source", "information", "conditions")), "Which.", required=True),
    "label": Key(Wording(), "What the part is called.", required=True),
    "optional": Key(Flag(), "True: the part may be left out of a value."),
    "values": Key(MapOf(Record(VALUE_KEYS, "a value")), "The values.", required=True),
}
SCALE_SHAPE: Final = Record(
    {
        "scale": Key(
            Text(r"[a-z0-9]+"), "The scheme's name, as in the file's name.", required=True
        ),
        "version": Key(Whole(1), "The version, as in the file's name.", required=True),
        "label": Key(Wording(), "What the scheme is called.", required=True),
        "reference": Key(Text(), "Where it is published.", required=True),
        "axes": Key(ListOf(Record(AXIS_KEYS, "a part")), "Its parts, as written.", required=True),
    },
    "a grading scheme",
)


@dataclass(frozen=True, slots=True)
class ScaleValue:
    """One value of one part of a scheme."""

    value: str
    text: Words
    line: Line | None = None
    to_4x4: str = ""
    from_4x4: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """One part of a scheme: source, information, conditions."""

    name: str
    label: Words
    values: Mapping[str, ScaleValue]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A grading scheme in one version."""

    name: str
    version: str
    label: Words
    reference: str
    axes: tuple[Axis, ...]

    def split(self, value: str) -> tuple[tuple[Axis, ScaleValue], ...]:
        """Return the parts of a value: ``B2`` is source B and information 2.

        Raises:
            UnknownGrading: it is not a value of this scheme.
        """
        needed = sum(not axis.optional for axis in self.axes)
        if not needed <= len(value) <= len(self.axes):
            raise UnknownGrading(f"{value[:8]!r} is not a value of {self.name}")
        parts = tuple(zip(self.axes, value, strict=False))
        if any(sign not in axis.values for axis, sign in parts):
            raise UnknownGrading(f"{value[:8]!r} is not a value of {self.name}")
        return tuple((axis, axis.values[sign]) for axis, sign in parts)

    def grade(self, value: str) -> Grading:
        """Return a grading in this scheme.

        Raises:
            UnknownGrading: it is not a value of this scheme.
        """
        self.split(value)
        return Grading(self.name, self.version, value)


@dataclass(frozen=True, slots=True)
class PartMeaning:
    """What one part of a grading means: ``Source``, ``B``, ``Reliable in most instances``."""

    axis: str
    label: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a grading means, in words.

    Attributes:
        scheme: the scheme's label, to show wherever schemes could mix.
        parts: each part; none where nothing was graded.
        text: everything in one string, for those who do not see.
    """

    scheme: str
    parts: tuple[PartMeaning, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PartConversion:
    """One part of a conversion: both values, both meanings, and whether they are the same."""

    before: PartMeaning
    after: PartMeaning
    same: bool


@dataclass(frozen=True, slots=True)
class Conversion:
    """A proposal for another scheme. An officer accepts it or grades again; both gradings are kept.

    Attributes:
        original: what was graded.
        proposed: the nearest in the other scheme.
        parts: what becomes of each part.
        dropped: parts for which the other scheme has no place.
    """

    original: Grading
    proposed: Grading
    parts: tuple[PartConversion, ...]
    dropped: tuple[PartMeaning, ...] = field(default=())

    lossy: bool = True
    """Always: nobody graded so. ``parts`` and ``dropped`` say where the meaning itself differs."""

    @property
    def changed(self) -> tuple[PartConversion, ...]:
        """The parts whose meaning differs."""
        return tuple(part for part in self.parts if not part.same)


def known_scales() -> tuple[str, ...]:
    """Return the names of all schemes, the default first."""
    return tuple(sorted(versions("scales"), key=lambda name: (name != DEFAULT_SCHEME, name)))


@cache
def load_scale(name: str, version: str = "") -> Scale:
    """Return a grading scheme, in its newest version unless told.

    Raises:
        UnknownGrading: there is no such scheme or version.
        BadFile: the file does not follow the schema.
    """
    if version and not (version.isascii() and version.isdigit() and len(version) < 5):
        raise UnknownGrading(f"no version {version[:8]!r}")
    try:
        file, text = read_file("scales", name, int(version) if version else None)
    except UnknownForm as error:
        raise UnknownGrading(str(error)) from error
    return parse_scale(text, file)


def parse_scale(text: str, file: str) -> Scale:
    """Read a grading scheme from YAML text.

    Raises:
        BadFile: it does not follow the schema.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in SCALE_SHAPE.problems(source.data, ())]
    if not found and file != f"{source.data['scale']}.v{source.data['version']}.yaml":
        found.append(source.problem(("scale",), "scale and version differ from the file's name"))
    if found:
        raise BadFile(found)
    data = source.data
    axes = tuple(_axis(one) for one in data["axes"])
    label = Words.read(data["label"])
    return Scale(data["scale"], str(data["version"]), label, data["reference"], axes)


def _axis(data: Mapping[str, Any]) -> Axis:
    values = {
        sign: ScaleValue(
            value=sign,
            text=Words.read(one["text"]),
            line=Line(one["line"]) if "line" in one else None,
            to_4x4=one.get("to_4x4", ""),
            from_4x4=one.get("from_4x4", ""),
            same=one.get("same", False),
        )
        for sign, one in data["values"].items()
    }
    return Axis(data["name"], Words.read(data["label"]), values, data.get("optional", False))


def meaning(grading: Grading, lang: str) -> Meaning:
    """Return what a grading means, in the reader's language.

    Raises:
        UnknownGrading: scheme, version or value are not known here.
    """
    if not grading.scheme:
        return Meaning("", (), _NOT_GRADED.text(lang))
    scale = load_scale(grading.scheme, grading.version)
    parts = tuple(_said(axis, one, lang) for axis, one in scale.split(grading.value))
    scheme = scale.label.text(lang)
    text = f"{grading.value} ({scheme}). " + " ".join(
        f"{part.label}: {part.text}." for part in parts
    )
    return Meaning(scheme, parts, text)


def _said(axis: Axis, one: ScaleValue, lang: str) -> PartMeaning:
    return PartMeaning(axis.name, axis.label.text(lang), one.value, one.text.text(lang))


def line(grading: Grading) -> Line:
    """Return how a link with this grading is drawn; dashed where nothing was graded.

    Raises:
        UnknownGrading: scheme, version or value are not known here.
    """
    if not grading.scheme:
        return Line.DASHED
    parts = load_scale(grading.scheme, grading.version).split(grading.value)
    return next((one.line for _, one in parts if one.line), Line.DASHED)


def convert(grading: Grading, scheme: str, lang: str) -> Conversion:
    """Propose a grading in another scheme, and say what it loses.

    Only to and from 4x4: a way over 4x4 would lose twice.

    Args:
        grading: what was graded.
        scheme: the other scheme's name.
        lang: the reader's language, for both meanings.

    Raises:
        UnknownGrading: the grading or the scheme is not known here.
        NoConversion: there is no agreed way, or the value has no counterpart.
    """
    old, new = load_scale(grading.scheme, grading.version), load_scale(scheme)
    if DEFAULT_SCHEME not in (old.name, new.name) or old.name == new.name:
        raise NoConversion(f"no way from {old.name} to {new.name}")
    targets = {axis.name: axis for axis in new.axes}
    parts, dropped, value = [], [], ""
    for axis, one in old.split(grading.value):
        before = _said(axis, one, lang)
        target = targets.get(axis.name)
        if target is None:
            dropped.append(before)
            continue
        found, same = _counterpart(one, target, outward=old.name == DEFAULT_SCHEME)
        parts.append(PartConversion(before, _said(target, found, lang), same))
        value += found.value
    return Conversion(grading, new.grade(value), tuple(parts), tuple(dropped))


def _counterpart(one: ScaleValue, target: Axis, *, outward: bool) -> tuple[ScaleValue, bool]:
    if outward:
        found = next((v for v in target.values.values() if v.from_4x4 == one.value), None)
        if found is not None:
            return found, found.same
    elif one.to_4x4:
        return target.values[one.to_4x4], one.same
    raise NoConversion(f"{one.value!r} has no counterpart")
