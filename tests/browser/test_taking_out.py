"""A large file is made in Chromium: followed, saved by itself, stopped; also without JavaScript."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.audit.models import AuditLine
from borderliaison.records.interchange.exports import exporting
from borderliaison.records.interchange.exports.making import Making
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, meanwhile, overflow
from tests.correspondence.cast import network
from tests.records.cast import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Lets a file be written for as long as it is not set, and pages wait for none."""
    goes_on, write = threading.Event(), exporting.writer_of

    def slow(target: Any) -> Any:
        def writing(chosen: Any, file: Any) -> None:
            write(target)(chosen, file)
            while not goes_on.wait(0.05):
                chosen.writing.step(0)

        return writing

    monkeypatch.setattr(exporting, "writer_of", slow)
    monkeypatch.setattr(Making, "wait", lambda _self: None)
    yield goes_on
    goes_on.set()


def _asked(page: Page) -> None:
    page.goto("/records/out/")
    page.get_by_label("Purpose").select_option("case")
    page.get_by_role("button", name="FtM JSON").click()


def _noted() -> int:
    return AuditLine.objects.filter(action="records.exported").count()


def test_a_large_file_is_followed_saved_by_itself_and_can_be_stopped(
    live_server: Any, held: threading.Event
) -> None:
    network()
    person("a", "Бек Аскаров", "1987-05-12")
    account = officer()
    looks = Looks(live_server, account)
    with chromium() as browser:
        with looks.page(browser, account, viewport=PHONE) as page:
            _asked(page)
            expect(page.get_by_text("1 of 1 things and links")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
            page.get_by_role("button", name="Stop").click()
            expect(page.get_by_text("Nothing of the file is left.")).to_be_visible()
            assert meanwhile(_noted) == 0
        with looks.page(browser, account, viewport=DESK) as page:
            _asked(page)
            expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
            assert (barriers(page), overflow(page)) == ([], 0)
            with page.expect_download() as saved:
                held.set()
            assert "Аскаров" in saved.value.path().read_text()
            expect(page.get_by_role("heading", name="The file was given to you")).to_be_visible()
            assert (barriers(page), overflow(page)) == ([], 0)
            assert meanwhile(_noted) == 1
        held.clear()
        with looks.page(browser, account, viewport=DESK, java_script_enabled=False) as page:
            _asked(page)
            page.get_by_role("link", name="How far is it?").click()
            expect(page.get_by_role("progressbar")).to_be_visible()
            held.set()
            page.wait_for_timeout(500)
            page.get_by_role("link", name="How far is it?").click()
            with page.expect_download() as saved:
                page.get_by_role("link", name="Save the file").click()
            assert "Аскаров" in saved.value.path().read_text()
            page.reload()
            expect(page.get_by_role("heading", name="The file was given to you")).to_be_visible()
            assert meanwhile(_noted) == 2
