"""Whoever goes on after the last row that he saw misses none, in whatever order transactions end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.feed.services import announce
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite has one writer at a time: nothing overlaps"
    ),
]
LIMIT_S = 60


@contextmanager
def uncommitted(write: Callable[[], object]) -> Iterator[None]:
    """Write in a transaction of another thread, which commits at the end of the block."""
    written, may_end = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with transaction.atomic():
                write()
                written.set()
                assert may_end.wait(LIMIT_S)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert written.wait(LIMIT_S)
        yield
    finally:
        may_end.set()
        thread.join(LIMIT_S)


def told(program: Program, place: str) -> tuple[list[str], str]:
    """Return the subjects of the events after a place, and the place after them."""
    answer = program.read(f"/events?after={place}")
    return [one["subject"] for one in answer["events"]], answer["next"]


def test_an_event_that_commits_after_a_later_one_is_told(officer: Account) -> None:
    program = Program(officer)
    place = program.read("/events")["next"]
    announce("link", "before")
    with uncommitted(lambda: announce("link", "early")):
        announce("link", "late")
        seen, place = told(program, place)
        assert seen == ["before"]
        assert program.read("/events")["events"] == []
    seen, _ = told(program, place)
    assert seen == ["early", "late"]


def test_the_place_of_now_is_before_what_has_begun(officer: Account) -> None:
    program = Program(officer)
    with uncommitted(lambda: announce("link", "early")):
        announce("link", "late")
        place = program.read("/events")["next"]
    assert told(program, place)[0] == ["early", "late"]


def test_an_item_that_commits_after_a_later_one_is_listed(officer: Account) -> None:
    program = Program(officer)
    first = sent_lookout(officer)

    def copy(key: str) -> Callable[[], object]:
        item = Item.objects.as_system("test").get(pk=first.pk)
        item.pk, item.key = None, key * 32
        return lambda: item.save(force_insert=True)

    with uncommitted(copy("a")):
        copy("b")()
        assert [one["key"] for one in program.read("/reports")["items"]] == [first.key]
    rest = program.read(f"/reports?after={first.key}")["items"]
    assert [one["key"] for one in rest] == ["a" * 32, "b" * 32]


def test_what_was_undone_holds_nothing_up(officer: Account) -> None:
    program = Program(officer)
    place = program.read("/events")["next"]
    with transaction.atomic():
        try:
            with transaction.atomic():
                announce("link", "undone")
                raise ValueError
        except ValueError:
            announce("link", "done")
        for _ in range(100):
            announce("link", "more")
    seen, _ = told(program, place)
    assert seen[0] == "done"
    assert len(seen) == 50
