"""How the chart's layouts place items: run as they are, by the Node that builds them."""

import json
import math
import subprocess
from itertools import combinations, pairwise
from typing import Any

import pytest

from hatch_build import FRONTEND, node_programs

pytestmark = pytest.mark.once
LAYOUTS = FRONTEND / "src" / "chart" / "layouts"
RUN = """
import { force } from "%s/force.ts";
const { count, ends, fixed } = JSON.parse(process.argv[1]);
const room = Float64Array.from({ length: 2 * count }, (_, one) => (one %% 2 ? 31 : 62));
const at = Float64Array.from({ length: 2 * count }, (_, one) => (one < 2 * fixed.length ? fixed[one >> 1][one & 1] : NaN));
const wires = { room, at, ends: Int32Array.from(ends), fixed: Uint8Array.from({ length: count }, (_, one) => one < fixed.length) };
console.log(JSON.stringify([...force(wires)]));
"""
Spot = tuple[float, float]


def placed(count: int, links: list[tuple[int, int]], fixed: list[Spot] | None = None) -> list[Spot]:
    said = {"count": count, "ends": [end for one in links for end in one], "fixed": fixed or []}
    command = [node_programs()[0], "--input-type=module", "-e", RUN % LAYOUTS, json.dumps(said)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    found: Any = json.loads(done.stdout)
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
