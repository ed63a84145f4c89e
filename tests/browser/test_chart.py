"""The link chart: drawn, spread, found in, arranged, taken back and saved, by mouse and by keys."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from borderliaison.charts.kept.keeping import make_chart
from borderliaison.records.search.index.indexing import index_all
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWN = "link-chart[data-drawn]"
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : get.call(this, kind, ...more);
};
"""


def _begins(page: Page, address: str) -> None:
    """The chart is opened for a purpose, and drawn."""
    page.goto(address)
    page.locator("[name=purpose]").first.click()
    page.wait_for_selector(DRAWN)


def _puts_and_expands(page: Page) -> None:
    """What is typed finds a record; it comes onto the chart, and what is linked to it beside it."""
    page.locator("#chart-find").fill("holov")
    expect(page.locator(".chart-hit[data-key]")).to_contain_text("Rustam Holov")
    page.keyboard.press("Enter")
    expect(page.locator(".chart-count")).to_contain_text("2 of 2 items")
    expect(page.locator("[data-piece=item-text]")).to_contain_text("Rustam Holov")
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("e")
    expect(page.locator(".chart-count")).to_contain_text("6 of 6 items")


def _finds_a_way(page: Page) -> None:
    """Two are selected; the way from one to the other is brought and lifted out."""
    page.locator(".chart-table tr", has_text="Rustam Holov").click()
    page.locator(".chart-table tr", has_text="Azamat Tilekov").click(modifiers=["Control"])
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("t")
    expect(page.locator(".chart-way")).to_have_count(1)
    assert page.locator(".chart-table tr.is-on-path").count() == 3


def _takes_back(page: Page) -> None:
    """Hiding and arranging are steps that can be taken back."""
    page.keyboard.press("Escape")
    page.locator(".chart-table tr", has_text="Azamat Tilekov").click()
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".chart-count")).to_contain_text("5 of 6 items")
    page.keyboard.press("Control+z")
    expect(page.locator(".chart-count")).to_contain_text("6 of 6 items")
    page.locator("[data-layout=time]").click()
    expect(page.locator("[data-layout=time]")).to_have_attribute("aria-pressed", "true")


def _counts(page: Page) -> None:
    """What is counted is selected, stands out, or is hidden; the clock of the hours is named."""
    page.locator("[data-tab-of=count]").click()
    people = page.locator(".chart-bar", has_text="Person")
    expect(people).to_contain_text("2")
    people.click()
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_have_count(2)
    page.locator("input[name=count-does][value=hide]").check()
    people.click()
    expect(page.locator(".chart-count")).to_contain_text("4 of 6 items")
    expect(people).to_have_count(0)
    page.keyboard.press("Control+z")
    page.locator("input[name=count-does][value=grey]").check()
    people.click()
    expect(page.locator("[data-piece=said]")).to_contain_text("2 items stand out")
    expect(page.locator("[data-piece=count-zone]")).to_contain_text("Asia/Bishkek (UTC+6)")
    page.locator("input[name=count-does][value=select]").check()
    page.locator("#count-about").select_option("link:label")
    page.locator(".chart-bar", has_text="uses").first.click()
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_have_count(4)
    page.locator("#count-about").select_option("schema")


def _collapses(page: Page) -> None:
    """The neighbours of one stand in it, as one step, until it is opened again."""
    page.locator("[data-tab-of=item]").click()
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("Escape")
    page.locator(".chart-table tr", has_text="Rustam Holov").click()
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("o")
    expect(page.locator(".chart-count")).to_contain_text("2 of 6 items")
    page.keyboard.press("u")
    expect(page.locator(".chart-count")).to_contain_text("6 of 6 items")
    expect(page.locator("[data-piece=said]")).to_contain_text("4 items shown")


def _writes_of_one(page: Page) -> None:
    """What was written of one is kept where another is chosen meanwhile; arrows go along the tabs."""
    page.locator("#chart-note").fill("Seen twice")
    page.locator(".chart-table tr", has_text="Azamat Tilekov").dispatch_event("click")
    expect(page.locator("#chart-note")).to_have_value("")
    page.locator(".chart-table tr", has_text="Rustam Holov").click()
    expect(page.locator("#chart-note")).to_have_value("Seen twice")
    selected = page.locator(".chart-table tr[aria-selected=true]")
    page.locator("[data-act=neighbours]").first.click()
    expect(selected).to_have_count(5)
    page.locator("[data-act=neighbours]").first.click()
    expect(selected).to_have_count(6)
    page.locator("[data-tab-of=item]").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-tab-of=versions]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-piece=panel-item]")).to_be_visible()


def _takes_a_picture(page: Page) -> None:
    """What must stand on the picture, and how it is called, comes from the server, which notes it."""
    page.locator(".chart-take > summary").click()
    with page.expect_response("**/picture/") as answer, page.expect_download() as download:
        page.locator("[data-take=picture]").click()
    assert "H0" in answer.value.json()["marking"]
    assert download.value.suggested_filename == answer.value.json()["file"]


def _saves(page: Page) -> None:
    """A rule is in the legend; what is made while it is saved is not saved by that."""
    page.locator("[data-tab-of=look]").click()
    page.locator("#rule-value").fill("Vehicle")
    page.locator("[data-act=add-rule]").click()
    expect(page.locator(".chart-legend")).to_contain_text("Vehicle")
    held: list[Route] = []
    page.route("**/save/", lambda route, _: held.append(route))
    with page.expect_request("**/save/"):
        page.keyboard.press("Control+s")
    page.locator("[data-layout=circle]").click()
    expect(page.locator("[data-layout=circle]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+s")
    held[0].continue_()
    page.unroute("**/save/")
    expect(page.locator("[data-piece=version]")).to_contain_text("version 2")
    expect(page.locator("[data-piece=unsaved]")).to_be_visible()
    assert len(held) == 1
    page.locator("[data-act=undo]").click()
    expect(page.locator("[data-piece=unsaved]")).to_be_hidden()
    page.reload()
    page.wait_for_selector(DRAWN)
    expect(page.locator(".chart-count")).to_contain_text("6 of 6 items")
    expect(page.locator("[data-layout=time]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".chart-legend")).to_contain_text("Vehicle")


def test_an_analyst_draws_who_and_what_is_linked(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    grey_lorry()
    index_all()
    address = f"/charts/{make_chart(me, 'Grey lorry', [key('tilekov')]).key}/"
    looks = Looks(live_server, me)
    with chromium() as browser:
        with looks.page(browser, me, viewport=DESK) as page:
            _begins(page, address)
            for part in (
                _puts_and_expands,
                _finds_a_way,
                _takes_back,
                _counts,
                _collapses,
                _writes_of_one,
                _takes_a_picture,
                _saves,
            ):
                part(page)
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
        with looks.page(browser, me, viewport=PHONE) as page:
            page.add_init_script(NO_WEBGL)
            page.goto(address)
            expect(page.locator("[data-piece=cannot]")).to_be_visible()
            expect(page.locator(".chart-table tbody tr")).to_have_count(6)
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
