"""The shape that a data file must have, as values: what checks the files is also what documents them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from borderliaison.forms.source import Path
from borderliaison.forms.words import LANGUAGES, REQUIRED_LANGUAGES

Found = Iterator[tuple[Path, str]]


class Shape(Protocol):
    """What a value in a file must be."""

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        ...

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text, of a pattern or one of a few words."""

    pattern: str = ""
    choices: tuple[str, ...] = ()
    name: str = "text"

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        return "one of " + ", ".join(self.choices) if self.choices else self.name

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        right = isinstance(data, str) and data != ""
        right = right and (not self.choices or data in self.choices)
        if not right or (self.pattern and not re.fullmatch(self.pattern, data)):
            yield at, f"{data!r} is not {self.about}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    least: int = 0
    most: int = 10**9

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        return f"a whole number from {self.least} to {self.most}"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        number = isinstance(data, int) and not isinstance(data, bool)
        if not number or not self.least <= data <= self.most:
            yield at, f"{data!r} is not {self.about}"


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    about: str = "true or false"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        if not isinstance(data, bool):
            yield at, f"{data!r} is not {self.about}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words per language, English and Russian always."""

    about: str = "words per language, with en and ru"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        if not isinstance(data, dict):
            yield at, f"expected {self.about}"
            return
        for lang in REQUIRED_LANGUAGES:
            if lang not in data:
                yield at, f"the {lang} words are missing"
        for lang, text in data.items():
            if lang not in LANGUAGES:
                yield (*at, lang), f"{lang!r} is not one of {', '.join(LANGUAGES)}"
            elif not isinstance(text, str) or not text.strip():
                yield (*at, lang), "the words are empty or not text"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one shape."""

    item: Shape
    least: int = 1

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        return f"a list of {self.item.about}"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        if not isinstance(data, list) or len(data) < self.least:
            yield at, f"expected {self.about}, at least {self.least}"
            return
        for index, one in enumerate(data):
            yield from self.item.problems(one, (*at, index))


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from names of a pattern to one shape."""

    item: Shape
    pattern: str = r"[A-Za-z0-9][A-Za-z0-9_+.-]*"

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        return f"a mapping of names to {self.item.about}"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        if not isinstance(data, dict) or not data:
            yield at, f"expected {self.about}"
            return
        for name, one in data.items():
            if not re.fullmatch(self.pattern, name):
                yield (*at, name), f"{name!r} is not a name of the form {self.pattern}"
            yield from self.item.problems(one, (*at, name))


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, whether it must be there, and what it means."""

    shape: Shape
    what: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys."""

    keys: Mapping[str, Key]
    name: str = "a record"

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        return self.name

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        if not isinstance(data, dict):
            yield at, f"expected {self.name} with keys {', '.join(self.keys)}"
            return
        for name, key in self.keys.items():
            if name in data:
                yield from key.shape.problems(data[name], (*at, name))
            elif key.required:
                yield at, f"the key {name!r} is missing"
        for name in data:
            if name not in self.keys:
                yield (*at, name), f"unknown key; known here: {', '.join(self.keys)}"


@dataclass(frozen=True, slots=True)
class Either:
    """A mapping of one shape, or something plainer of another, or a list of a third."""

    plain: Shape
    record: Shape
    listed: Shape | None = None

    @property
    def about(self) -> str:
        """What is expected, in a few words."""
        shapes = [self.plain, self.record, *([self.listed] if self.listed else [])]
        return ", or ".join(one.about for one in shapes)

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        shape = self.record if isinstance(data, dict) else self.plain
        if self.listed is not None and isinstance(data, list):
            shape = self.listed
        yield from shape.problems(data, at)
