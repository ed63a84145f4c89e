"""How long a sign-in lasts, and whose cookies these are."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from borderliaison.accounts import second_factor, sessions
from borderliaison.accounts.models import Account
from tests.accounts.people import browser, officer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return officer()


def make_older(client: Client, key: str, seconds: float) -> None:
    session = client.session
    session[key] = time.time() - seconds
    session.save()


def cookies(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


def test_after_idle_time_the_officer_is_signed_out_and_told(account: Account) -> None:
    client = signed_in(account)
    make_older(client, sessions.LAST_SEEN, settings.BLO_IDLE_SIGN_OUT_S + 1)
    answer = client.get("/me", follow=True)
    assert answer.redirect_chain[0][0].startswith("/sign-in")
    assert "nothing was done here" in answer.content.decode()
    assert client.get("/me").status_code == 302


def test_after_twelve_hours_work_does_not_help(account: Account) -> None:
    client = signed_in(account)
    make_older(client, sessions.SIGNED_IN_AT, 12 * 3600 + 1)
    assert "had been signed in for long" in client.get("/me", follow=True).content.decode()


def test_work_counts_and_what_a_page_fetches_by_itself_does_not(account: Account) -> None:
    client = signed_in(account)
    make_older(client, sessions.LAST_SEEN, 600)
    client.get("/me", headers={"Blo-Background": "yes"})
    assert time.time() - client.session[sessions.LAST_SEEN] > 500
    client.get("/me")
    assert time.time() - client.session[sessions.LAST_SEEN] < 10


def test_a_session_without_its_times_is_over(account: Account) -> None:
    client = signed_in(account)
    session = client.session
    del session[sessions.SIGNED_IN_AT]
    session.save()
    assert client.get("/me").status_code == 302


def test_the_cookie_goes_when_the_browser_is_closed_and_no_script_reads_it(
    account: Account,
) -> None:
    client = signed_in(account)
    make_older(client, sessions.LAST_SEEN, 600)
    morsel = client.get("/me").cookies[settings.SESSION_COOKIE_NAME]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Strict"
    assert not morsel["expires"]
    assert not morsel["max-age"]


def test_each_node_names_its_own_cookies() -> None:
    assert settings.SESSION_COOKIE_NAME == "blo-kg-bdb-session"
    assert settings.CSRF_COOKIE_NAME == "blo-kg-bdb-csrf"


def test_the_stream_knows_whose_cookies_these_are(account: Account) -> None:
    assert sessions.account_behind(cookies(signed_in(account))) == account


def test_the_stream_knows_nobody_by_other_cookies(account: Account) -> None:
    assert sessions.account_behind({}) is None
    assert sessions.account_behind({settings.SESSION_COOKIE_NAME: "x" * 32}) is None
    assert sessions.account_behind(cookies(browser())) is None


def test_the_stream_ends_when_a_page_would(account: Account) -> None:
    client = signed_in(account)
    make_older(client, sessions.LAST_SEEN, settings.BLO_IDLE_SIGN_OUT_S + 1)
    assert sessions.account_behind(cookies(client)) is None
    password_only = browser()
    password_only.force_login(account)
    assert sessions.account_behind(cookies(password_only)) is None
    client = signed_in(account)
    account.password_is_initial = True
    account.save()
    assert sessions.account_behind(cookies(client)) is None
    account.password_is_initial = False
    account.save()
    Authenticator.objects.all().delete()
    assert sessions.account_behind(cookies(client)) is None


def test_a_disabled_account_is_out_at_once(account: Account) -> None:
    client = signed_in(account)
    account.is_active = False
    account.save()
    assert client.get("/me").status_code == 302
    assert sessions.account_behind(cookies(client)) is None


def test_a_changed_password_ends_the_stream(account: Account) -> None:
    client = signed_in(account)
    account.set_password("an other long sentence")
    account.save()
    assert sessions.account_behind(cookies(client)) is None


def test_the_second_step_is_shown_in_this_session_only(account: Account) -> None:
    client = browser()
    client.force_login(account)
    assert not second_factor.was_shown(client.session)
    assert client.get("/me").url.startswith("/sign-in")


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"hx-request": "true"}, 401), ({"accept": "application/json"}, 401), ({}, 302)],
)
def test_fetches_are_told_in_their_own_way(headers: dict[str, str], status: int) -> None:
    answer = browser().get("/me", headers=headers)
    assert answer.status_code == status
    if "hx-request" in headers:
        assert answer.headers["HX-Redirect"] == "/sign-in"
