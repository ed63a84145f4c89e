"""The board of an office with ten thousand events of one day, beside a bare page under the same server.

Requests: the parts of the board, all of them, as an open page fetches them after an event; the whole page;
the bare page. In Chromium: from the beginning of the navigation to a page that is drawn and idle, and to
its map with all events; from the commit of a report to the frame in which its row is drawn. Each load is by
a new, empty browser profile. Processor times, of the pages' process and of the browser's main thread, stand
beside the clock's: whatever else runs on the machine changes them less.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from benchmarks.browsers import pages_per_second
from benchmarks.figures import of_rounds, quantile, ratios, shown, table
from benchmarks.machine import describe, in_words
from benchmarks.options import Options
from benchmarks.web import Site
from tests.browser.chromium import executable

DEFAULT_ROUNDS = 3
EVENTS = 10_000
PAGES_S = 5.0
AT_ONCE = 8
LOADS = 3
"""How often each page is loaded in a round."""
REPORTS = 30
"""How many reports are filed while the board is open, in a round."""
PAUSE_S = 0.3
LIMIT_MS = 60_000
IDLE = """() => new Promise((done) => {
  const settle = () => requestIdleCallback(() => done(performance.now()), { timeout: 10000 });
  document.readyState === "complete" ? settle() : addEventListener("load", settle);
})"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
Say = Callable[[str], None]
WATCH = """() => {
  window.drawn = [];
  const feed = document.querySelector("#board-feed");
  let newest = feed.querySelector("[data-item]")?.dataset.item;
  new MutationObserver(() => {
    const now = document.querySelector("#board-feed [data-item]")?.dataset.item;
    if (now === newest) return;
    newest = now;
    requestAnimationFrame(() => setTimeout(() => drawn.push(performance.timeOrigin + performance.now())));
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
}"""

DRAWN = """([number, limit]) => new Promise((done, fail) => {
  const look = () => (drawn.length > number ? done(drawn[number]) : setTimeout(look, 20));
  look();
  setTimeout(() => fail(new Error("no row was drawn")), limit);
})"""


def measure(options: Options, say: Say) -> dict[str, Any]:
    """Measure; return requests a second and milliseconds."""
    with tempfile.TemporaryDirectory(prefix="blo-b-") as name, ExitStack() as ends:
        # Drawing the records of ten thousand events made at once would be measured instead.
        site = Site(Path(name), ends, "benchmarks.watchers", EVENTS, without="records")
        say(f"board: making an office with {EVENTS} events")
        site.start()
        return asyncio.run(_measure(site, options.rounds or DEFAULT_ROUNDS, say))


def as_table(result: dict[str, Any]) -> str:
    """Return the result for people."""
    rows = [
        (
            "parts of the board",
            shown(result["requests_per_s"], "/s"),
            shown(result["ratio"]),
            shown(result["requests_cpu_ms"], " ms"),
        ),
        (
            "the whole page",
            shown(result["pages_per_s"], "/s"),
            "",
            shown(result["pages_cpu_ms"], " ms"),
        ),
        ("bare Django page", shown(result["bare_per_s"], "/s"), "", ""),
    ]
    loads = [
        (
            name,
            shown(result[f"{key}paint_ms"], " ms"),
            shown(result[f"{key}tti_ms"], " ms"),
            shown(result[f"{key}tti_cpu_ms"], " ms"),
        )
        for name, key in (("board", ""), ("bare page", "bare_"))
    ]
    return "\n".join([
        in_words(result["machine"]),
        f"  {result['events']} events in the last 24 hours",
        table(("requests", "a second", "beside the bare page", "processor each"), rows),
        table(("in Chromium", "first paint", "interactive", "main thread until then"), loads),
        f"  the map with all events is drawn after {shown(result['map_ms'], ' ms')}",
        "  a report to its row on the screen, from the commit:"
        f" p50 {shown(result['update_ms_p50'], ' ms')}, p99 {shown(result['update_ms_p99'], ' ms')}",
    ])  # fmt: skip


async def _measure(site: Site, rounds: int, say: Say) -> dict[str, Any]:
    machine, found = describe(), []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox"]
        )
        for number in range(-1, rounds):  # the first is for warming up
            one = {**await _requests(site), **await _loads(site, browser)}
            one |= await _updates(site, browser)
            if number >= 0:
                found.append(one)
                said = ", ".join(f"{name} {value:.0f}" for name, value in one.items())
                say(f"board: round {number + 1} of {rounds}: {said}")
        await browser.close()
    each = of_rounds(found)
    ratio = ratios([one["requests_per_s"] for one in found], [one["bare_per_s"] for one in found])
    return {
        "name": "board",
        "machine": machine,
        "rounds": rounds,
        "events": EVENTS,
        **each,
        "ratio": ratio,
    }


async def _requests(site: Site) -> dict[str, float]:
    found = {
        "bare_per_s": await pages_per_second(site.bare_port, "/", site.cookies, PAGES_S, AT_ONCE)
    }
    for name, path in (("requests", "/board/parts/"), ("pages", "/board/")):
        before = site.processor_s("web")
        rate = await pages_per_second(site.port, path, site.cookies, PAGES_S, AT_ONCE)
        found[f"{name}_per_s"] = rate
        found[f"{name}_cpu_ms"] = 1000 * (site.processor_s("web") - before) / (rate * PAGES_S)
    return found


async def _loads(site: Site, browser: Browser) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for _ in range(LOADS):
        for key, port, path in (("", site.port, "/board/"), ("bare_", site.bare_port, "/")):
            async with await _profile(site, browser) as profile:
                page = await profile.new_page()
                devtools = await profile.new_cdp_session(page)
                await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
                await page.goto(f"http://localhost:{port}{path}", timeout=LIMIT_MS)
                found.setdefault(f"{key}tti_ms", []).append(await page.evaluate(IDLE))
                told = await devtools.send("Performance.getMetrics")
                spent = {one["name"]: one["value"] for one in told["metrics"]}
                found.setdefault(f"{key}tti_cpu_ms", []).append(1000 * spent["TaskDuration"])
                found.setdefault(f"{key}paint_ms", []).append(await page.evaluate(FIRST_PAINT))
                if not key:
                    await page.wait_for_selector("geo-map[data-drawn]", timeout=LIMIT_MS)
                    found.setdefault("map_ms", []).append(await page.evaluate("performance.now()"))
    return {name: quantile(each, 0.5) for name, each in found.items()}


async def _updates(site: Site, browser: Browser) -> dict[str, float]:
    async with await _profile(site, browser) as profile:
        page = await profile.new_page()
        await page.goto(f"http://localhost:{site.port}/board/", timeout=LIMIT_MS)
        await page.evaluate(IDLE)
        await page.evaluate(WATCH)
        took = [await _update(site, page, number) for number in range(REPORTS)]
    return {"update_ms_p50": quantile(took, 0.5), "update_ms_p99": quantile(took, 0.99)}


async def _update(site: Site, page: Page, number: int) -> float:
    """File a report; return the milliseconds from its commit to the frame that shows it."""
    ahead = time.time() - time.monotonic()
    committed = await asyncio.to_thread(site.file_a_report)
    drawn = float(await page.evaluate(DRAWN, [number, LIMIT_MS]))
    await asyncio.sleep(PAUSE_S)
    return drawn - 1000 * (committed + ahead)


async def _profile(site: Site, browser: Browser) -> BrowserContext:
    profile = await browser.new_context(viewport={"width": 1440, "height": 900})
    pairs = (one.split("=", 1) for one in site.cookies[0].split("; "))
    await profile.add_cookies(
        [
            {"name": name, "value": value, "url": f"http://localhost:{site.port}"}
            for name, value in pairs
        ]
    )
    return profile
