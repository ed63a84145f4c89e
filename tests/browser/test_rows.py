"""Rows of a form in Chromium: added, filled and taken away by keyboard; what does not apply is hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borderliaison.reports.models import Draft
from tests.accounts.people import signed_in
from tests.browser.chromium import chromium
from tests.browser.office import DESK, PHONE, Looks, barriers, meanwhile, overflow
from tests.correspondence.cast import begin_draft, liaison, network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
LONG_MS = 30_000


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@contextmanager
def seizure(live_server: Any, **options: Any) -> Iterator[tuple[Page, Draft]]:
    """An officer has begun a seizure; its page in a browser of these options."""
    account = liaison()
    draft = begin_draft(signed_in(account), "seizure")
    looks = Looks(live_server, account)
    with chromium() as browser, looks.page(browser, account, **options) as page:
        page.set_default_timeout(LONG_MS)
        page.goto(f"/drafts/{draft.key}/")
        yield page, draft


def test_rows_are_added_filled_and_taken_away_by_keyboard(live_server: Any) -> None:
    with seizure(live_server, viewport=DESK) as (page, draft):
        substance = page.get_by_role("combobox", name="Substance or goods")
        substance.first.focus()
        page.keyboard.type("гашиш")
        page.keyboard.press("Enter")
        expect(substance.first).to_have_value("Cannabis resin (hashish)")
        page.locator('[name="seized.0.quantity.amount"]').fill("11,425")
        page.locator('[name="seized.0.quantity.unit"]').select_option("kg")
        page.keyboard.press("Alt+Equal")
        expect(substance).to_have_count(2, timeout=LONG_MS)
        expect(substance.nth(1)).to_be_focused()
        expect(page.locator('[name="seized.0.quantity.amount"]')).to_have_value("11,425")
        page.keyboard.type("heroin")
        page.keyboard.press("Enter")
        purity = page.locator('.field:has([name="seized.1.purity.amount"])')
        expect(purity).to_be_hidden()
        page.locator('[name="seized.1.tested"]').select_option("laboratory")
        expect(purity).to_be_visible()
        expect(page.locator("#totals-seized")).to_contain_text("11.425 kg", timeout=LONG_MS)
        page.locator('[name="seized.0.quantity.amount"]').focus()
        page.keyboard.press("Alt+Minus")
        expect(substance).to_have_count(1, timeout=LONG_MS)
        expect(substance.first).to_have_value("Heroin")
        page.reload()
        expect(substance.first).to_have_value("Heroin")
    saved = meanwhile(lambda: Draft.objects.as_system("test").get(pk=draft.pk))
    assert [row["substance"] for row in saved.values["seized"]] == ["heroin"]


PASTED = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
"""What Ctrl V does with cells of a spreadsheet on the clipboard."""


def test_a_list_is_found_in_by_any_script_and_cells_of_a_spreadsheet_become_rows(
    live_server: Any,
) -> None:
    with seizure(live_server, viewport=DESK) as (page, _draft):
        substance = page.get_by_role("combobox", name="Substance or goods")
        for typed in ("gashish", "ГАШИШ", "hashish"):
            substance.first.fill(typed)
            marked = page.locator("#f-seized-0-substance-list [aria-selected=true]")
            expect(marked).to_have_text("Cannabis resin (hashish)")
            substance.first.press("Escape")
        substance.first.fill("")
        substance.first.evaluate(
            PASTED,
            "Net quantity\tSubstance or goods\n85,5 кг\tГероин\n500 g\tCannabis resin\nx\tsugar",
        )
        expect(substance).to_have_count(3, timeout=LONG_MS)
        expect(substance.nth(1)).to_have_value("Cannabis resin (hashish)")
        expect(page.locator(".rows-pasted")).to_contain_text("3 rows were added from the table.")
        expect(page.locator("#f-seized-2-quantity-amount-error")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(substance).to_have_count(1, timeout=LONG_MS)
        expect(substance.first).to_have_value("")


def test_without_a_script_rows_are_added_too_and_nothing_is_lost(live_server: Any) -> None:
    with seizure(live_server, viewport=PHONE, java_script_enabled=False) as (page, _draft):
        page.locator('[name="seized.0.substance"]').select_option("heroin")
        page.get_by_role("button", name="Add a substance").click()
        expect(page.locator('[name="seized.1.substance"]')).to_be_visible()
        expect(page.locator('[name="seized.0.substance"]')).to_have_value("heroin")
        page.get_by_role("button", name="Take away: Substance 2").click()
        expect(page.locator('[name="seized.1.substance"]')).to_have_count(0)


@pytest.mark.parametrize("form", ["seizure", "alert", "weekly_summary", "request"])
def test_each_form_is_open_to_everybody_and_fits_a_phone(live_server: Any, form: str) -> None:
    account = liaison()
    draft = begin_draft(signed_in(account), form)
    looks = Looks(live_server, account)
    with chromium() as browser:
        for size, theme in ((DESK, "light"), (PHONE, "dark")):
            options: dict[str, Any] = {"viewport": size, "color_scheme": theme}
            with looks.page(browser, account, **options) as page:
                page.goto(f"/drafts/{draft.key}/")
                assert "\n".join(barriers(page)) == ""
                assert overflow(page) == 0
