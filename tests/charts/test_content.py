"""What a version keeps is read strictly: what is of another form is refused, not dropped."""

from typing import Any

import pytest

from borderliaison.charts.content import MAX_ITEMS, checked
from borderliaison.charts.errors import BadContent, TooLarge
from borderliaison.charts.keeping import EMPTY

KEY = "a" * 32


def content(**changed: Any) -> dict[str, Any]:
    placed = [{"key": KEY, "x": 1, "y": 2.004, "note": "Ask Dostuk"}]
    return {**EMPTY, "items": placed, **changed}


def test_content_of_its_form_is_kept() -> None:
    kept = checked(content(layout="time", sized="core"))
    assert kept["items"] == [{"key": KEY, "x": 1.0, "y": 2.0, "note": "Ask Dostuk"}]
    assert (kept["layout"], kept["sized"]) == ("time", "core")
    assert checked(kept) == kept


RULE = {"about": "schema", "comparison": "is", "value": "Seizure", "effect": "colour", "with": "x"}
SNAP = {"name": "1", "shown": [KEY], "selected": [], "camera": {"x": 0, "y": 0, "scale": 1}}


def test_what_is_collapsed_keeps_into_what() -> None:
    placed = {"key": KEY, "x": 0, "y": 0}
    kept = checked(content(items=[{**placed, "into": "b" * 32}]))
    assert kept["items"][0]["into"] == "b" * 32
    assert "into" not in checked(content(items=[{**placed, "into": ""}]))["items"][0]
    with pytest.raises(BadContent):
        checked(content(items=[{**placed, "into": "../x"}]))


def test_rules_and_snapshots_are_kept_in_their_order() -> None:
    rules = [RULE, {**RULE, "value": "Person"}]
    kept = checked(content(rules=rules, snapshots=[SNAP]))
    assert (kept["rules"], kept["snapshots"]) == (rules, [SNAP])


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
