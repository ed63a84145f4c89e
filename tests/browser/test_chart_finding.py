"""The link chart expands by kinds and a time, finds past what is left out, and names that; by keys, too."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.charts.kept.keeping import make_chart
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def _begins(page: Page, address: str) -> None:
    page.goto(address)
    if page.locator("[name=purpose]").count():
        page.locator("[name=purpose]").first.click()
    page.wait_for_selector("link-chart[data-drawn]")


def _chooses(page: Page, *names: str) -> None:
    for place, name in enumerate(names):
        row = page.locator(".chart-table tr", has_text=name)
        row.click(modifiers=["Control"] if place else [])


def _expands_by_kind(page: Page) -> None:
    """By keys alone: the panel opens, a kind is ticked, and what came and what did not is said."""
    _chooses(page, "KG 01 7784 AD")
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("k")
    uses = page.locator("[data-piece=spread-links] .check", has_text="Uses")
    expect(uses).to_contain_text("2")
    expect(page.locator("[data-piece=spread-links] input").first).to_be_focused()
    uses.locator("input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".chart-count")).to_contain_text("3 of 3 items")
    expect(page.locator("[data-piece=said]")).to_contain_text(
        "2 items added. 7 that were not ticked"
    )
    expect(uses).to_have_count(0)
    page.locator("#chart-spread-since").fill("2026-05-15")
    page.locator("[data-piece=spread-go]").click()
    expect(page.locator(".chart-count")).to_contain_text("5 of 5 items")
    expect(page.locator("[data-piece=said]")).to_contain_text("5 are linked outside the period")
    page.locator("#chart-spread-since").press("Escape")
    expect(page.locator("[data-piece=spread]")).to_be_hidden()
    expect(page.locator("[data-piece=spread-by]")).to_be_focused()


def _leaves_out(page: Page) -> None:
    """An item and a kind are left out of the way, which leads past them; the answer names both."""
    _chooses(page, "KG 01 7784 AD")
    page.locator("[data-tab-of=find]").click()
    page.locator("[data-act=leave-out]").click()
    page.locator("#chart-find-kind").select_option("items:Seizure")
    expect(page.locator("[data-piece=find-without] li")).to_have_count(2)
    _chooses(page, "Azamat Tilekov", "Rustam Holov")
    page.locator("[data-piece=find-go]").click()
    expect(page.locator(".chart-way")).to_have_text(
        "Azamat Tilekov → +996555140417 → +998901122260 → Rustam Holov"
    )
    left_out = page.locator("[data-piece=find-left-out]")
    expect(left_out).to_contain_text("Left out: KG 01 7784 AD")
    expect(left_out).to_contain_text("Seizures")


def _takes_in_again(page: Page) -> None:
    """What is left out is so no longer; of all ways as many come as are wished."""
    for _ in range(2):
        page.locator("[data-take-in]").first.click()
    expect(page.locator("[data-piece=find-without]")).to_be_hidden()
    page.locator("[name=find][value=paths]").check()
    expect(page.locator("#chart-find-most")).to_be_visible()
    page.locator("[data-piece=depth]").select_option("1")
    page.locator("[data-piece=find-go]").click()
    expect(page.locator("[data-piece=find-state]")).to_contain_text("longer ways may be there")


def _goes_forward_in_time(page: Page) -> None:
    """The fields of time stand with what is linked alone, and what comes too late is not come to."""
    _chooses(page, "Azamat Tilekov")
    expect(page.locator("#chart-gap")).to_be_hidden()
    page.locator("[name=find][value=around]").check()
    page.locator("[data-piece=depth]").select_option("3")
    page.get_by_label("Time goes forward along the way").check()
    page.locator("#chart-gap").fill("0")
    page.locator("[data-piece=find-go]").click()
    expect(page.locator(".chart-way")).to_have_count(1)
    with_gap = page.locator(".chart-way").inner_text()
    page.locator("#chart-gap").fill("")
    page.locator("[data-piece=find-go]").click()
    expect(page.locator(".chart-way")).not_to_have_text(with_gap)


def test_an_analyst_expands_by_kinds_and_finds_past_what_is_left_out(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    grey_lorry()
    address = f"/charts/{make_chart(me, 'Grey lorry', [key('lorry')]).key}/"
    looks = Looks(live_server, me)
    with chromium() as browser:
        with looks.page(browser, me, viewport=DESK) as page:
            _begins(page, address)
            for part in (_expands_by_kind, _leaves_out, _takes_in_again, _goes_forward_in_time):
                part(page)
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
        with looks.page(browser, me, viewport=PHONE) as page:
            _begins(page, address)
            _chooses(page, "KG 01 7784 AD")
            page.locator("[data-piece=spread-by]").click()
            expect(page.locator("[data-piece=spread-links] .check").first).to_be_visible()
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
