"""The chart's table lists groups and parts of the chart; titles of groups stand apart."""

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
ROWS = """
import { EMPTY } from "CHART/model.ts";
import { rowsOf } from "CHART/panels/table-rows.ts";
import { Sheet } from "CHART/sheet.ts";
const { keys } = said;
const sheet = new Sheet();
const nowhere = { first: null, last: null, since: null, until: null };
const items = keys.map((key) => ({ key, name: key.toUpperCase(), kind: "Person", ...nowhere }));
const links = said.links.map(([begin, end]) => ({ key: begin + end, begin, end, ...nowhere }));
const piece = { items, links, words: {}, signs: {}, said: {}, aliases: {} };
sheet.open({ ...EMPTY, items: keys.map((key) => ({ key, x: 0, y: 0 })) }, piece);
const byKey = (some) => new Map((some ?? []).map((value, at) => [keys[at], value]));
const names = ["degree", "betweenness", "closeness", "eigenvector", "core", "bridges"];
const measured = {
  values: Object.fromEntries(names.map((name) => [name, byKey(said[name])])),
  community: byKey(said.community),
  component: byKey(said.component),
};
const wording = { say: (name) => name, fill: (name, { n, of }) => `${name} ${n}/${of}` };
const known = { sheet, measured, wording, day: String };
const brief = ({ items, cells }) => [items, Object.values(cells).map(({ text }) => text)];
const [groups, third] = [rowsOf("groups", known).map(brief), rowsOf("items", known)[3].cells];
console.log(JSON.stringify({ groups, third }));
"""
COLUMNS = """
import { EMPTY } from "CHART/model.ts";
import { rowsOf } from "CHART/panels/table-rows.ts";
import { Sheet } from "CHART/sheet.ts";
const sheet = new Sheet();
const nowhere = { kind: "Person", first: null, last: null };
const items = Object.entries(said.facts).map(([key, facts]) => ({ key, name: key, facts, ...nowhere }));
const placed = items.map(({ key }) => ({ key, x: 0, y: 0 }));
const piece = { items, links: [], words: {}, signs: {}, said: {}, aliases: {} };
sheet.open({ ...EMPTY, items: placed, columns: said.columns }, piece);
const known = { sheet, measured: null, wording: {}, day: String };
const shown = (cells) => said.columns.map((prop) => cells[`fact:${prop}`]);
const brief = ({ cells }) => shown(cells).map(({ text, value }) => [text, value]);
console.log(JSON.stringify(rowsOf("items", known).map(brief)));
"""
ORDERED = (
    COLUMNS.replace("rowsOf }", "rowsOf, says, sorted }").partition("const shown =")[0]
    + """
sheet.said.set("undefined:prop", new Map([["2026-11-03", "3 Nov 26"], ["kg-code", "Kilograms"]]));
const fitting = rowsOf("items", known).filter((row) => says(row, said.sought));
console.log(JSON.stringify(sorted(fitting, said.by, said.down, said.lang).map(({ key }) => key)));
"""
)
TITLES = """
import { Boxes } from "CHART/drawing/boxes.ts";
const taken = new Boxes();
const tops = said.map(([x, y]) => {
  const box = taken.firstFree([0, -17, 17].map((by) => [x - 45, y + by - 8, x + 45, y + by + 8]));
  taken.take(box);
  return box[1] + 8;
});
console.log(JSON.stringify(tops));
"""


def test_each_group_and_part_is_a_row_with_all_that_is_in_it() -> None:
    table = told(
        ROWS,
        {
            "keys": ["a", "b", "c", "d", "e"],
            "links": [["a", "b"], ["a", "c"], ["c", "d"]],
            "degree": [2, 1, 2, 1, 0],
            "community": [0, 0, 1, 1, 2],
            "component": [0, 0, 0, 0, 1],
        },
    )
    assert table["groups"] == [
        [["a", "b"], ["group 1/3", "community", "2", "1", "A"]],
        [["c", "d"], ["group 2/3", "community", "2", "1", "C"]],
        [["e"], ["group 3/3", "community", "1", "0", "E"]],
        [["a", "b", "c", "d"], ["part 1/2", "component", "4", "3", "A"]],
        [["e"], ["part 2/2", "component", "1", "0", "E"]],
    ]
    assert (table["third"]["community"]["text"], table["third"]["component"]["text"]) == ("2", "1")


def test_what_is_said_stands_in_columns_numbers_as_numbers() -> None:
    facts = {"a": {"kg": ["14.6"], "plate": ["B"]}, "b": {"kg": ["9", "8"], "plate": []}, "c": {}}
    cells = told(COLUMNS, {"facts": facts, "columns": ["kg", "plate"]})
    assert cells == [
        [["14.6", 14.6], ["B", "B"]],
        [["9 +1", 9], ["", None]],
        [["", None], ["", None]],
    ]


def column(
    facts: dict[str, list[str]], down: bool = False, sought: str = "", lang: str = "en"
) -> list[str]:
    """Return the items of a table by one column that says these values of them, those that fit."""
    said = {key: {"prop": values} for key, values in facts.items()}
    wish = {"by": "fact:prop", "down": down, "sought": sought.split(), "lang": lang}
    found: list[str] = told(ORDERED, {"facts": said, "columns": ["prop"], **wish})
    return found


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("down", [False, True])
def test_numbers_come_by_value_then_words_and_what_is_empty_last_either_way(
    turned: int, down: bool
) -> None:
    facts = {
        "a": ["10"],
        "b": ["about 9"],
        "c": [],
        "d": ["9"],
        "e": ["-3.5"],
        "f": [" "],
        "g": ["B"],
    }
    there = ["e", "d", "a", "b", "g"]
    turning = dict(list(facts.items())[::turned])
    assert column(turning, down) == [*(there[::-1] if down else there), "c", "f"]


def test_days_come_by_date_though_their_words_would_not() -> None:
    days = {
        "a": ["2026-11-03"],
        "b": ["1975"],
        "c": ["2026-02-20T10:00:00Z"],
        "d": ["1969-12-31"],
        "e": ["spring"],
    }
    assert column(days) == ["d", "b", "c", "a", "e"]


def test_words_come_as_the_reader_s_language_has_them() -> None:
    names = {"a": ["Ёлкин"], "b": ["Яковлев"], "c": ["Ершов"], "d": ["Жуков"]}
    assert column(names, lang="ru") == ["a", "c", "d", "b"]
    swedish = {"a": ["Zorn"], "b": ["Ängel"]}
    assert (column(swedish, lang="sv"), column(swedish, lang="de")) == (["a", "b"], ["b", "a"])


def test_the_filter_finds_each_of_several_values_as_kept_and_as_read() -> None:
    plates = {"a": ["01 KG 777", "B 4127 EK"], "b": ["AN 22"], "c": []}
    assert column(plates, sought="4127") == ["a"]
    assert column(plates, sought="b ek 777") == ["a"]
    assert column(plates, sought="22") == ["b"]
    assert column({"a": ["9", "kg-code"]}, sought="kilograms") == ["a"]


def test_titles_of_groups_do_not_cover_each_other() -> None:
    assert told(TITLES, [[100, 100], [120, 104], [90, 98], [400, 100]]) == [100, 121, 81, 100]
