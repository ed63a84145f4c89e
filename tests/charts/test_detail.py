"""What of a large chart is drawn from where the analyst looks: whatever is not drawn is counted."""

import random
from collections import Counter
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


def leads(found: Any) -> Counter[frozenset[str]]:
    """How many links lead between each two that are drawn, where one of them is a dot."""
    stands = {key: dot for dot, some in found["within"] for key in some}
    pairs: Counter[frozenset[str]] = Counter()
    for ends in LINKS:
        keys = [f"k{one}" for one in ends]
        pair = frozenset(stands.get(key, key) for key in keys)
        if len(pair) == 2 and any(key in stands for key in keys):
            pairs[pair] += 1
    return pairs


def are_the_most(found: Any) -> list[frozenset[str]]:
    """Look whether the lines are those that stand for the most links; return between whom they lead."""
    pairs = leads(found)
    lines = [
        frozenset((one["begin"], one["end"])) for one in found["edges"] if one["key"][0] == "#"
    ]
    assert len(lines) == len(set(lines)) == min(5000, len(pairs))
    least = min(pairs[one] for one in lines)
    assert {pair for pair, count in pairs.items() if count > least} <= set(lines)
    alone = len(found["edges"]) - len(lines)
    assert found["undrawn"] == len(LINKS) - alone - sum(pairs[one] for one in lines)
    return lines


def test_links_are_gathered_between_dots_and_the_rest_is_counted() -> None:
    found = drawn({**ALL, "scale": 0.05})
    assert len(are_the_most(found)) == 5000
    assert max(leads(found).values()) > 1


def test_nearby_each_item_in_sight_stands_for_itself_and_its_links_lead_out_of_it() -> None:
    found = drawn({"left": 0, "right": 3000, "low": 0, "top": 3000, "scale": 0.5})
    near = {f"k{n}" for n, (x, y) in enumerate(ITEMS) if x <= 3000 and y <= 3000}
    assert near <= {one["key"] for one in found["nodes"]}
    among = {
        f"l{n}"
        for n, (one, other) in enumerate(LINKS)
        if one != other and {f"k{one}", f"k{other}"} <= near
    }
    assert among
    assert among <= {one["key"] for one in found["edges"]}
    assert any(len(pair & near) == 1 for pair in are_the_most(found))
