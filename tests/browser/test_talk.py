"""An officer's talk in Chromium: rows chosen together, words quoted, a notice told, the tour pointing."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.accounts.models import NoticeSettings
from tests.browser.chromium import chromium
from tests.browser.office import DESK, Looks, Stream, arrives, barriers, meanwhile, office_at_work
from tests.correspondence.cast import network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCHED = """
Object.defineProperty(document, "hidden", { get: () => true });
window.Notification = class {
  static permission = "granted";
  constructor(title, options) { document.documentElement.dataset.told = `${title}: ${options.body}`; }
};
"""
"""A window that nobody looks at, whose browser may show notices: what it shows is kept."""
_SELECT = """(one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_rows_are_chosen_words_quoted_and_what_comes_is_told_without_its_words(
    live_server: Any,
) -> None:
    network()
    office = office_at_work()
    NoticeSettings.objects.create(account=office.author, by_browser=True)
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        stream = Stream(page)
        page.goto("/messages/?unread=1")
        _choose_by_keyboard(page)
        page.goto(f"/messages/{office.thread}/")
        said = page.locator("#items").get_by_text("We see it", exact=True)
        said.evaluate(_SELECT)
        expect(page.get_by_role("button", name="Quote")).to_be_visible()
        page.keyboard.press("q")
        field = page.get_by_label("Text", exact=True)
        expect(field).to_be_focused()
        expect(page.locator("#say-quotes")).to_contain_text("We see it")
        assert barriers(page) == []
        page.keyboard.type("Since when?")
        page.keyboard.press("Control+Enter")
        refused = page.get_by_text("What is quoted was not for every office that you address")
        expect(refused).to_be_visible()
        expect(field).to_have_value("Since when?")
        page.get_by_role("checkbox", name="Osh sector").uncheck()
        page.get_by_role("button", name="Send", exact=False).click()
        answer = page.locator("[data-item]").filter(has_text="Since when?")
        expect(answer.locator("blockquote")).to_contain_text("We see it")
        page.add_init_script(WATCHED)
        with page.expect_response("**/messages/notice/"):
            page.goto("/health/")
        meanwhile(arrives, office.item, "Since the morning, behind post 3")
        stream.tell("thread")
        expect(page.locator("html")).to_have_attribute("data-told", "Border Liaison: Message")
        assert page.complaints == []  # type: ignore[attr-defined]


def _choose_by_keyboard(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Space")
    together = page.get_by_role("button", name="Acknowledge 1")
    expect(together).to_be_visible()
    page.keyboard.press("Space")
    expect(together).to_have_count(0)
    page.keyboard.press("Space")
    together.click()
    page.wait_for_url("**/messages/acknowledge/*")
    expect(page.get_by_role("checkbox")).to_be_checked()


def test_a_step_of_the_tour_points_at_what_it_speaks_of(live_server: Any) -> None:
    network()
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/tour/")
        page.keyboard.press("t")
        strip = page.get_by_role("region", name="Tour")
        expect(strip).to_contain_text("Tour, 1 of")
        for _step in range(2):
            shown = page.locator(".toured")
            expect(shown).to_have_count(1)
            expect(shown).to_be_in_viewport()
            before = page.url
            page.keyboard.press("t")
            page.wait_for_url(lambda url, before=before: url != before)
        strip.get_by_role("button", name="End the tour").click()
        expect(page.locator(".toured")).to_have_count(0)
