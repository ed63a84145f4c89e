"""Files in Chromium: added to a draft, looked at with keys, drawn over with the pointer."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from borderliaison.files.models import Mark
from tests.accounts.people import signed_in
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, meanwhile, overflow
from tests.correspondence.cast import begin_draft, liaison, network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_MS = 60_000


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def photograph() -> bytes:
    drawn, out = Image.new("RGB", (1600, 1000), "#3a4a5c"), BytesIO()
    ImageDraw.Draw(drawn).rectangle((500, 300, 1100, 700), outline="#c9d3dc", width=16)
    drawn.save(out, "JPEG")
    return out.getvalue()


def test_a_picture_is_added_looked_at_by_keyboard_and_drawn_over(live_server: Any) -> None:
    account = liaison()
    draft = begin_draft(signed_in(account))
    looks = Looks(live_server, account)
    with chromium() as browser, looks.page(browser, account, viewport=DESK) as page:
        page.set_default_timeout(LONG_MS)
        page.goto(f"/drafts/{draft.key}/")
        page.locator('[name="subject"]').fill("Grey lorry")
        chosen = {"name": "seal.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
        page.locator("#files-input").set_input_files([chosen])
        expect(page.locator(".file-name")).to_have_text("seal.jpg", timeout=LONG_MS)
        assert barriers(page) == []
        page.locator(".file-remove").click()
        page.get_by_role("button", name="Put back").click()
        page.locator(".file-link").click()
        sheet = page.locator("[data-sheet]")
        expect(page.locator("[data-picture]")).to_have_js_property("complete", True)
        fitted = sheet.bounding_box()["width"]
        for _ in range(3):
            page.keyboard.press("+")
        assert sheet.bounding_box()["width"] > fitted * 1.5
        page.keyboard.press("0")
        assert sheet.bounding_box()["width"] == pytest.approx(fitted, abs=1)
        page.get_by_text("Box", exact=True).click()
        box = page.locator("[data-picture]").bounding_box()
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"], steps=4)
        page.mouse.up()
        page.keyboard.type("The seal is cut")
        page.get_by_role("button", name="Keep the mark").click()
        expect(page.locator(".file-mark-list")).to_contain_text("The seal is cut")
        expect(page.locator(".file-marks rect").first).to_be_visible()
        assert barriers(page) == []
        page.set_viewport_size(PHONE)
        assert overflow(page) <= 0
        assert barriers(page) == []
    mark = meanwhile(lambda: Mark.objects.as_system("test").get())
    assert (mark.kind, round(mark.x1, -3), round(mark.y2, -3)) == ("box", 3000, 7000)
