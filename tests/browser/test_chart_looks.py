"""How a chart is drawn: as what items stand, what is written, rules, and the analyst's own areas."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.charts.kept.keeping import EMPTY, keep_as_new
from borderliaison.charts.models import Version
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.writing import write
from tests.accounts.people import signed_in
from tests.browser.chromium import chromium
from tests.browser.office import DESK, Looks, barriers, meanwhile, overflow
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import liaison, network
from tests.files.test_pages import with_picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
RULE = {
    "of": "items", "about": "schema", "comparison": "is", "value": "Seizure",
    "effect": "as", "with": "frame",
}  # fmt: skip


def _select(page: Page, *names: str) -> None:
    for place, name in enumerate(names):
        row = page.locator(".chart-table tr", has_text=name)
        row.click(modifiers=["Control"] if place else [])


def _stands_as_a_photograph(page: Page) -> None:
    """A photograph of a report is offered and fetched; taken back, the sign stands again."""
    _select(page, "KG 01 7784 AD")
    page.locator("#chart-shown-as").select_option("picture")
    with page.expect_response("**/preview/") as fetched:
        page.locator("[data-photograph]").click()
    assert fetched.value.ok
    expect(page.locator("[data-photograph]")).to_have_attribute("aria-pressed", "true")
    _select(page, "Rustam Holov")
    page.locator("#chart-shown-as").select_option("line")
    page.locator("[data-act=undo]").click()
    _select(page, "KG 01 7784 AD")
    expect(page.locator("#chart-shown-as")).to_have_value("picture")
    _select(page, "Rustam Holov")
    expect(page.locator("#chart-shown-as")).to_have_value("")


def _stands_as_its_words(page: Page) -> None:
    """Several stand as boxes at once, one as a circle, one as a card; a step back is one step."""
    shown = page.locator("#chart-shown-as")
    _select(page, "Azamat Tilekov", "Ak-Tilek Trans LLC")
    shown.select_option("box")
    _select(page, "Rustam Holov")
    shown.select_option("circle")
    _select(page, "Bakyt Sulaimanov")
    shown.select_option("text")
    page.locator("[data-act=undo]").click()
    expect(shown).to_have_value("")
    page.locator("[data-act=redo]").click()
    expect(shown).to_have_value("text")


def _is_ruled(page: Page) -> None:
    """Rules of another chart are taken over; one about lines stands in the legend once it draws one."""
    page.locator("[data-tab-of=look]").click()
    page.locator("[name=labels][value=sum]").check()
    page.locator("#chart-beneath-1").select_option("registeredIn")
    expect(page.locator(".chart-legend")).to_contain_text("Registered in")
    page.locator("#rules-from").focus()
    expect(page.locator("#rules-from option")).to_have_count(2)
    page.locator("#rules-from").select_option(index=1)
    page.locator("[data-act=take-rules]").click()
    expect(page.locator(".chart-legend")).to_contain_text("Seizure")
    page.locator("#rule-about").select_option("link:count")
    page.locator("#rule-comparison").select_option("least")
    page.locator("#rule-effect").select_option("dash")
    for least in ("40", "2"):
        page.locator("#rule-value").fill(least)
        page.locator("[data-act=add-rule]").click()
    expect(page.locator(".chart-legend")).to_contain_text("how many links ≥ 2")
    expect(page.locator(".chart-legend")).not_to_contain_text("≥ 40")
    page.locator("[data-rule-up='2']").click()
    expect(page.locator("[data-piece=rules] li").nth(1)).to_contain_text("≥ 2")


def _is_drawn_on(page: Page) -> None:
    """A box is drawn around what is selected, and named; a text stands beside."""
    _select(page, "Rustam Holov", "Azamat Tilekov")
    page.locator("[data-act=add-box]").click()
    page.locator("#area-text").fill("Drivers")
    page.locator("[name=area-ink][value=chart-6]").check(force=True)
    expect(page.locator("[data-area]")).to_have_text("Box · Drivers")
    page.locator("[data-act=add-text]").click()
    page.locator("#area-text").fill("Ask Kyzyl-Art")
    page.locator("#area-text").blur()
    expect(page.locator("[data-area]")).to_have_count(2)


def test_an_analyst_dresses_a_chart(live_server: Any) -> None:
    network()
    me = liaison()
    item, _ = with_picture(signed_in(me))
    keys = grey_lorry()
    one = Drafted(key("lorry"), "Vehicle", (Said("registrationNumber", "KG 01 7784 AD"),))
    at = item.created_at
    write(Origin(item.key, "report", item.office, at, at, "KG", item.marking_id), [one])
    placed = [{"key": one, "x": 150 * (n % 5), "y": 150 * (n // 5)} for n, one in enumerate(keys)]
    chart = keep_as_new(me, "Grey lorry", {**EMPTY, "items": placed})
    other = keep_as_new(me, "Frames", {**EMPTY, "rules": [RULE]})
    looks = Looks(live_server, me)
    with chromium() as browser, looks.page(browser, me, viewport=DESK) as page:
        page.goto(f"/charts/{chart.key}/")
        page.locator("[name=purpose]").first.click()
        page.wait_for_selector("link-chart[data-drawn]")
        for part in (_stands_as_a_photograph, _stands_as_its_words, _is_ruled, _is_drawn_on):
            part(page)
        assert (barriers(page), overflow(page), list(page.complaints)) == ([], 0, [])
        page.keyboard.press("Control+s")
        expect(page.locator("[data-piece=version]")).to_contain_text("version 2")
    versions = Version.objects.as_system("test")
    kept = meanwhile(lambda: versions.get(chart=chart, number=2)).content
    assert [(area["form"], area["text"], area["ink"]) for area in kept["areas"]] == [
        ("box", "Drivers", "chart-6"),
        ("text", "Ask Kyzyl-Art", "chart-1"),
    ]
    assert (kept["beneath"], kept["labels"]) == (["registeredIn"], "sum")
    assert kept["rules"][0] == RULE
    assert kept["merged"] == [{"chart": other.key, "version": 1}]
    stand = {one["key"]: one["as"] for one in kept["items"] if "as" in one}
    assert stand == {
        key("lorry"): "picture", key("tilekov"): "box", key("firm"): "box",
        key("holov"): "circle", key("consignee"): "text",
    }  # fmt: skip
