"""An analyst finds the group that is hidden in a year of reports, click by click as the how-to says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as project
from playwright.sync_api import Page, expect

from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.loading import load_year
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.hands import Hands
from tests.browser.office import DESK, PHONE, Looks, barriers, overflow
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
CENTRE = OfficeCode(plants.GROUP_READ_AT)
GROUP = {*plants.CELL_NORTH, *plants.CELL_SOUTH, plants.BROKER}
MOST_CLICKS = 9


@pytest.fixture
def year(settings: Any) -> None:
    """The centre holds what Dostuk sent it in a year."""
    settings.BLO_OFFICE = CENTRE
    network()
    node = replace(project.NODE, office=CENTRE, demo=True)
    load_year(node, ("KG-DST", CENTRE), datetime.now(UTC))
    catch_up()


def _steps(page: Page, hands: Hands) -> Iterator[str]:
    """Walk as ``docs/howto/find-a-group.md`` says; stop after each click."""
    page.goto("/board/")
    hands.click(page.locator("nav.rail").get_by_role("link", name="Records"))
    yield "records"
    hands.click(page.get_by_role("link", name="Groups"))
    yield "purpose"
    hands.click(page.locator("[name=purpose]").first)
    yield "groups"
    hands.click(page.get_by_role("button", name="Put on a chart").first)
    yield "onto"
    hands.click(page.get_by_role("button", name="Begin"))
    page.wait_for_selector("link-chart[data-drawn]")
    yield "chart"
    hands.click(page.get_by_role("tab", name="Count"))
    yield "count"
    hands.click(page.locator(".chart-bar", has_text="Person"))
    expect(page.locator(".chart-table tr[aria-selected=true]").first).to_be_visible()
    yield "people"


def _names(page: Page) -> set[str]:
    rows = page.locator(".chart-table tr[aria-selected=true] th").all_inner_texts()
    return {" ".join(one.split()) for one in rows}


@pytest.mark.usefixtures("year")
def test_the_group_that_is_hidden_in_the_year_is_found_in_under_ten_clicks(
    live_server: Any,
) -> None:
    me = officer("isakov", role="analyst", office=CENTRE, officer_id=f"{CENTRE}/0001")
    looks = Looks(live_server, me)
    with chromium() as browser:
        with looks.page(browser, me, viewport=DESK) as page:
            hands = Hands(page)
            for step in _steps(page, hands):
                if step == "groups":
                    assert (barriers(page), overflow(page)) == ([], 0)
                    people = page.locator(".hit").first.locator("dd").first.inner_text()
                    assert {one.split(" ×")[0] for one in people.split(", ")} == GROUP
            assert _names(page) == GROUP
            assert hands.total <= MOST_CLICKS
            assert list(page.complaints) == []
        with looks.page(browser, me, viewport=PHONE) as page:
            page.goto("/records/groups/")
            expect(page.locator(".hit").first).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
