"""An item that stands as its words is as large as they are, and lines end at its edge."""

import math
from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { blockOf } from "CHART/drawing/blocks.ts";
import { reach } from "CHART/drawing/looks.ts";
const blocks = said.map(({ as, name, rows }) => blockOf(as, name, rows ?? []));
const ways = [[1, 0], [0, 1], [1, 1]];
console.log(JSON.stringify(blocks.map((one) => ({ ...one, reach: ways.map(([dx, dy]) => reach(one, dx, dy)) }))));
"""  # noqa: E501
SHEET = """
import { looksOf } from "CHART/looking.ts";
import { Sheet } from "CHART/sheet.ts";
const sheet = new Sheet();
const item = { key: "a", schema: "Person", kind: "Person", shape: "circle", icon: "user", name: "Rustam Holov", under: "1987", degree: 1, first: null, last: null, facts: { name: ["Rustam Holov"], citizenship: ["tj"], gender: ["male"] }, amounts: {}, place: "" };
sheet.open({ ...said.content, items: [{ key: "a", x: 0, y: 0, ...said.placed }] }, { items: [item], links: [], words: {}, signs: { citizenship: "flag" }, said: { "Person:citizenship": { tj: "Tajikistan" } }, aliases: {}, left_out: 0, absent: [] });
const words = { group: "", links: () => "", day: String };
const { nodes } = looksOf({ sheet, measured: null, path: { items: new Set(), links: new Set() }, lit: null, words });
console.log(JSON.stringify(nodes[0]));
"""  # noqa: E501
NAME = "Transport and Forwarding Company of the Southern Regions"


def _content(**given: Any) -> dict[str, Any]:
    plain = {"layout": "force", "links": "single", "labels": "label", "sized": "same"}
    lists = {name: [] for name in ("beneath", "areas", "rules", "snapshots", "merged")}
    return {"coloured": "none", **plain, **lists, **given}


def _look(placed: dict[str, Any], **given: Any) -> Any:
    return told(SHEET, {"placed": placed, "content": _content(**given)})


def test_a_name_is_broken_between_words_and_none_of_it_is_lost() -> None:
    for one in told(RUN, [{"as": "box", "name": NAME}, {"as": "circle", "name": NAME}]):
        assert " ".join(one["rows"]) == NAME
    (long,) = told(RUN, [{"as": "box", "name": "ж" * 200}])
    assert len(long["rows"]) == 4
    assert long["rows"][-1].endswith("…")


def test_what_says_more_is_larger() -> None:
    short, longer = told(
        RUN, [{"as": as_, "name": name} for as_, name in (("box", "Bek"), ("box", NAME))]
    )
    assert short["size"] < longer["size"]
    rows = [{"icon": "", "text": "Tajikistan"}] * 3
    plain, card = told(
        RUN, [{"as": "text", "name": "Bek"}, {"as": "text", "name": "Bek", "rows": rows}]
    )
    assert plain["size"] * plain["aspect"] < card["size"] * card["aspect"]


def test_a_line_ends_at_the_edge() -> None:
    box, circle = told(RUN, [{"as": "box", "name": NAME}, {"as": "circle", "name": NAME}])
    high = box["size"] * box["aspect"]
    assert box["reach"] == pytest.approx([box["size"], high, math.hypot(high, high)])
    assert circle["reach"] == [circle["size"]] * 3


def test_a_box_and_a_circle_have_the_colour_of_the_rule_for_their_edge() -> None:
    of_people = {"of": "items", "about": "schema", "comparison": "is", "value": "Person"}
    effects = (("colour", "chart-3"), ("as", "box"))
    rules = [{**of_people, "effect": effect, "with": how} for effect, how in effects]
    look = _look({}, rules=rules)
    assert (look["as"], look["line"], look["fill"]) == ("box", "chart-3", "surface")
    assert [one["text"] for one in look["under"]] == ["1987"], "stands beneath it"
    assert _look({"as": "circle", "ink": "chart-5"}, rules=rules)["line"] == "chart-5"
    assert _look({"as": "icon"}, rules=rules)["block"] is None


def test_a_card_holds_what_is_said_the_chosen_properties_where_there_are_such() -> None:
    look = _look({"as": "text"})
    assert [one["text"] for one in look["block"]["small"]] == ["1987", "Tajikistan", "male"]
    assert look["under"] == []
    chosen = _look({"as": "text"}, beneath=["citizenship"])
    assert chosen["block"]["small"][1:] == [{"icon": "flag", "text": "Tajikistan"}]
