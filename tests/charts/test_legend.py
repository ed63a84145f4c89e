"""The legend says exactly what is drawn: run as it is, before a stand-in for the page."""

from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
class Made {
  children = []; dataset = {}; className = ""; text = ""; attributes = {};
  classList = { add() {} };
  setAttribute(name, value) { this.attributes[name] = value; }
  append(...some) { this.children.push(...some); }
  replaceChildren(...some) { this.children = some; }
  set textContent(words) { this.text = words; }
}
globalThis.document = {
  documentElement: { lang: "en" }, querySelector: () => null,
  createElement: () => new Made(), createElementNS: () => new Made(),
};
const { Legend } = await import("CHART/panels/legend.ts");
const { Sheet } = await import("CHART/sheet.ts");
const { EMPTY } = await import("CHART/model.ts");
const { linesOf } = await import("CHART/bundles.ts");
const filled = { sized: "size: {measure}", shaded: "shade: {measure}" };
const words = new Proxy(filled, { get: (_, name) => filled[name] ?? name });
const { Wording } = await import("CHART/wording.ts");
const place = new Made();
const legend = new Legend(place, new Wording(words));
const sheet = new Sheet();
const items = (said.items ?? ["a", "b"]).map((one) => ({
  schema: "Person", kind: "Person", shape: "circle", icon: "", name: one.key ?? one, under: "", degree: 0,
  first: null, last: null, facts: {}, amounts: {}, place: "", ...(one.key ? one : { key: one }),
}));
const links = (said.links ?? []).map((one, n) => ({
  key: `l${n}`, kind: "Use", begin: "a", end: "b", label: "uses", certainty: "confirmed", directed: true,
  since: null, until: null, sources: 1, amounts: {}, ...one,
}));
const named = { words: { phone: "Telephone" }, signs: { phone: "phone" } };
const piece = { items, links, ...named, said: {}, aliases: {}, left_out: 0 };
const placed = items.map(({ key }) => ({ key, x: 0, y: 0, ...said.placed?.[key] }));
sheet.open({ ...EMPTY, items: placed, ...said.settings }, piece);
const used = new Set();
const edges = linesOf({ sheet, onPath: new Set(), many: String, used });
const nodes = items.map(({ key }) => ({ key, under: said.under ?? [] }));
legend.show(sheet, { nodes, edges, used }, said.path ?? false);
const kindOf = ({ className }) => className.replace("chart-sample chart-sample-", "");
console.log(JSON.stringify(place.children.map(({ children: [sample, said] }) => [kindOf(sample), said])));
"""


def legend(**said: Any) -> list[tuple[str, str]]:
    """Return the rows: what stands for it, and the words."""
    return [(sample, words) for sample, words in told(RUN, said)]


def test_an_empty_chart_has_an_empty_legend() -> None:
    assert legend() == []


def test_only_those_certainties_are_said_that_a_line_has() -> None:
    drawn = [{"certainty": "tentative"}, {"begin": "b", "end": "c"}]
    assert legend(items=["a", "b", "c"], links=drawn) == [
        ("line-confirmed", "confirmed"), ("line-tentative", "tentative")
    ]  # fmt: skip
    assert legend(links=[{"certainty": "tentative"}, {}]) == [("line-confirmed", "confirmed")]


def test_a_way_that_was_found_comes_first() -> None:
    assert legend(links=[{}], path=True)[0] == ("line-path", "path")


def test_size_and_colour_are_said_by_their_measure() -> None:
    said = legend(settings={"sized": "degree", "coloured": "core"})
    assert said == [("size", "size: degree"), ("shade", "shade: core")]
    assert legend(settings={"coloured": "community"}) == [("group", "community")]


def test_a_rule_is_said_while_something_is_drawn_by_it() -> None:
    rule = {
        "of": "links",
        "about": "count",
        "comparison": "least",
        "value": "2",
        "effect": "size",
        "with": "2",
    }
    assert ("rule-size", "links_count is_least 2") in legend(
        links=[{}, {}], settings={"rules": [rule]}
    )
    assert legend(links=[{}], settings={"rules": [rule]}) == [("line-confirmed", "confirmed")]


def test_a_rule_of_a_kind_of_links_says_the_words_of_the_kind() -> None:
    rule = {
        "of": "links",
        "about": "kind",
        "comparison": "is",
        "value": "Use",
        "effect": "colour",
        "with": "red-fill",
    }
    assert ("rule-line", "links_kind is_is uses") in legend(links=[{}], settings={"rules": [rule]})


def test_what_was_made_by_hand_and_those_drawn_as_one_are_said() -> None:
    assert legend(placed={"a": {"ink": "red-fill"}}) == [("icon", "handmade")]
    alike = [{"key": "a", "name": "Bek Askarov"}, {"key": "b", "name": "ASKAROV Bek"}]
    assert legend(items=alike, placed={"b": {"into": "a"}}) == [("icon", "as_one")]


def test_what_stands_beneath_names_is_said_where_it_stands_somewhere() -> None:
    settings = {"beneath": ["phone"]}
    under = [{"icon": "phone", "text": "+996555000111"}]
    assert legend(settings=settings, under=under) == [("icon", "Telephone")]
    assert legend(settings=settings) == []
