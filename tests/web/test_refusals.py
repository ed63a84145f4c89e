"""What is not there, not allowed or has failed is said in the frame, in the officer's language."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory

from borderliaison.web import refusals
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network, sent_lookout


@pytest.fixture
def browser(db: None) -> Client:
    network()
    return signed_in(officer())


def test_a_missing_page_is_answered_in_the_frame(browser: Client) -> None:
    answer = browser.get("/there/is/no/such/page/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "There is no such page" in text
    assert 'class="rail"' in text


def test_a_missing_page_is_answered_in_the_officers_language(db: None) -> None:
    network()
    answer = signed_in(officer(language="ru")).get("/messages/" + "0" * 32 + "/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()


def test_what_is_not_addressed_to_an_officer_is_answered_as_what_does_not_exist(db: None) -> None:
    network()
    item = sent_lookout(officer("zhumabekova"), **{"cover.own": ["KG-BOR"]})
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))
    pages = [
        customs.get(f"/messages/{key}/").content.decode().replace(key, "")
        for key in (item.thread.key, "0" * 32)
    ]
    said = [page[page.index("<main") : page.index("</main>")] for page in pages]
    assert said[0] == said[1]


def test_what_is_forbidden_and_what_is_not_understood_say_what_is_safe(
    rf: RequestFactory, db: None
) -> None:
    said = refusals.forbidden(rf.get("/"), PermissionDenied())
    assert said.status_code == 403
    assert b"Nothing was changed" in said.content
    assert refusals.bad_request(rf.get("/"), ValueError()).status_code == 400


def test_a_failure_is_said_without_the_database_in_the_browsers_language(
    rf: RequestFactory,
) -> None:
    request = rf.get("/messages/", headers={"accept-language": "ru"})
    assert connection.connection is None or not connection.in_atomic_block
    answer = refusals.failed(request)  # a query would fail: this test may not use the database
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "Сервер офиса не смог ответить" in text
    assert 'lang="ru"' in text


def test_a_failure_of_a_page_is_said_in_words_and_gives_nothing_away(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("KG 01 7784 AD")

    monkeypatch.setattr("borderliaison.web.views.health_for", fail)
    browser.raise_request_exception = False
    answer = browser.get("/health/")
    assert answer.status_code == 500
    assert "The office server could not answer" in answer.content.decode()
    assert "7784" not in answer.content.decode()
