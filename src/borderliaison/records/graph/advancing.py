"""Going on from nodes while time advances: from each line only along one that is not earlier."""

from datetime import timedelta

import numpy as np

from borderliaison.records.graph.segment import Flags, Ints
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.times import NO_TIME
from borderliaison.records.graph.walking import NOTHING, Reached, Walk, lines_at
from borderliaison.records.graph.which import Following

_SHIFT = 33
"""A node and a moment in one number: the node above this many bits."""


def advanced(
    sight: Sight, following: Following, starts: Ints, depth: int, gap: timedelta | None
) -> Reached:
    """Return what is reached from some nodes over at most ``depth`` lines, each not before the last.

    A line counts at the moment when it began; one of which nothing says when is not gone along.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        starts: where to begin.
        depth: how many lines away.
        gap: how long after the last line the next may begin; None for any time.
    """
    longest = (1 << _SHIFT) - 1 if gap is None else int(gap.total_seconds() // 60)
    taken = [np.zeros((2, len(one.lines)), np.bool_) for one in sight.whole.segments]
    reached = Reached(starts)
    arrivals: Ints | None = None
    frontier = starts
    for _ in range(depth):
        came = []
        for number, walks in enumerate(lines_at(sight, following, frontier)):
            for way, walk in enumerate(walks):
                from_, to = (walk.begin, walk.end) if way == 0 else (walk.end, walk.begin)
                kept = _in_time(walk, from_, arrivals, longest)
                kept &= ~taken[number][way][walk.places]
                allowed = following.nodes(to)
                kept = kept if allowed is None else kept & allowed
                gone = walk.at(kept)
                taken[number][way][gone.places] = True
                reached.walks.append(gone.at(~taken[number][1 - way][gone.places]))
                came.append(_keys(to[kept], gone))
        arrivals = np.unique(np.concatenate([NOTHING, *came]).astype(np.int64))
        frontier = np.unique(arrivals >> _SHIFT).astype(np.int32)
        new = frontier[~np.isin(frontier, reached.nodes)]
        reached.nodes = np.concatenate([reached.nodes, new])
        if not len(frontier):
            break
    reached.all_nodes = len(reached.nodes)
    reached.all_ties = sum(len(one.places) for one in reached.walks)
    return reached


def _in_time(walk: Walk, from_: Ints, arrivals: Ints | None, longest: int) -> Flags:
    """Say which lines begin after somebody came to where they lead from, and soon enough."""
    since = walk.segment.lines.since[walk.places].astype(np.int64)
    timed: Flags = since != NO_TIME
    if arrivals is None or not len(arrivals):
        return timed
    here = from_.astype(np.int64) << _SHIFT
    last = np.searchsorted(arrivals, here + since, side="right") - 1
    came = arrivals[np.maximum(last, 0)]
    soon: Flags = (last >= 0) & (came >= here) & (came >= here + since - longest)
    return timed & soon


def _keys(nodes: Ints, walk: Walk) -> Ints:
    since = walk.segment.lines.since[walk.places].astype(np.int64)
    keys: Ints = (nodes.astype(np.int64) << _SHIFT) + since
    return keys
