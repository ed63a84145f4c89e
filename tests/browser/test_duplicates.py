"""Judging who is the same in Chromium, by keyboard alone, and taking it back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from borderliaison.records.models import Judgement
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, meanwhile, overflow
from tests.correspondence.cast import network
from tests.records.cast import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _standing() -> list[tuple[str, str]]:
    rows = Judgement.objects.as_system("test").filter(undone_at=None).order_by("pk")
    return list(rows.values_list("verdict", "basis"))


def test_pairs_are_judged_by_one_key_and_taken_back_after_a_look_at_what_would_split(
    live_server: Any,
) -> None:
    network()
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "ASKAROV BEK", "1987-05-12")
    person("c", "Шавкат Каримов", "1975")
    person("d", "Karimov Shavkat", "1975")
    account = officer()
    looks = Looks(live_server, account)
    with chromium() as browser:
        with looks.page(browser, account, viewport=DESK) as page:
            page.goto("/records/")
            page.get_by_role("link", name="Duplicates").click()
            expect(page.get_by_role("article")).to_have_count(2)
            assert (barriers(page), overflow(page)) == ([], 0)
            page.keyboard.press("3")
            expect(page.get_by_role("article")).to_have_count(1)
            page.get_by_text("Papers looked at").click()
            page.keyboard.press("Escape")
            page.get_by_role("button", name="Different").click()
            expect(page.get_by_text("No record looks like another")).to_be_visible()
            assert meanwhile(_standing) == [("same", "records"), ("different", "papers")]
            page.get_by_role("link", name="Judged").click()
            page.get_by_role("link", name="Бек Аскаров").click()
            expect(page.locator(".parts-group")).to_have_count(3)
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_label("Why it is taken back").fill("Another birthmark")
            page.keyboard.press("Control+Enter")
            expect(page.get_by_text("The judgement was taken back.")).to_be_visible()
            assert meanwhile(_standing) == [("different", "papers")]
        with looks.page(browser, account, viewport=PHONE) as page:
            page.goto("/records/duplicates/")
            expect(page.get_by_role("button", name="The same")).to_be_hidden()
            assert overflow(page) == 0
            page.get_by_role("article").first.click()
            expect(page.get_by_role("button", name="The same")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)


def test_what_was_judged_at_once_is_taken_back_by_one_undo(live_server: Any) -> None:
    network()
    for name in "abc":
        person(name, "Бек Аскаров", "1987-05-12")
    account = officer()
    looks = Looks(live_server, account)
    with chromium() as browser:
        with looks.page(browser, account, viewport=DESK) as page:
            page.goto("/records/duplicates/")
            page.keyboard.press("4")
            expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
            page.keyboard.press("3")
            page.get_by_role("link", name="Take all back").click()
            expect(page.locator(".parts-group")).to_have_count(4)
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_role("link", name="Back to the judgements").click()
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_role("link", name="judged at once").first.click()
            page.get_by_label("Why they are taken back").fill("Another list")
            page.keyboard.press("Control+Enter")
            expect(page.get_by_text("2 judgements were taken back.")).to_be_visible()
            assert meanwhile(_standing) == []
        with looks.page(browser, account, viewport=PHONE) as page:
            page.goto("/records/judgements/")
            page.get_by_role("link", name="judged at once").first.click()
            expect(page.get_by_role("heading", name="What was judged")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
