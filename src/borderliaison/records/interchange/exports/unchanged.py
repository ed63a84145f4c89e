"""Whether the records still say what a file was made of: asked once it is whole, as it is handed over.

What was taken out of the records meanwhile, by whomever, or stands under another marking, must not leave.
Each such change is noted with its source; a set is taken in or back in many commits, and noted at its end.
"""

from dataclasses import dataclass, field
from typing import Self

from borderliaison.records.changes import changed_after, place_now
from borderliaison.records.interchange.alone import is_busy
from borderliaison.records.interchange.errors import ChangedMeanwhile
from borderliaison.records.interchange.models import ImportPart


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file is made of.

    Attributes:
        place: of the changes, before any of it was read.
        sources: the numbers of those of whom anything is in it.
    """

    place: int
    sources: set[int] = field(default_factory=set)

    @classmethod
    def now(cls) -> Self:
        """Begin one, of which nothing was read yet."""
        return cls(place_now())

    def check(self) -> None:
        """Look whether all of it is as it was.

        Raises:
            ChangedMeanwhile: a source says something else, nothing, or under another marking.
        """
        if not self.sources.isdisjoint(changed_after(self.place) | _being_changed()):
            raise ChangedMeanwhile


def _being_changed() -> set[int]:
    """Return the sources of the sets that somebody takes in anew or back just now."""
    begun = ImportPart.objects.filter(of__digest="").exclude(of__things=0, of__links=0)
    rows = list(begun.values_list("source_id", "of__key"))
    busy = {key for key in {key for _, key in rows} if is_busy(key)}
    return {source for source, key in rows if key in busy}
