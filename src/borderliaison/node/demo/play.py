"""The first warning, played by officers: the exercise of 12 May 2017 at Dostuk, its loop closed.

Bor-Dobo warns Dostuk of narcotics on their way to Uzbekistan. Dostuk tells its units and recommends
tighter control; a second officer authorises the letter to the counterpart across the border; what is
found goes back to the one who warned. Osh and Bishkek watch. Source: domain.md section 4.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from borderliaison.node.demo.build import Stage
from borderliaison.node.demo.cast import (
    BISHKEK,
    BOR_DOBO,
    DOSTUK,
    DUSTLIK,
    OFFICES,
    OSH,
    DemoOffice,
)
from borderliaison.node.demo.officer import Officer
from borderliaison.node.demo.pages import NotOnThePage, Page, Values
from borderliaison.node.demo.proof import Proof
from borderliaison.node.demo.steps import Steps

LADDER: Final = ("saved", "sent", "delivered", "opened", "acted")
LOOKOUT, RESULT = "lookout", "lookout_result"
RECOMMENDATION: Final = "Tighten control of lorries leaving for Uzbekistan on that date."
MEASURES: Final = "Two teams on the approach road."
FOUND: Final = "28 blocks under the trailer floor"
MESSAGES: Final = "/messages/"


@dataclass(frozen=True)
class Click:
    """When a button was pressed, and what each stream had told by then."""

    at: float
    heard: Mapping[Officer, int]


@dataclass
class Thread:
    """What the officers have before them so far.

    Attributes:
        path: of the thread's page, the same at every office.
        items: the key of each thing said, by a name of ours.
    """

    path: str
    items: dict[str, str]


async def play(stage: Stage, steps: Steps, proof: Proof) -> None:
    """Play the whole scene.

    Raises:
        StepFailed: a step failed; the rest makes no sense without it.
    """
    async with AsyncExitStack() as at_work:
        officers: dict[str, Officer] = {}
        cast = {login: one for login, one in stage.sign_ins.items() if one.office in OFFICES}
        words = f"{len(cast)} officers sign in with password and one-time code"
        async with steps.step("sign_in", words):
            for login, sign_in in cast.items():
                officers[login] = await at_work.enter_async_context(Officer(sign_in).at_work())
        scene = Scene(officers, steps, proof)
        await scene.bor_dobo_warns()
        await scene.dostuk_acts()
        await scene.the_border_is_crossed()
        await scene.the_result_comes_back()


class Scene:
    """The officers, and what has been said so far."""

    def __init__(self, officers: dict[str, Officer], steps: Steps, proof: Proof) -> None:
        self._steps = steps
        self._proof = proof
        self._thread = Thread("", {})
        self._officers = tuple(officers.values())
        self.toktosunov = officers["toktosunov"]
        self.saparalieva = officers["saparalieva"]
        self.ormonov = officers["ormonov"]
        self.kalykov = officers["kalykov"]
        self.zhumabekova = officers["zhumabekova"]
        self.isakov = officers["isakov"]
        self.karimov = officers["karimov"]
        self.rakhimova = officers["rakhimova"]

    async def bor_dobo_warns(self) -> None:
        """The lookout is written and read."""
        writer = self.toktosunov
        async with self._steps.step("lookout_written", "Bor-Dobo writes a lookout"):
            await writer.open("/new/")
            await writer.press(f"/new/{LOOKOUT}/")
            to = [DOSTUK.code, OSH.code, BISHKEK.code]
            await writer.send('//form[@id="draft"]', _lookout(writer.page) | {"cover.to": to})
            problems = writer.page.all('//*[contains(@class, "is-wrong")]')
            if problems:
                raise NotOnThePage("; ".join(one.text_content().strip() for one in problems))
        sent = self._click()
        async with self._steps.step("lookout_sent", "Bor-Dobo sends it"):
            await writer.send('//form[@id="draft"]', {}, button="send")
            self._note("lookout", _said(writer.page, LOOKOUT))
            self._thread.path = writer.page.url.removeprefix(_base(writer.page.url))
        await together(
            *[
                self._lookout_read(officer, office, sent)
                for officer, office in (
                    (self.saparalieva, DOSTUK),
                    (self.zhumabekova, OSH),
                    (self.isakov, BISHKEK),
                )
            ]
        )

    async def _lookout_read(self, officer: Officer, office: DemoOffice, sent: Click) -> None:
        name = f"lookout_read_{office.code}"
        async with self._steps.step(name, f"{office.name} reads it", since=sent.at):
            await self._reads(officer, "lookout", sent)
            self._proof.received(office, BOR_DOBO, self._thread.items["lookout"])

    async def dostuk_acts(self) -> None:
        """Dostuk opens it, passes it to its units and recommends tighter control."""
        duty = self.saparalieva
        clicked = self._click()
        async with self._steps.step("opened", "Dostuk's duty officer opens it"):
            await self._opens(duty, "lookout")
        await together(
            self._opening_seen(self.toktosunov, BOR_DOBO, clicked),
            self._opening_seen(self.isakov, BISHKEK, clicked),
        )
        clicked = self._click()
        words = (
            "Dostuk passes it to its units, recommends tighter control, and asks to tell Dustlik"
        )
        async with self._steps.step("passed_on", words):
            await duty.open(self._thread.path)
            await duty.press(f"/begin/pass-on/{self._thread.items['lookout']}/")
            recommended: Values = {
                "measures": ["tighten_control", "tell_units", "counterpart"],
                "measures_more": RECOMMENDATION,
                "cover.to": [BOR_DOBO.code, OSH.code, BISHKEK.code, DUSTLIK.code],
            }
            await duty.send('//form[@id="draft"]', recommended, button="send")
            self._note("passed_on", _said(duty.page, LOOKOUT))
        await together(
            self._units_read(clicked),
            self._recommendation_read(self.toktosunov, BOR_DOBO, clicked),
            self._recommendation_read(self.zhumabekova, OSH, clicked),
            self._recommendation_read(self.isakov, BISHKEK, clicked),
        )
        clicked = self._click()
        async with self._steps.step("units_act", "Dostuk's interior unit reports its measures"):
            await self._acts(self.kalykov, "lookout", MEASURES)
            self._note("measures", _saying(self.kalykov.page, MEASURES))
        await together(
            self._measures_seen(self.toktosunov, BOR_DOBO, clicked),
            self._measures_seen(self.isakov, BISHKEK, clicked),
        )

    async def _opening_seen(self, officer: Officer, office: DemoOffice, clicked: Click) -> None:
        name, words = f"opened_seen_{office.code}", f"{office.name} sees that Dostuk opened it"
        async with self._steps.step(name, words, since=clicked.at):
            await self._sees(officer, "lookout", DOSTUK, "opened", clicked)
            self._proof.receipt(office, self._thread.items["lookout"], DOSTUK, "opened")

    async def _units_read(self, clicked: Click) -> None:
        words = "Dostuk's interior unit reads it"
        async with self._steps.step("units_read", words, since=clicked.at):
            page = await self._reads(self.kalykov, "passed_on", clicked)
            _holds(page, RECOMMENDATION)

    async def _recommendation_read(
        self, officer: Officer, office: DemoOffice, clicked: Click
    ) -> None:
        name, words = f"recommended_{office.code}", f"{office.name} reads the recommendation"
        async with self._steps.step(name, words, since=clicked.at):
            page = await self._reads(officer, "passed_on", clicked)
            _holds(page, RECOMMENDATION)
            self._proof.received(office, DOSTUK, self._thread.items["passed_on"])

    async def _measures_seen(self, officer: Officer, office: DemoOffice, clicked: Click) -> None:
        name, words = f"acted_seen_{office.code}", f"{office.name} sees Dostuk's measures"
        async with self._steps.step(name, words, since=clicked.at):
            await self._sees(officer, "lookout", DOSTUK, "acted", clicked)
            page = await self._reads(officer, "measures", clicked)
            _holds(page, MEASURES)
            self._proof.receipt(office, self._thread.items["lookout"], DOSTUK, "acted")
            self._proof.received(office, DOSTUK, self._thread.items["measures"])

    async def the_border_is_crossed(self) -> None:
        """Nothing leaves the country before a second officer has said so."""
        words = "The letter to Dustlik is held: the officer who asked may not authorise it"
        async with self._steps.step("held", words):
            (key,) = await self._held(self.saparalieva)
            await self.saparalieva.open(f"/authorise/{key}/")
            if self.saparalieva.page.all('//*[@name="legal_basis"]'):
                raise NotOnThePage("the officer who asked could authorise it herself")
            self._proof.absent(DUSTLIK, self._thread.items["passed_on"])
        clicked = self._click()
        async with self._steps.step("authorised", "A second officer authorises it"):
            await self._authorises(self.ormonov, key)
        async with self._steps.step("dustlik_reads", "Dustlik reads it", since=clicked.at):
            page = await self._reads(self.karimov, "passed_on", clicked)
            _holds(page, RECOMMENDATION)
            self._proof.received(
                DUSTLIK, DOSTUK, self._thread.items["passed_on"], authorised_by="KG-DST/0002"
            )
        clicked = self._click()
        async with self._steps.step("dustlik_opens", "Dustlik opens it"):
            await self._opens(self.karimov, "passed_on")
        await together(
            self._crossing_seen(self.saparalieva, DOSTUK, clicked),
            self._crossing_seen(self.isakov, BISHKEK, clicked),
        )

    async def _crossing_seen(self, officer: Officer, office: DemoOffice, clicked: Click) -> None:
        name, words = f"crossing_seen_{office.code}", f"{office.name} sees Dustlik open it"
        async with self._steps.step(name, words, since=clicked.at):
            await self._sees(officer, "passed_on", DUSTLIK, "opened", clicked)
            self._proof.receipt(office, self._thread.items["passed_on"], DUSTLIK, "opened")

    async def the_result_comes_back(self) -> None:
        """Dustlik reports what was found; it crosses back and reaches the one who warned."""
        clicked = self._click()
        async with self._steps.step("dustlik_acts", "Dustlik reports its measures"):
            await self._acts(self.karimov, "passed_on", "")
        async with self._steps.step("dustlik_acted_seen", "Bishkek sees it", since=clicked.at):
            await self._sees(self.isakov, "passed_on", DUSTLIK, "acted", clicked)
            self._proof.receipt(BISHKEK, self._thread.items["passed_on"], DUSTLIK, "acted")
        async with self._steps.step("result_written", "Dustlik writes what was found"):
            await self._writes_result(self.karimov, "passed_on", [DOSTUK.code])
            self._note("result", _said(self.karimov.page, RESULT))
            self._proof.absent(DOSTUK, self._thread.items["result"])
        clicked = self._click()
        async with self._steps.step("result_authorised", "Dustlik's second officer authorises it"):
            for key in await self._held(self.rakhimova):
                await self._authorises(self.rakhimova, key)
        async with self._steps.step("result_read", "Dostuk reads the result", since=clicked.at):
            page = await self._reads(self.saparalieva, "result", clicked)
            _holds(page, FOUND)
            self._proof.received(
                DOSTUK, DUSTLIK, self._thread.items["result"], authorised_by="UZ-DUS/0002"
            )
        clicked = self._click()
        async with self._steps.step("result_passed_on", "Dostuk passes the result on"):
            duty = self.saparalieva
            await duty.press(f"/begin/pass-on/{self._thread.items['result']}/")
            to = [BOR_DOBO.code, OSH.code, BISHKEK.code]
            await duty.send('//form[@id="draft"]', {"cover.to": to}, button="send")
            self._note("result_home", _said(duty.page, RESULT))
        await together(
            self._result_read(self.toktosunov, BOR_DOBO, clicked),
            self._result_read(self.isakov, BISHKEK, clicked),
        )

    async def _result_read(self, officer: Officer, office: DemoOffice, clicked: Click) -> None:
        name, words = f"result_read_{office.code}", f"{office.name} reads the result"
        async with self._steps.step(name, words, since=clicked.at):
            page = await self._reads(officer, "result_home", clicked)
            _holds(page, FOUND)
            self._proof.received(office, DOSTUK, self._thread.items["result_home"])

    def _note(self, name: str, key: str) -> None:
        self._thread.items[name] = key

    def _click(self) -> Click:
        return Click(time.monotonic(), {one: one.heard for one in self._officers})

    async def _reads(self, officer: Officer, item: str, click: Click) -> Page:
        """Wait until an item stands on the officer's page of the thread, told by his stream."""
        key = self._thread.items[item]

        def listed(page: Page) -> bool:
            return bool(page.all(f'//a[@href="{self._thread.path}"]'))

        if not listed(officer.page):
            await officer.until(MESSAGES, listed)
        await officer.until(self._thread.path, lambda page: page.all(f'//*[@data-item="{key}"]'))
        await officer.hears_more_than(click.heard[officer])
        return officer.page

    async def _opens(self, officer: Officer, item: str) -> None:
        """Confirm an item, as an open page does by itself."""
        await officer.open(self._thread.path)
        await officer.press(f"/items/{self._thread.items[item]}/opened/")

    async def _acts(self, officer: Officer, item: str, text: str) -> None:
        await officer.open(self._thread.path)
        form = f'//form[contains(@action, "/items/{self._thread.items[item]}/act/")]'
        await officer.send(form, {"text": text})

    async def _sees(
        self, officer: Officer, item: str, office: DemoOffice, step: str, click: Click
    ) -> None:
        """Wait until the ladder of an item shows a step of an office, told by the stream."""
        shown = _ladder_shows(self._thread.items[item], office.name, step)
        await officer.until(self._thread.path, shown)
        await officer.hears_more_than(click.heard[officer])

    async def _held(self, officer: Officer) -> list[str]:
        """Return what waits for a second officer, as the page of what waits lists it."""
        await officer.open("/authorise/")
        links = officer.page.all("//*[@data-row]//a[contains(@href, '/authorise/')]/@href")
        keys = [str(link).rstrip("/").rpartition("/")[2] for link in links]
        if not keys:
            raise NotOnThePage("nothing waits for a second officer")
        return list(dict.fromkeys(keys))

    async def _authorises(self, officer: Officer, key: str) -> None:
        await officer.open(f"/authorise/{key}/")
        basis = {"legal_basis": "Agreement on cooperation at the border, article 5"}
        form = '//input[@name="legal_basis"]'
        await officer.send(form, basis, button="decision")

    async def _writes_result(self, officer: Officer, item: str, to: list[str]) -> None:
        await officer.open(self._thread.path)
        await officer.press(f"/begin/result/{self._thread.items[item]}/")
        values: Values = {
            "found": "found",
            "done_at": _local(-1),
            "what": FOUND,
            "weight.amount": "21.300",
            "weight.unit": "kg",
            "measures_taken": ["searched", "seized", "person_detained"],
            "detained": "1",
            "next": "cancel",
            "next_why": "The lorry was found.",
            "cover.to": to,
        }
        await officer.send('//form[@id="draft"]', values, button="send")


def _ladder_shows(key: str, office: str, step: str) -> Callable[[Page], Any]:
    place = LADDER.index(step) + 1

    def seen(page: Page) -> bool:
        rows = page.all(f'//*[@data-item="{key}"]//*[contains(@class, "ladder-row")]')
        return any(_is_done(row, place) for row in rows if office in row.text_content())

    return seen


def _is_done(row: HtmlElement, place: int) -> bool:
    rung = row.xpath(f'(.//li[contains(@class, "rung ")])[{place}]')
    look = rung[0].get("class", "") if rung else ""
    return "rung-done" in look or "rung-acted" in look


async def together(*parts: Awaitable[None]) -> None:
    """See all of them through, side by side; then raise what the first that failed raised."""
    for ended in await asyncio.gather(*parts, return_exceptions=True):
        if ended is not None:
            raise ended


def _holds(page: Page, words: str) -> None:
    if words not in page.text:
        raise NotOnThePage(f"{words!r} on {page.url}")


def _saying(page: Page, words: str) -> str:
    """Return the key of the latest thing on a thread's page that says this."""
    found = [one.get("data-item") for one in page.items() if words in one.text_content()]
    if not found:
        raise NotOnThePage(f"{words!r} on {page.url}")
    return str(found[-1])


def _said(page: Page, kind: str) -> str:
    """Return the key of the latest report of a kind on a thread's page."""
    items = page.items(kind)
    if not items:
        problems = [one.text_content().strip() for one in page.all('//*[@role="alert"]')]
        raise NotOnThePage(f"no {kind} on {page.url}. {' '.join(problems)}")
    return str(items[-1].get("data-item"))


def _base(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _local(days: float) -> str:
    """Return a moment so many days from now, as it is typed at Dostuk."""
    moment = datetime.now(ZoneInfo("Asia/Bishkek")) + timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M")


def _lookout(page: Page) -> dict[str, Any]:
    """Return what is typed into the lookout; the page says what it begins with."""
    return {
        "subject_kind": "vehicle",
        "subject": "grey lorry with trailer",
        "plate": "01KG742ABC",
        "description": "Grey tarpaulin, repaired on the left; two men.",
        "suspicion": ["narcotics"],
        "route_from": "KG",
        "route_to": "UZ",
        "where": DOSTUK.code,
        "lane": "out",
        "window.from": _local(2),
        "window.until": _local(3),
        "expires": _local(4),
        "action": "search",
        "measures": ["tighten_control", "dog"],
        "grounds": "High risk of narcotics being taken from Kyrgyzstan to Uzbekistan on that date.",
        "urgency": "Expected",
        "severity": "Severe",
        "certainty": "Likely",
        "cover.level": "1",
        "cover.source": "B",
        "cover.information": "2",
    }
