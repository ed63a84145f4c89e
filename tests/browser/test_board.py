"""The board and the wall in Chromium: what comes stands there at once; weeks leave the wall as it was."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.markings.services import forget
from tests.browser.chromium import chromium
from tests.browser.office import (
    DESK,
    PHONE,
    Looks,
    Stream,
    barriers,
    meanwhile,
    office_at_work,
    overflow,
)
from tests.correspondence.cast import network
from tests.correspondence.letters import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

POLLS = 3_000
"""How often the wall asks in the test: the server would have told of as many changes in eight hours."""
WEEKS = timedelta(days=40)
FEW = 60
"""So many elements and listeners may there be more at the end than at the beginning."""


@pytest.fixture(autouse=True)
def _network() -> None:
    network()
    forget()


def arrives() -> None:
    receive_item(report("request", received_at=datetime.now(UTC)))


def test_what_comes_stands_in_the_feed_unless_it_is_paused_and_all_of_it_by_keyboard(
    live_server: Any,
) -> None:
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser, looks.page(browser, office.author, viewport=DESK) as page:
        stream = Stream(page)
        page.goto("/")
        rows = page.locator("#board-feed [data-item]")
        first = rows.count()
        expect(page.get_by_role("heading", name="Needs action")).to_be_visible()
        meanwhile(arrives)
        stream.tell("thread")
        expect(rows).to_have_count(first + 1)
        expect(rows.first).to_have_class(re.compile("is-fresh"))
        expect(page.locator("#board-needs")).to_contain_text("Answer Dostuk")
        page.keyboard.press("p")
        expect(page.locator(".board-paused")).to_contain_text("Paused at")
        meanwhile(arrives)
        stream.tell("thread")
        expect(page.locator(".board-paused")).to_contain_text("new rows wait: 1")
        assert rows.count() == first + 1
        page.keyboard.press("p")
        expect(rows).to_have_count(first + 2)
        page.locator("[data-hours]").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".board-hour-said")).to_contain_text(re.compile(r": \d+ \(urgent"))
        assert page.complaints == []  # type: ignore[attr-defined]


def test_it_is_whole_at_every_width(live_server: Any) -> None:
    office = office_at_work()
    arrives()
    looks = Looks(live_server, office.author)
    with chromium() as browser:
        with looks.page(browser, office.author, viewport=PHONE) as page:
            page.goto("/board/")
            tops = [
                page.locator(part).bounding_box()["y"]  # type: ignore[index]
                for part in ("#board-needs", "#board-feed", "#board-middle")
            ]
            assert tops == sorted(tops), "what needs action stands first, the map last"
            assert overflow(page) == 0
        with looks.page(browser, office.author, viewport={"width": 1000, "height": 800}) as page:
            page.goto("/board/")
            page.get_by_role("tab", name="Needs action").click()
            expect(page.get_by_text("Answer Dostuk")).to_be_visible()
            expect(page.locator("#board-middle")).to_be_hidden()
            expect(page.locator("#board-feed")).to_be_visible()
            assert overflow(page) == 0
            page.get_by_text("Filter", exact=True).click()
            page.get_by_label("Kind of event").select_option("lookout")
            page.get_by_role("button", name="Show").click()
            page.wait_for_url("**/board/?*kind=lookout*")
            assert barriers(page) == []


def test_weeks_on_the_wall_leave_it_as_large_as_it_was(live_server: Any) -> None:
    """Thousands of changes by a clock that runs ahead: midnights, a server that is away, an end."""
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser:
        options = {"viewport": {"width": 1920, "height": 1080}}
        with looks.page(browser, office.author, **options) as page:
            page.clock.install()
            server = WallServer(page)
            page.goto("/board/wall/")
            expect(page.locator(".wall-row").first).to_be_visible()
            assert smallest_text(page) >= 32
            server.told(200)
            before = server.size()
            server.told(POLLS)
            expect(page.locator("#wall")).to_contain_text(server.newest)
            after = server.size()
            assert after["Nodes"] <= before["Nodes"] + FEW, (before, after)
            assert after["JSEventListeners"] <= before["JSEventListeners"] + FEW, (before, after)
            assert after["JSHeapUsedSize"] <= 1.5 * before["JSHeapUsedSize"], (before, after)

            state = page.locator("#wall-state")
            expect(state).to_be_hidden()
            server.answer = 503
            page.clock.run_for(120_000)
            expect(state).to_contain_text("no answer from the server")
            server.answer = 200
            page.clock.run_for(15_000)
            expect(state).to_be_hidden()

            server.build = "a newer one"
            with page.expect_navigation():
                page.clock.run_for(15_000)
            server.build = ""
            expect(page.locator(".wall-row").first).to_be_visible()
            page.clock.fast_forward(WEEKS)  # a screen that slept
            page.clock.run_for(15_000)
            expect(state).to_be_hidden()
            server.answer = 401
            page.clock.run_for(15_000)
            expect(state).to_contain_text("the sign-in of this screen has ended")
            expect(page.get_by_role("link", name="Sign in")).to_be_visible()
            assert page.complaints == []  # type: ignore[attr-defined]


class WallServer:
    """Answers in the server's place with what it once answered, each time with another newest row."""

    def __init__(self, page: Page) -> None:
        self.page, self.answer, self.build, self.number = page, 200, "", 0
        self._text = self._build = ""
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable")
        page.route("**/board/wall/parts/*", self._answer)

    @property
    def newest(self) -> str:
        """What the newest row says."""
        return f"Office {self.number}"

    def told(self, times: int) -> None:
        """Let so many changes come, by the clock of the page."""
        until = self.number + times
        while self.number < until:
            self.page.clock.run_for(10_500)

    def size(self) -> dict[str, float]:
        """Return how large the page is, when what nothing holds has been swept."""
        self._devtools.send("HeapProfiler.collectGarbage")
        found = self._devtools.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}

    def _answer(self, route: Route) -> None:
        if self.answer != 200:
            return route.fulfill(status=self.answer)
        if not self._text:
            real = route.fetch()
            self._text, self._build = real.text(), real.headers["blo-build"]
        self.number += 1
        row = (
            f'<ol><li class="wall-row" data-key-of="{self.number:032x}"><time>00:00</time>'
            f'<b>Lookout</b><span class="wall-route">{self.newest}</span></li>'
        )
        text = self._text.replace("<ol>", row, 1)
        route.fulfill(
            body=text,
            headers={"Blo-Build": self.build or self._build},
            content_type="text/html; charset=utf-8",
        )


def smallest_text(page: Page) -> float:
    """Return the size in px of the smallest text that stands on the wall for good."""
    return float(
        page.evaluate(
            """() => Math.min(...[...document.querySelectorAll(".wall-head *, #wall *, .band *")]
              .filter((one) => one.offsetParent && [...one.childNodes].some(
                (node) => node.nodeType === 3 && node.data.trim()))
              .filter((one) => !one.closest(".sr"))
              .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
        )
    )
