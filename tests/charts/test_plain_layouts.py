"""Where rows, circle, grid and theme lines place items: run as they are, by the Node that builds them."""

import math
from itertools import pairwise
from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { hierarchy } from "CHART/layouts/hierarchy.ts";
import { circle, grid } from "CHART/layouts/plain.ts";
import { time, timeScale } from "CHART/layouts/time.ts";
const { names } = said;
const wires = {
  room: Float64Array.from({ length: 2 * names.length }, (_, one) => (one % 2 ? 31 : 62)),
  ends: Int32Array.from(said.ends), at: new Float64Array(2 * names.length),
  fixed: new Uint8Array(names.length),
  shapes: said.shapes ?? names.map(() => "circle"), kinds: said.kinds ?? names.map(() => "Person"), names,
  when: Float64Array.from(said.when ?? names, (at) => (typeof at === "number" ? at : NaN)),
  moments: said.moments ?? [], roots: said.roots ?? [],
};
const layouts = { hierarchy, circle, grid, time };
console.log(JSON.stringify(said.scale ? [...timeScale(said.scale)] : [...layouts[said.layout](wires)]));
"""
DAY_S = 86_400
Spot = tuple[float, float]


def placed(layout: str, names: str, *links: str, **said: Any) -> dict[str, Spot]:
    """Return where items of one letter each stand; a link names both."""
    ends = [names.index(end) for one in links for end in one]
    found = told(RUN, {"layout": layout, "names": list(names), "ends": ends, **said})
    return dict(zip(names, zip(found[::2], found[1::2], strict=True), strict=True))


def rows_of(spots: dict[str, Spot]) -> list[str]:
    """Return the items of each row, from above, from left to right."""
    found: dict[float, list[str]] = {}
    for name, (_x, y) in sorted(spots.items(), key=lambda one: one[1][0]):
        found.setdefault(round(y, 3), []).append(name)
    return ["".join(found[y]) for y in sorted(found, reverse=True)]


def test_rows_begin_with_what_has_most_links_or_with_what_is_chosen() -> None:
    links = ("ab", "ac", "ad", "de")
    top, beneath, last = rows_of(placed("hierarchy", "abcde", *links))
    assert (top, sorted(beneath), last) == ("a", ["b", "c", "d"], "e")
    rows = rows_of(placed("hierarchy", "abcde", *links, roots=[4]))
    assert (rows[:3], sorted(rows[3])) == (["e", "d", "a"], ["b", "c"])


def test_a_row_is_sorted_so_that_its_links_do_not_cross() -> None:
    spots = placed("hierarchy", "abcdef", "ab", "ac", "bf", "cd", "ae", "ea", roots=[0])
    order = {name: x for name, (x, _y) in spots.items()}
    assert (order["b"] < order["c"]) == (order["f"] < order["d"])


def test_nothing_in_a_row_overlaps() -> None:
    spots = placed("hierarchy", "abcdefgh", *[f"a{other}" for other in "bcdefgh"])
    xs = sorted(x for name, (x, _y) in spots.items() if name != "a")
    assert min(b - a for a, b in pairwise(xs)) >= 2 * 62


def test_all_stand_on_one_circle_and_what_hangs_together_side_by_side() -> None:
    spots = placed("circle", "abcdef", "ac", "ce", "bd", "df")
    assert len({round(math.hypot(*spot), 3) for spot in spots.values()}) == 1
    around = sorted(
        spots, key=lambda name: -((math.atan2(*reversed(spots[name])) - math.pi / 2) % math.tau)
    )
    assert {frozenset(around[:3]), frozenset(around[3:])} == {frozenset("ace"), frozenset("bdf")}
    assert min(math.dist(spots[a], spots[b]) for a in spots for b in spots if a != b) > 62


def test_a_grid_has_each_kind_by_itself_the_most_first_and_names_in_order() -> None:
    kinds = ["Vehicle", "Person", "Person", "Vehicle", "Person"]
    assert rows_of(placed("grid", "zcaxb", kinds=kinds)) == ["abc", "xz"]
    wide = rows_of(placed("grid", "abcdefghijklmnopq"))
    assert "".join(wide) == "abcdefghijklmnopq"
    assert len({len(row) for row in wide[:-1]}) == 1


def test_one_alone_and_nobody_are_placed_by_each_layout() -> None:
    for layout in ("hierarchy", "circle", "grid", "time"):
        assert all(math.isfinite(value) for value in placed(layout, "a")["a"])
        assert placed(layout, "") == {}


def test_who_and_what_has_a_line_each_and_events_stand_on_them_in_their_order() -> None:
    shapes = ["circle", "circle", "diamond", "diamond"]
    when = [None, None, 5 * DAY_S, 2 * DAY_S]
    moments = [2 * DAY_S, 5 * DAY_S]
    spots = placed("time", "abxy", "ax", "by", shapes=shapes, when=when, moments=moments)
    assert spots["y"][0] < spots["x"][0]
    assert (spots["x"][1], spots["y"][1]) == (spots["a"][1], spots["b"][1])
    assert spots["b"][1] > spots["a"][1]


def test_two_events_of_one_moment_never_stand_on_another() -> None:
    shapes = ["circle", "diamond", "diamond", "diamond"]
    spots = placed(
        "time", "axyz", "ax", "ay", "az", shapes=shapes, when=[None, *[DAY_S] * 3], moments=[DAY_S]
    )
    assert len(set(spots.values())) == 4
    assert len({spots[one][0] for one in "xyz"}) == 1


def test_moments_keep_their_order_and_stand_neither_too_near_nor_too_far() -> None:
    times = [9e9, 0, 60, 30 * DAY_S]
    places = dict(told(RUN, {"names": [], "ends": [], "scale": [*times, 60]}))
    xs = [places[at] for at in sorted(times)]
    steps = [b - a for a, b in pairwise(xs)]
    assert len(places) == 4
    assert min(steps) >= 104
    assert max(steps) <= 230
    assert steps[0] < steps[1]
