"""The map of the board, and the map beside a position: drawn from this office's server, worked by keys."""

import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from borderliaison.exchange.models import LinkRow
from borderliaison.web.map import layers
from tests.accounts.people import officer, signed_in
from tests.browser.chromium import chromium
from tests.browser.office import (
    DESK,
    PHONE,
    Looks,
    Stream,
    barriers,
    meanwhile,
    overflow,
)
from tests.correspondence.cast import begin_draft, lookout, network, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TILE, LIMIT_S = (255, 0, 255), 120
DRAWN = "geo-map[data-drawn]"
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : get.call(this, kind, ...more);
};
"""


def _at_the_board(page: Page) -> None:
    page.goto("/board/?whose=all")
    page.wait_for_selector(DRAWN)


def _focus(page: Page, code: str) -> None:
    page.locator(f".map-office[data-code='{code}']").focus()


def _goes_by_keys(page: Page) -> None:
    """Arrows go from one office to the next, Enter opens, Escape goes back to where it was."""
    _focus(page, "KG-BDB")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".map-office:focus")).to_have_attribute("data-code", "KG-KRM")
    page.keyboard.press("Enter")
    card = page.locator("[data-piece=card]")
    expect(card).to_contain_text("Karamyk")
    expect(card).to_contain_text("± 10 km")
    assert page.locator(".map-office[aria-pressed=true]").count() == 1
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".map-office:focus")).to_have_attribute("data-code", "KG-KRM")


def _follows(page: Page, stream: Stream, desk: Client) -> None:
    """What happens comes by itself, and what is chosen is marked in the feed."""
    card = page.locator("[data-piece=card]")
    marked = page.locator("#board-feed .is-chosen")
    second = meanwhile(send, desk, meanwhile(begin_draft, desk), lookout())
    stream.tell("thread")
    expect(page.locator(".map-pin")).to_have_text("2")
    page.locator(".map-pin").click()
    expect(card.locator("article")).to_have_count(2)
    expect(marked).to_have_count(2)
    assert second.key in marked.evaluate_all("all => all.map((one) => one.dataset.item)")


def _narrows_and_lists(page: Page) -> None:
    """The handles narrow the time; the list says the same as the map."""
    page.locator("[data-piece=close]").click()
    page.locator("[data-piece=until]").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#board-feed .is-chosen")).to_have_count(0)
    expect(page.locator(".map-pin")).to_have_count(0)
    expect(page.locator("[data-piece=count]")).to_have_text("0 events")
    page.keyboard.press("End")
    page.locator(".map-list summary").click()
    expect(page.locator("[data-piece=list-events] li")).to_have_count(1)
    offices = page.locator("[data-piece=list-offices] li")
    assert offices.count() == page.locator(".map-office").count()


def test_the_map_shows_offices_links_and_events_and_is_worked_by_keys(live_server: Any) -> None:
    network()
    now = datetime.now(UTC)
    LinkRow.objects.create(peer="KG-DST", state="up", since=now, latency_ms=18, last_heard=now)
    LinkRow.objects.create(peer="KG-KRM", state="slow", since=now, latency_ms=2900, last_heard=now)
    LinkRow.objects.create(peer="KG-OSH", state="down", since=now, why="peer_away")
    author = officer(full_name="A. Toktosunov")
    desk = signed_in(author)
    send(desk, begin_draft(desk), lookout())
    looks = Looks(live_server, author)

    with chromium() as browser:
        with looks.page(browser, author, viewport=DESK) as page:
            stream = Stream(page)
            _at_the_board(page)
            names = page.locator(".map-office").evaluate_all(
                "all => all.map((one) => one.ariaLabel)"
            )
            assert any("Osh" in one and "Down" in one for one in names)
            assert page.locator(".map-link-slow").count() == 1
            assert page.locator(".map-link-down").count() == 1
            expect(page.locator(".map-words", has_text="2 waiting")).to_have_count(0)
            pin = page.locator(".map-pin")
            expect(pin).to_have_count(1)
            assert "immediate" in (pin.get_attribute("aria-label") or "")

            _goes_by_keys(page)
            _follows(page, stream, desk)
            _narrows_and_lists(page)
            assert barriers(page) == []
            assert page.complaints == []  # type: ignore[attr-defined]

        with looks.page(browser, author, viewport=PHONE) as page:
            page.add_init_script(NO_WEBGL)
            page.goto("/board/?whose=all")
            expect(page.locator("[data-piece=cannot]")).to_be_visible()
            expect(page.locator("[data-piece=list-offices] li").first).to_be_visible()
            wide = page.locator("geo-map").evaluate("(map) => map.scrollWidth")
            assert wide <= PHONE["width"]


def _archive(path: Path, colour: tuple[int, int, int]) -> Path:
    """Write a PMTiles archive of one tile, which is the whole earth in one colour.

    Source: PMTiles specification, version 3: header, directory of one entry, no metadata, no compression.
    """
    drawn = BytesIO()
    Image.new("RGB", (256, 256), colour).save(drawn, "PNG")
    tile = drawn.getvalue()
    low, high = len(tile) & 127 | 128, len(tile) >> 7
    directory = bytes((1, 0, 1, low, high, 1))
    places = (127, len(directory), 127 + len(directory), 2, 0, 0, 129 + len(directory), len(tile))
    kinds = (1, 1, 1, 2, 0, 0)  # clustered, nothing is compressed, PNG, from scale 0 to 0
    bounds = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    header = struct.pack(
        "<8s8Q3Q6B4iB2i", b"PMTiles\x03", *places, 1, 1, 1, *kinds, *bounds, 0, 0, 0
    )
    path.write_bytes(header + directory + b"{}" + tile)
    return path


def test_tiles_of_an_administrator_are_drawn(
    live_server: Any, node_directory: Path, tmp_path: Path
) -> None:
    network()
    author = officer(full_name="A. Toktosunov")
    looks = Looks(live_server, author)
    layers.add_tiles(node_directory, _archive(tmp_path / "one.pmtiles", TILE))
    try:
        with chromium() as browser, looks.page(browser, author, viewport=DESK) as page:
            _at_the_board(page)
            canvas = page.locator("geo-map canvas")
            until(page, lambda: TILE in _colours(canvas.screenshot()), "the tile is drawn")
            assert page.complaints == []  # type: ignore[attr-defined]
    finally:
        layers.withdraw_tiles(node_directory)


def _colours(picture: bytes) -> set[Any]:
    drawn = Image.open(BytesIO(picture)).convert("RGB")
    return {colour for _, colour in drawn.getcolors(drawn.width * drawn.height) or ()}


def until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so on a page."""
    give_up = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < give_up, what
        page.wait_for_timeout(100)


def _typed(page: Page) -> tuple[float, float]:
    lat, _, lon = page.locator("geo-pick input").input_value().partition(", ")
    return float(lat), float(lon)


def test_a_position_is_pointed_at_or_typed(live_server: Any) -> None:
    network()
    author = officer(full_name="A. Toktosunov")
    draft = begin_draft(signed_in(author), "illegal_crossing")
    looks = Looks(live_server, author)

    with chromium() as browser:
        for size in (DESK, PHONE):
            with looks.page(browser, author, viewport=size) as page:
                page.goto(f"/drafts/{draft.key}/")
                pick = page.locator("geo-pick")
                pick.locator("[data-piece=open]").click()
                canvas = pick.locator("canvas")
                expect(canvas).to_be_focused()
                # Enter takes the middle; each step of the arrows moves it.
                page.keyboard.press("Enter")
                before = _typed(page)
                page.keyboard.press("ArrowRight")
                page.keyboard.press("ArrowUp")
                page.keyboard.press("Enter")
                after = _typed(page)
                assert after[0] > before[0]
                assert after[1] > before[1]
                expect(pick.locator("[data-piece=pin]")).to_be_visible()
                # A finger or a mouse takes what it points at.
                canvas.click(position={"x": 60, "y": 60})
                assert _typed(page)[1] < before[1]
                # What is typed moves the map.
                pick.locator("input").fill("42.870, 74.590")
                expect(pick.locator(".map-words", has_text="Bishkek")).to_be_visible()
                expect(pick.locator("[data-piece=accuracy]")).to_contain_text("±")
                assert overflow(page) == 0
                assert barriers(page) == []
                page.keyboard.press("Escape")
                expect(pick.locator("[data-piece=panel]")).to_be_hidden()
                assert page.complaints == []  # type: ignore[attr-defined]
                page.reload()
                expect(pick.locator("input")).to_have_value("42.870, 74.590")
