"""A demo officer at work: a browser without a screen, and the stream that wakes its open page."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx

from borderliaison.node.demo import totp
from borderliaison.node.demo.build import SignIn
from borderliaison.node.demo.pages import NotOnThePage, Page, Values, filled

Files = dict[str, tuple[str, bytes]]
"""What is chosen in inputs of files: by their names, each with its own name."""
LOOK_LIMIT_S: Final = 60.0
REPAINT_S: Final = 2.0
"""How long an open page waits for the stream before it is loaded again all the same."""


class Officer:
    """One officer, signed in at his own office's pages."""

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self._http = httpx.AsyncClient(
            base_url=sign_in.url, follow_redirects=True, timeout=30, trust_env=False
        )
        self._changed = asyncio.Event()
        self.page = Page.read(sign_in.url, "")
        self.heard = 0
        """How many events the stream has brought."""

    @property
    def name(self) -> str:
        """As it is shown."""
        return self._sign_in.officer.name

    @property
    def office(self) -> str:
        """The office's name."""
        return self._sign_in.office.name

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator["Officer"]:
        """Sign in with password and one-time code, and listen to the stream."""
        async with self._http:
            await self.sign_in()
            listening = asyncio.create_task(self._listen())
            try:
                yield self
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def sign_in(self) -> None:
        """Sign in as the officer would.

        Raises:
            NotOnThePage: it did not lead to the officer's own pages.
        """
        await self.open("/")
        who = {"login": self._sign_in.officer.login, "password": self._sign_in.password}
        await self.send('//input[@type="password"]', who)
        await self.send('//input[@name="code"]', {"code": totp.code(self._sign_in.secret)})
        if "sign-in" in self.page.url:
            raise NotOnThePage(f"{self.name} is still at {self.page.url}")

    async def close(self) -> None:
        """Close the browser."""
        await self._http.aclose()

    async def open(self, path: str) -> Page:
        """Load a page."""
        answer = await self._http.get(path)
        return self._show(answer)

    async def send(
        self, form: str, values: Values, button: str = "", files: Files | None = None
    ) -> Page:
        """Fill in a form of the page that is open and send it.

        Args:
            form: an XPath to the form or to something in it.
            values: by the names of fields.
            button: the name of the button that is pressed, where it has one.
            files: what is chosen in inputs of files.
        """
        found = self.page.form(form)
        data, target = filled(found, values, button), self.page.target(found)
        headers = {"origin": self._sign_in.url, "referer": self.page.url}
        if files:
            said: dict[str, list[str]] = {}
            for name, value in data:
                said.setdefault(name, []).append(value)
            answer = await self._http.post(target, data=said, files=files, headers=headers)
        else:
            headers["content-type"] = "application/x-www-form-urlencoded"
            content = urlencode(data).encode()
            answer = await self._http.post(target, content=content, headers=headers)
        return self._show(answer)

    async def press(self, action: str) -> Page:
        """Press the only button of the form that is sent to an address."""
        return await self.send(f'//form[contains(@action, "{action}")]', {})

    def _show(self, answer: httpx.Response) -> Page:
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            path = urlsplit(str(answer.url)).path
            said = Page.read(str(answer.url), answer.text)
            alerts = " ".join(one.text_content().strip() for one in said.all('//*[@role="alert"]'))
            raise NotOnThePage(f"{self.office}: {answer.status_code} at {path}. {alerts}")
        self.page = Page.read(str(answer.url), answer.text)
        return self.page

    async def until(self, path: str, seen: Callable[[Page], Any]) -> Any:
        """Keep a page open until something is seen on it; return what ``seen`` returned.

        The page is loaded again when the stream says that something changed, as the browser does.

        Raises:
            NotOnThePage: it was not seen in time.
        """
        give_up = time.monotonic() + LOOK_LIMIT_S
        while True:
            self._changed.clear()
            found = seen(await self.open(path))
            if found:
                return found
            if time.monotonic() > give_up:
                raise NotOnThePage(f"{self.office}: not seen on {path} in {LOOK_LIMIT_S:.0f} s")
            with suppress(TimeoutError):
                async with asyncio.timeout(REPAINT_S):
                    await self._changed.wait()

    async def hears_more_than(self, events: int) -> None:
        """Wait until the stream has brought more than so many events.

        Raises:
            NotOnThePage: it has not in time; the page was seen only because it was loaded again.
        """
        give_up = time.monotonic() + LOOK_LIMIT_S
        while self.heard <= events:
            if time.monotonic() > give_up:
                raise NotOnThePage(f"{self.office}: the stream of events told nothing")
            await asyncio.sleep(0.05)

    async def _listen(self) -> None:
        last = ""
        while True:
            headers = {"accept": "text/event-stream"} | ({"last-event-id": last} if last else {})
            try:
                async with self._http.stream("GET", "/events", headers=headers, timeout=None) as s:
                    async for line in s.aiter_lines():
                        name, _, value = line.partition(": ")
                        if name == "id":
                            last = value
                        elif name == "event":
                            self.heard += 1
                            self._changed.set()
            except httpx.HTTPError:
                await asyncio.sleep(1)
