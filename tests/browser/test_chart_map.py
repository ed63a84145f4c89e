"""The chart's items on the map: pins, ways, what has no place; one selection for chart and map."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.charts.kept.keeping import make_chart
from borderliaison.records.statements.drafted import Drafted, Said
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network
from tests.records.cast import say

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
SEEN = "Seen at Gulcha: 40.310, 73.440"
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : get.call(this, kind, ...more);
};
"""


def _told_where() -> None:
    """Let reports say where the events of the grey lorry were, and that it was seen on its way."""
    points = {"dostuk": "KG-DST", "bor-dobo": "KG-BDB"}
    where = {"seizure": "dostuk", "earlier": "bor-dobo"}
    seen = {
        "name": "Seen at Gulcha",
        "latitude": "40.31",
        "longitude": "73.44",
        "date": "2026-05-14T02:20:00+00:00",
    }
    involved = {"entity": key("lorry"), "event": key("gulcha")}
    say(
        "places",
        *(
            Drafted(key(one), "CrossingPoint", (Said("code", code),))
            for one, code in points.items()
        ),
        *(Drafted(key(one), "Seizure", (Said("crossing", key(to)),)) for one, to in where.items()),
        _drafted("gulcha", "Sighting", seen),
        _drafted("lorry", "Vehicle", {"registrationNumber": "KG 01 7784 AD"}),
        _drafted("at gulcha", "Involvement", involved),
    )


def _drafted(name: str, schema: str, said: dict[str, str]) -> Drafted:
    return Drafted(key(name), schema, tuple(Said(*one) for one in said.items()))


def _opens_the_map(page: Page, address: str) -> None:
    page.goto(address)
    purpose = page.locator("[name=purpose]")
    if purpose.count():
        purpose.first.click()
    page.wait_for_selector("link-chart[data-drawn]")
    page.locator("[data-view=map]").click()
    page.wait_for_selector("[data-piece=map-view][data-drawn]")


def _follows_a_way(page: Page) -> None:
    """A way is told with its times, and selects who went it; on the chart they are selected too."""
    expect(page.locator(".map-arrow:visible")).to_have_count(3)
    way = page.locator(".map-arrow.is-unsure")
    expect(way).to_have_attribute("aria-label", "Rustam Holov: Bor-Dobo → Dostuk")
    way.click()
    card = page.locator("[data-piece=map-card]")
    expect(card).to_contain_text("Bor-Dobo → Dostuk")
    expect(card).to_contain_text("74 days lie between")
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_contain_text("Rustam Holov")
    expect(page.locator(".map-item[aria-pressed=true]")).to_have_count(1)


def _goes_by_keys(page: Page) -> None:
    """Arrows go from pin to pin; one is told with where it was, by both clocks."""
    page.keyboard.press("Escape")
    expect(page.locator("[data-piece=map-card]")).to_be_hidden()
    page.locator(".map-item[tabindex='0']").focus()
    for way in ("ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(way)
    expect(page.locator(".map-item:focus")).to_have_attribute("aria-label", SEEN)
    page.keyboard.press("Enter")
    card = page.locator("[data-piece=map-card]")
    expect(card).to_contain_text("14 May 2026, 08:20 (02:20 UTC)")
    expect(card).to_contain_text("± 0.56 km")
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_contain_text("Seen at Gulcha")


def _is_one_with_the_chart(page: Page) -> None:
    """What is selected in the table is marked on the map; what is hidden is on neither, nor its ways."""
    page.locator(".chart-table tr", has_text="Seizure 0231").click()
    expect(page.locator(".map-item[aria-pressed=true]")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.locator(".map-arrow.is-unsure")).to_have_count(0)
    expect(page.locator("[data-piece=map-summary]")).to_have_text("Without a place: 10 of 17 items")
    page.keyboard.press("Control+z")
    expect(page.locator(".map-arrow.is-unsure")).to_have_count(1)
    page.locator("[data-piece=map-summary]").click()
    expect(page.locator("[data-piece=map-list-without] button")).to_have_count(10)
    page.locator("[data-piece=map-list-without] button", has_text="Nazarova").click()
    expect(page.locator(".chart-table tr[aria-selected=true]")).to_contain_text("Nazarova")


def test_where_the_items_of_a_chart_were(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    keys = [*grey_lorry(), key("gulcha")]
    _told_where()
    looks = Looks(live_server, me)
    address = f"/charts/{make_chart(me, 'Grey lorry', keys).key}/"
    with chromium() as browser:
        with looks.page(browser, me, viewport=DESK) as page:
            _opens_the_map(page, address)
            _follows_a_way(page)
            _goes_by_keys(page)
            _is_one_with_the_chart(page)
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])  # type: ignore[attr-defined]
        with looks.page(browser, me, viewport=PHONE, color_scheme="dark") as page:
            _opens_the_map(page, address)
            assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])  # type: ignore[attr-defined]
            page.add_init_script(NO_WEBGL)
            _opens_the_map(page, address)
            expect(page.locator("[data-piece=map-cannot]")).to_be_visible()
            expect(page.locator("[data-piece=map-list-with] > li")).to_have_count(8)
