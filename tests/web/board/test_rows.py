"""Rows of the feed are made once, and anew after an event of their own thread."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from borderliaison.feed.services import News
from borderliaison.ui.parts.feed import FeedRow
from borderliaison.web.board.rows import Entry, Rows

AT = datetime(2026, 5, 14, 12, tzinfo=UTC)


class Maker:
    """Makes rows, and notes which."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def __call__(self, items: Sequence[int]) -> Mapping[int, Entry]:
        self.made += items
        return {one: entry(one) for one in items if one < 100}


def entry(item: int) -> Entry:
    row = FeedRow(at=AT, kind="message", title=f"{item}", text="", route="")
    return Entry(f"k{item}", row, "KG-DST", item, thread=f"t{item}")


def news(*events: tuple[int, str, str]) -> list[News]:
    return [News(*one) for one in events]


def test_only_the_rows_of_a_thread_in_which_something_happened_are_made_anew() -> None:
    rows, maker = Rows(), Maker()
    first = news((1, "thread", "t1"))
    assert [one.item for one in rows.of([2, 1], first, maker)] == [2, 1]
    assert [one.item for one in rows.of([1, 2], first, maker)] == [1, 2]
    assert maker.made == [2, 1]
    rows.of([1, 2, 3], news((2, "thread", "t2"), (1, "thread", "t1")), maker)
    assert maker.made == [2, 1, 2, 3]


def test_any_other_event_and_a_gap_in_what_was_heard_let_go_of_all() -> None:
    rows, maker = Rows(), Maker()
    rows.of([1, 2], news((1, "thread", "t9")), maker)
    rows.of([1, 2], news((2, "link", "KG-DST"), (1, "thread", "t9")), maker)
    assert maker.made == [1, 2, 1, 2]
    rows.of([1, 2], news((90, "thread", "t8"), (89, "thread", "t9")), maker)
    assert maker.made == [1, 2] * 3


def test_what_is_gone_is_left_out() -> None:
    assert [one.item for one in Rows().of([3, 100], (), Maker())] == [3]


def test_a_row_made_before_something_happened_is_not_kept() -> None:
    rows, maker = Rows(), Maker()
    before = news((1, "thread", "t9"))
    after = news((2, "thread", "t1"), (1, "thread", "t9"))

    def overtaken(items: Sequence[int]) -> Mapping[int, Entry]:
        rows.of([7], after, maker)
        return maker(items)

    rows.of([1], before, overtaken)
    maker.made.clear()
    rows.of([1, 7], after, maker)
    assert maker.made == [1]
