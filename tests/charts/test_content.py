"""What a version keeps is read strictly: what is of another form is refused, not dropped."""

from typing import Any

import pytest

from borderliaison.charts.errors import BadContent, TooLarge
from borderliaison.charts.kept.content import MAX_ITEMS, checked
from borderliaison.charts.kept.drawing import SIGNS
from borderliaison.charts.kept.keeping import EMPTY
from borderliaison.charts.wording.selected import signs

KEY = "a" * 32


def content(**changed: Any) -> dict[str, Any]:
    placed = [{"key": KEY, "x": 1, "y": 2.004, "note": "Ask Dostuk"}]
    return {**EMPTY, "items": placed, **changed}


def test_content_of_its_form_is_kept() -> None:
    kept = checked(content(layout="time", sized="core"))
    assert kept["items"] == [{"key": KEY, "x": 1.0, "y": 2.0, "note": "Ask Dostuk"}]
    assert (kept["layout"], kept["sized"]) == ("time", "core")
    assert checked(kept) == kept


RULE = {
    "of": "items", "about": "schema", "comparison": "is", "value": "Seizure",
    "effect": "colour", "with": "chart-2",
}  # fmt: skip
AREA = {
    "key": "a1", "form": "box", "x": 1.0, "y": 2.0, "w": 80.0, "h": 40.0,
    "text": "Cell in Osh", "ink": "chart-3",
}  # fmt: skip
SNAP = {"name": "1", "shown": [KEY], "selected": [], "camera": {"x": 0, "y": 0, "scale": 1}}


def test_what_is_collapsed_keeps_into_what() -> None:
    placed = {"key": KEY, "x": 0, "y": 0}
    kept = checked(content(items=[{**placed, "into": "b" * 32}]))
    assert kept["items"][0]["into"] == "b" * 32
    assert "into" not in checked(content(items=[{**placed, "into": ""}]))["items"][0]
    with pytest.raises(BadContent):
        checked(content(items=[{**placed, "into": "../x"}]))


def test_an_item_keeps_the_colour_the_letter_and_the_symbol_that_it_was_given() -> None:
    given = {"key": KEY, "x": 0, "y": 0, "ink": "chart-6", "badge": "A1", "sign": "eye"}
    assert checked(content(items=[given]))["items"] == [given]
    bare = checked(content(items=[{**given, "ink": "", "badge": "", "sign": ""}]))["items"]
    assert bare == [{"key": KEY, "x": 0, "y": 0}]
    for wrong in ({"ink": "red"}, {"badge": "ABC"}, {"sign": "../x"}):
        with pytest.raises(BadContent):
            checked(content(items=[{**given, **wrong}]))


def test_each_symbol_that_may_be_given_has_a_word() -> None:
    assert tuple(signs()) == SIGNS


def test_rules_and_snapshots_are_kept_in_their_order() -> None:
    rules = [RULE, {**RULE, "value": "Person"}]
    kept = checked(content(rules=rules, snapshots=[SNAP]))
    assert (kept["rules"], kept["snapshots"]) == (rules, [SNAP])


def test_a_snapshot_of_the_map_or_the_timeline_keeps_what_was_seen_there() -> None:
    spot = {"x": 712_345.12, "y": 388_001.5, "scale": 6.25}
    kept = checked(content(snapshots=[{**SNAP, "view": "map", "spot": spot}]))["snapshots"]
    assert kept == [{**SNAP, "view": "map", "spot": spot}]
    for wrong in ({"view": "table", "spot": spot}, {"view": "map"}):
        with pytest.raises(BadContent):
            checked(content(snapshots=[{**SNAP, **wrong}]))


def test_what_the_first_versions_kept_is_still_read() -> None:
    since = ("labels", "beneath", "areas", "merged")
    old = {name: value for name, value in content().items() if name not in since}
    without = {name: value for name, value in RULE.items() if name != "of"}
    kept = checked({**old, "rules": [without]})
    assert (kept["labels"], kept["beneath"], kept["areas"]) == ("label", [], [])
    assert kept["rules"] == [RULE]
    assert checked(kept) == kept


def test_how_an_item_is_shown_is_kept_with_it() -> None:
    placed = {"key": KEY, "x": 0, "y": 0, "as": "picture", "picture": "c" * 32}
    kept = checked(content(items=[placed], beneath=["registrationNumber"], labels="sum"))
    assert kept["items"] == [placed]
    assert (kept["beneath"], kept["labels"]) == (["registrationNumber"], "sum")
    assert "as" not in checked(content(items=[{**placed, "as": ""}]))["items"][0]


def test_areas_and_rules_of_links_are_kept() -> None:
    links = {**RULE, "of": "links", "about": "kg", "comparison": "least", "value": "10"}
    rules = [
        {**links, "effect": "dash", "with": "dashdot"},
        {**links, "effect": "size", "with": "2.5"},
    ]
    areas = [AREA, {**AREA, "form": "text", "text": "Two lines\nof text"}]
    kept = checked(content(rules=rules, areas=areas))
    assert (kept["rules"], kept["areas"]) == (rules, areas)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        content(more=1),
        content(layout="spiral"),
        content(items=[{"key": "../x", "x": 0, "y": 0}]),
        content(items=[{"key": KEY, "x": float("nan"), "y": 0}]),
        content(items=[{"key": KEY, "x": 1e12, "y": 0}]),
        content(items=[{"key": KEY, "x": True, "y": 0}]),
        content(items=[{"key": KEY, "x": 0, "y": 0, "name": "a name"}]),
        content(items=[{"key": KEY, "x": 0, "y": 0}] * 2),
        content(rules=[{**RULE, "effect": "blink"}]),
        content(rules=[{**RULE, "about": "a b"}]),
        content(rules=[RULE] * 41),
        content(rules=[{**RULE, "with": "red"}]),
        content(rules=[{**RULE, "effect": "dash", "with": "dashdot"}]),
        content(rules=[{**RULE, "effect": "size", "with": "9"}]),
        content(rules=[{**RULE, "of": "links", "effect": "badge", "with": "!"}]),
        content(labels="all"),
        content(beneath=["a", "b", "c", "d"]),
        content(beneath=["a b"]),
        content(items=[{"key": KEY, "x": 0, "y": 0, "as": "video"}]),
        content(items=[{"key": KEY, "x": 0, "y": 0, "picture": "/files/1/"}]),
        content(areas=[{**AREA, "w": 0}]),
        content(areas=[{**AREA, "ink": "url(x)"}]),
        content(areas=[{**AREA, "text": "x" * 2001}]),
        content(areas=[{**AREA, "text": "half of a character \ud800"}]),
        content(areas=[AREA] * 61),
        content(snapshots=[{**SNAP, "name": "x" * 81}]),
    ],
)
def test_content_of_another_form_is_refused(sent: object) -> None:
    with pytest.raises(BadContent):
        checked(sent)


def test_a_chart_holds_no_more_than_a_chart_can() -> None:
    placed = [{"key": f"{n:032x}", "x": 0, "y": 0} for n in range(MAX_ITEMS + 1)]
    with pytest.raises(TooLarge):
        checked(content(items=placed))
