"""Requests in Chromium, by keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Asked, Item
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, meanwhile, office_at_work
from tests.correspondence.cast import network
from tests.correspondence.letters import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _states(item: Item) -> list[str]:
    rows = Asked.objects.as_system("test").filter(item=item, office="KG-BDB")
    return list(rows.values_list("state", flat=True))


def test_a_request_is_refused_and_the_refusal_taken_back_by_keyboard_alone(
    live_server: Any,
) -> None:
    office = office_at_work()
    receive_item(report("request"))
    item = Item.objects.as_system("test").latest("id")
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/messages/")
        expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
        page.keyboard.press("3")
        page.wait_for_url("**/drafts/*/")
        page.keyboard.press("Alt+1")
        page.keyboard.type("Too broad")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/messages/*/")
        expect(page.get_by_role("region", name="Who owes an answer")).to_contain_text("Refused")
        assert meanwhile(_states, item) == ["refused"]
        button = page.get_by_role("button", name="Take the refusal back")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Who owes an answer")).to_contain_text(
            re.compile("this office.*Answer owed", re.DOTALL)
        )
        assert meanwhile(_states, item) == ["open"]


def test_on_a_phone_what_needs_action_stands_above_the_list(live_server: Any) -> None:
    office = office_at_work()
    receive_item(report("request"))
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=PHONE) as page:
        page.goto("/messages/")
        needs = page.get_by_role("heading", name="Needs action").bounding_box()
        threads = page.locator("#threads").bounding_box()
        assert needs is not None
        assert threads is not None
        assert needs["y"] < threads["y"]
        expect(page.get_by_role("button", name="Answer")).to_be_visible()
