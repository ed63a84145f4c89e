"""Every page in four modes looks as it was accepted: light, dark, 360 px, Russian.

``make pictures-accept`` takes them anew, after somebody has looked; ADR 0020 says how they are compared.
A picture that differs is left, beside the accepted one, where the failure says.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import time_machine
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page

from tests.browser import likeness
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, Office, office_at_work
from tests.correspondence.cast import network

ACCEPTED: Final = Path(__file__).parent / "accepted"
ACCEPTING: Final = bool(os.environ.get("BLO_ACCEPT_PICTURES"))
NOW: Final = datetime(2026, 5, 14, 9, 42, 8, tzinfo=UTC)
STILL: Final = """
  .status-clocks, canvas, [data-draft-state] { visibility: hidden !important; }
  #live-state { display: none !important; }
  *, *::before, *::after {
    animation: none !important; transition: none !important; caret-color: transparent !important;
  }
"""
"""What moves by itself is not compared."""
ALIKE: Final = (
    "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars", "--disable-lcd-text",
)  # fmt: skip
"""So that words are as wide, and colours the same, on every machine: the shipped faces alone decide."""
MODES: Final = {
    "en": (("light", "light", DESK), ("dark", "dark", DESK), ("phone", "light", PHONE)),
    "ru": (("russian", "light", DESK),),
}


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office whose clock stands still."""
    with time_machine.travel(NOW, tick=False):
        network()
        yield office_at_work(request.param)


def pages_of(office: Office) -> dict[str, Any]:
    """Return the pages that are compared: not the components, which stand where their errors take them."""
    author = office.author
    return {
        **office.paths(),
        **office.other_paths(),
        "everything": (author, "/everything/"),
        "tour": (author, "/tour/"),
    }


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("office", ["en", "ru"], indirect=True)
def test_every_page_looks_as_it_was_accepted(office: Office, live_server: Any) -> None:
    looks = Looks(live_server, office.author, office.second)
    modes = MODES[office.author.language]
    found: dict[str, Image.Image] = {}
    with chromium(*ALIKE) as browser:
        for account in (office.author, office.second):
            with looks.page(browser, account, viewport=DESK) as page:
                for name, (who, path) in pages_of(office).items():
                    if who == account:
                        found |= _taken(page, name.replace(" ", "-"), path, modes)
    wrong = _wrong(found)
    assert wrong == [], "\n".join(["look at", *wrong, "then: make pictures-accept"])


def _taken(page: Page, name: str, path: str, modes: Any) -> dict[str, Image.Image]:
    page.set_viewport_size(modes[0][2])
    page.goto(path)
    page.evaluate(_STYLED, STILL)
    page.evaluate("document.fonts.ready")
    found = {}
    for mode, theme, size in modes:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        page.evaluate(_AT_NEW)
        found[f"{mode}/{name}"] = likeness.kept(page.screenshot(animations="disabled"))
    return found


_AT_NEW: Final = """() => {
  const first = document.querySelector("[data-thread] [data-item] ~ [data-unread]");
  first?.scrollIntoView({ block: "start" });
}"""
"""Where a thread begins, once its letters are those of the picture: they come when it has begun."""
_STYLED: Final = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
"""The policy of the pages allows no other way to bring a style."""


def _wrong(found: dict[str, Image.Image]) -> list[str]:
    wrong = []
    left = Path(os.environ.get("BLO_PICTURES_LEFT") or tempfile.mkdtemp(prefix="blo-pictures-"))
    for name, picture in found.items():
        place = ACCEPTED / f"{name}.webp"
        if ACCEPTING:
            likeness.accept(picture, place)
        elif not place.exists():
            wrong.append(f"{name}: nothing accepted yet")
        elif (apart := likeness.difference(picture, place)).is_large:
            beside = left / f"{name.replace('/', '-')}.png"
            beside.parent.mkdir(parents=True, exist_ok=True)
            apart.picture.save(beside)
            wrong.append(f"{name}: {apart.share:.1%} of it is other: {beside}")
    return wrong


def _drawn(**more: Any) -> Image.Image:
    picture = Image.new("RGB", (720, 450), "white")
    drawn = ImageDraw.Draw(picture)
    for line in range(12):
        drawn.text(
            (20 + more.get("letters", 0), 20 + 30 * line), "Grey lorry with trailer" * 3, "#222"
        )
    if more.get("button"):
        drawn.rectangle((600, 20, 690, 40), fill="#0b56a0")
    return picture.filter(ImageFilter.GaussianBlur(more.get("softer", 0)))


def test_letters_drawn_a_little_otherwise_are_like_and_a_button_more_is_not(tmp_path: Path) -> None:
    place = tmp_path / "page.webp"
    likeness.accept(_drawn(), place)
    assert not likeness.difference(_drawn(), place).is_large
    assert not likeness.difference(_drawn(softer=0.7), place).is_large
    assert likeness.difference(_drawn(button=True), place).is_large


def test_a_page_that_has_become_longer_differs(tmp_path: Path) -> None:
    place = tmp_path / "page.webp"
    likeness.accept(_drawn(), place)
    longer = Image.new("RGB", (720, 480), "white")
    longer.paste(_drawn())
    assert likeness.difference(longer, place).is_large
