"""The rows of the timeline: what is on the chart, and on request what is linked to that and is not."""

from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
import { activity, within } from "CHART/views/activity.ts";
import { Sheet } from "CHART/sheet.ts";
const sheet = new Sheet();
for (const [key, shape, first, degree] of said.items) sheet.items.set(key, { key, shape, first, last: null, degree, name: key, kind: "kind", icon: "" });
for (const [begin, end, since] of said.links) sheet.links.set(begin + end, { key: begin + end, begin, end, since, until: null, label: "links" });
sheet.placed = new Map(said.placed.map((key) => [key, { key, x: 0, y: 0 }]));
const beside = { of: (key) => (key === "person" ? said.beside : []), more: (key, links) => (sheet.items.get(key).degree > links ? Infinity : 0) };
const rows = activity(sheet, new Set(["person"]), said.isShown ? null : beside);
const told = rows.map(({ of, key, depth, marks, more }) => [of, key, depth, marks.map(({ other }) => other), more > 0]);
console.log(JSON.stringify({ rows: told, held: [...within(rows, 0, 99)].sort() }));
"""  # noqa: E501
SAID = {
    "items": [
        ["person", "circle", None, 9],
        ["lorry", "square", None, 1],
        ["telephone", "square", None, 2],
        ["other", "square", None, 1],
        ["seizure", "diamond", 7, 1],
    ],
    "links": [["person", "lorry", 3], ["person", "telephone", 4], ["telephone", "other", 5]],
    "placed": ["person", "lorry"],
    "beside": ["telephone", "seizure"],
    "isShown": False,
}


def _rows(**more: Any) -> Any:
    return told(RUN, SAID | more)


def test_what_was_fetched_stands_beneath_with_its_own_links_and_the_way_to_more() -> None:
    found = _rows()
    assert found["rows"][1:] == [
        ["item", "person", 0, ["lorry"], True],
        ["item", "lorry", 1, ["person"], False],
        ["beside", "telephone", 1, ["person", "other"], False],
        ["beside", "seizure", 1, ["seizure"], False],
        ["more", "person", 1, [], True],
    ]


def test_a_time_holds_nothing_that_is_not_on_the_chart() -> None:
    assert _rows()["held"] == ["lorry", "person"]


def test_before_others_nothing_stands_there_that_is_not_on_the_chart() -> None:
    assert [(of, key) for of, key, *_ in _rows(isShown=True)["rows"]] == [
        ("item", "lorry"),
        ("item", "person"),
        ("item", "lorry"),
    ]
