"""Markings: four independent axes, never one rank.

Classification, handling and audience are lattices: ``join`` is the marking of a page that shows both,
and is never easier to read than either. Grading says how reliable something is and limits nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Final, Self

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.realm import LIVE, Realm

ANY_AGENCY: Final = AgencyCode("*")
NOBODY: Final = OfficeCode("")


class Level(IntEnum):
    """The rank that the countries' own words share. The national word is a label, not a level."""

    OPEN = 0
    OFFICIAL = 1
    SECRET = 2
    TOP_SECRET = 3
    SPECIAL = 4


NODE_CEILING: Final = Level.OFFICIAL
"""What is classified higher is refused at entry; a secret network is a separate installation."""


@dataclass(frozen=True, slots=True)
class Classification:
    """A level, and the countries whose rules asked for it.

    The order is by level; at the same level the countries add up, so that a page from two countries
    carries both words.
    """

    level: Level = Level.OPEN
    countries: frozenset[CountryCode] = frozenset()

    def join(self, other: Self) -> Self:
        """Return the stricter of the two, or both countries' at the same level."""
        if self.level != other.level:
            return max(self, other, key=lambda one: one.level)
        return type(self)(self.level, self.countries | other.countries)

    def __le__(self, other: Self) -> bool:
        return self.join(other) == other


class Handling(StrEnum):
    """Handling codes of Regulation (EU) 2016/794's practice, as in domain.md section 7."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


@dataclass(frozen=True, slots=True)
class HandlingCodes:
    """The set of handling codes that hold together, and the free text of H3.

    H0 (for preventing and combating crime) holds always and is written only when nothing else does.
    """

    codes: frozenset[Handling] = frozenset()
    text: str = ""

    def __post_init__(self) -> None:
        """Leave out H0, which restricts nothing, and refuse H3 without its text."""
        object.__setattr__(self, "codes", self.codes - {Handling.H0})
        if (Handling.H3 in self.codes) != bool(self.text):
            raise MalformedData("H3 and its text go together")

    def join(self, other: Self) -> Self:
        """Return all restrictions of both."""
        texts = sorted({part for one in (self, other) for part in one.text.split("\n") if part})
        return type(self)(self.codes | other.codes, "\n".join(texts))

    def __le__(self, other: Self) -> bool:
        return self.join(other) == other

    def shown(self) -> tuple[Handling, ...]:
        """Return the codes to show, in order; H0 where there is no other."""
        return tuple(sorted(self.codes)) or (Handling.H0,)


@dataclass(frozen=True, slots=True, order=True)
class Readers:
    """One line of an audience: an agency in an office, or (``*``) every agency in it."""

    office: OfficeCode
    agency: AgencyCode = ANY_AGENCY

    def covers(self, office: OfficeCode, agency: AgencyCode) -> bool:
        """Whether an officer of this agency in this office is meant."""
        return self.office == office and self.agency in (ANY_AGENCY, agency)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is addressed, and the office that keeps control of it.

    ``lines`` is kept without lines that another covers. The join is the intersection: a page that
    shows two things is for those who may read both.
    """

    lines: frozenset[Readers] = frozenset()

    def __post_init__(self) -> None:
        """Drop the lines that a whole-office line covers."""
        whole = {line.office for line in self.lines if line.agency == ANY_AGENCY}
        kept = frozenset(x for x in self.lines if x.agency == ANY_AGENCY or x.office not in whole)
        object.__setattr__(self, "lines", kept)

    @classmethod
    def of(cls, *pairs: tuple[str, str]) -> Self:
        """Make an audience from (office, agency) pairs."""
        return cls(frozenset(Readers(OfficeCode(o), AgencyCode(a)) for o, a in pairs))

    def includes(self, office: OfficeCode, agency: AgencyCode) -> bool:
        """Whether an officer of this agency in this office is addressed."""
        return any(line.covers(office, agency) for line in self.lines)

    def join(self, other: Self) -> Self:
        """Return those who are in both."""
        ours, theirs = self._agencies(), other._agencies()
        both = {
            Readers(office, agency)
            for office in ours.keys() & theirs.keys()
            for agency in _common(ours[office], theirs[office])
        }
        return type(self)(frozenset(both))

    def __le__(self, other: Self) -> bool:
        return self.join(other) == other

    def _agencies(self) -> dict[OfficeCode, set[AgencyCode]]:
        found: dict[OfficeCode, set[AgencyCode]] = {}
        for line in self.lines:
            found.setdefault(line.office, set()).add(line.agency)
        return found

    def offices(self) -> tuple[OfficeCode, ...]:
        """Return the offices addressed, in order."""
        return tuple(sorted({line.office for line in self.lines}))


def _common(ours: set[AgencyCode], theirs: set[AgencyCode]) -> set[AgencyCode]:
    """Return the agencies of one office that are in both; ``*`` stands alone and is all of them."""
    if ANY_AGENCY in ours:
        return theirs
    return ours if ANY_AGENCY in theirs else ours & theirs


@dataclass(frozen=True, slots=True)
class Grading:
    """How reliable source and information are, in one scheme. Never converted silently.

    Attributes:
        scheme: ``4x4``, ``admiralty``, ``5x5x5`` or ``3x5x2``; empty where nothing was graded.
        version: the scheme's version as the code lists keep it.
        value: the value as it is written: ``B2``.
    """

    scheme: str = ""
    version: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """What stands on every row: realm, classification, handling, audience, originator, grading."""

    realm: Realm = LIVE
    classification: Classification = field(default_factory=Classification)
    handling: HandlingCodes = field(default_factory=HandlingCodes)
    audience: Audience = field(default_factory=Audience)
    originator: OfficeCode = NOBODY
    grading: Grading = field(default_factory=Grading)

    def join(self, other: Self) -> Self:
        """Return the marking of what is made of both: the strictest on each axis, graded by nobody.

        Raises:
            MalformedData: one is live and the other an exercise's, or of two exercises.
        """
        if self.realm != other.realm:
            raise MalformedData("two realms are never joined")
        return type(self)(
            realm=self.realm,
            classification=self.classification.join(other.classification),
            handling=self.handling.join(other.handling),
            audience=self.audience.join(other.audience),
            originator=self.originator if self.originator == other.originator else NOBODY,
        )

    def to_data(self) -> dict[str, Any]:
        """Return the marking as plain data with one form only, for canonical encoding."""
        return {
            "realm": str(self.realm),
            "level": int(self.classification.level),
            "countries": sorted(self.classification.countries),
            "handling": sorted(str(code) for code in self.handling.codes),
            "handling_text": self.handling.text,
            "audience": [[line.office, line.agency] for line in sorted(self.audience.lines)],
            "originator": self.originator,
            "grading": [self.grading.scheme, self.grading.version, self.grading.value],
        }

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedData: it is not a marking in its one form.
        """
        try:
            _check_types(data)
            marking = cls(
                realm=Realm.parse(data["realm"]),
                classification=Classification(
                    Level(data["level"]), frozenset(CountryCode(c) for c in data["countries"])
                ),
                handling=HandlingCodes(
                    frozenset(Handling(c) for c in data["handling"]), data["handling_text"]
                ),
                audience=Audience.of(*[(o, a) for o, a in data["audience"]]),
                originator=OfficeCode(data["originator"]),
                grading=Grading(*data["grading"]),
            )
            same = marking.to_data() == data
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MalformedData("not a marking") from error
        if not same:
            raise MalformedData("not a marking in its one form")
        return marking


def _check_types(data: Any) -> None:
    pairs = [part for line in data["audience"] for part in line]
    lists = [*data["countries"], *data["handling"], *data["grading"], *pairs]
    texts = [*lists, data["realm"], data["handling_text"], data["originator"]]
    if not all(isinstance(text, str) for text in texts) or isinstance(data["level"], bool):
        raise MalformedData("not a marking: text and numbers are mixed up")


@dataclass(frozen=True, slots=True)
class PageMarking:
    """The strictest marking on a page: the join of what it shows."""

    classification: Classification = field(default_factory=Classification)
    handling: HandlingCodes = field(default_factory=HandlingCodes)
    audience: Audience | None = None

    @classmethod
    def of(cls, markings: Iterable[Marking]) -> Self:
        """Join the markings of everything that a page shows."""
        classification, handling, audience = Classification(), HandlingCodes(), None
        for one in markings:
            classification = classification.join(one.classification)
            handling = handling.join(one.handling)
            audience = one.audience if audience is None else audience.join(one.audience)
        return cls(classification, handling, audience)
