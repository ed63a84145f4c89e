"""Markings as a page shows them: grading, classification, handling, audience, in this order."""

from dataclasses import dataclass, field

from borderliaison.kernel.marking import Grading
from borderliaison.ui.shell import MarkingLabels

SCHEME_LABELS = {"4x4": "4×4", "5x5x5": "5×5×5", "3x5x2": "3×5×2", "admiralty": "Admiralty"}


@dataclass(frozen=True, slots=True)
class GradingLabel:
    """A grading in its cells.

    Attributes:
        cells: ``("B", "2")``.
        scheme: as written beside the cells; empty where no other scheme can be meant.
        meaning: the exact words of the scheme.
        lines: the same by axis: "Source", "Reliable in most instances".
    """

    cells: tuple[str, ...]
    scheme: str = ""
    meaning: str = ""
    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, grading: Grading, meaning: str = "", *, with_scheme: bool = True) -> "GradingLabel":
        """Make the label of a grading."""
        scheme = SCHEME_LABELS.get(grading.scheme, grading.scheme) if with_scheme else ""
        return cls(tuple(grading.value), scheme, meaning)


@dataclass(frozen=True, slots=True)
class Marks:
    """All the markings of one thing."""

    grading: GradingLabel | None = None
    labels: MarkingLabels = field(default_factory=MarkingLabels)
