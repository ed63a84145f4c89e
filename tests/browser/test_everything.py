"""Ctrl K in Chromium: found in any script, opened and done by keyboard, from any page."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import chromium
from tests.browser.office import DESK, Looks, barriers, office_at_work
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


def test_everything_is_found_and_done_by_keyboard_alone(live_server: Any) -> None:
    network()
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/health/")
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox", name="Find anything")
        expect(field).to_be_focused()
        options = page.get_by_role("listbox", name="Find anything").get_by_role("option")
        expect(options.filter(has_text="Health")).to_have_count(1)
        assert barriers(page) == []
        field.fill("дўстлик")
        expect(options.first).to_contain_text("Dustlik")
        field.press("Enter")
        page.wait_for_url("**/offices/UZ-DUS/")
        page.keyboard.press("Control+k")
        field.fill("wrzb")
        expect(options.filter(has_text="Health")).to_have_count(0)
        expect(options).to_contain_text(
            ["Search all correspondence for wrzb", "Search records for wrzb"]
        )
        field.fill("grey lor")
        field.press("ArrowDown")
        field.press("ArrowUp")
        field.press("Enter")
        page.wait_for_url(f"**/messages/{office.thread}/")
        page.keyboard.press("Control+k")
        field.fill("night")
        expect(page.locator(".everything-entry[aria-selected=true]")).to_contain_text("Night")
        field.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.keyboard.press("Control+k")
        field.fill("seizure")
        expect(page.locator(".everything-entry[aria-selected=true]")).to_contain_text("Seizure")
        field.press("Enter")
        page.wait_for_url("**/drafts/*/")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("01 7784 AD")
        page.keyboard.press("Enter")
        page.wait_for_url("**/messages/search/?q=01%207784%20AD")
        page.keyboard.press("Control+k")
        field.fill("01 7784 AD")
        field.press("ArrowUp")
        field.press("Enter")
        page.wait_for_url("**/records/?q=01%207784%20AD")
        expect(page.get_by_label("Find a record")).to_have_value("01 7784 AD")
        assert page.complaints == []  # type: ignore[attr-defined]


def test_a_list_that_does_not_come_says_so_and_leads_to_the_page(live_server: Any) -> None:
    network()
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        page.goto("/health/")
        page.route("**/everything/", lambda route: route.abort())
        page.keyboard.press("Control+k")
        expect(page.get_by_text("The list did not come")).to_be_visible()
        page.unroute("**/everything/")
        page.get_by_role("link", name="Open it as a page").click()
        page.get_by_role("combobox", name="Find anything").fill("health")
        page.keyboard.press("Enter")
        page.wait_for_url("**/health/")
