"""A table of who is linked to whom becomes a chart, whose own table ranks them as exact measures do."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.cli import run
from tests.accounts.people import officer
from tests.browser.chromium import chromium
from tests.browser.office import DESK, Looks, barriers, overflow
from tests.correspondence.cast import network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
FIVE = 5
TALKS = [
    ("N1", "N2"), ("N1", "N3"), ("N1", "N4"), ("N1", "N12"), ("N12", "N13"), ("N12", "N14"),
    ("N12", "N15"), ("N15", "N16"), ("N15", "N17"), ("N17", "N18"), ("N3", "N5"), ("N5", "N6"),
    ("N3", "N7"), ("N2", "N4"), ("N13", "N14"), ("N18", "N19"),
]  # fmt: skip


def _expected(table: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return those between most others, as ``blo analysis network`` says."""
    assert run(["analysis", "network", str(table), "--measure", "betweenness", "--json"]) == 0
    return [one["id"] for one in json.loads(capsys.readouterr().out)["nodes"][:FIVE]]


def _takes_in(page: Page, file: Path) -> None:
    """Each row speaks of two persons and that they know each other; they are the same by their names."""
    page.goto("/records/in/")
    page.locator("#in-choose").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    for label, choice in (
        ("Thing 1", "Person"),
        ("Thing 2", "Person"),
        ("Link 1", "UnknownLink"),
        ("What “source” says", "1.name"),
        ("What “target” says", "2.name"),
    ):
        with page.expect_response("**/records/in/**"):
            page.get_by_label(label).select_option(choice)
        expect(page.get_by_label(label)).to_have_value(choice)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("button", name="Take in")).to_be_visible()
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_text("It is in the records")).to_be_visible()


def test_a_table_of_links_becomes_a_chart_whose_table_ranks_as_measured(
    live_server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "source,target\n" + "".join(f"{one},{other}\n" for one, other in TALKS)
    table = tmp_path / "talks.csv"
    table.write_text(lines, encoding="utf-8")
    expected = _expected(table, capsys)
    network()
    me = officer(role="analyst")
    looks = Looks(live_server, me)
    with chromium() as browser, looks.page(browser, me, viewport=DESK) as page:
        _takes_in(page, table)
        assert (barriers(page), overflow(page)) == ([], 0)
        page.get_by_role("button", name="Draw as a chart").click()
        page.locator("[name=purpose]").first.click()
        page.wait_for_selector("link-chart[data-drawn]")
        first = page.locator(".chart-table tbody tr").first
        expect(first).not_to_contain_text("–")
        names = page.locator(".chart-table tbody th").all_inner_texts()
        assert [one.strip() for one in names[:FIVE]] == expected
        page.get_by_role("button", name="Table", exact=True).click()
        expect(page.locator(".chart-layouts")).to_be_hidden()
        expect(page.locator(".chart-canvas").first).to_be_hidden()
        assert list(page.complaints) == []
