"""How often pages ask the database: no more for many rows than for few."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Asked, Dissemination
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.correspondence.shown.needing import Needs, needs_of
from borderliaison.kernel.ids import new_id
from tests.accounts.people import signed_in
from tests.correspondence.cast import (
    acting,
    begin_draft,
    head,
    liaison,
    network,
    sent_lookout,
    sent_request,
)
from tests.correspondence.letters import DOSTUK, author_at, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements of a block."""
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def queries_of(browser: Client, path: str) -> int:
    """Ask for a page twice; return how many queries the second one took."""
    assert browser.get(path).status_code == 200
    with counted() as said:
        assert browser.get(path).status_code == 200
    return len(said)


def came_lookout(content: dict[str, Any]) -> None:
    """Let a lookout come from Dostuk."""
    now = datetime.now(UTC)
    payload = ItemPayload(new_id().hex(), "A lookout", author_at(DOSTUK), now, content)
    receive_item(
        replace(report("request"), payload_type=f"{ITEM}/report", payload=payload.encode())
    )


def fill(author: Account, times: int) -> None:
    """Let each kind of thing that a list shows be there so many times more."""
    browser, past = signed_in(author), datetime.now(UTC) - timedelta(hours=2)
    for _ in range(times):
        late = sent_lookout(author, **{"cover.to": ["KG-DST", "KG-OSH"]})
        late.created_at, late.acknowledge_by = past, past + timedelta(minutes=15)
        late.save(update_fields=["created_at", "acknowledge_by"])
        Dissemination.objects.as_system("test").filter(item=late).update(decided_at=past)
        sent_lookout(author, **{"cover.to": ["UZ-DUS"]})
        asked = sent_request(author)
        Asked.objects.as_system("test").filter(item=asked).update(due_at=past)
        receive_item(report("request"))
        came_lookout(late.content)
        begin_draft(browser)


@pytest.mark.parametrize("path", ["/messages/", "/authorise/", "/new/"])
def test_a_list_asks_no_more_often_for_many_rows_than_for_few(path: str) -> None:
    author, second = liaison(), head()
    fill(author, 1)
    browser = signed_in(author if path == "/new/" else second)
    few = queries_of(browser, path)
    fill(author, 3)
    assert queries_of(browser, path) == few


def test_all_that_needs_action_stands_on_the_page_that_is_counted() -> None:
    author, second = liaison(), head()
    fill(author, 2)
    assert {one.needs for one in needs_of(acting(second))} == set(Needs)


def test_the_messages_page_asks_the_database_31_times_at_most() -> None:
    author, second = liaison(), head()
    fill(author, 2)
    assert queries_of(signed_in(second), "/messages/") <= 31


def test_a_thread_asks_no_more_often_for_many_items_than_for_few() -> None:
    author = liaison()
    item, browser = sent_lookout(author), signed_in(author)
    path = f"/messages/{item.thread.key}/"
    say = {"about": item.key, "to": ["KG-DST"]}
    assert browser.post(f"{path}say/", {**say, "text": "Seen at Dostuk"}).status_code == 302
    few = queries_of(browser, path)
    for place in range(3):
        browser.post(f"{path}say/", {**say, "text": f"Seen again at gate {place}"})
    assert queries_of(browser, path) == few
    assert few <= 40
