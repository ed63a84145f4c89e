"""The keyboard on an officer's pages: what is promised acts, what does not act is not promised."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import chromium
from tests.browser.office import DESK, Looks, Office, Stream, arrives, meanwhile, office_at_work
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

ARRIVALS = 12
SAID = "We tighten the control of lorries in the lane out until the morning"


@pytest.fixture
def office() -> Office:
    network()
    return office_at_work()


@pytest.fixture
def looks(office: Office, live_server: Any) -> Looks:
    return Looks(live_server, office.author, office.second)


@pytest.fixture
def browser(looks: Looks) -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def _caps(page: Page) -> list[str]:
    return [one.strip() for one in page.locator("#keys dt:visible").all_inner_texts()]


def test_the_overlay_lists_the_keys_that_act_on_this_page_alone(
    office: Office, looks: Looks, browser: Browser
) -> None:
    with looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/health/")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        assert _caps(page) == ["/", "Ctrl K", "?"]
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        page.goto(f"/messages/{office.thread}/")
        page.keyboard.press("?")
        assert {"N", "/", "?", "J K", "Enter", "Ctrl ↵", "Esc"} <= set(_caps(page))
        assert not any("Alt" in one for one in _caps(page))


def test_hash_goes_to_the_phrases_and_escape_leaves_the_field_then_the_thread(
    office: Office, looks: Looks, browser: Browser
) -> None:
    with looks.page(browser, office.author, viewport=DESK) as page:
        page.goto(f"/messages/{office.thread}/")
        page.keyboard.press("/")
        expect(page.get_by_role("combobox", name="Find anything")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Everything")).to_be_hidden()
        page.keyboard.press("#")
        expect(page.get_by_role("combobox", name="Find a phrase by number or word")).to_be_focused()
        page.keyboard.press("Tab")
        field = page.get_by_label("Text", exact=True)
        field.click()
        page.keyboard.type("We see it")
        page.keyboard.press("Escape")
        expect(field).not_to_be_focused()
        expect(field).to_have_value("We see it")
        page.keyboard.press("Escape")
        page.wait_for_url("**/messages/")


def test_a_opens_what_waits_and_goes_to_the_legal_basis(
    office: Office, looks: Looks, browser: Browser
) -> None:
    with looks.page(browser, office.second, viewport=DESK) as page:
        page.goto("/authorise/")
        page.keyboard.press("a")
        page.wait_for_url(f"**/authorise/{office.held}/")
        page.keyboard.press("a")
        expect(page.get_by_label("Legal basis", exact=True)).to_be_focused()


def test_letters_do_nothing_where_an_officer_has_switched_them_off(
    office: Office, looks: Looks, browser: Browser
) -> None:
    with looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/messages/")
        page.evaluate("document.documentElement.dataset.keys = 'off'")
        page.keyboard.press("n")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        expect(page).to_have_url(re.compile("/messages/$"))


def test_the_first_tab_skips_to_the_page(office: Office, looks: Looks, browser: Browser) -> None:
    with looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/messages/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()


def test_typing_goes_on_undisturbed_however_much_arrives(
    office: Office, looks: Looks, browser: Browser
) -> None:
    with looks.page(browser, office.author, viewport=DESK) as page:
        stream = Stream(page)
        page.goto(f"/messages/{office.thread}/")
        place = page.locator("[data-thread]")
        place.evaluate("e => { e.scrollTop = 80 }")
        field = page.get_by_label("Text", exact=True)
        field.click()
        size = len(SAID) // ARRIVALS + 1
        for n in range(ARRIVALS):
            page.keyboard.type(SAID[n * size : (n + 1) * size])
            meanwhile(arrives, office.item, f"It has passed post {n}")
            stream.tell("thread")
            stream.tell("link")
            expect(page.get_by_text(f"It has passed post {n}", exact=True)).to_be_attached()
            expect(field).to_be_focused()
        expect(field).to_have_value(SAID)
        assert field.evaluate("e => [e.selectionStart, e.selectionEnd]") == [len(SAID)] * 2
        assert place.evaluate("e => e.scrollTop") == 80
        assert page.complaints == []  # type: ignore[attr-defined]
