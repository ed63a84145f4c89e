"""What a file has that cannot be taken in: where, what, and how often. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from borderliaison.records.values import legible

SHOWN: Final = 200
"""Of each import, one by one; all of them are counted."""

_NAMED: Final = 80


class Flaw(StrEnum):
    """What can be wrong with a line, a value or an item; ``SENTENCES`` says each."""

    LINE = "line"
    KIND = "kind"
    PROPERTY = "property"
    VALUE = "value"
    NOT_KEPT = "not_kept"
    END = "end"
    HALF = "half"
    EMPTY = "empty"
    GRADE = "grade"
    MIXED = "mixed"


SENTENCES: Final[Mapping[Flaw, str]] = {
    Flaw.LINE: "The line has another number of cells than the heading, or cannot be read",
    Flaw.KIND: "There is no such kind of record",
    Flaw.PROPERTY: "The kind has no such property",
    Flaw.VALUE: "The value is none of its property",
    Flaw.NOT_KEPT: "Nobody is recorded by this",
    Flaw.END: "The link leads to something that is not in the file",
    Flaw.HALF: "The line says something of a link and lacks one of its ends; the link is left out",
    Flaw.EMPTY: "The item lacks what it must have",
    Flaw.GRADE: "The grade is none of its scheme",
    Flaw.MIXED: "Elsewhere in the file it is of another kind; what that kind has not is left out",
}
"""What each flaw is, to be translated."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw at one place.

    Attributes:
        flaw: what is wrong.
        line: of the file; 0 where there are no lines.
        field: the column, property or kind; never a value.
    """

    flaw: Flaw
    line: int
    field: str


class Enough(Exception):
    """As many flaws were found as were to be looked for."""


@dataclass(slots=True)
class Findings:
    """All that was found.

    Attributes:
        first: the first of them, one by one.
        counts: how often, by flaw and field.
        most: how many are looked for; None for all.
    """

    first: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[Flaw, str]] = field(default_factory=Counter)
    most: int | None = None

    def add(self, flaw: Flaw, line: int, name: str) -> None:
        """Note a flaw; of a name that is long, as far as it is shown.

        Raises:
            Enough: these are as many as are looked for.
        """
        said = legible(name)[:_NAMED]
        self.counts[flaw, said] += 1
        if len(self.first) < SHOWN:
            self.first.append(Finding(flaw, line, said))
        if self.most is not None and self.total >= self.most:
            raise Enough

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total()
