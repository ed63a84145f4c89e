"""Going on from nodes while time advances: from each line only along one that is not earlier."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from borderliaison.records.graph.segment import Flags, Ints
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.times import NO_TIME
from borderliaison.records.graph.walking import Reached, Walk, lines_at
from borderliaison.records.graph.which import Following

_SHIFT = 33
"""A node and a moment in one number: the node above this many bits."""


def advanced(
    sight: Sight, following: Following, starts: Ints, depth: int, gap: timedelta | None
) -> Reached:
    """Return what is reached from some nodes over at most ``depth`` lines, each not before the last.

    A line counts at the moment when it began; one of which nothing says when is not gone along. Nobody
    turns round on a line: that would make an old arrival a new one.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        starts: where to begin.
        depth: how many lines away.
        gap: how long after the last line the next may begin; None for any time.
    """
    longest = (1 << _SHIFT) - 1 if gap is None else int(gap.total_seconds() // 60)
    taken = [np.zeros((2, len(one.lines)), np.uint8) for one in sight.whole.segments]
    reached = Reached(starts)
    arrivals: _Arrivals | None = None
    frontier = starts
    for turn in range(1, depth + 1):
        came = []
        for number, walks in enumerate(lines_at(sight, following, frontier)):
            for way, walk in enumerate(walks):
                from_, to = (walk.begin, walk.end) if way == 0 else (walk.end, walk.begin)
                back = taken[number][1 - way][walk.places] == turn - 1
                kept = _in_time(walk, from_, back, arrivals, longest)
                kept &= taken[number][way][walk.places] == 0
                allowed = following.nodes(to)
                kept = kept if allowed is None else kept & allowed
                gone = walk.at(kept)
                taken[number][way][gone.places] = turn
                reached.walks.append(gone.at(taken[number][1 - way][gone.places] == 0))
                came.append(_keys(to[kept], gone))
        arrivals = _Arrivals(*np.unique(np.concatenate(came), return_counts=True))
        frontier = np.unique(arrivals.keys >> _SHIFT).astype(np.int32)
        new = frontier[~np.isin(frontier, reached.nodes)]
        reached.nodes = np.concatenate([reached.nodes, new])
        if not len(frontier):
            break
    reached.all_nodes = len(reached.nodes)
    reached.all_ties = sum(len(one.places) for one in reached.walks)
    return reached


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """Where one came last, and when.

    Attributes:
        keys: each node with a moment, sorted.
        lines: along how many lines.
    """

    keys: Ints
    lines: Ints


def _in_time(
    walk: Walk, from_: Ints, back: Flags, arrivals: _Arrivals | None, longest: int
) -> Flags:
    """Say which lines begin after somebody came to where they lead from, and soon enough.

    Args:
        walk: the lines.
        from_: where each leads from.
        back: whether that is where it led the turn before.
        arrivals: who came; None where all begins.
        longest: how many minutes after that a line may begin.
    """
    since = walk.segment.lines.since[walk.places].astype(np.int64)
    timed: Flags = since != NO_TIME
    if arrivals is None or not len(arrivals.keys):
        return timed
    here = from_.astype(np.int64) << _SHIFT
    last = np.searchsorted(arrivals.keys, here + since, side="right") - 1
    last -= back & (arrivals.lines[np.maximum(last, 0)] == 1)
    came = arrivals.keys[np.maximum(last, 0)]
    soon: Flags = (last >= 0) & (came >= here) & (came >= here + since - longest)
    return timed & soon


def _keys(nodes: Ints, walk: Walk) -> Ints:
    since = walk.segment.lines.since[walk.places].astype(np.int64)
    keys: Ints = (nodes.astype(np.int64) << _SHIFT) + since
    return keys
