"""Takes the pictures: one browser, one context for each officer and kind of screen."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tools.pictures.doors import Doors
from tools.pictures.modes import Mode
from tools.pictures.scenes import NOBODY, Scene
from tools.pictures.stage import Facts

MAX_HEIGHT: Final = 4000
PAPER_DPI: Final = 60
_NEEDED: Final = """() => {
  let more = 0;
  for (const one of document.querySelectorAll('main, main *')) {
    if (!/auto|scroll/.test(getComputedStyle(one).overflowY) || one.matches('textarea')) continue;
    more = Math.max(more, one.scrollHeight - one.clientHeight);
  }
  return more;
}"""
"""How many pixels the tallest panel of a page is short of."""


class Camera:
    """Holds the officers' browsers.

    Attributes:
        failed: pictures that could not be taken, with the reason.
    """

    def __init__(self, browser: Browser, facts: Facts, out: Path) -> None:
        self._browser = browser
        self._facts = facts
        self._out = out
        self._doors = Doors(browser, facts)
        self._language = "en"
        self._contexts: dict[str, BrowserContext] = {}
        self.failed: list[str] = []
        self.taken = 0

    def speak(self, language: str) -> None:
        """Let every officer's pages be in a language from now on."""
        self._close()
        for login in self._doors.logins:
            with self._browser.new_context(storage_state=self._doors.state(login)) as context:
                page = context.new_page()
                page.goto(self._facts.sign_ins[login]["url"] + "/me/second-step")
                choice = f"document.querySelector('[name=language][value={language}]').click()"
                with page.expect_navigation():
                    page.evaluate(choice)
                # Whoever has no second step yet has the language in his browser alone.
                self._doors.keep(login, context.storage_state())
        self._language = language

    def _close(self) -> None:
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()

    def take(self, scenes: Iterable[Scene], modes: Iterable[Mode], prefix: str = "") -> None:
        """Take each scene in each mode."""
        modes = list(modes)
        for scene in scenes:
            kinds = {json.dumps(mode.context): mode for mode in modes}
            for kind, first in kinds.items():
                mine = [one for one in modes if json.dumps(one.context) == kind]
                self._try(scene, first, lambda s=scene, m=mine: self._sit(s, m, prefix))

    def _try(self, scene: Scene, mode: Mode, work: Callable[[], None]) -> None:
        try:
            work()
        except (Error, AssertionError) as error:
            self.failed.append(f"{scene.name} ({mode.name}): {str(error).splitlines()[0]}")

    def _sit(self, scene: Scene, modes: list[Mode], prefix: str) -> None:
        """Open a page once and take it in all modes that need no other browser."""
        context = self._context(scene, modes[0])
        page = context.new_page()
        try:
            page.set_viewport_size(modes[0].size)  # type: ignore[arg-type]
            page.goto(self._url(scene) + scene.path)
            if scene.deed:
                scene.deed(page)
            with suppress(Error):
                page.wait_for_function("document.fonts.status === 'loaded'", timeout=3_000)
            for mode in modes:
                if mode.is_paper and not scene.is_paper:
                    continue
                self._picture(page, scene, mode, self._out / f"{prefix}{mode.name}")
        finally:
            page.close()
            if scene.who == NOBODY:
                self._close()

    def _picture(self, page: Page, scene: Scene, mode: Mode, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{scene.name.replace(' ', '-')}.png"
        plain = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}
        page.emulate_media(**(plain | mode.media))
        if mode.is_paper:
            self._print(page, place)
            return
        page.set_viewport_size(mode.size)  # type: ignore[arg-type]
        if mode.is_unfolded:
            more = int(page.evaluate(_NEEDED))
            height = min(MAX_HEIGHT, mode.size["height"] + more)
            page.set_viewport_size({"width": mode.size["width"], "height": height})
        if mode.is_grey:
            _see(page, "achromatopsia")
        page.screenshot(path=place, full_page=mode.is_whole, animations="disabled")
        if mode.is_grey:
            _see(page, "none")
        self.taken += 1

    def _print(self, page: Page, place: Path) -> None:
        pdf = place.with_suffix(".pdf")
        page.pdf(path=pdf, prefer_css_page_size=True, print_background=False)
        program = shutil.which("pdftoppm")
        if program is None:
            self.failed.append(f"{place.stem}: no pdftoppm for pictures of paper; the PDF is there")
            return
        prefix = str(place.with_suffix(""))
        subprocess.run(
            [program, "-q", "-r", str(PAPER_DPI * 2), "-png", str(pdf), prefix], check=True
        )
        self.taken += 1

    def _url(self, scene: Scene) -> str:
        return self._facts.sign_ins[scene.who or "isakov"]["url"]

    def _context(self, scene: Scene, mode: Mode) -> BrowserContext:
        key = f"{scene.who} {json.dumps(mode.context)}"
        if key not in self._contexts:
            locale = {"ru": "ru-RU"}.get(self._language, "en-GB")
            state = self._doors.state(scene.who) if scene.who else None
            context = self._browser.new_context(locale=locale, storage_state=state, **mode.context)
            context.set_default_timeout(8_000)
            self._contexts[key] = context
        return self._contexts[key]


def _see(page: Page, deficiency: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    session.detach()
