"""What the officers of a rehearsal do in their browsers, on the pages of the nodes that were made there."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import httpx

from borderliaison.node.demo.build import SignIn
from borderliaison.node.demo.cast import DemoOffice, DemoOfficer
from borderliaison.node.demo.officer import Officer
from borderliaison.node.demo.pages import NotOnThePage, Page

SEEN_LIMIT_S: Final = 180
LOOK_AGAIN_S: Final = 0.3
DRAFT: Final = '//form[@id="draft"]'
BASIS: Final = "Agreement on cooperation at the border, article 5"
CLOSED: Final = "The pages are closed for the moment"
_ADDED: Final = re.compile(
    r"^login: (?P<login>\S+)\nofficer: (?P<id>\S+)\n(?:password: .*\n)?totp_secret: (?P<secret>\S+)$",
    re.MULTILINE,
)


class Shift:
    """The officers who were given accounts, each signed in at his own office's pages.

    Args:
        addresses: of the pages, by office.
        password: that they chose, all the same one.
    """

    def __init__(self, addresses: dict[str, str], password: str) -> None:
        self._addresses, self._password = addresses, password
        self._officers: dict[str, Officer] = {}
        self._thread = ""
        self._deeds: dict[str, Callable[..., Awaitable[None]]] = {
            r'writes the lookout "(.+)" to (\S+)': self._writes_lookout,
            r'answers "(.+)"': self._answers,
            r"authorises": self._authorises,
            r'sees "(.+)"': self._sees,
            r'reads "(.+)"': self._reads,
            r"finds the pages closed": self._finds_closed,
        }

    async def go_home(self) -> None:
        """Close all browsers."""
        await asyncio.gather(*[officer.close() for officer in self._officers.values()])

    def add(self, output: str) -> None:
        """Hand over the accounts that ``blo user add`` printed."""
        for found in _ADDED.finditer(output):
            office = found["id"].partition("/")[0]
            person = DemoOfficer(found["login"], found["id"], found["login"], "", "")
            where = DemoOffice(office, office, (person,))
            self._officers[person.login] = Officer(
                SignIn(where, person, self._addresses[office], self._password, found["secret"])
            )

    async def do(self, deeds: str) -> None:
        """Do what a comment of the page says, one deed after the other.

        Raises:
            NotOnThePage: it was not possible, or was not seen in time.
        """
        for deed in deeds.split("; "):
            login, _, done = " ".join(deed.split()).partition(" ")
            for pattern, work in self._deeds.items():
                found = re.fullmatch(pattern, done)
                if found:
                    await work(self._officers[login], *found.groups())
                    break
            else:
                raise NotOnThePage(f"no officer knows what this is: {deed}")

    async def _writes_lookout(self, officer: Officer, subject: str, to: str) -> None:
        await self._until(
            officer, "/new/", lambda page: page.all('//form[contains(@action, "/new/")]')
        )
        await officer.press("/new/lookout/")
        await officer.send(DRAFT, _lookout(subject) | {"cover.to": [to]}, button="send")
        if "/messages/" not in officer.page.url:
            wrong = [one.text_content().strip() for one in officer.page.all('//*[@role="alert"]')]
            raise NotOnThePage(f"the lookout was not sent: {' '.join(wrong)}")
        self._thread = httpx.URL(officer.page.url).path

    async def _answers(self, officer: Officer, words: str) -> None:
        await self._until(officer, self._thread, lambda page: page.all('//form[@id="composer"]'))
        await officer.send('//form[@id="composer"]', {"text": words})
        await self._sees(officer, words)

    async def _authorises(self, officer: Officer) -> None:
        (link, *_) = await self._until(
            officer,
            "/authorise/",
            lambda page: page.all("//*[@data-row]//a[contains(@href, '/authorise/')]/@href"),
        )
        await officer.open(str(link))
        await officer.send(
            '//input[@name="legal_basis"]', {"legal_basis": BASIS}, button="decision"
        )

    async def _sees(self, officer: Officer, words: str) -> None:
        def listed(page: Page) -> bool:
            return bool(page.all(f'//a[@href="{self._thread}"]'))

        await self._until(officer, "/messages/", listed)
        await self._until(officer, self._thread, lambda page: words in _items(page))

    async def _reads(self, officer: Officer, words: str) -> None:
        await self._until(officer, self._thread, lambda page: words in page.text)

    async def _finds_closed(self, officer: Officer) -> None:
        give_up = time.monotonic() + SEEN_LIMIT_S
        while True:
            try:
                await officer.open(self._thread)
                problem = "the page was shown"
            except (NotOnThePage, httpx.HTTPError) as error:
                problem = str(error)
            if CLOSED in problem:
                return
            if time.monotonic() > give_up:
                raise NotOnThePage(problem)
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _until(
        self, officer: Officer, path: str, seen: Callable[[Page], object]
    ) -> list[object]:
        """Load a page until something is seen on it, signing in where that is asked for."""
        give_up = time.monotonic() + SEEN_LIMIT_S
        while True:
            problem = f"{officer.name}: not seen on {path}: {officer.page.text}"
            try:
                page = await officer.open(path)
                if page.all('//input[@type="password"]'):
                    await officer.sign_in()
                    page = await officer.open(path)
                found = seen(page)
                if found:
                    return found if isinstance(found, list) else [found]
            except (NotOnThePage, httpx.HTTPError) as error:
                problem = f"{type(error).__name__}: {error}"
            if time.monotonic() > give_up:
                raise NotOnThePage(problem)
            await asyncio.sleep(LOOK_AGAIN_S)


def _items(page: Page) -> str:
    return " ".join(one.text_content() for one in page.items())


def _at_dostuk(days: float) -> str:
    """Return a moment so many days from now, as it is typed at Dostuk."""
    moment = datetime.now(ZoneInfo("Asia/Bishkek")) + timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M")


def _lookout(subject: str) -> dict[str, str | list[str]]:
    """Return what is typed into the lookout; the page says what it begins with."""
    return {
        "subject_kind": "vehicle",
        "subject": subject,
        "suspicion": ["narcotics"],
        "where": "KG-DST",
        "window.from": _at_dostuk(1),
        "window.until": _at_dostuk(2),
        "expires": _at_dostuk(3),
        "action": "search",
        "grounds": "A rehearsal.",
        "urgency": "Expected",
        "severity": "Severe",
        "certainty": "Likely",
        "cover.level": "1",
        "cover.source": "B",
        "cover.information": "2",
    }
