"""How the chart's layouts place items: run as they are, by the Node that builds them."""

import math
from itertools import combinations, pairwise

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { force } from "CHART/layouts/force.ts";
const { count, ends, there } = said;
const room = Float64Array.from({ length: 2 * count }, (_, one) => (one % 2 ? 31 : 62));
const at = Float64Array.from({ length: 2 * count }, (_, one) => there[one >> 1]?.[one & 1] ?? NaN);
const fixed = Uint8Array.from({ length: count }, (_, one) => one < there.length);
console.log(JSON.stringify([...force({ room, at, ends: Int32Array.from(ends), fixed })]));
"""
Spot = tuple[float, float]


def placed(count: int, links: list[tuple[int, int]], fixed: list[Spot] | None = None) -> list[Spot]:
    ends = [end for one in links for end in one]
    found = told(RUN, {"count": count, "ends": ends, "there": fixed or []})
    return list(zip(found[::2], found[1::2], strict=True))


def clique(members: range) -> list[tuple[int, int]]:
    return list(combinations(members, 2))


def furthest(spots: list[Spot]) -> float:
    return max(math.dist(*pair) for pair in combinations(spots, 2))


def nearest(ones: list[Spot], others: list[Spot]) -> float:
    return min(math.dist(one, other) for one in ones for other in others)


def test_two_cliques_of_a_crowd_stand_apart() -> None:
    one, other = range(80), range(80, 160)
    spots = placed(160, [*clique(one), *clique(other), (0, 80)])
    first, second = [spots[n] for n in one], [spots[n] for n in other]
    assert nearest(first, second) > 62
    middles = [
        tuple(sum(c) / len(some) for c in zip(*some, strict=True)) for some in (first, second)
    ]
    assert math.dist(*middles) > furthest(first) * 0.9


def test_no_sign_of_a_crowd_lies_on_another() -> None:
    spots = placed(400, list(pairwise(range(400))) + [(0, n) for n in range(2, 200)])
    assert min(math.dist(*pair) for pair in combinations(spots, 2)) > 50


def test_a_crowd_without_parts_and_one_that_does_not_hang_together_are_placed() -> None:
    spots = placed(1000, [(0, n) for n in range(1, 800)])
    assert all(math.isfinite(value) for spot in spots for value in spot)
    assert len(set(spots)) == 1000


def test_what_is_fixed_stays_where_many_are_added() -> None:
    there = [(100.0 * n, 40.0 * (n % 3)) for n in range(20)]
    spots = placed(200, [(n % 20, n) for n in range(20, 200)], there)
    assert spots[:20] == there
    assert len(set(spots)) == 200
