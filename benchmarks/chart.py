"""A chart of thousands in Chromium without a graphics card, beside plain sigma with the same data.

A table of calls with groups planted in it is imported, and all of it put on a chart. The chart is opened:
first it is arranged, and saved so; then it is opened as it was saved. Plain sigma draws the same items
and links at the same places in a page of its own: with all its links, and hiding them while it moves.
Frames are those of a wheel that is turned nearer and away: the time from one to the next, until all stands
still, after the server has measured the network.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from benchmarks.figures import of_rounds, quantile, shown, table
from benchmarks.machine import describe, in_words
from benchmarks.options import Options
from benchmarks.running import ROOT
from benchmarks.web import Site
from tests.browser.chromium import executable

DEFAULT_ROUNDS = 2
SIZES = (5_000, 50_000)
TURNS = 8
"""How often the wheel is turned nearer, and as often away."""
LIMIT_MS = 600_000
LIBRARIES = ROOT / "frontend" / "node_modules"
PLAIN = (
    LIBRARIES / "graphology/dist/graphology.umd.min.js",
    LIBRARIES / "sigma/dist/sigma.min.js",
)
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
Say = Callable[[str], None]
STILL = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FRAMES = """async ([place, turns]) => {
  const on = document.querySelector(place), at = on.getBoundingClientRect(), took = [];
  const [clientX, clientY] = [at.left + at.width / 2, at.top + at.height / 2];
  const frames = async (during) => {
    for (const until = performance.now() + during; performance.now() < until; ) {
      const before = performance.now();
      await new Promise((done) => requestAnimationFrame(done));
      took.push(performance.now() - before);
    }
  };
  for (let turn = 0; turn < 2 * turns; turn++) {
    const deltaY = turn < turns ? -120 : 120;
    const turned = { clientX, clientY, deltaY, bubbles: true, cancelable: true };
    on.dispatchEvent(new WheelEvent("wheel", turned));
    await frames(turn % 4 === 3 ? 600 : 150);
  }
  await frames(1500);
  return took;
}"""
DRAW = """async ([items, links, hideEdgesOnMove]) => {
  const began = performance.now();
  const graph = new graphology.MultiDirectedGraph();
  for (const [key, x, y] of items) graph.addNode(key, { x, y, size: 4, label: key });
  for (const [begin, end] of links) graph.addEdge(begin, end, { size: 1 });
  window.drawing?.kill();
  window.drawing = new Sigma(graph, document.querySelector("#plain"), { hideEdgesOnMove });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}"""


def measure(options: Options, say: Say) -> dict[str, Any]:
    """Measure; return seconds of opening, and milliseconds of frames."""
    machine, rounds = describe(), options.rounds or DEFAULT_ROUNDS
    found: dict[str, Any] = {}
    for items in SIZES:
        with tempfile.TemporaryDirectory(prefix="blo-b-") as name, ExitStack() as ends:
            site = Site(Path(name), ends, "benchmarks.analysts", items, without="records")
            say(f"chart: importing {items} items")
            site.start()
            found[str(items)] = asyncio.run(_measure(site, rounds, say))
    return {"name": "chart", "machine": machine, "rounds": rounds, "items": found}


def as_table(result: dict[str, Any]) -> str:
    """Return the result for people."""
    lines = [in_words(result["machine"])]
    for items, found in result["items"].items():
        rows = [
            (name, *(shown(found[f"{key}_{what}"], unit) for what, unit in _COLUMNS))
            for name, key in (
                ("plain sigma", "plain"),
                ("hiding links", "hiding"),
                ("ours", "ours"),
            )
        ]
        lines += [
            f"  {items} items; imported in {found['imported_s']:.1f} s"
            f" ({found['imported_cpu_s']:.1f} s of the processor), drawn at first"
            f" {found['drawn_s']:.1f} s later; opened again in {shown(found['again_s'], ' s')},"
            f" of which the browser's main thread works {shown(found['again_cpu_s'], ' s')}",
            f"  the chart says: {found['says']}",
            table(("", "drawn from the data", "frame p50", "frame at worst"), rows),
        ]  # fmt: skip
    return "\n".join(lines)


_COLUMNS = (("draw_ms", " ms"), ("frame_ms_p50", " ms"), ("frame_ms_worst", " ms"))


async def _measure(site: Site, rounds: int, say: Say) -> dict[str, Any]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        at_first = await _first(site, browser)
        say(f"chart: drawn at first after {at_first['drawn_s']:.1f} s")
        each = []
        for number in range(rounds):
            each.append(await _again(site, browser) | await _plain(site, browser))
            said = ", ".join(f"{name} {value:.1f}" for name, value in each[-1].items())
            say(f"chart: round {number + 1} of {rounds}: {said}")
        await browser.close()
    imported = {name: site.said[name] for name in ("imported_s", "imported_cpu_s", "made_s")}
    return {**imported, **at_first, **of_rounds(each)}


async def _first(site: Site, browser: Browser) -> dict[str, Any]:
    """Open the chart for the first time, and save it as it is arranged."""
    async with _opened(site, browser) as (page, _):
        said = await page.locator(".chart-count").inner_text()
        drawn_s = await page.evaluate("performance.now() / 1000")
        async with page.expect_response("**/save/", timeout=LIMIT_MS) as saved:
            await page.keyboard.press("Control+s")
        if not (await saved.value).ok:
            raise RuntimeError(f"the chart is not saved: {(await saved.value).status}")
    return {"drawn_s": drawn_s, "says": said}


async def _again(site: Site, browser: Browser) -> dict[str, float]:
    async with _opened(site, browser) as (page, devtools):
        drawn_s = await page.evaluate("performance.now() / 1000")
        told = await devtools.send("Performance.getMetrics")
        spent = {one["name"]: one["value"] for one in told["metrics"]}
        begun = await page.evaluate(_DRAWN_FROM_DATA)
        while not await page.evaluate(_MEASURED):
            await page.wait_for_timeout(500)
        await page.evaluate(STILL)
        frames = await page.evaluate(FRAMES, [".sigma-mouse", TURNS])
    return {
        "again_s": drawn_s,
        "again_cpu_s": spent["TaskDuration"],
        "ours_draw_ms": 1000 * drawn_s - begun,
        **_frames("ours", frames),
    }


_MEASURED = """performance.getEntriesByType("resource")
  .some((one) => one.name.endsWith("/measures/") && one.responseEnd)"""
"""In life the server that measures the network is another machine."""
_DRAWN_FROM_DATA = """performance.getEntriesByType("resource")
  .find((one) => one.name.endsWith("/data/")).responseEnd"""


async def _plain(site: Site, browser: Browser) -> dict[str, float]:
    """Let plain sigma draw the same in a page of its own, as large as ours on the screen."""
    async with _opened(site, browser) as (page, _):
        box = await page.locator(".sigma-mouse").bounding_box()
        chart = await page.evaluate(
            "fetch(document.querySelector('link-chart').dataset.data).then((one) => one.json())"
        )
    items = [[one["key"], one["x"], one["y"]] for one in chart["content"]["items"]]
    links = [[one["begin"], one["end"]] for one in chart["links"]]
    found: dict[str, float] = {}
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    size = f"width:{box['width']}px;height:{box['height']}px" if box else ""
    await page.set_content(f'<div id="plain" style="{size}"></div>')
    for library in PLAIN:
        await page.add_script_tag(path=library)
    for name, hides in (("plain", False), ("hiding", True)):
        found[f"{name}_draw_ms"] = await page.evaluate(DRAW, [items, links, hides])
        frames = await page.evaluate(FRAMES, [".sigma-mouse", TURNS])
        found |= _frames(name, frames)
    await page.close()
    return found


def _frames(name: str, took: list[float]) -> dict[str, float]:
    return {f"{name}_frame_ms_p50": quantile(took, 0.5), f"{name}_frame_ms_worst": max(took)}


@asynccontextmanager
async def _opened(site: Site, browser: Browser) -> AsyncIterator[tuple[Page, CDPSession]]:
    """Open the chart in a new, empty profile; go on when it is drawn. What it takes is counted."""
    profile = await browser.new_context(viewport={"width": 1440, "height": 900})
    pairs = (one.split("=", 1) for one in site.cookies[0].split("; "))
    url = f"http://localhost:{site.port}"
    await profile.add_cookies([{"name": name, "value": value, "url": url} for name, value in pairs])
    page = await profile.new_page()
    devtools = await profile.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    await page.goto(f"{url}{site.thread}", timeout=LIMIT_MS)
    await page.wait_for_selector("link-chart[data-drawn]", timeout=LIMIT_MS)
    await page.evaluate(STILL)
    yield page, devtools
    await profile.close()
