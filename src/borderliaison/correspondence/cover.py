"""What an officer chooses beside the form: classification, handling, grading, and who is addressed.

Kept as typed in a draft; becomes a ``Marking`` when everything in it holds.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import (
    ANY_AGENCY,
    NODE_CEILING,
    Audience,
    Classification,
    Grading,
    Handling,
    HandlingCodes,
    Level,
    Marking,
    Readers,
)
from borderliaison.kernel.realm import Realm

MAX_LINES: Final = 100
MAX_HANDLING_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Cover:
    """The choices, in plain values.

    Attributes:
        level: 0 open, 1 for official use.
        handling: codes ``H1`` to ``H3``; none of them means H0.
        handling_text: what H3 asks for.
        grading: scheme, version and value: ``("4x4", "2016", "B2")``.
        own: agencies of the own office; empty means all of them.
        to: who is addressed: ``KG-DST`` (every agency there) or ``KG-DST:KG-CUS``.
    """

    level: int = int(Level.OFFICIAL)
    handling: tuple[str, ...] = ("H1",)
    handling_text: str = ""
    grading: tuple[str, str, str] = ("", "", "")
    own: tuple[str, ...] = ()
    to: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_data`` wrote; what is not in its form is left at its default."""
        made = cls()
        level, text, grading = (data.get(name) for name in ("level", "handling_text", "grading"))
        if type(level) is int and 0 <= level <= NODE_CEILING:
            made = replace(made, level=level)
        if isinstance(text, str):
            made = replace(made, handling_text=text[:MAX_HANDLING_TEXT])
        match grading:
            case [str(scheme), str(version), str(value)]:
                made = replace(made, grading=(scheme[:20], version[:20], value[:20]))
        return replace(
            made,
            handling=_texts(data.get("handling"), made.handling),
            own=_texts(data.get("own"), made.own),
            to=_texts(data.get("to"), made.to),
        )

    def to_data(self) -> dict[str, Any]:
        """Return plain data for a draft."""
        return {
            "level": self.level,
            "handling": list(self.handling),
            "handling_text": self.handling_text,
            "grading": list(self.grading),
            "own": list(self.own),
            "to": list(self.to),
        }

    def addressed(self) -> frozenset[Readers]:
        """Return the lines of the audience outside the own office."""
        lines = set()
        for one in self.to:
            office, _, agency = one.partition(":")
            lines.add(Readers(OfficeCode(office), AgencyCode(agency) if agency else ANY_AGENCY))
        return frozenset(lines)

    def marking(self, office: OfficeCode, realm: Realm) -> Marking:
        """Return the marking of what ``office`` writes under this cover.

        Raises:
            MalformedData: H3 without its text, or a code that does not exist.
        """
        try:
            codes = frozenset(Handling(code) for code in self.handling)
        except ValueError as error:
            raise MalformedData("unknown handling code") from error
        level = Level(self.level)
        countries = frozenset({CountryCode(office[:2])} if level else set())
        text = self.handling_text.strip() if Handling.H3 in codes else ""
        own = {Readers(office, AgencyCode(agency)) for agency in self.own} or {Readers(office)}
        return Marking(
            realm=realm,
            classification=Classification(level, countries),
            handling=HandlingCodes(codes, text),
            audience=Audience(frozenset(own) | self.addressed()),
            originator=office,
            grading=Grading(*self.grading),
        )

    @classmethod
    def of(cls, marking: Marking, office: OfficeCode) -> Self:
        """Return the cover under which ``office`` would write what has this marking."""
        lines = sorted(marking.audience.lines)
        grading = marking.grading
        return cls(
            level=int(marking.classification.level),
            handling=tuple(sorted(str(code) for code in marking.handling.codes)),
            handling_text=marking.handling.text,
            grading=(grading.scheme, grading.version, grading.value),
            own=tuple(x.agency for x in lines if x.office == office and x.agency != ANY_AGENCY),
            to=tuple(
                x.office if x.agency == ANY_AGENCY else f"{x.office}:{x.agency}"
                for x in lines
                if x.office != office
            ),
        )


def _texts(value: Any, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value[:MAX_LINES])
    return otherwise
