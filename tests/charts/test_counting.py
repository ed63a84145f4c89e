"""What is counted beside a chart: numbers in steps, lines by what they say, moments by hour and weekday."""

from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
COUNTED = """
import { byHour, counted, countedLines, saidMoments, withHours } from "CHART/counting.ts";
const items = said.items.map(([key, facts]) => ({ key, facts, shape: "circle", first: null }));
const links = said.links.map(([begin, end, label]) => ({ begin, end, label, since: null }));
const moments = saidMoments(items, said.prop);
const { week, without } = byHour(moments, "Asia/Bishkek");
const some = week.flatMap((hours, day) => hours.map(({ times }, hour) => [day, hour, times]));
const busy = some.filter(([, , times]) => times);
const valuesOf = ({ facts }) => facts[said.prop] ?? [];
console.log(JSON.stringify({
  bars: counted(items, valuesOf, String).map(({ name, keys }) => [name, keys.length]),
  lines: countedLines(links, ({ label }) => label),
  busy, without, hours: [...withHours(items)],
}));
"""


def counted(prop: str, values: list[list[str]], links: list[list[str]] | None = None) -> Any:
    items = [[f"k{at}", {prop: some}] for at, some in enumerate(values)]
    return told(COUNTED, {"items": items, "prop": prop, "links": links or []})


def test_steps_of_whole_numbers_begin_and_end_with_whole_numbers_and_share_none() -> None:
    bars = counted("age", [[str(at)] for at in range(1, 31)])["bars"]
    assert bars == [
        ["1 – 4", 4], ["5 – 8", 4], ["9 – 12", 4], ["13 – 16", 4], ["17 – 20", 4], ["21 – 24", 4],
        ["25 – 28", 4], ["29 – 30", 2],
    ]  # fmt: skip


def test_steps_of_other_numbers_are_round_and_hold_each_once() -> None:
    bars = counted("kg", [[f"{at}.5"] for at in range(40)] + [[]])["bars"]
    assert bars[0] == ["0 – < 5", 5]
    assert bars[-1] == ["", 1]
    assert sum(n for _, n in bars) == 41


def test_lines_are_counted_as_lines_and_lead_to_their_ends() -> None:
    links = [["a", "b", "calls"], ["b", "a", "calls"], ["c", "a", "uses"]]
    assert counted("x", [], links)["lines"] == [
        {"name": "calls", "lines": 2, "keys": ["a", "b"]},
        {"name": "uses", "lines": 1, "keys": ["c", "a"]},
    ]


def test_moments_of_a_property_are_counted_by_the_clock_of_the_office() -> None:
    values = [["2026-05-12T20:30:00Z"], ["2026-05-12T20:30"], ["2026-05-13T02:10:00+06:00"]]
    found = counted("seen", [*values, ["2026-05-12"], ["2026-05"], ["soon"]])
    assert found["busy"] == [[2, 2, 3]]
    assert (found["without"], found["hours"]) == (1, ["seen"])
