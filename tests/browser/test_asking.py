"""Putting a question together in Chromium, by keyboard alone: rows of conditions, kept and asked again."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from borderliaison.records.models import Standing
from borderliaison.records.search.index.indexing import index_all
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, meanwhile, overflow
from tests.correspondence.cast import network
from tests.records.cast import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _questions() -> list[tuple[str, str]]:
    return list(Standing.objects.values_list("name", "question"))


def test_a_question_is_put_together_row_by_row_and_called_otherwise(live_server: Any) -> None:
    network()
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "Шавкат Каримов", "1975")
    person("c", "Карим Асанов", "1990-01-01")
    index_all()
    account = officer()
    looks = Looks(live_server, account)
    with chromium() as browser:
        with looks.page(browser, account, viewport=DESK) as page:
            page.goto("/records/?kind=Person")
            found = page.locator(".hit")
            expect(found).to_have_count(3)
            page.locator("#condition-1-what").select_option("birthDate")
            page.locator("#condition-1-value").fill("1980")
            page.keyboard.press("Enter")
            expect(found).to_have_count(2)
            page.locator("#condition-2-what").select_option("name")
            page.locator("#condition-2-value").fill("karim")
            page.keyboard.press("Tab")
            expect(found).to_have_count(1)
            expect(page.locator("#condition-2-value")).to_have_value("karim")
            page.locator("#condition-any").select_option("1")
            expect(found).to_have_count(3)
            page.locator("#condition-2-if").select_option("not")
            expect(page).to_have_url(re.compile(r"/\?kind=Person&where=[^&]*&any=1$"))
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_role("button", name="Take out the condition: Birth date").click()
            expect(page.locator(".condition")).to_have_count(2)
            expect(found).to_have_count(1)
            page.reload()
            expect(page.locator("#condition-1-value")).to_have_value("karim")
            page.get_by_role("button", name="Tell me of new ones").click()
            page.locator(".question-name summary").focus()
            page.keyboard.press("Enter")
            page.get_by_label("Name of the question").fill("Not Karim")
            page.keyboard.press("Enter")
            expect(page.get_by_role("link", name="Not Karim")).to_be_visible()
            assert meanwhile(_questions) == [
                ("Not Karim", "kind=Person&where=not+name%3A+karim&any=1")
            ]
        with looks.page(browser, account, viewport=PHONE) as page:
            page.goto("/records/?q=karim")
            expect(page.locator("#condition-1-what")).to_be_hidden()
            page.get_by_label("Filters and conditions").check()
            expect(page.locator("#condition-1-what")).to_be_visible()
            page.goto("/records/?kind=Person&where=linked+~+Substance%3A+heroin")
            expect(page.locator("#condition-1-what")).to_have_value("linked")
            assert (barriers(page), overflow(page)) == ([], 0)
