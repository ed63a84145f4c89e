"""First-use guidance: shown until it is put away, and a tour that writes nothing."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.web.guidance import pages, tour
from tests.accounts.people import officer, signed_in
from tests.architecture.walk import ROUTES
from tests.correspondence.cast import begin_draft, lookout, network, send

pytestmark = pytest.mark.django_db
STRIP = 'aria-label="What this page is for"'


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def test_guidance_is_put_away_for_one_page_and_one_officer_and_comes_back() -> None:
    mine, other = signed_in(officer()), signed_in(officer("other", officer_id="KG-BDB/0078"))
    assert STRIP in mine.get("/messages/").content.decode()
    away = {"name": "messages", "next": "/messages/"}
    assert mine.post("/guidance/", away).url == "/messages/"
    assert STRIP not in mine.get("/messages/").content.decode()
    assert STRIP in mine.get("/new/").content.decode()
    assert STRIP in other.get("/messages/").content.decode()
    assert 'id="guidance-back"' in mine.get("/messages/").content.decode()
    mine.post("/guidance/", {**away, "back": "1"})
    assert STRIP in mine.get("/messages/").content.decode()


@pytest.mark.parametrize("following", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_putting_away_leads_to_pages_of_this_office_only(following: str) -> None:
    answer = signed_in(officer()).post("/guidance/", {"name": "me", "next": following})
    assert answer.url == "/"


def test_no_guidance_of_a_page_that_there_is_not() -> None:
    assert signed_in(officer()).post("/guidance/", {"name": "x"}).status_code == 404


def test_guidance_and_tour_speak_of_routes_that_there_are_in_every_language() -> None:
    for one in pages._pages():
        assert set(one["routes"]) <= set(ROUTES)
        assert len(one["keys"]) == 2
        for lang, _ in settings.LANGUAGES:
            assert one["text"][lang]
            assert all(hint[lang] for hint in one["keys"])
    for step in tour._steps():
        assert step["route"] in ROUTES
        for lang, _ in settings.LANGUAGES:
            assert step["title"][lang]
            assert step["text"][lang]


def test_an_observer_is_not_led_to_what_he_may_not_do() -> None:
    account = officer(role="observer")
    steps = tour.steps_for(Acting(account.reader(), author_of(account)))
    led_to = {one.route for one in steps}
    assert not led_to & {"reports:choose", "correspondence:waiting", "correspondence:thread"}


def takes_the_tour(browser: Client, account: Account) -> list[str]:
    seen = []
    answer: Any = browser.post("/tour/step/", {"step": "1"})
    while True:
        page = browser.get(answer.url).content.decode()
        assert 'aria-label="Tour"' in page
        seen.append(answer.url)
        following = re.findall(r'name="step" value="(\d+)"[^>]*data-key="t"', page)
        if not following:
            return seen
        answer = browser.post("/tour/step/", {"step": following[0]})


def test_the_tour_leads_through_its_pages_and_leaves_nothing_behind() -> None:
    account = officer(role="head")
    browser = signed_in(account)
    send(browser, begin_draft(browser), lookout())
    before = AuditLine.objects.count()
    seen = takes_the_tour(browser, account)
    assert len(seen) == len(tour._steps())
    assert len(set(seen)) == len(seen) - 1  # two steps in one thread
    account.refresh_from_db()
    assert account.tour_step == len(seen)
    browser.post("/tour/step/")
    account.refresh_from_db()
    assert account.tour_step is None
    added = AuditLine.objects.all()[before:]
    assert not [
        one.action for one in added if one.action.startswith(("item.", "report.", "register"))
    ]


def test_the_tour_goes_on_where_it_was_left() -> None:
    browser = signed_in(officer())
    browser.post("/tour/step/", {"step": "2"})
    elsewhere = browser.get("/health/").content.decode()
    assert "Tour, 2 of" in elsewhere
    assert 'href="/messages/"' in elsewhere
    assert "Go on at step 2" in browser.get("/tour/").content.decode()


@pytest.mark.parametrize("step", ["0", "99", "-1", "x", "1000"])
def test_a_step_that_there_is_not_ends_the_tour(step: str) -> None:
    answer = signed_in(officer()).post("/tour/step/", {"step": step})
    assert answer.url == reverse("web:tour")


def test_in_live_work_there_is_no_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "is_offered", lambda _: False)
    monkeypatch.setattr("borderliaison.web.guidance.views.is_offered", lambda _: False)
    account = officer()
    browser = signed_in(account)
    assert browser.post("/tour/step/", {"step": "1"}).status_code == 404
    assert "The tour is taken in an exercise" in browser.get("/tour/").content.decode()
