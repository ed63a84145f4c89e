"""What an officer does on a page before its picture is taken."""

import secrets
from typing import Final

from django.test import RequestFactory
from playwright.sync_api import Page, expect

from borderliaison.node.demo import totp
from borderliaison.web.refusals import failed

KEY: Final = {
    **{"protocol": "ctap2", "transport": "usb", "hasResidentKey": False},
    **{"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True},
}
"""A security key of Chromium's own, always touched. Source: Chrome DevTools Protocol, WebAuthn."""
TRIES: Final = 6
DRAWN_MS: Final = 30_000


def act(page: Page) -> None:
    """Open the panel of what was done."""
    page.locator("details.act summary").first.click()


def write(page: Page) -> None:
    """Write into the thread's field."""
    page.get_by_role("textbox").last.click()
    page.keyboard.type("We tighten the control of lorries in the lane out until the morning.")
    chip = page.locator("[data-quick] [data-phrase]").first
    if chip.is_visible():
        chip.click()


def display(page: Page) -> None:
    """Open the panel of the display."""
    page.locator("details.display > summary").click()


def show_keys(page: Page) -> None:
    """Show the keys of this page."""
    page.locator("body").press("?")


def find_everything(page: Page) -> None:
    """Open the list of everything over this page."""
    page.locator("body").press("Control+k")
    expect(page.locator("#everything .everything-group").first).to_be_visible()


def away(page: Page) -> None:
    """Take the stream of events away."""
    page.route("**/events*", lambda route: route.abort())
    page.reload()
    expect(page.locator("#live-state")).to_be_visible()


def fail(page: Page) -> None:
    """Let the page fail."""
    said = failed(RequestFactory(headers={"accept-language": _language(page)}).get("/"))
    body = said.content.decode()
    page.route("**/health/", lambda route: route.fulfill(status=500, body=body))
    page.reload()


def too_late(page: Page) -> None:
    """Send a page that was opened before the last sign-in."""
    page.evaluate(
        "for (const one of document.getElementsByName('csrfmiddlewaretoken')) one.value = ''"
    )
    page.locator("main form[action='/me/single-letters'] button").click()
    page.wait_for_load_state()


def _language(page: Page) -> str:
    return str(page.locator("html").get_attribute("lang"))


def unfold(page: Page) -> None:
    """Unfold what the office's place is corrected with."""
    page.locator("#correct-place > summary").click()


def correct_wrongly(page: Page) -> None:
    """Correct an office's place to one that is none."""
    place = {"latitude": "410.2", "longitude": "72.9", "accuracy_km": "0.5"}
    _fill(page, "place", place | {"source": "the officer on duty, by telephone"})


def correct(page: Page) -> None:
    """Add a spelling of an office's name, of which it has each only once."""
    page.locator("#correct-spelling > summary").click()
    page.locator("main [name='spelling.lang']").select_option("en")
    text = f"Dostuk {secrets.token_hex(2)}"
    _fill(page, "spelling", {"text": text, "source": "letter 14 of the sector, 12.06.2026"})


def undo(page: Page) -> None:
    """Correct, and take it back."""
    correct(page)
    page.locator("form.office-undo button").first.click()
    page.wait_for_load_state()


def _fill(page: Page, what: str, typed: dict[str, str]) -> None:
    form = page.locator(f"#correct-{what}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in typed.items():
        page.locator(f"main [name='{what}.{name}']").fill(value)
    page.locator(f"main form[action$='/{what}/'] button[type=submit]").click()
    page.wait_for_load_state()


def one_key(page: Page, secret: str) -> None:
    """Add a security key, where the officer has none yet.

    Args:
        page: the list of the officer's keys.
        secret: of his authenticator app, which may be asked for again.
    """
    here = page.url
    if page.get_by_role("rowheader").count():
        return
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    _reach(page, f"{here}/add", secret)
    page.locator("main input[name=name]").fill("on my key ring")
    page.locator("#add-key").click()
    expect(page).not_to_have_url(f"{here}/add")
    page.goto(here)


def show_who_one_is(page: Page, path: str, secret: str) -> None:
    """Go to a page that asks who it is first."""
    _reach(page, "/".join(page.url.split("/")[:3]) + path, secret)


def begin(page: Page, path: str, password: str) -> None:
    """Go to where the first second step is added, which asks for the password again."""
    given = page.locator("main input[type=password]")
    if given.count():
        given.fill(password)
        with page.expect_navigation():
            given.press("Enter")
    expect(page).to_have_url("/".join(page.url.split("/")[:3]) + path)


def see_recovery_codes(page: Page, secret: str) -> None:
    """Make recovery codes, which are shown this once."""
    show_who_one_is(page, "/me/second-step/codes/new", secret)
    with page.expect_navigation():
        page.locator("main button[type=submit]").first.click()


def rename_key(page: Page, secret: str) -> None:
    """Go to where a key gets another name."""
    one_key(page, secret)
    _reach(page, f"{page.url}/{_last_key(page)}/name", secret)


def remove_key(page: Page, secret: str) -> None:
    """Go to where a key is removed."""
    one_key(page, secret)
    _reach(page, f"{page.url}/{_last_key(page)}/remove", secret)


def _reach(page: Page, url: str, secret: str) -> None:
    """Open a page that asks who it is where he signed in some time ago; a code does only once."""
    page.goto(url)
    for _ in range(TRIES):
        if page.url == url:
            return
        code = page.locator("main input[name=code]")
        if not code.count():
            page.goto(page.url.replace("/confirm/key", "/confirm/code"))
        code.fill(totp.code(secret))
        with page.expect_navigation():
            code.press("Enter")
        page.wait_for_timeout(100 if page.url == url else 8_000)
    expect(page).to_have_url(url)


def _last_key(page: Page) -> str:
    found = page.locator("main a[href*='/second-step/keys/'][href$='/remove']").last
    return str(found.get_attribute("href")).split("/")[-2]


def wrong_password(page: Page) -> None:
    """Give a password that is none."""
    _give(page, "nobody-here")


def second_step(page: Page, password: str) -> None:
    """Give the right password."""
    _give(page, password)
    expect(page.locator("input[name=code]")).to_be_visible()


def _give(page: Page, password: str) -> None:
    page.locator("input[name=login]").fill("isakov")
    page.locator("input[type=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


def open_found(page: Page) -> None:
    """Open the first record that was found."""
    # By key: on a telephone the bar below may lie over it.
    page.locator(".hit-head a").first.press("Enter")
    page.locator(".record-ask, .record-head").first.wait_for()


def open_record(page: Page) -> None:
    """Open the first record that was found, and how its first value is known."""
    open_found(page)
    page.locator(".known-by > summary").first.click()


def begin_chart(page: Page) -> None:
    """Begin a chart, and be asked for what one looks, also where a purpose of before still holds."""
    page.locator("#chart-name").fill("Grey lorry")
    page.locator(".form-stack button").press("Enter")
    page.locator(".record-ask, link-chart").first.wait_for()
    if not page.locator(".record-ask").is_visible():
        page.goto(f"{page.url}purpose/")


def say_purpose(page: Page) -> None:
    """Say for what one looks, where that is asked."""
    asked = page.locator("[name=purpose]").first
    asked.or_(page.locator("[data-row]").first).first.wait_for()
    if asked.is_visible():
        asked.click()
        page.locator("[data-row]").first.wait_for()


def put_on_a_chart(page: Page) -> None:
    """Choose what was found, and be asked for the chart."""
    page.locator("input.pick").first.press(" ")
    page.locator("[data-picked]").press("Enter")
    page.locator("#chart-name").wait_for()


def draw_chart(page: Page) -> None:
    """Begin a chart, put a vehicle on it and expand that."""
    begin_chart(page)
    page.locator("[name=purpose]").first.press("Enter")
    page.locator("link-chart[data-drawn]").wait_for(timeout=DRAWN_MS)
    page.locator("#chart-find").fill("lorry")
    page.locator(".chart-hit").first.click(timeout=DRAWN_MS)
    # A telephone keeps the table folded.
    rows = page.locator(".chart-table tbody tr")
    # Expanded is what is selected: the item, once it is there.
    rows.first.wait_for(state="attached", timeout=DRAWN_MS)
    page.locator("[data-act=expand]").press("Enter")
    rows.nth(1).wait_for(state="attached", timeout=DRAWN_MS)
    page.wait_for_timeout(500)
