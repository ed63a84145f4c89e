"""What is done to a selection of a chart, by the mouse and by keys, and what is seen beside it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

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
ITEMS = ("tilekov", "holov", "nazarova", "lorry", "firm", "seizure", "namesake")
ROWS, SELECTED = ".chart-table tbody tr", ".chart-table tr[aria-selected=true]"
COUNT, LEGEND, CHOSEN = ".chart-count", ".chart-legend", "[data-piece=table-chosen]"


def _bar(page: Page, name: str) -> Locator:
    return page.locator(".chart-bar", has_text=name)


def _is_narrowed_from_the_count(page: Page) -> None:
    """What a bar counts is selected in the table, and alone in it on request; the bar keeps the focus."""
    page.locator("[data-tab-of=count]").click()
    _bar(page, "Person").click()
    expect(page.locator(CHOSEN)).to_have_text("4 of 7 selected")
    page.locator("[data-piece=table-chosen-only]").click()
    expect(page.locator(ROWS)).to_have_count(4)
    page.locator(ROWS).first.locator("th").click()
    expect(page.locator(ROWS)).to_have_count(4)
    _bar(page, "Vehicle").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.locator("[name=count-does][value=hide]").check()
    _bar(page, "Vehicle").focus()
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_contain_text("1 hidden")
    expect(page.locator(".chart-bar:focus")).to_have_count(1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    expect(page.locator(ROWS)).to_have_count(7)
    expect(page.locator("[data-piece=table-chosen-only]")).to_be_hidden()


def _is_dressed_at_once(page: Page) -> None:
    """Colour, symbol and letter go to all that is selected, each as one step."""
    page.locator("[data-tab-of=count]").click()
    page.locator("[name=count-does][value=select]").check()
    _bar(page, "Person").click()
    page.locator("[data-tab-of=item]").click()
    page.locator("[name=own-ink][value=chart-6]").check(force=True)
    page.locator("#chart-own-sign").select_option("eye")
    page.locator("#chart-own-badge").fill("K1")
    page.locator("#chart-own-badge").blur()
    expect(page.locator(LEGEND)).to_contain_text("given by hand")
    page.locator("[data-act=undo]").click()
    expect(page.locator("#chart-own-badge")).to_have_value("")
    expect(page.locator("#chart-own-sign")).to_have_value("eye")
    page.locator("[data-act=undo]").click()
    page.locator("[data-act=undo]").click()
    expect(page.locator(LEGEND)).not_to_contain_text("given by hand")
    with page.expect_popup() as opened:
        page.locator("[data-piece=onto]").click()
    expect(opened.value.locator("[name=item]")).to_have_count(4)
    opened.value.close()


def _is_gone_along_by_keys(page: Page) -> None:
    """From a row to what is done to it, and back; the focus stays where it was."""
    page.locator("[data-by=name]:visible").click()
    page.locator(ROWS).first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(SELECTED)).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-does=only]:focus")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("[data-does=show]:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-does=hide]:focus")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{ROWS}:focus")).to_have_count(1)


def _draws_namesakes_as_one(page: Page) -> None:
    """In whatever order a name is written; the chart says so, and one step takes it back."""
    page.locator("[data-tab-of=look]").click()
    page.locator("[data-act=as-one]").click()
    expect(page.locator(COUNT)).to_contain_text("6 of 7 items")
    expect(page.locator(COUNT)).to_contain_text("1 stands with its namesake")
    expect(page.locator(LEGEND)).to_contain_text("does not say that they are one")
    page.locator("[data-act=apart]").click()
    expect(page.locator(COUNT)).to_contain_text("7 of 7 items")
    expect(page.locator("[data-act=as-one]")).to_be_focused()


def _shows_in_time_what_is_beside_the_chart(page: Page) -> None:
    """Somebody's telephone has a row with its calls; it comes onto the chart when that is asked for."""
    page.locator("[data-view=timeline]").click()
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(6)
    person = page.locator(".timeline-name", has_text="Azamat Tilekov").first
    person.locator("[data-open]").click()
    page.locator("[data-row]", has_text="off the chart").click()
    telephone = page.locator(".is-off-chart", has_text="+996555140417")
    expect(telephone).to_have_count(1)
    expect(page.locator(COUNT)).to_contain_text("7 of 7 items")
    telephone.locator("button").click()
    expect(page.locator(COUNT)).to_contain_text("8 of 8 items")
    expect(telephone).to_have_count(0)
    person.locator("[data-open]").click()
    expect(rows).to_have_count(7)


def _steps_through_what_was_seen(page: Page) -> None:
    """A snapshot of the map leads there again, also before others."""
    page.locator("[data-view=map]").click()
    expect(page.locator("[data-piece=map-view][data-drawn]")).to_have_count(1)
    page.locator("[data-tab-of=look]").click()
    for name, view in (("Where", "map"), ("Who", "chart")):
        page.locator(f"[data-view={view}]").click()
        page.locator("#snapshot-name").fill(name)
        page.locator("[data-act=snap]").click()
    page.locator("[data-snapshot]", has_text="Where").click()
    expect(page.locator("link-chart")).to_have_attribute("data-seen", "map")
    page.locator("[data-view=chart]").click()
    page.locator("[data-present=begin]").click()
    expect(page.locator("link-chart")).to_have_attribute("data-seen", "map")
    page.keyboard.press("ArrowRight")
    expect(page.locator("link-chart")).to_have_attribute("data-seen", "chart")
    page.keyboard.press("Escape")
    expect(page.locator("link-chart.is-presenting")).to_have_count(0)
    page.locator("[data-snapshot-away]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-snapshot-away='0']:focus")).to_have_count(1)


def _namesake() -> None:
    name = Said("name", "TILEKOV, Azamat")
    say("namesake", Drafted(key("namesake"), "Person", (name,)))


def test_an_analyst_works_on_a_selection(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    grey_lorry()
    _namesake()
    address = f"/charts/{make_chart(me, 'Grey lorry', [key(one) for one in ITEMS]).key}/"
    looks = Looks(live_server, me)
    with chromium() as browser, looks.page(browser, me, viewport=DESK) as page:
        page.goto(address)
        page.locator("[name=purpose]").first.click()
        page.wait_for_selector("link-chart[data-drawn]")
        for part in (
            _is_narrowed_from_the_count,
            _is_dressed_at_once,
            _is_gone_along_by_keys,
            _draws_namesakes_as_one,
            _shows_in_time_what_is_beside_the_chart,
            _steps_through_what_was_seen,
        ):
            part(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])  # type: ignore[attr-defined]
