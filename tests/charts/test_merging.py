"""Two charts become one: who is one stands once, places are kept, words and markings go along."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from borderliaison.charts.errors import MergedGone, NoSuchChart, TooLarge, TooManyMerged
from borderliaison.charts.kept import merging
from borderliaison.charts.kept.content import MAX_MERGED, MAX_NOTE, MAX_RULES, checked
from borderliaison.charts.kept.keeping import (
    EMPTY,
    keep_as_new,
    open_chart,
    save_version,
    share_chart,
)
from borderliaison.charts.kept.merging import GAP, merged
from borderliaison.charts.models import Chart
from tests.accounts.people import officer
from tests.records.cast import FOR_BORDER, key, lorry

A, B, C, D = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)
RULE = {
    "of": "items", "about": "schema", "comparison": "is", "value": "Person",
    "effect": "badge", "with": "P",
}  # fmt: skip
AREA = {"key": "x", "form": "box", "x": 0.0, "y": 0.0, "w": 9.0, "h": 9.0, "text": "", "ink": ""}


def at(one: str, x: float, y: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"key": one, "x": x, "y": y, **more}


def chart(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**EMPTY, "items": list(items), **more}


def alone(*keys: str) -> dict[str, str]:
    return {one: one for one in keys}


def spots(content: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {one["key"]: (one["x"], one["y"]) for one in content["items"]}


def test_what_both_have_stays_and_the_rest_comes_beside_it_as_it_stood() -> None:
    both = merged(chart(at(A, 100, 50)), chart(at(A, 0, 0), at(B, 30, -20)), alone(A, B))
    assert spots(both.content) == {A: (100, 50), B: (130, 30)}
    assert (both.met, both.came, both.absent) == ((A,), (B,), 0)


def test_with_nothing_in_common_it_comes_to_the_right_of_all() -> None:
    mine, theirs = chart(at(A, 0), at(B, 40, 20)), chart(at(C, -500, -500), at(D, -400, -500))
    both = merged(mine, theirs, alone(A, B, C, D))
    assert spots(both.content)[C] == (40 + GAP, 10)
    assert spots(both.content)[D] == (140 + GAP, 10)
    assert spots(merged(EMPTY, theirs, alone(C, D)).content) == spots(theirs)


def test_who_is_judged_one_since_stands_once_and_whom_one_may_not_read_does_not_come() -> None:
    both = merged(chart(at(A, 0)), chart(at(B, 5), at(C, 9)), {A: A, B: A})
    assert spots(both.content) == {A: (0, 0)}
    assert (both.met, both.came, both.absent) == ((A,), (), 1)


def test_notes_are_joined_and_what_finds_no_room_is_counted() -> None:
    both = merged(chart(at(A, 0, note="Mine")), chart(at(A, 0, note="Theirs")), alone(A))
    assert both.content["items"][0]["note"] == "Mine\nTheirs"
    again = merged(both.content, chart(at(A, 0, note="Theirs")), alone(A))
    assert again.content["items"][0]["note"] == "Mine\nTheirs"
    full = merged(chart(at(A, 0, note="x" * MAX_NOTE)), chart(at(A, 0, note="y")), alone(A))
    assert (full.content["items"][0]["note"], full.left_out) == ("x" * MAX_NOTE, 1)


def test_rules_snapshots_and_areas_come_along_and_those_that_are_there_do_not_come_twice() -> None:
    snap = {
        "name": "1", "shown": [A, B, C], "selected": [B], "camera": {"x": 1, "y": 2, "scale": 1},
    }  # fmt: skip
    theirs = chart(at(B, 10), rules=[RULE], snapshots=[snap], areas=[AREA])
    both = merged(chart(at(A, 110)), theirs, {A: A, B: A})
    assert both.content["rules"] == [RULE]
    assert both.content["snapshots"] == [
        {**snap, "shown": [A], "selected": [A], "camera": {"x": 101, "y": 2, "scale": 1}}
    ]
    assert both.content["areas"] == [{**AREA, "x": 100.0}]
    again = merged(both.content, theirs, {A: A, B: A})
    assert (again.content["rules"], again.content["areas"]) == ([RULE], both.content["areas"])
    many = [{**RULE, "value": str(one)} for one in range(MAX_RULES)]
    full = merged(chart(rules=many), theirs, {})
    assert (full.content["rules"], full.left_out) == (many, 1)


def test_what_is_collapsed_or_hidden_here_alone_is_shown_where_the_other_shows_it() -> None:
    mine = chart(at(A, 0), at(B, 0, into=A), at(C, 0, hidden=True), at(D, 0, hidden=True))
    theirs = chart(at(B, 5, into=C), at(C, 5), at(D, 5, hidden=True))
    items = {one["key"]: one for one in merged(mine, theirs, alone(A, B, C, D)).content["items"]}
    assert items[B]["into"] == A
    assert "hidden" not in items[C]
    assert items[D]["hidden"] is True


def test_more_items_than_a_chart_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MAX_ITEMS", 1)
    with pytest.raises(TooLarge):
        merged(chart(at(A, 0)), chart(at(B, 0)), alone(A, B))


def test_words_of_too_many_versions_are_refused_before_anything_is_merged() -> None:
    full = [{"chart": A, "version": one} for one in range(1, MAX_MERGED + 1)]
    assert merged(chart(merged=full), chart(merged=full[:3]), {}).content["merged"] == full
    with pytest.raises(TooManyMerged):
        merged(chart(merged=full), chart(merged=[{"chart": B, "version": 1}]), {})


PLACED = some.lists(
    some.tuples(some.sampled_from([A, B, C, D]), some.integers(-900, 900), some.integers(-9, 9)),
    unique_by=lambda one: one[0],
)


@settings(max_examples=60, deadline=None)
@given(
    PLACED, PLACED, some.dictionaries(some.sampled_from([A, B, C, D]), some.sampled_from([A, C]))
)
def test_nothing_is_lost_and_nothing_is_twice(
    mine: Any, theirs: Any, known: dict[str, str]
) -> None:
    known = {**alone(A, C), **known, A: A, C: C}
    both = merged(chart(*(at(*one) for one in mine)), chart(*(at(*one) for one in theirs)), known)
    assert checked(both.content) == both.content
    there = {known[one] for one, *_ in (*mine, *theirs) if one in known}
    assert set(spots(both.content)) == there
    assert len(both.content["items"]) == len(there)


@pytest.mark.django_db
def test_the_next_version_stands_under_the_marking_of_what_went_into_it() -> None:
    mine, colleague = officer(), officer("bekov")
    lorry("a", "01KG742ABC", marking=FOR_BORDER)
    theirs = keep_as_new(colleague, "Theirs", chart(at(key("a"), 0, note="Ask Dostuk")))
    share_chart(colleague, theirs.key, is_shared=True)
    made = keep_as_new(mine, "Mine", EMPTY)
    words = {**EMPTY, "merged": [{"chart": theirs.key, "version": 1}]}
    save_version(mine, made.key, 1, "Both", words)
    share_chart(mine, made.key, is_shared=True)
    assert open_chart(mine, made.key).version.number == 2
    customs = officer("nazarov", agency="KG-CUS")
    assert open_chart(customs, made.key).version.number == 1
    with pytest.raises(NoSuchChart):
        open_chart(customs, made.key, 2)
    Chart.objects.filter(key=theirs.key).delete()
    save_version(mine, made.key, 2, "Both, without words", EMPTY)
    with pytest.raises(NoSuchChart):
        open_chart(customs, made.key, 3)


@pytest.mark.django_db
def test_nobody_learns_of_a_version_by_saying_that_it_is_merged_in() -> None:
    mine, colleague = officer(), officer("bekov")
    theirs = keep_as_new(colleague, "Theirs", EMPTY)
    for number in (1, 2):
        with pytest.raises(MergedGone):
            keep_as_new(
                mine, "Mine", {**EMPTY, "merged": [{"chart": theirs.key, "version": number}]}
            )
