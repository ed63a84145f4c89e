"""The links between the same two as lines, what is written along them, and what rules make of them."""

from typing import Any

import pytest

from tests.charts.scripts import told

pytestmark = pytest.mark.once
RUN = """
globalThis.document = { documentElement: { lang: "en" } };
const { linesOf } = await import("CHART/bundles.ts");
const { Sheet } = await import("CHART/sheet.ts");
const { EMPTY } = await import("CHART/model.ts");
const item = (key) => ({
  key, schema: "Person", kind: "Person", shape: "circle", icon: "", name: key, under: "", degree: 0,
  first: null, last: null, facts: {}, amounts: {}, place: "", ...said.items?.[key],
});
const piece = (links) => ({
  items: ["a", "b", "c"].map(item), words: {}, signs: {}, said: {}, aliases: {}, left_out: 0,
  links: links.map((one, n) => ({
    key: `l${n}`, kind: "Use", begin: "a", end: "b", label: "uses", certainty: "confirmed", directed: true,
    since: null, until: null, sources: 1, amounts: {}, ...one,
  })),
});
const placed = (key, n) => ({ key, x: 100 * n, y: 0 });
const sheet = new Sheet();
const content = { ...EMPTY, items: ["a", "b", "c"].map(placed), ...said.settings };
sheet.open(content, piece(said.links));
const drawn = () => {
  const used = new Set();
  const lines = linesOf({ sheet, onPath: new Set(said.path ?? []), many: (n) => `${n} links`, used });
  return { lines, used: used.size };
};
const first = drawn();
if (said.then) sheet.know(piece(said.then));
if (said.gone) sheet.forget(new Set(), said.gone);
console.log(JSON.stringify(said.then || said.gone ? [first, drawn()] : [first]));
"""
BACK = {"begin": "b", "end": "a"}
COUNTED = {"of": "links", "about": "count", "comparison": "least", "value": "3",
           "effect": "colour", "with": "red-fill"}  # fmt: skip


def drawn(*links: dict[str, Any], **said: Any) -> list[dict[str, Any]]:
    """Return the lines of some links between a and b."""
    (found,) = told(RUN, {"links": links, **said})
    return list(found["lines"])


def labels(*links: dict[str, Any], **settings: Any) -> list[str]:
    return [one["label"] for one in drawn(*links, settings=settings)]


@pytest.mark.parametrize(
    ("mode", "heads", "asides"),
    [("single", [3], [0]), ("direction", [1, 1], [-6.5, -6.5]), ("many", [1, 1, 1], [-13, 0, -13])],
)
def test_links_of_two_are_one_line_one_each_way_or_each(
    mode: str, heads: list[int], asides: list[float]
) -> None:
    lines = drawn({}, {}, BACK, settings={"links": mode})
    assert [one["heads"] for one in lines] == heads
    assert [one["aside"] for one in lines] == asides


def test_those_without_a_direction_are_a_line_of_their_own_among_directions() -> None:
    lines = drawn({}, {"directed": False}, BACK, settings={"links": "direction"})
    assert sorted(one["heads"] for one in lines) == [0, 1, 1]
    (only,) = drawn({"directed": False}, {"directed": False}, settings={"links": "direction"})
    assert (only["heads"], only["aside"]) == (0, 0)


def test_a_line_of_many_is_wider_and_as_sure_as_the_surest_of_them() -> None:
    (thin,), (wide,) = (
        drawn({}),
        drawn(*[{"certainty": "tentative"}] * 3, {"certainty": "unconfirmed"}),
    )
    assert thin["size"] < wide["size"]
    assert (wide["certainty"], wide["dash"]) == ("unconfirmed", "unconfirmed")


def test_a_line_says_what_its_links_say_how_many_they_are_or_how_much() -> None:
    several = [{"amounts": {"kg": 2.5}}, {"amounts": {"kg": 3, "USD": 900}}]
    assert labels({}) == ["uses"]
    assert labels({}, {}) == ["uses ×2"]
    assert labels({}, {"label": "owns"}) == ["2 links"]
    assert labels({}, labels="count") == ["1 links"]
    assert labels({}, {}, {}, labels="count") == ["3 links"]
    assert labels(*several, labels="sum") == ["5.5 kg · USD\N{NO-BREAK SPACE}900"]
    assert labels({}, {}, labels="sum") == [""]
    assert labels({}, {}, links="many", labels="count") == ["1 links", "1 links"]


def test_links_that_say_no_amount_sum_to_what_one_of_their_ends_is_worth() -> None:
    cash = {"b": {"facts": {"amount": ["12000"], "currency": ["usd"]}}}
    (line,) = drawn({}, {}, items=cash, settings={"labels": "sum"})
    assert line["label"] == "USD\N{NO-BREAK SPACE}12,000"
    seizure = {"a": {"amounts": {"kg": 14.6}}}
    (line,) = drawn({}, items=seizure, settings={"labels": "sum"})
    assert line["label"] == "14.6 kg"


def test_a_rule_is_asked_anew_when_links_come_and_go() -> None:
    settings = {"rules": [COUNTED], "links": "single"}
    before, after = told(RUN, {"links": [{}, {}], "then": [{}, {}, {}], "settings": settings})
    assert (before["used"], before["lines"][0]["ink"]) == (0, "line-strong")
    assert (after["used"], after["lines"][0]["ink"]) == (1, "red-fill")
    before, after = told(RUN, {"links": [{}, {}, {}], "gone": ["l2"], "settings": settings})
    assert (before["used"], after["used"]) == (1, 0)
    assert after["lines"][0]["ink"] == "line-strong"


def test_a_way_that_was_found_lies_above_all_and_over_any_rule() -> None:
    rule = COUNTED | {"value": "1"}
    lines = drawn({}, {"end": "c"}, path=["l0"], settings={"rules": [rule]})
    assert [one["ink"] for one in lines] == ["red-fill", "amber-fill"]
