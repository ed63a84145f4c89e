"""The offices' pages in Chromium: in both languages, both themes and on a phone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from borderliaison.accounts.models import Account
from borderliaison.kernel.ids import OfficerId
from borderliaison.offices.roster import NewOfficer, keep_officer
from borderliaison.offices.services import load_network
from borderliaison.offices.trust.importing import import_files
from borderliaison.offices.trust.pinning import pin_authority, pin_path
from tests.accounts.people import officer, signed_in
from tests.browser.chromium import Complaints, chromium
from tests.offices.authorities import KG, UZ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 760}
LOOK = os.environ.get("BLO_LOOK", "")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture
def account(node_directory: Path) -> Iterator[Account]:
    load_network()
    pin_authority(KG.key_file, node_directory, "KG-BDB")
    issued = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    dates = {"issued": issued, "valid_until": issued + timedelta(days=90)}
    import_files([KG.publish(**dates).last, UZ.publish(**dates).last])
    for number, agency, name, role in (
        ("KG-BDB/0001", "KG-BOR", "A. Toktosunov", "liaison"),
        ("KG-BDB/0002", "KG-CUS", "N. Abdyrakhmanova", "duty"),
    ):
        keep_officer(
            NewOfficer(OfficerId(number), agency, name, role, ("ky", "ru")), actor="system"
        )
    yield officer()
    pin_path(node_directory).unlink(missing_ok=True)


def cookie(account: Account, lang: str) -> Any:
    """The session of an officer who signed in and reads in this language."""
    account.language = lang
    account.save()
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(account).cookies[name].value
    return {"name": name, "value": session, "domain": "localhost", "path": "/"}


@contextmanager
def open_page(session: Any, lang: str, **options: Any) -> Iterator[Page]:
    with chromium() as browser, browser.new_context(locale=lang, **options) as context:
        context.add_cookies([session])
        yield context.new_page()


def look(page: Page, name: str) -> None:
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png")


MODES = {
    "light": ("en", {"viewport": DESK, "color_scheme": "light"}),
    "dark": ("en", {"viewport": DESK, "color_scheme": "dark"}),
    "ru": ("ru", {"viewport": DESK, "color_scheme": "light"}),
    "phone-ru": ("ru", {"viewport": PHONE, "color_scheme": "light", "has_touch": True}),
}


@pytest.mark.parametrize("mode", MODES)
def test_the_pages_stand_in_every_mode(live_server: Any, account: Account, mode: str) -> None:
    lang, options = MODES[mode]
    address = live_server.url.replace("127.0.0.1", "localhost")
    with open_page(cookie(account, lang), lang, **options) as page:
        complaints = Complaints(page)
        for name, path in (
            ("list", "/offices/"),
            ("own", "/offices/KG-BDB/"),
            ("foreign", "/offices/UZ-DUS/"),
            ("centre", "/offices/KG-BIS/"),
        ):
            page.goto(f"{address}{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= options["viewport"]["width"], f"{name} scrolls sideways"
            look(page, f"offices-{name}-{mode}")
        assert complaints == []


def test_typing_a_name_in_any_script_finds_the_office(live_server: Any, account: Account) -> None:
    address = live_server.url.replace("127.0.0.1", "localhost")
    with open_page(cookie(account, "en"), "en", viewport=DESK) as page:
        page.goto(f"{address}/offices/")
        page.keyboard.press("f")
        page.keyboard.type("ДЎСТЛ")
        row = page.get_by_role("link", name="UZ-DUS")
        expect(page.locator(".office-row")).to_have_count(1)
        expect(row).to_contain_text("also written Дўстлик")
        look(page, "offices-found")
        row.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dustlik")
        expect(page.get_by_text("Each authority recognises the other.")).to_be_visible()
