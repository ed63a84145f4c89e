"""Signing in with a security key in Chromium, by a virtual authenticator.

Source: Chrome DevTools Protocol, domain WebAuthn.
"""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from borderliaison.accounts.models import Account
from tests.accounts.people import PASSWORD, officer, signed_in, without_second_step
from tests.browser.chromium import Complaints, chromium
from tests.correspondence.cast import network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def account() -> Account:
    cache.clear()
    return without_second_step(officer(password=PASSWORD))


def plug_in_key(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def give_password(page: Page, server: Any) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Login name").fill("toktosunov")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def add_key(page: Page, name: str) -> None:
    page.get_by_label("Name of the key").fill(name)
    page.get_by_role("button", name="Add this key").click()


def test_a_key_is_added_at_the_first_sign_in_and_signs_in_from_then_on(
    live_server: Any, account: Account
) -> None:
    with chromium() as browser:
        page = browser.new_page()
        complaints = Complaints(page)
        plug_in_key(page)
        give_password(page, live_server)
        expect(page).to_have_url(f"{live_server.url}/me/begin")
        page.get_by_role("link", name="Add a security key").click()
        add_key(page, "on my key ring")
        expect(page).to_have_url(f"{live_server.url}/me/second-step/codes")
        expect(page.get_by_role("listitem")).to_have_count(10)

        page.goto(f"{live_server.url}/sign-out")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        give_password(page, live_server)
        expect(page).to_have_url(f"{live_server.url}/sign-in/second-step")
        page.get_by_role("button", name="Use a security key").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{live_server.url}/me")
        expect(page.get_by_role("heading", level=1)).to_have_text("A. Toktosunov")

        page.goto(f"{live_server.url}/me/second-step/keys")
        expect(page.get_by_role("rowheader")).to_have_text(["on my key ring"])
        assert complaints == []
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1


def test_the_same_key_is_not_added_twice_and_the_page_says_so(
    live_server: Any, account: Account
) -> None:
    with chromium() as browser:
        page = browser.new_page()
        plug_in_key(page)
        give_password(page, live_server)
        page.goto(f"{live_server.url}/me/second-step/keys/add")
        add_key(page, "first")
        page.wait_for_url("**/codes")
        page.goto(f"{live_server.url}/me/second-step/keys/add")
        add_key(page, "second")
        expect(page.get_by_role("alert")).to_contain_text("already among your keys")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_another_key_does_not_sign_in(live_server: Any, account: Account) -> None:
    with chromium() as browser:
        page = browser.new_page()
        plug_in_key(page)
        give_password(page, live_server)
        page.goto(f"{live_server.url}/me/second-step/keys/add")
        add_key(page, "mine")
        page.wait_for_url("**/codes")

        page = browser.new_context().new_page()
        plug_in_key(page)
        give_password(page, live_server)
        page.get_by_role("button", name="Use a security key").click()
        expect(page.get_by_role("alert")).to_contain_text("did not answer")
        page.goto(f"{live_server.url}/me")
        expect(page).to_have_url(f"{live_server.url}/sign-in/second-step")


def test_the_key_is_asked_for_again_before_another_is_removed(
    live_server: Any, account: Account, settings: Any
) -> None:
    with chromium() as browser:
        page = browser.new_page()
        complaints = Complaints(page)
        plug_in_key(page)
        give_password(page, live_server)
        page.goto(f"{live_server.url}/me/second-step/keys/add")
        add_key(page, "mine")
        page.wait_for_url("**/codes")
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        page.goto(f"{live_server.url}/me/second-step/app/add")
        page.wait_for_url("**/me/confirm/key?*")
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
        page.get_by_role("button", name="Use a security key").click()
        expect(page).to_have_url(f"{live_server.url}/me/second-step/app/add")
        assert complaints == []


def test_with_the_browser_in_russian_the_whole_way_is_russian(
    live_server: Any, account: Account
) -> None:
    with chromium() as browser:
        page = browser.new_page(locale="ru-RU")
        page.goto(f"{live_server.url}/sign-in")
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        expect(page.get_by_label("Имя для входа")).to_be_focused()
        expect(page.get_by_role("button", name="Продолжить")).to_be_visible()


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in(live_server: Any) -> None:
    network()
    cookies = signed_in(officer("mamatov")).cookies
    with chromium() as browser:
        page = browser.new_page()
        page.context.add_cookies(
            [
                {"name": name, "value": one.value, "url": live_server.url}
                for name, one in cookies.items()
            ]
        )
        page.goto(f"{live_server.url}/messages/")
        with page.expect_request(lambda asked: "hx-request" in asked.headers) as fetched:
            page.evaluate("htmx.trigger(document.body, 'feed:thread')")
        assert fetched.value.headers["blo-background"] == "yes"
