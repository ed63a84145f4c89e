"""A form from a page that was too old: nothing is done, and the officer is led back to it."""

import pytest
from django.test import Client

from tests.accounts.people import officer, signed_in

pytestmark = pytest.mark.django_db
HOST = "http://localhost"


def strict(language: str = "en") -> Client:
    """A signed-in browser whose page carries a token of another sign-in."""
    client = signed_in(officer(language=language))
    client.handler.enforce_csrf_checks = True
    client.cookies["blo-kg-bdb-csrf"] = "a" * 32
    return client


def test_it_leads_back_to_the_page_that_was_open() -> None:
    answer = strict().post("/me/single-letters", headers={"referer": f"{HOST}/me?x=1"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "What you typed is kept" in page
    assert 'href="/me"' in page
    assert "page-too-old" in page
    assert 'class="rail"' in page, "the frame of a signed-in officer"


def test_it_speaks_russian() -> None:
    page = strict("ru").post("/me/live", headers={"referer": f"{HOST}/me"}).content.decode()
    assert "Ничего не отправлено" in page
    assert "Вернуться на страницу" in page


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/me", f"{HOST}/no/such/page"])
def test_it_leads_nowhere_else(referer: str) -> None:
    page = strict().post("/me/live", headers={"referer": referer}).content.decode()
    assert "elsewhere" not in page
    assert "Back to the page" not in page
    assert "First page" in page


@pytest.mark.parametrize("header", ["HX-Request", "X-Autosave"])
def test_what_a_script_sends_is_answered_with_a_code(header: str) -> None:
    answer = strict().post("/me/live", headers={header: "true"})
    assert (answer.status_code, answer.json()) == (403, {"code": "E-WEB-419"})


def test_before_signing_in_it_is_said_too() -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"login": "x"}, headers={"referer": f"{HOST}/sign-in"})
    assert answer.status_code == 403
    assert 'href="/sign-in"' in answer.content.decode()
