"""Signing in: each officer once, with password and one-time code, and kept for the next run."""

import json
import time
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from borderliaison.node.demo import totp
from tools.pictures.stage import Facts

JAR: Final = "sessions.json"
TRIES: Final = 4


class NotSignedIn(Exception):
    """An officer of the stage could not sign in."""


class Doors:
    """The officers' sessions.

    Attributes:
        logins: who is signed in.
    """

    def __init__(self, browser: Browser, facts: Facts) -> None:
        self._place = Path(facts.folder) / JAR
        kept = json.loads(self._place.read_text("utf-8")) if self._place.exists() else {}
        self._states: dict[str, Any] = {}
        for login in facts.sign_ins:
            with browser.new_context(storage_state=kept.get(login)) as context:
                page = context.new_page()
                _sign_in(page, facts, login)
                self._states[login] = context.storage_state()
        self._place.write_text(json.dumps(self._states), encoding="utf-8")
        self._place.chmod(0o600)
        self.logins = tuple(self._states)

    def keep(self, login: str, state: Any) -> None:
        """Let an officer's browser hold something else from now on."""
        self._states[login] = state

    def state(self, login: str) -> Any:
        """Return what a browser of an officer holds."""
        return self._states[login]


def _sign_in(page: Page, facts: Facts, login: str) -> None:
    given = facts.sign_ins[login]
    for _ in range(TRIES):
        page.goto(given["url"] + "/me")
        if "sign-in" not in page.url:
            return
        # A second step that was begun and not passed would be asked for again instead.
        page.context.clear_cookies()
        page.goto(given["url"] + "/sign-in")
        page.locator("input[name=login]").fill(login)
        page.locator("input[type=password]").fill(given["password"])
        with page.expect_navigation():
            page.locator("input[type=password]").press("Enter")
        if given["secret"]:
            page.locator("input[name=code]").fill(totp.code(given["secret"]))
            with page.expect_navigation():
                page.locator("input[name=code]").press("Enter")
        if "sign-in" not in page.url:
            return
        # The code was used already; the next one comes.
        time.sleep(totp.seconds_left() + 1)
    raise NotSignedIn(f"{login}: still at {page.url}")
