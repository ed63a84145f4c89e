"""What a chart asks for while nobody touches it keeps nobody signed in, and renews no purpose."""

from typing import Any

import pytest
from playwright.sync_api import Page

from borderliaison.charts.kept.keeping import make_chart
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import Looks
from tests.charts.cast import grey_lorry
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
LONG_MS = 61_000
HIDE = "() => document.querySelector('.chart-table [data-does=hide]').click()"


def _is_the_officers(page: Page, script: str) -> bool:
    """Run a script; return whether what the chart asks for then counts as work of the officer."""
    with page.expect_request("**/charts/measures/") as asked:
        page.evaluate(script)
    return "blo-background" not in asked.value.headers


def test_what_is_asked_long_after_the_last_press_is_the_pages_own(live_server: Any) -> None:
    network()
    me = officer(role="analyst")
    address = f"/charts/{make_chart(me, 'Grey lorry', grey_lorry()).key}/"
    looks = Looks(live_server, me)
    with chromium() as browser, looks.page(browser, me) as page:
        page.clock.install()
        page.goto(address)
        page.locator("[name=purpose]").first.click()
        page.wait_for_selector("link-chart[data-drawn]")
        page.wait_for_selector(".chart-table tbody tr")
        page.keyboard.press("Tab")
        assert _is_the_officers(page, HIDE)
        page.clock.fast_forward(LONG_MS)
        assert not _is_the_officers(page, HIDE)
        page.keyboard.press("Tab")
        assert _is_the_officers(page, HIDE)
