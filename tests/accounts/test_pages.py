"""What all pages of signing in have in common: headers, no inline code, our templates, Russian."""

import re
from html.parser import HTMLParser
from pathlib import Path

import allauth
import pytest
from django.http import HttpResponse
from django.test import Client

import borderliaison
from borderliaison.accounts.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from borderliaison.accounts.models import Account
from borderliaison.accounts.urls import urlpatterns
from tests.accounts.people import (
    PASSWORD,
    browser,
    exercise,
    officer,
    signed_in,
    without_second_step,
)

pytestmark = pytest.mark.django_db
SOURCE = Path(borderliaison.__file__).parent
ALLAUTH = Path(allauth.__file__).parent

SIGNED_IN = [
    "/me", "/me/password", "/me/second-step", "/me/second-step/keys", "/me/second-step/keys/add",
    "/me/second-step/app/remove", "/me/second-step/codes/new", "/me/confirm/code", "/sign-out",
]  # fmt: skip
ENGLISH_ON_RUSSIAN_PAGES = {
    "border", "liaison", "javascript", "seal", "utc", "cookie", "kg", "bdb", "bor", "toktosunov",
    "a", "english", "ctrl", "alt", "esc", "enter", "j", "k",
    "t", "rkmen", "o", "zbek", "tili", "e",
}  # fmt: skip
"""Names, codes and keys, which no language changes; languages by their own names."""


@pytest.fixture
def account() -> Account:
    return officer(password=PASSWORD)


class Page(HTMLParser):
    """Collects what a strict policy forbids, and the words that are shown inside the frame."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.words: list[str] = []
        self._hidden = 0
        self._in_main = False
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self._in_main = self._in_main or tag == "main"
        self.inline += [
            f"{tag} {name}" for name in names if name == "style" or name.startswith("on")
        ]
        self.inline += [
            f"{tag} {name}" for name, value in attrs if (value or "").startswith("javascript:")
        ]
        if tag == "script" and "src" not in names and names.get("type") != "application/json":
            self.inline.append("script")
        if tag == "style":
            self.inline.append("style")
        self._hidden += tag in {"script", "code", "kbd"}
        if not self._in_main:
            return
        shown = ("title", "alt", "aria-label", "placeholder", "data-cancelled", "data-other")
        self.words += [names.get(name) or "" for name in shown]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "code", "kbd"}
        self._in_main = self._in_main and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._hidden:
            self.words.append(data)


def pages(account: Account) -> dict[str, HttpResponse]:
    """Every page of this package, in each state in which it looks different."""
    client = signed_in(account)
    found = {path: client.get(path) for path in SIGNED_IN}
    exercise("seal-2026", account)
    exercise("seal-2025", account, until=account.created_at)
    found["exercises"] = client.get("/me")
    client.post("/me/exercise/seal-2025")
    found["ended exercise"] = client.get("/me")
    client.post("/me/live")
    client.post("/me/second-step/codes/new")
    found["codes"] = client.get("/me/second-step/codes")
    found["codes again"] = client.get("/me/second-step/codes")
    asking = browser()
    asking.cookies["blo-kg-bdb-language"] = account.language
    found["sign-in"] = asking.get("/sign-in")
    found["refused"] = asking.post("/sign-in", {"login": "x", "password": "x"})
    asking.post("/sign-in", {"login": account.login, "password": PASSWORD})
    found["second step"] = asking.get("/sign-in/second-step")
    found["second step refused"] = asking.post("/sign-in/second-step", {"code": "1"})
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies["blo-kg-bdb-language"] = account.language
    found["too old"] = strict.post("/sign-in", {})
    without_second_step(account)
    starting = browser()
    starting.cookies["blo-kg-bdb-language"] = account.language
    starting.post("/sign-in", {"login": account.login, "password": PASSWORD})
    found["begin"] = starting.get("/me/begin")
    found["add app"] = starting.get("/me/second-step/app/add")
    found["show password"] = starting.get("/me/confirm/password")
    return found


def test_no_page_holds_anything_that_the_policy_forbids(account: Account) -> None:
    for name, response in pages(account).items():
        assert response.status_code in {200, 403, 422}, name
        assert Page(response).inline == [], name


def test_every_page_is_drawn_by_our_own_templates(account: Account) -> None:
    for name, response in pages(account).items():
        drawn = [t.origin.name for t in response.templates if t.origin]  # type: ignore[attr-defined]
        assert drawn, name
        assert [path for path in drawn if path.startswith(str(ALLAUTH))] == [], name


def test_a_russian_reader_finds_no_english(account: Account) -> None:
    account.language = "ru"
    account.full_name = "А. Токтосунов"
    account.save()
    for name, response in pages(account).items():
        words = re.findall(r"[A-Za-z]+", " ".join(Page(response).words))
        assert {word.lower() for word in words} - ENGLISH_ON_RUSSIAN_PAGES == set(), name


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/me", "/no-such-page", "/static/account/js/onload.js", "/static/none.js",
     "/sign-in/second-step"],
)  # fmt: skip
def test_every_answer_carries_the_headers(account: Account, path: str) -> None:
    for client in (browser(), signed_in(account)):
        response = client.get(path)
        list(response)  # a file is open until it is read
        for header, value in SECURITY_HEADERS.items():
            assert response.headers[header] == value, header


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    for directive in CONTENT_SECURITY_POLICY.split(";"):
        assert "unsafe" not in directive
        assert "http" not in directive
        assert "*" not in directive


def test_pages_are_not_kept_by_the_browser_and_files_are(account: Account) -> None:
    for client in (browser(), signed_in(account)):
        for path in ("/sign-in", "/me", "/no-such-page"):
            assert "no-store" in client.get(path).headers["Cache-Control"]
    script = browser().get("/static/account/js/onload.js")
    list(script)
    assert script.status_code == 200
    assert "no-store" not in script.headers["Cache-Control"]


def test_an_error_carries_the_headers_too(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("borderliaison.accounts.views.profile_of", broken)
    client = signed_in(account)
    client.raise_request_exception = False
    response = client.get("/me")
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["Cache-Control"] == "no-store"


TAKEN_AWAY = SOURCE / "charts" / "templates" / "charts" / "file.html"
"""No page but a file that opens without a server: its own policy names what stands in it by hash."""


def test_no_template_of_ours_has_style_or_inline_code() -> None:
    handler = r"""\son[a-z]+\s*=\s*["']|javascript:"""
    script = r"""<script(?![^>]*(\ssrc=|type="application/json"))"""
    forbidden = re.compile(rf"\sstyle\s*=|<style|{handler}|{script}")
    for template in SOURCE.glob("*/templates/**/*"):
        if template.is_file() and template != TAKEN_AWAY:
            found = forbidden.search(template.read_text(encoding="utf-8"))
            assert found is None, f"{template.name}: {found}"


def test_only_the_listed_views_of_allauth_can_be_reached() -> None:
    ours = {pattern.name for pattern in urlpatterns}
    assert {name for name in ours if not str(name).startswith("accounts_")} == {
        "account_login", "account_logout", "account_change_password", "account_reauthenticate",
        "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
        "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }  # fmt: skip
