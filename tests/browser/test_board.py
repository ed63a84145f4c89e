"""The board and the wall in Chromium: what comes stands there at once; weeks leave the wall as it was."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

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

TURNS, AT_ONCE = 1_000, 3
"""How often the wall asks in the test, and how many events come between."""
WEEKS_MS = 40 * 24 * 3600 * 1000
FEW = 60
"""So many elements and listeners may there be more at the end than at the beginning."""
SERVER = """
const asked = window.fetch;
const server = (window.wallServer = { number: 0, status: 200, build: "", text: "", first: "" });
window.fetch = async (url, options) => {
  if (!String(url).includes("/board/wall/parts/")) return asked(url, options);
  if (server.status !== 200) return new Response(null, { status: server.status });
  if (!server.text) {
    const real = await asked(url, options);
    server.first = real.headers.get("Blo-Build");
    server.text = await real.text();
  }
  let rows = "";
  for (let n = 0; n < AT_ONCE; n += 1) {
    server.number += 1;
    rows = `<li class="wall-row" data-key-of="event-${server.number}"><time>00:00</time><b>Lookout</b>`
      + `<span class="wall-route">Event ${server.number}</span></li>${rows}`;
  }
  const headers = { "Blo-Build": server.build || server.first, Date: new Date().toUTCString() };
  return new Response(server.text.replace("<ol>", `<ol>${rows}`), { headers });
};
""".replace("AT_ONCE", str(AT_ONCE))
"""Answers in the server's place with what it once answered, each time with newer rows."""


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
        page.route("**/board/parts/**", lambda route: route.abort())
        stream.tell("thread")
        expect(page.locator(".board-old")).to_contain_text("The board is as it was at")
        page.unroute("**/board/parts/**")
        stream.tell("thread")
        expect(page.locator(".board-old")).to_be_hidden()
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
    """Thousands of events by a clock that runs ahead: midnights, a server that is away, an end."""
    office = office_at_work()
    looks = Looks(live_server, office.author)
    with chromium() as browser:
        options = {"viewport": {"width": 1920, "height": 1080}}
        with looks.page(browser, office.author, **options) as page:
            page.clock.install()
            page.add_init_script(SERVER)
            page.goto("/board/wall/")
            wall = KeptUp(page)
            assert smallest_text(page) >= 32
            wall.turns(100)
            before = wall.size()
            wall.turns(TURNS)
            assert wall.number >= AT_ONCE * TURNS
            expect(page.locator("#wall")).to_contain_text(f"Event {wall.number}")
            after = wall.size()
            assert after["Nodes"] <= before["Nodes"] + FEW, (before, after)
            assert after["JSEventListeners"] <= before["JSEventListeners"] + FEW, (before, after)
            assert after["JSHeapUsedSize"] <= 1.5 * before["JSHeapUsedSize"], (before, after)

            state = page.locator("#wall-state")
            expect(state).to_be_hidden()
            wall.server(status=503)
            wall.turns(8)
            expect(state).to_contain_text("no answer from the server")
            wall.server(status=200)
            wall.turns(2)
            expect(state).to_be_hidden()
            wall.server(build="a newer one")
            with page.expect_navigation():
                wall.turns(1)
            page.clock.fast_forward(WEEKS_MS)  # a screen that slept
            wall.turns(2)
            expect(state).to_be_hidden()
            wall.server(status=401)
            wall.turns(2)
            expect(state).to_contain_text("the sign-in of this screen has ended")
            expect(page.get_by_role("link", name="Sign in")).to_be_visible()
            assert page.complaints == []  # type: ignore[attr-defined]


class KeptUp:
    """A wall that stands for long."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable")

    @property
    def number(self) -> int:
        """How many events have come."""
        return int(self._page.evaluate("wallServer.number"))

    def server(self, **said: object) -> None:
        """Let the server answer otherwise."""
        self._page.evaluate("(said) => Object.assign(wallServer, said)", said)

    def turns(self, times: int) -> None:
        """Let the page's clock run for so many turns, once the wall has come."""
        expect(self._page.locator("#wall")).to_contain_text("Event")
        self._page.clock.run_for(10_000 * times)

    def size(self) -> dict[str, float]:
        """Return how large the page is, when what nothing holds has been swept."""
        self._devtools.send("HeapProfiler.collectGarbage")
        found = self._devtools.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}


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
