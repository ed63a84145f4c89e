"""A Chromium to test with. Without one the tests are skipped, or fail where CI asks for a browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
expect.set_options(timeout=60_000)


def executable() -> str:
    """Return the path of a Chromium, or skip the test with the reason."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing("no Chromium on PATH; with apt: apt install chromium")
    return found


def missing(what: str) -> NoReturn:
    """Skip the test for what is not here, or fail where CI asks for it."""
    if os.environ.get("BLO_REQUIRE_BROWSER"):
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start a Chromium without windows."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*sandbox, *flags])
        try:
            yield browser
        finally:
            browser.close()


_NO_COMPLAINTS: Final = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


class Complaints(list[str]):
    """What a page complains of: errors of scripts, and what the policy refused.

    An answer such as 401 is no complaint of the page's, although the console lists it; nor is a question
    that gave way to a newer one.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(_NO_COMPLAINTS):
            self.append(said.text)
