"""What of a large chart is drawn from where the analyst looks: whatever is not drawn is counted."""

import random
from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { detail, endsOf } from "CHART/drawing/detail.ts";
const { items, links, sight } = said;
const nodes = items.map(([x, y], n) => ({ key: `k${n}`, x, y, weight: n, size: 16, label: `${n}`, faint: false }));
const edges = links.map(([one, other], n) => ({ key: `l${n}`, begin: `k${one}`, end: `k${other}`, size: 1, faint: false }));
const drawn = detail(nodes, edges, endsOf(nodes, edges), sight, (px) => px);
console.log(JSON.stringify({ ...drawn, within: [...drawn.within] }));
"""  # noqa: E501
ALL = {"left": -1e6, "right": 1e6, "low": -1e6, "top": 1e6}
CHANCE = random.Random(5)  # noqa: S311 - drawn alike each time
ITEMS = [(CHANCE.random() * 20_000, CHANCE.random() * 12_000) for _ in range(4000)]
LINKS = [(CHANCE.randrange(4000), CHANCE.randrange(4000)) for _ in range(9000)]


def drawn(sight: dict[str, float]) -> Any:
    return told(RUN, {"items": ITEMS, "links": LINKS, "sight": sight})


def test_from_afar_each_item_is_drawn_or_stands_in_one_dot() -> None:
    found = drawn({**ALL, "scale": 0.05})
    dots = dict(found["within"])
    shown = [one["key"] for one in found["nodes"]]
    within = [key for some in dots.values() for key in some]
    assert len(shown) == len(set(shown)) < 500
    assert sorted([*within, *(key for key in shown if key not in dots)]) == sorted(
        f"k{n}" for n in range(4000)
    )


def test_links_are_gathered_between_dots_and_the_rest_is_counted() -> None:
    found = drawn({**ALL, "scale": 0.05})
    shown = {one["key"] for one in found["nodes"]}
    assert all({one["begin"], one["end"]} <= shown for one in found["edges"])
    assert len(found["edges"]) <= 5000
    assert 0 < found["undrawn"] < 9000


def test_nearby_each_item_in_sight_stands_for_itself_and_its_links_lead_out_of_it() -> None:
    found = drawn({"left": 0, "right": 3000, "low": 0, "top": 3000, "scale": 0.5})
    near = {f"k{n}" for n, (x, y) in enumerate(ITEMS) if x <= 3000 and y <= 3000}
    shown = {one["key"] for one in found["nodes"]}
    assert near <= shown
    outside = [one for one in found["edges"] if len(near & {one["begin"], one["end"]}) == 1]
    assert outside
