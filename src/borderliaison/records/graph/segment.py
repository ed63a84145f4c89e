"""Lines between numbered nodes, in arrays that find the lines of a node at once. Pure.

A segment never changes. What is taken out of it gets the marking that nobody may read, in a copy of that
one column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.integer[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]

GONE: Final = 0
"""The marking of a line that was taken back; no reader has it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines, each a place in these arrays. What repeats has small numbers, in arrays of few bytes.

    Attributes:
        begin: the node where it begins.
        end: the node where it ends.
        kind: the number of its kind.
        marking: the number of its marking in this process.
        since: when it began, as ``times.minutes_of`` counts; ``NO_TIME`` where nothing says so.
        lasting: the number of how long it lasted; 0 where nothing says so.
        entity: the entity whose statements say it.
        source: that says it.
    """

    begin: Ints
    end: Ints
    kind: Ints
    marking: Ints
    since: Ints
    lasting: Ints
    entity: Ints
    source: Ints

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """Return the lines of several, one after the other."""
        return cls(*(np.concatenate([getattr(one, n) for one in parts]) for n in _NAMES))

    def at(self, places: Ints | Flags) -> "Columns":
        """Return some of the lines."""
        return Columns(*(getattr(self, name)[places] for name in _NAMES))

    def __len__(self) -> int:
        return len(self.begin)


_NAMES: Final = tuple(one.name for one in fields(Columns))


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines in the order of the nodes where they begin.

    Attributes:
        lines: the lines.
        leaving: where the lines of each node start; two more than there are nodes, so that a node that
            came later has none.
        entering: likewise, in ``order``.
        order: the places of the lines in the order of the nodes where they end.
    """

    lines: Columns
    leaving: Ints
    entering: Ints
    order: Ints

    @classmethod
    def of(cls, lines: Columns, nodes: int) -> Self:
        """Return these lines, in order.

        Args:
            lines: in any order.
            nodes: how many there are.
        """
        kept = lines.at(np.argsort(lines.begin, kind="stable"))
        order = np.argsort(kept.end, kind="stable").astype(np.int32)
        return cls(kept, _starts(kept.begin, nodes), _starts(kept.end, nodes), order)

    def out_of(self, nodes: Ints) -> Ints:
        """Return the places of the lines that begin at some nodes."""
        return _ranges(self.leaving, nodes)

    def into(self, nodes: Ints) -> Ints:
        """Return the places of the lines that end at some nodes."""
        places: Ints = self.order[_ranges(self.entering, nodes)]
        return places

    def without(self, sources: Ints) -> "Segment":
        """Return the same lines, those of some sources gone."""
        gone = np.isin(self.lines.source, sources)
        if not gone.any():
            return self
        marking = self.lines.marking.copy()
        marking[gone] = GONE
        return replace(self, lines=replace(self.lines, marking=marking))

    @property
    def nbytes(self) -> int:
        """How much memory it takes, in bytes."""
        held = [getattr(self.lines, name) for name in _NAMES]
        return sum(one.nbytes for one in (*held, self.leaving, self.entering, self.order))


def _starts(ends: Ints, nodes: int) -> Ints:
    starts = np.zeros(nodes + 2, np.int32)
    np.cumsum(np.bincount(ends, minlength=nodes), out=starts[1:-1])
    starts[-1] = starts[-2]
    return starts


def _ranges(starts: Ints, nodes: Ints) -> Ints:
    """Return all places from the start of each node to the start of the next."""
    known = np.minimum(nodes, len(starts) - 2)
    first, after = starts[known], starts[known + 1]
    counts = after - first
    total = int(counts.sum())
    if total == 0:
        return np.empty(0, np.int32)
    shift = first - (np.cumsum(counts) - counts)
    places: Ints = np.repeat(shift, counts) + np.arange(total, dtype=np.int32)
    return places
