"""Taking a table in in Chromium: pasted, mapped by keyboard, tried, taken in, and taken back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.correspondence.cast import network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CALLS = """caller,called,time,seconds
+996555000111,+996555000222,12.05.2026 08:30,61
+996555000111,+996555000222,never,2
"""
LORRIES = "driver,lorry\nБек Аскаров,01KG123ABC\n"


def test_a_pasted_table_is_tried_taken_in_and_taken_back(live_server: Any) -> None:
    network()
    account, russian = officer(), officer("second", language="ru", officer_id="KG-BDB/0001")
    looks = Looks(live_server, account, russian)
    with chromium() as browser:
        with looks.page(browser, account, viewport=DESK) as page:
            page.goto("/records/")
            page.get_by_role("link", name="Take in").click()
            expect(page.get_by_text("No set was taken in yet")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
            page.locator("textarea").fill(CALLS)
            page.keyboard.press("Control+Enter")
            expect(page.get_by_text("2 things · 2 links · 1 flaw")).to_be_visible()
            expect(page.get_by_role("row", name="3 time")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_label("Name;").fill("Calls of May")
            page.get_by_role("button", name="Take in").click()
            expect(page.get_by_text("It is in the records")).to_be_visible()
            page.get_by_role("link", name="Take in another").click()
            page.get_by_role("button", name="Take back: Calls of May").click()
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_role("dialog").get_by_role("button", name="Take back").click()
            expect(page.get_by_text("No set was taken in yet")).to_be_visible()
        with looks.page(browser, russian, viewport=PHONE) as page:
            page.goto("/records/in/")
            assert (barriers(page), overflow(page)) == ([], 0)
            page.locator("textarea").fill(LORRIES)
            page.get_by_role("button", name="Посмотреть").click()
            page.get_by_label("Объект 2").select_option("Vehicle")
            page.get_by_label("Связь 1").select_option("Use")
            page.get_by_label("Что означает «driver»").select_option("1.name")
            page.get_by_label("Что означает «lorry»").select_option("2.registrationNumber")
            page.get_by_role("button", name="Проверить").click()
            expect(page.get_by_text("2 объекта · 1 связь · ошибок нет")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
