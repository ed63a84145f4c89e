"""The strip below a page's header: what the page is for, or a step of the tour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does here, in words: "J K", "move in the list"."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a page is for.

    Attributes:
        name: of the page; several routes may share it.
        is_put_away: the officer needs it no more; ``?`` brings it back.
        url: where a POST of ``name`` puts it away, and of ``back`` too brings it back.
    """

    name: str
    text: str
    keys: tuple[KeyHint, ...]
    is_put_away: bool
    url: str


@dataclass(frozen=True, slots=True)
class TourStep:
    """A step of the tour.

    Attributes:
        place: from 1.
        page: the address of the step's page.
        is_here: the officer is on it.
        show: a CSS selector of what the step speaks of.
        url: where a POST of ``step`` leads to another step, and without it ends the tour.
    """

    place: int
    total: int
    title: str
    text: str
    page: str
    is_here: bool
    show: str
    url: str

    @property
    def previous(self) -> int:
        """The step before; 0 at the first."""
        return self.place - 1

    @property
    def following(self) -> int:
        """The step after; 0 at the last."""
        return self.place + 1 if self.place < self.total else 0
