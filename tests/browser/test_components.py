"""The components page in Chromium: no barrier that axe finds, no complaint, nothing beyond the edge."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.accounts.people import officer, signed_in
from tests.browser.chromium import Complaints, chromium
from tests.browser.office import DESK, PHONE, ZOOMED, barriers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]

MODES = [
    pytest.param("light", "en", DESK, "", id="light"),
    pytest.param("dark", "en", DESK, "", id="dark"),
    pytest.param("light", "en", PHONE, "", id="360 px"),
    pytest.param("light", "ru", DESK, "", id="Russian"),
    pytest.param("dark", "ru", PHONE, "", id="Russian, dark, 360 px"),
    pytest.param("light", "en", DESK, "?realm=exercise", id="exercise"),
    pytest.param("dark", "en", DESK, "?realm=exercise", id="exercise, dark"),
    pytest.param("light", "en", ZOOMED, "", id="200 % zoom"),
]


Open = Callable[..., None]


@pytest.fixture
def open_components(live_server: Any) -> Open:
    """Opens the page for an officer of a language; signs in before a browser's loop runs."""
    sessions = {
        language: signed_in(officer(f"officer-{language}", language=language)).cookies
        for language in ("en", "ru")
    }

    def open_in(page: Page, language: str = "en", query: str = "") -> None:
        cookie = sessions[language][settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/ui/components{query}")

    return open_in


@pytest.mark.parametrize(("theme", "language", "size", "query"), MODES)
def test_every_component_is_open_to_everybody(
    open_components: Open, theme: str, language: str, size: Any, query: str
) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=size)
        complaints = Complaints(page)
        open_components(page, language, query)
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        assert "\n".join(barriers(page)) == ""
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) == 0
        assert complaints == []


def test_keys_are_shown_and_act_outside_fields_only(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        open_components(page)
        page.locator("body").press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("body").press("n")
        expect(page.locator("#confirm-sample")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_label("Why", exact=True).press("n")
        expect(page.locator("#confirm-sample")).to_be_hidden()


def test_a_letter_of_a_russian_keyboard_is_the_key_in_its_place(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        open_components(page, "ru")
        page.evaluate(
            "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN'}))"
        )
        expect(page.locator("#confirm-sample")).to_be_visible()


def test_a_list_is_narrowed_by_a_name_in_another_script(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        open_components(page)
        field = page.get_by_role("combobox", name="Crossing point")
        field.fill("дустл")
        expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["Dustlik"])
        field.press("Enter")
        expect(field).to_have_value("Dustlik")
        expect(page.locator("select[name=place]")).to_have_value("UZ-DUS")


def test_a_time_is_written_out_and_said_in_utc(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        open_components(page)
        field = page.locator("#f-found_at")
        field.fill("15.5 2:18")
        field.blur()
        expect(field).to_have_value("15.05.2026 02:18")
        expect(page.locator("#f-found_at-aside")).to_have_text("14 May 20:18 UTC")
        field.fill("about noon")
        field.blur()
        expect(field).to_have_value("about noon")


def test_the_theme_changes_at_once_and_stays(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        open_components(page)
        page.locator(".display > summary").click()
        with page.expect_response("**/ui/display/theme"):
            page.get_by_role("button", name="Night").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_everything_is_there_without_scripts(open_components: Open) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport=DESK, java_script_enabled=False)
        open_components(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Components")
        expect(page.locator("select[name=place]")).to_be_visible()
        page.locator(".display > summary").click()
        page.get_by_role("button", name="Night").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Components")
