"""Ways, rings, connecting networks and advancing time, compared with networkx and with plain search."""

import random
from datetime import timedelta
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from borderliaison.records.graph.advancing import advanced
from borderliaison.records.graph.connecting import connected
from borderliaison.records.graph.paths import cycles, shortest, ways
from borderliaison.records.graph.segment import Columns, Segment
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.walking import counted, expanded
from borderliaison.records.graph.which import EVERYTHING, Following
from borderliaison.records.graph.whole import Nodes, Whole

Line = tuple[int, int, int]
"""Begin, end, moment."""


def _sight(lines: list[Line], nodes: int, same: dict[int, list[int]] | None = None) -> Sight:
    """Return a graph that can be read, but for lines whose moment is 13; in two segments."""
    columns = [
        [one[0] for one in lines], [one[1] for one in lines], [0] * len(lines),
        [2 if one[2] == 13 else 1 for one in lines], [one[2] for one in lines], [0] * len(lines),
        list(range(len(lines))), [0] * len(lines),
    ]  # fmt: skip
    everything = Columns(*(np.array(one, np.int32) for one in columns))
    arrays = everything.at(everything.begin != everything.end)
    half = np.arange(len(arrays)) % 2 == 0
    known = Nodes(np.arange(nodes, dtype=np.uint32), nodes, {}, np.zeros(nodes, np.uint16))
    segments = tuple(Segment.of(arrays.at(some), nodes) for some in (half, ~half))
    node = np.arange(nodes, dtype=np.int32) if same else None
    for first, others in (same or {}).items():
        node[others] = first  # type: ignore[index]
    groups = {first: np.array(others, np.int32) for first, others in (same or {}).items()}
    may_read = np.array([False, True, False])
    whole = Whole(known, ("Use",), ("Person",), (None, 1, 2), np.zeros(1, np.uint32), segments)
    return Sight(whole, may_read, node, groups, {}, {}, known.schema, {})


def _drawn(seed: int) -> tuple[list[Line], int]:
    drawn = random.Random(seed)  # noqa: S311 - drawn alike each time
    nodes = drawn.randrange(4, 9)
    count = drawn.randrange(3, 16)
    return [
        (drawn.randrange(nodes), drawn.randrange(nodes), drawn.randrange(1, 20))
        for _ in range(count)
    ], nodes


def _oracle(lines: list[Line], nodes: int, same: dict[int, list[int]] | None = None) -> nx.Graph:
    of = {other: first for first, others in (same or {}).items() for other in others}
    found = nx.Graph()
    found.add_nodes_from({of.get(one, one) for one in range(nodes)})
    ends = [(of.get(a, a), of.get(b, b)) for a, b, at in lines if at != 13]
    found.add_edges_from((a, b) for a, b in ends if a != b)
    return found


CASES = [(*_drawn(seed), None) for seed in range(40)]
CASES += [(*_drawn(seed), {0: [0, 2], 1: [1, 3]}) for seed in range(100, 130)]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_is_found_is_what_networkx_finds(number: int) -> None:
    lines, nodes, same = CASES[number]
    sight, oracle = _sight(lines, nodes, same), _oracle(lines, nodes, same)
    following = Following(sight, EVERYTHING, np.empty(0, np.int32))
    far = dict(nx.single_source_shortest_path_length(oracle, 0))
    for depth in (1, 2, 3):
        reached = expanded(sight, following, np.array([0], np.int32), depth, None)
        assert set(reached.nodes.tolist()) == {one for one, hops in far.items() if hops <= depth}
        gone = sorted(n for walk in reached.walks for n in walk.segment.lines.entity[walk.places])
        assert gone == _entities(lines, same, {one for one, hops in far.items() if hops < depth})
    for end in oracle.nodes - {0}:
        way = shortest(sight, following, 0, end, 9)
        assert (len(way) - 1 if way else None) == far.get(end)
        found = ways(sight, following, 0, end, 4, 999)
        assert sorted(found.nodes) == sorted(map(tuple, nx.all_simple_paths(oracle, 0, end, 4)))
        assert found.are_all
        assert list(map(len, found.nodes)) == sorted(map(len, found.nodes))
    rings = {frozenset(pairwise([*one, one[0]])) for one in nx.simple_cycles(oracle, 5) if 0 in one}
    told = cycles(sight, following, 0, 5, 999).nodes
    assert {len(one) - 1 for one in told} == {len(one) for one in rings}
    assert len(told) == len(rings)
    hang = connected(sight, following, list(oracle.nodes)[:3], 9, 1)
    assert len(hang.groups) == len(
        {frozenset(nx.node_connected_component(oracle, one)) for one in list(oracle.nodes)[:3]}
    )
    assert int(counted(sight, following).sum()) == 2 * len(_entities(lines, same, set(oracle)))


def _entities(lines: list[Line], same: dict[int, list[int]] | None, nodes: set[int]) -> list[int]:
    of = {other: first for first, others in (same or {}).items() for other in others}
    return [
        number for number, (a, b, at) in enumerate(lines)
        if at != 13 and of.get(a, a) != of.get(b, b) and {of.get(a, a), of.get(b, b)} & nodes
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)))
@pytest.mark.parametrize("gap", [None, 4])
def test_time_advances_from_line_to_line_within_the_gap(number: int, gap: int | None) -> None:
    lines, nodes, same = CASES[number]
    sight = _sight(lines, nodes, same)
    following = Following(sight, EVERYTHING, np.empty(0, np.int32))
    limit = timedelta(minutes=gap) if gap is not None else None
    reached = advanced(sight, following, np.array([0], np.int32), 3, limit)
    gone = {int(n) for walk in reached.walks for n in walk.segment.lines.entity[walk.places]}
    assert gone == _advancing(lines, same, gap if gap is not None else 99)
    assert reached.all_ties == len(gone)


def test_nobody_turns_round_on_a_line_to_wait_longer() -> None:
    for more, expected in (([], {0, 1}), ([(2, 1, 9)], {0, 1, 2, 3})):
        lines = [(0, 1, 1), (1, 2, 9), (1, 3, 17), *more]
        sight = _sight(lines, 4)
        following = Following(sight, EVERYTHING, np.empty(0, np.int32))
        reached = advanced(sight, following, np.array([0], np.int32), 4, timedelta(minutes=10))
        gone = {int(n) for walk in reached.walks for n in walk.segment.lines.entity[walk.places]}
        assert gone == expected


def _advancing(lines: list[Line], same: dict[int, list[int]] | None, gap: int) -> set[int]:
    of = {other: first for first, others in (same or {}).items() for other in others}
    gone, states = set(), [(0, None, None)]
    for _ in range(3):
        after = []
        for number, (a, b, at) in enumerate(lines):
            ends = of.get(a, a), of.get(b, b)
            if at == 13 or ends[0] == ends[1]:
                continue
            for here, to in (ends, ends[::-1]):
                if any(
                    n == here and by != number and (t is None or t <= at <= t + gap)
                    for n, t, by in states
                ):
                    gone.add(number)
                    after.append((to, at, number))
        states = after
    return gone


def test_more_ways_than_are_wanted_are_said_to_be_more() -> None:
    lines = [(0, middle, 1) for middle in range(2, 8)] + [(middle, 1, 1) for middle in range(2, 8)]
    sight = _sight(lines, 8)
    following = Following(sight, EVERYTHING, np.empty(0, np.int32))
    found = ways(sight, following, 0, 1, 4, 3)
    assert (len(found.nodes), found.are_all) == (3, False)
    assert ways(sight, following, 0, 1, 2, 6).are_all
