"""What is carried into a chart and out of it, and an open chart while records change."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, expect

from borderliaison.charts.kept.keeping import EMPTY, keep_as_new, make_chart
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.statements.drafted import Drafted, Said
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer
from tests.browser.chromium import Complaints, chromium
from tests.browser.office import DESK, PHONE, Looks, Stream, barriers, meanwhile, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network
from tests.records.cast import drafted, say, source
from tests.records.cast import key as key_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
DRAWN = "link-chart[data-drawn]"
NAMED = r"[0-9a-f]{32}-\d{4}-\d\d-\d\d"
HOSTILE = "</script><img src=x onerror=alert(1)> & “Bek”"


def _opens(page: Page, address: str, items: str) -> None:
    page.goto(address)
    if page.locator("[name=purpose]").count():
        page.locator("[name=purpose]").first.click()
    page.wait_for_selector(DRAWN)
    expect(page.locator(".chart-count")).to_contain_text(items)


def _says(name: str, person: str, called: str) -> None:
    """A report says that somebody uses the car."""
    ends = (
        Drafted(key(person), "Person", (Said("name", called),)),
        Drafted(key("car"), "Vehicle", (Said("registrationNumber", "01 A 417 BC"),)),
    )
    use = (Said("user", key(person)), Said("used", key("car")), Said("startDate", "2026-05-16"))
    say(name, *ends, Drafted(key_of(name), "Use", use))


def _chooses(page: Page, name: str) -> None:
    """A row is clicked until it is chosen, whatever stands over it: it may just be drawn anew."""
    row = page.locator(".chart-table tr", has_text=name)
    for _ in range(20):
        row.dispatch_event("click")
        if row.get_attribute("aria-selected") == "true":
            return
    raise AssertionError(name)


def _copies_and_pastes(page: Page, one: str, other: str) -> None:
    """What is selected here and pasted there stands as it stood; on the clipboard are keys alone."""
    _opens(page, one, "3 of 3 items")
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    expect(page.locator("[data-piece=said]")).to_contain_text("3 items copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Tilekov" not in copied
    assert key("tilekov") in copied
    _opens(page, other, "2 of 2 items")
    page.locator("[data-piece=stage]").focus()
    page.keyboard.press("Control+v")
    expect(page.locator("[data-piece=said]")).to_contain_text(
        "2 items added. 1 stood here already."
    )
    expect(page.locator(".chart-count")).to_contain_text("4 of 4 items")
    page.keyboard.press("Control+z")
    expect(page.locator(".chart-count")).to_contain_text("2 of 2 items")
    page.keyboard.press("Control+y")


def _merges(page: Page) -> None:
    """Another chart comes in whole, with its notes and rules."""
    page.locator("[data-tab-of=versions]").click()
    page.locator("[data-piece=others] > summary").click()
    page.locator("[data-merge-chart]", has_text="Other lorry").click()
    expect(page.locator(".chart-count")).to_contain_text("5 of 5 items")
    expect(page.locator(".chart-legend")).to_contain_text("P")
    expect(page.locator("[data-piece=said]")).to_contain_text("1 item added")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-piece=version]")).to_contain_text("version 2")
    expect(page.locator("[data-piece=unsaved]")).to_be_hidden()


def _keeps_true(page: Page, stream: Stream) -> None:
    """What is new comes by itself while nothing is edited, else on a click; what is withdrawn goes."""
    meanwhile(_says, "new", "holov", "Rustam Holov")
    stream.tell("records")
    expect(page.locator("[data-piece=news]")).to_contain_text("1 new link.")
    expect(page.locator(".chart-count")).to_contain_text("3 of 3 links")
    before = page.locator(".chart-count").inner_text()
    page.locator("[data-tab-of=item]").click()
    _chooses(page, "Rustam Holov")
    page.locator("#chart-note").fill("Being written")
    page.locator("[data-piece=news-close]").click()
    expect(page.locator("[data-piece=news]")).to_be_hidden()
    page.locator("#chart-note").focus()
    meanwhile(_says, "newer", "tilekov", "Azamat Tilekov")
    stream.tell("records")
    expect(page.locator("[data-piece=news]")).to_be_visible()
    assert page.locator(".chart-count").inner_text() == before
    assert page.locator("#chart-note").input_value() == "Being written"
    page.locator("[data-piece=news-show]").click()
    expect(page.locator(".chart-count")).not_to_have_text(before)
    _chooses(page, "onerror")
    expect(page.locator("[data-piece=item-text]")).to_contain_text("onerror")
    meanwhile(withdraw, source("hostile"))
    stream.tell("records")
    expect(page.locator("[data-piece=news-words]")).to_contain_text("1 item is not there any more.")
    expect(page.locator(".chart-table tr", has_text="onerror")).to_have_count(0)
    expect(page.locator("[data-piece=item-text]")).not_to_contain_text("onerror")


def _says_again_for_what(page: Page) -> None:
    """Where the purpose holds no longer it is asked over the chart, which stays as it is, unsaved."""
    page.locator("[data-tab-of=item]").click()
    _chooses(page, "Rustam Holov")
    page.locator("#chart-note").fill("Not saved yet")
    page.locator("#chart-note").blur()
    _no_longer(page)
    asked = page.locator("dialog[data-piece=purpose]")
    _chooses(page, "Azamat Tilekov")
    expect(asked).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(page.locator("[data-piece=failed]")).to_contain_text("E-CHT-07")
    _chooses(page, "Rustam Holov")
    asked.get_by_role("button").first.click()
    expect(page.locator("[data-piece=item-text]")).to_contain_text("Rustam Holov")
    expect(page.locator("[data-piece=failed]")).to_be_hidden()
    expect(page.locator("#chart-note")).to_have_value("Not saved yet")
    expect(page.locator("[data-piece=unsaved]")).to_be_visible()
    _saves_what_is_being_written(page)


def _saves_what_is_being_written(page: Page) -> None:
    """Also after a sign-in beside it, which left this page an old token and no purpose."""
    page.locator("#chart-note").fill("Still being written")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    _no_longer(page)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-piece=unsaved]")).to_be_hidden()
    expect(page.locator("[data-piece=failed]")).to_be_hidden()
    expect(page.locator("#chart-note")).to_have_value("Still being written")
    _gives_purpose_anew(page)


def _gives_purpose_anew(page: Page) -> None:
    _chooses(page, "Azamat Tilekov")
    page.locator("dialog[data-piece=purpose]").get_by_role("button").first.click()
    expect(page.locator("[data-piece=item-text]")).to_contain_text("Azamat Tilekov")


def _no_longer(page: Page) -> None:
    """The officer said for what he looks, but long ago."""
    name = settings.SESSION_COOKIE_NAME
    (key_,) = (one["value"] for one in page.context.cookies() if one["name"] == name)

    def forget() -> None:
        session = SessionStore(key_)
        session["records_purpose"] = "case 0"
        session.save()

    meanwhile(forget)


def _takes_paper(page: Page, folder: Path) -> None:
    """The PDF has the picture on a sheet that lies, and beneath who says what."""
    page.locator(".chart-take > summary").click()
    with page.expect_download() as download:
        page.locator("[data-take=a4]").click()
    assert re.fullmatch(NAMED + r"\.pdf", download.value.suggested_filename)
    download.value.save_as(folder / "chart.pdf")
    with pypdfium2.PdfDocument(folder / "chart.pdf") as opened:
        first, second = (opened[n].get_textpage().get_text_range() for n in range(2))
        assert opened[0].get_width() > opened[0].get_height()
    assert "items" in first
    assert "Azamat Tilekov" in second


def _takes_a_file(page: Page, browser: Browser, folder: Path) -> None:
    """The file is looked at without a server, and runs nothing but its own script."""
    _chooses(page, "Rustam Holov")
    page.locator("[data-tab-of=item]").click()
    page.locator("#chart-own-sign").select_option("eye")
    page.locator(".chart-take > summary").click()
    with page.expect_download() as download:
        page.locator("[data-take=file]").click()
    assert re.fullmatch(NAMED + r"\.html", download.value.suggested_filename)
    page.keyboard.press("Control+z")
    download.value.save_as(folder / "chart.html")
    assert "<img src=x" not in (folder / "chart.html").read_text(encoding="utf-8")
    for viewport in (DESK, PHONE):
        away = browser.new_page(viewport=viewport, offline=True, locale="en")
        complaints, asked = Complaints(away), list[str]()
        away.on("request", lambda one, asked=asked: asked.append(one.url))
        away.goto((folder / "chart.html").as_uri())
        expect(away.locator("html[data-drawn]")).to_have_count(1)
        expect(away.locator(".file-marking").first).to_contain_text("H0")
        expect(away.locator(".file-head")).to_contain_text("KG-BDB/")
        expect(away.locator(".file-list li")).to_have_count(5)
        sign = away.locator(".chart-legend svg.icon").first
        expect(sign).to_be_visible()
        assert sign.evaluate("(one) => one.querySelector('use').getBBox().width") > 0, "drawn"
        away.locator(".file-find").fill("onerror")
        expect(away.locator(".file-list li")).to_have_count(1)
        away.locator(".file-list button").click()
        expect(away.locator(".file-panel h2")).to_have_text(HOSTILE)
        away.locator("summary").first.click()
        expect(away.locator(".file-source").first).to_be_visible()
        assert away.locator(".file-panel img").count() == 0
        assert (barriers(away), overflow(away), list(complaints)) == ([], 0, [])
        assert [one for one in asked if not re.match(r"file:|blob:|data:", one)] == []
        away.screenshot(path=folder / f"file-{viewport['width']}.png")
        away.close()


def _takes_it_for_another_program(page: Page) -> None:
    """What is shown, where it stands; who looks on is told that it is made."""
    page.locator(".chart-take > summary").click()
    page.locator("#take-format").select_option("anx")
    with page.expect_download() as download:
        page.locator("[data-take=data]").click()
    assert re.fullmatch(NAMED + r"\.anx", download.value.suggested_filename)
    assert "Rustam Holov" in Path(download.value.path()).read_text(encoding="utf-16")
    page.keyboard.press("Escape")


def _shows_to_others(page: Page) -> None:
    """Snapshots are stepped through over the whole screen, under the marking; nothing is changed by it."""
    page.locator("[data-tab-of=look]").click()
    page.locator("#snapshot-name").fill("All of them")
    page.locator("[data-act=snap]").click()
    page.locator(".chart-table tr", has_text="Rustam Holov").locator("[data-does=hide]").click()
    page.locator("#snapshot-name").fill("Without him")
    page.locator("[data-act=snap]").click()
    page.locator("[data-present=begin]").click()
    expect(page.locator("p.chart-present-mark")).to_contain_text("H0")
    expect(page.locator("[data-piece=present-name]")).to_have_text("All of them")
    expect(page.locator(".chart-count")).to_contain_text("5 of 5 items")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-piece=present-place]")).to_have_text("2 / 2")
    expect(page.locator(".chart-count")).to_contain_text("4 of 5 items")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("p.chart-present-mark")).to_be_hidden()
    expect(page.locator("[data-tab-of=look]")).to_be_visible()
    expect(page.locator(".chart-count")).to_contain_text("4 of 5 items")
    page.locator("[data-act=show-all]").click()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-piece=unsaved]")).to_be_hidden()


def test_a_chart_is_carried_in_and_out_and_kept_true(live_server: Any, tmp_path: Path) -> None:
    network()
    me = officer(role="analyst")
    grey_lorry()
    say("hostile", drafted("hostile", "Person", name=HOSTILE, birthDate="1990"))
    index_all()
    one = make_chart(me, "Grey lorry", [key("tilekov"), key("lorry"), key_of("hostile")])
    rule = {
        "of": "items", "about": "schema", "comparison": "is", "value": "Person",
        "effect": "badge", "with": "P",
    }  # fmt: skip
    two = make_chart(me, "Other", [key("lorry"), key("holov")])
    names = ("lorry", "tilekov", "car")
    placed = [{"key": key(name), "x": 90 * at, "y": 0} for at, name in enumerate(names)]
    keep_as_new(me, "Other lorry", {**EMPTY, "items": placed, "rules": [rule]})
    looks = Looks(live_server, me)
    with chromium() as browser, looks.page(browser, me, viewport=DESK) as page:
        stream = Stream(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        _copies_and_pastes(page, f"/charts/{one.key}/", f"/charts/{two.key}/")
        _merges(page)
        _says_again_for_what(page)
        _takes_paper(page, tmp_path)
        _takes_a_file(page, browser, tmp_path)
        _takes_it_for_another_program(page)
        _shows_to_others(page)
        _keeps_true(page, stream)
        assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
