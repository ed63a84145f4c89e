"""Adding and removing keys, apps and recovery codes: works, wrong method, outsider, bad input."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from borderliaison.accounts import second_factor
from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from tests.accounts.people import (
    PASSWORD,
    SECRET,
    browser,
    code,
    officer,
    signed_in,
    without_second_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return officer(password=PASSWORD)


def key_of(account: Account, name: str = "on my ring") -> Authenticator:
    return Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def long_ago(client: Client) -> Client:
    session = client.session
    session[second_factor.SHOWN_AT] = time.time() - 3600
    session.save()
    return client


def last_action() -> str:
    line = AuditLine.objects.last()
    assert line is not None
    return line.action


@pytest.mark.django_db(transaction=True)
def test_an_app_is_added_with_its_first_code(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_second_step(account)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: SECRET)
    client = browser()
    client.post("/sign-in", {"login": "toktosunov", "password": PASSWORD})
    page = client.get("/me/second-step/app/add").content.decode()
    assert SECRET in page
    assert "data:image/svg+xml;base64," in page
    used = code()
    assert client.post("/me/second-step/app/add", {"code": used}).url == "/me/second-step/codes"
    assert client.get("/me").status_code == 200
    assert "account.second_factor_added" in AuditLine.objects.values_list("action", flat=True)
    again = browser()
    again.post("/sign-in", {"login": "toktosunov", "password": PASSWORD})
    again.post("/sign-in/second-step", {"code": used})
    assert again.get("/me").status_code == 302


def test_a_wrong_first_code_adds_no_app(account: Account) -> None:
    without_second_step(account)
    client = browser()
    client.post("/sign-in", {"login": "toktosunov", "password": PASSWORD})
    client.get("/me/second-step/app/add")
    answer = client.post("/me/second-step/app/add", {"code": "123"})
    assert "was not accepted" in answer.content.decode()
    assert not second_factor.has_second_factor(account)


def test_the_only_second_step_is_not_removed(account: Account) -> None:
    client = signed_in(account)
    answer = client.post("/me/second-step/app/remove")
    assert "your only second step" in answer.content.decode()
    assert second_factor.has_second_factor(account)
    Authenticator.objects.all().delete()
    key = key_of(account)
    answer = client.post(f"/me/second-step/keys/{key.pk}/remove", follow=True)
    assert "your only second step" in answer.content.decode()
    assert second_factor.has_second_factor(account)


def test_the_app_is_removed_when_there_is_a_key(account: Account) -> None:
    key_of(account)
    assert signed_in(account).post("/me/second-step/app/remove").url == "/me/second-step"
    assert second_factor.second_factors(account) == 1
    assert last_action() == "account.second_factor_removed"


def test_a_key_is_renamed_and_removed(account: Account) -> None:
    key = key_of(account)
    client = signed_in(account)
    assert "on my ring" in client.get("/me/second-step/keys").content.decode()
    client.post(f"/me/second-step/keys/{key.pk}/name", {"name": "in the safe"})
    assert "in the safe" in client.get("/me/second-step/keys").content.decode()
    client.post(f"/me/second-step/keys/{key.pk}/remove")
    assert second_factor.second_factors(account) == 1


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_that_is_empty_or_too_long_is_refused(account: Account, name: str) -> None:
    key = key_of(account)
    answer = signed_in(account).post(f"/me/second-step/keys/{key.pk}/name", {"name": name})
    assert answer.status_code == 200
    key.refresh_from_db()
    assert key.data["name"] == "on my ring"


@pytest.mark.parametrize("what", ["name", "remove"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_officers_key_does_not_exist(account: Account, what: str, method: str) -> None:
    key = key_of(officer("abdyrakhmanova"))
    path = f"/me/second-step/keys/{key.pk}/{what}"
    assert getattr(signed_in(account), method)(path, {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "path",
    ["/me/second-step/app/add", "/me/second-step/app/remove", "/me/second-step/keys/add",
     "/me/second-step/codes/new"],
)  # fmt: skip
def test_changing_how_one_signs_in_needs_the_second_step_again(account: Account, path: str) -> None:
    if path.endswith("app/add"):
        Authenticator.objects.all().delete()
        key_of(account)
    client = long_ago(signed_in(account))
    expected = "/me/confirm/key" if path.endswith("app/add") else "/me/confirm/code"
    assert client.post(path).url.startswith(f"{expected}?next=")
    key_of(account)
    assert long_ago(client).post(path).url.startswith("/me/confirm/key?next=")


def test_the_password_is_no_way_round_the_second_step(account: Account) -> None:
    client = long_ago(signed_in(account))
    answer = client.post("/me/confirm/password", {"password": PASSWORD})
    assert answer.url == "/me/confirm/code"
    assert client.get("/me/second-step/keys/add").url.startswith("/me/confirm/")


def test_a_code_shows_again_that_it_is_the_officer_but_no_code_twice(account: Account) -> None:
    client = long_ago(signed_in(account))
    used = code()
    answer = client.post("/me/confirm/code", {"code": used, "next": "/me/second-step/keys/add"})
    assert answer.url == "/me/second-step/keys/add"
    assert client.get("/me/second-step/keys/add").status_code == 200
    long_ago(client)
    answer = client.post("/me/confirm/code", {"code": used, "next": "/me/second-step/keys/add"})
    assert "was not accepted" in answer.content.decode()


def test_confirming_leads_to_no_other_site(account: Account) -> None:
    client = long_ago(signed_in(account))
    answer = client.post("/me/confirm/code", {"code": code(), "next": "https://evil.example/"})
    assert answer.url == "/"


def test_recovery_codes_are_shown_once_and_sign_in_once(account: Account) -> None:
    client = signed_in(account)
    assert client.post("/me/second-step/codes/new").url == "/me/second-step/codes"
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    assert codes[0] in client.get("/me/second-step/codes").content.decode()
    again = client.get("/me/second-step/codes").content.decode()
    assert codes[0] not in again
    assert "10 recovery codes are left" in again
    for expected in (200, 302):
        other = browser()
        other.post("/sign-in", {"login": "toktosunov", "password": PASSWORD})
        other.post("/sign-in/second-step", {"code": codes[3]})
        assert other.get("/me").status_code == expected


def test_without_recovery_codes_there_is_nothing_to_see(account: Account) -> None:
    assert signed_in(account).get("/me/second-step/codes").status_code == 404


def test_secrets_are_not_readable_in_the_database(account: Account) -> None:
    kept = Authenticator.objects.get(user=account, type="totp")
    assert SECRET not in str(kept.data)
    signed_in(account).post("/me/second-step/codes/new")
    codes = Authenticator.objects.get(type="recovery_codes")
    assert codes.data["seed"] != codes.wrap().generate_codes()
    assert len(codes.data["seed"]) > 100


def test_where_browsers_let_no_key_work_the_page_says_so(account: Account) -> None:
    client = signed_in(account)
    page = client.get("/me/second-step/keys/add", headers={"host": "127.0.0.1"}).content.decode()
    assert "browsers let no security key work" in page


def test_the_index_counts_what_there_is(account: Account) -> None:
    key_of(account)
    page = signed_in(account).get("/me/second-step").content.decode()
    assert "You have 1 security key." in page
    assert "Remove the app" in page


@pytest.mark.parametrize(
    "path", ["/me/second-step", "/me/second-step/keys", "/me/second-step/codes"]
)
def test_pages_to_look_at_take_no_post(account: Account, path: str) -> None:
    assert signed_in(account).post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/me/second-step", "/me/second-step/keys", "/me/second-step/codes", "/me/second-step/app/add",
     "/me/second-step/app/remove", "/me/second-step/keys/add", "/me/second-step/keys/1/remove",
     "/me/second-step/keys/1/name", "/me/second-step/codes/new", "/me/confirm/code",
     "/me/confirm/key", "/me/confirm/password"],
)  # fmt: skip
def test_whoever_is_not_signed_in_is_sent_to_sign_in(path: str) -> None:
    assert browser().get(path).url.startswith("/sign-in?next=")
    assert browser().post(path).url == "/sign-in"
