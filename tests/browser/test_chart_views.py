"""One set, seen as a chart, in time, on the map and as a table: one selection, one filter."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.charts.kept.keeping import make_chart
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
DRAWN = "link-chart[data-drawn]"
ITEMS = ("tilekov", "holov", "lorry", "phone", "other phone", "firm", "load", "seizure", "earlier")
COUNT, SELECTED = ".chart-count", ".chart-table tr[aria-selected=true]"
ROWS = ".chart-table tbody tr"


def _goes_along_in_time(page: Page) -> None:
    """A row each; keys go from event to event and tell the time by both clocks; both ends are selected."""
    page.locator("[data-view=timeline]").click()
    expect(page.locator("[data-row]")).to_have_count(7)
    assert page.url.endswith("view=timeline")
    rows = page.locator("[data-piece=time-rows]")
    page.locator("[data-row]", has_text="Rustam Holov").click()
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_contain_text("Rustam Holov")
    rows.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-piece=time-hint]")).to_contain_text("Seizure 0188")
    expect(page.locator("[data-piece=time-hint]")).to_contain_text("2 Mar 2026")
    page.keyboard.press("Enter")
    expect(page.locator(SELECTED)).to_have_count(2)
    page.locator("[data-open]").first.click()
    expect(page.locator("[data-open][aria-expanded=true]")).to_have_count(1)
    expect(page.locator(".timeline-name.is-beneath").first).to_be_visible()
    page.locator("[data-open]").first.click()


def _lets_a_time_stand_out(page: Page) -> None:
    """What is drawn along the dates stands out in each view, and the chart says how many stand back."""
    axis = page.locator("[data-piece=time-axis]").bounding_box()
    assert axis is not None
    x, y = axis["x"] + axis["width"], axis["y"] + 12
    page.mouse.move(x - 5, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=3)
    page.mouse.up()
    expect(page.locator("[data-piece=time-clear]")).to_be_visible()
    expect(page.locator(COUNT)).to_contain_text("stand")
    page.locator("[data-view=chart]").click()
    expect(page.locator(COUNT)).to_contain_text("stand")
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(COUNT)).not_to_contain_text("stand")
    page.locator("[data-view=timeline]").click()
    expect(page.locator("[data-piece=time-clear]")).to_be_hidden()


def _edits_several_rows(page: Page) -> None:
    """Rows are filtered, and selected up to one; what is done is done to all, as one step."""
    page.locator("[data-view=table]").click()
    page.locator("[data-by=name]:visible").click()
    page.locator(ROWS).nth(1).locator("th").click()
    page.locator(ROWS).nth(3).locator("th").click(modifiers=["Shift"])
    expect(page.locator(SELECTED)).to_have_count(3)
    page.locator(ROWS).nth(5).locator("th").click(modifiers=["Control"])
    expect(page.locator(SELECTED)).to_have_count(4)
    page.locator("[data-act=hide]").click()
    expect(page.locator(COUNT)).to_contain_text("5 of 9 items")
    expect(page.locator(COUNT)).to_contain_text("4 hidden")
    page.locator("[data-act=show-selected]").click()
    expect(page.locator(COUNT)).to_contain_text("9 of 9 items")
    page.locator("#chart-note").fill("Seen together")
    page.locator("#chart-note").blur()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(COUNT)).to_contain_text("5 of 9 items")
    page.keyboard.press("Control+z")
    page.locator("#chart-table-filter").fill("vehicle")
    expect(page.locator(ROWS)).to_have_count(1)
    page.locator("[data-does=only]").click()
    expect(page.locator(COUNT)).to_contain_text("hidden")
    page.locator("[data-act=undo]").click()
    page.locator("#chart-table-filter").fill("")
    page.locator("[data-table-of=links]").click()
    expect(page.locator("[data-piece=table-count]")).to_contain_text("links")
    page.locator(ROWS).first.click()
    expect(page.locator(SELECTED)).to_have_count(1)
    expect(page.locator("[data-piece=item-text]")).not_to_be_empty()
    page.locator("[data-does=ends]").first.click()
    expect(page.locator("[data-piece=table-chosen]")).to_contain_text("2 of 9")


def _acts_on_a_group(page: Page) -> None:
    page.locator("[data-table-of=groups]").click()
    expect(page.locator("[data-piece=table-count]")).to_contain_text("groups")
    whole = page.locator(ROWS).filter(has_text="what hangs together").first
    whole.locator("th").click()
    expect(page.locator("[data-piece=table-chosen]")).to_contain_text("9 of 9")
    page.locator("[data-by=name]:visible").click()
    some = page.locator(ROWS).filter(has_text="groups, by Leiden").first
    members = int(some.locator("td").nth(1).inner_text())
    some.locator("[data-does=hide]").click()
    expect(page.locator(COUNT)).to_contain_text(f"{members} hidden")
    page.locator("[data-act=undo]").click()
    expect(page.locator(COUNT)).to_contain_text("9 of 9 items")
    page.locator("[data-table-of=items]").click()


def _has_columns_of_what_is_said(page: Page) -> None:
    columns = page.locator("#chart-table-columns")
    columns.select_option("registrationNumber")
    head = page.locator("[data-by='fact:registrationNumber']")
    expect(head).to_have_text("Registration number")
    head.click()
    expect(page.locator(ROWS).first).to_contain_text("KG 01 7784 AD")
    page.locator("[data-piece=table-filter]").fill("7784")
    expect(page.locator(ROWS)).to_have_count(1)
    page.locator("[data-piece=table-filter]").fill("")
    columns.select_option("registrationNumber")
    expect(head).to_have_count(0)
    page.locator("[data-act=undo]").click()
    expect(head).to_have_count(1)
    page.locator("[data-act=undo]").click()


def _whole(page: Page) -> tuple[list[str], int, list[str]]:
    return barriers(page), overflow(page), list(page.complaints)  # type: ignore[attr-defined]


def test_one_set_is_seen_in_four_ways(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    grey_lorry()
    address = f"/charts/{make_chart(me, 'Grey lorry', [key(one) for one in ITEMS]).key}/"
    looks = Looks(live_server, me)
    with chromium() as browser:
        with looks.page(browser, me, viewport=DESK) as page:
            page.goto(address)
            page.locator("[name=purpose]").first.click()
            page.wait_for_selector(DRAWN)
            for part in (
                _goes_along_in_time,
                _lets_a_time_stand_out,
                _edits_several_rows,
                _acts_on_a_group,
                _has_columns_of_what_is_said,
            ):
                part(page)
                assert _whole(page) == ([], 0, [])
        with looks.page(browser, me, viewport=PHONE) as page:
            page.goto(f"{address}?view=timeline")
            expect(page.locator("[data-row]")).to_have_count(7)
            assert _whole(page) == ([], 0, [])
            page.locator("[data-view=table]").click()
            assert _whole(page) == ([], 0, [])
