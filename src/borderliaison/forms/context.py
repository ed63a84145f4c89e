"""What a check must be told: the time, the office's zone, the realm, and the names of the network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from borderliaison.forms.words import Words
from borderliaison.kernel.realm import Realm


class PlaceKind(StrEnum):
    """What the directory of the network names."""

    OFFICE = "office"
    CROSSING = "crossing"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of offices, crossing points and agencies, by code, in the order to offer them."""

    offices: Mapping[str, Words] = field(default_factory=dict)
    crossings: Mapping[str, Words] = field(default_factory=dict)
    agencies: Mapping[str, Words] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        offices: Mapping[str, Mapping[str, str]] | None = None,
        crossings: Mapping[str, Mapping[str, str]] | None = None,
        agencies: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Self:
        """Make a directory from plain ``{code: {lang: name}}``."""

        def words(data: Mapping[str, Mapping[str, str]] | None) -> dict[str, Words]:
            return {code: Words(dict(texts)) for code, texts in (data or {}).items()}

        return cls(words(offices), words(crossings), words(agencies))

    def named(self, kind: PlaceKind) -> Mapping[str, Words]:
        """Return the names of one kind."""
        match kind:
            case PlaceKind.OFFICE:
                return self.offices
            case PlaceKind.CROSSING:
                return self.crossings
            case PlaceKind.AGENCY:
                return self.agencies

    def text(self, kind: PlaceKind, code: str, lang: str) -> str:
        """Return a name; the code itself where the directory does not have it."""
        names = self.named(kind)
        return names[code].text(lang) if code in names else code


class Purpose(StrEnum):
    """Why a form is checked."""

    WRITE = "write"
    """An officer writes here and now: limits that depend on the time hold, places must be known."""
    RECEIVED = "received"
    """Another office checked it when it was written: what depends on its moment, its directory or
    its table of time zones is taken as it is; shape, size and characters are checked all the same."""


EMPTY_DIRECTORY: Final = Directory()


@dataclass(frozen=True, slots=True)
class Context:
    """What a check must be told.

    Attributes:
        now: the present instant, aware.
        zone: the IANA name of the office's time zone, in which times are typed.
        realm: live, or the exercise, of the officer or of the letter's marking. Without it, what is
            written is live, and what was received may be of either.
        directory: the names of the network.
        purpose: whether it is written here or was received.
        given: what fields may begin with (``default: {given: NAME}``): language, crossing, agencies.
        point_kinds: the kinds of the office's crossing point; none where it has no such point.
    """

    now: datetime
    zone: str
    realm: Realm | None = None
    directory: Directory = EMPTY_DIRECTORY
    purpose: Purpose = Purpose.WRITE
    given: Mapping[str, Any] = field(default_factory=dict)
    point_kinds: frozenset[str] = frozenset()
