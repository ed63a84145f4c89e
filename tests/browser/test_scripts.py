"""What the scripts do beyond the components page: drafts save themselves, parts follow the feed.

The office's server is played by routes of the browser, so that each answer can be chosen.
"""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect

from borderliaison.ui import manifest
from borderliaison.ui.shell import Shell
from tests.browser.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.once]

ORIGIN = "http://office.test"
FORM = """<form data-autosave="/drafts/7" action="/send" method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="token"><label>Why <input name="why"></label>
<span data-draft-state data-words-saved="Saved {time}" data-words-kept="Kept {time}"
 data-words-restored="Back"></span><button class="btn-primary">Send</button></form>"""
PART = """<p id="part" hx-get="/part" hx-trigger="feed:thread from:body">old</p>"""


def office_page(content: str, shell: Shell) -> str:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    request.frame = lambda: shell  # type: ignore[attr-defined]
    html = render_to_string("ui/base.html", {}, request)
    before, _, after = html.partition('<main class="main')
    return f'{before}<main class="main">{content}</main>{after.partition("</main>")[2]}'


def serve(page: Page, content: str, shell: Shell | None = None) -> None:
    html = office_page(content, shell or Shell())

    def static(route: Route) -> None:
        file = manifest.BUILD / route.request.url.rsplit("/", 1)[1]
        route.fulfill(path=file)

    page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.route(f"{ORIGIN}/static/build/*", static)


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def test_a_draft_is_saved_within_five_seconds_and_says_so(page: Page) -> None:
    saved: list[str] = []

    def keep(route: Route) -> None:
        saved.append(route.request.post_data or "")
        route.fulfill(status=HTTPStatus.NO_CONTENT)

    serve(page, FORM)
    page.route(f"{ORIGIN}/drafts/7", keep)
    page.goto(ORIGIN)
    page.get_by_label("Why").fill("Driver changed")
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved ")
    assert "Driver changed" in saved[0]
    assert "token" in saved[0]


def test_steady_typing_is_saved_too(page: Page) -> None:
    serve(page, FORM)
    page.route(f"{ORIGIN}/drafts/7", lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
    page.clock.install(time=0)
    page.goto(ORIGIN)
    page.clock.pause_at(60)  # no time passes but what the typing takes
    with page.expect_request(f"{ORIGIN}/drafts/7"):
        for letter in "Driver changed at Sary-Tash":
            page.get_by_label("Why").press_sequentially(letter)
            page.clock.run_for(260)


def test_what_could_not_be_saved_is_kept_and_comes_back(page: Page) -> None:
    answers = [HTTPStatus.SERVICE_UNAVAILABLE] * 2
    serve(page, FORM)
    page.route(
        f"{ORIGIN}/drafts/7",
        lambda route: route.fulfill(status=answers.pop() if answers else HTTPStatus.NO_CONTENT),
    )
    page.goto(ORIGIN)
    page.get_by_label("Why").fill("Driver changed")
    state = page.locator("[data-draft-state]")
    expect(state).to_contain_text("Kept ")
    page.reload()
    expect(page.get_by_label("Why")).to_have_value("Driver changed")
    expect(state).to_contain_text("Saved ")
    page.reload()
    expect(page.get_by_label("Why")).to_have_value("")


def test_whoever_signed_in_again_beside_the_page_saves_with_the_new_token(page: Page) -> None:
    saved: list[str] = []

    def keep(route: Route) -> None:
        saved.append(route.request.post_data or "")
        old = len(saved) == 1
        route.fulfill(status=HTTPStatus.FORBIDDEN if old else HTTPStatus.NO_CONTENT)

    serve(page, FORM)
    page.route(f"{ORIGIN}/drafts/7", keep)
    page.goto(ORIGIN)
    page.get_by_label("Why").fill("Driver changed")
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved ")
    assert ["Driver changed" in one for one in saved] == [True, True]


def test_what_is_sent_from_a_page_that_was_too_old_is_not_lost(page: Page) -> None:
    refused = '<body class="page-too-old"><a href="/">Back to the page</a>'
    serve(page, FORM)
    page.route(f"{ORIGIN}/drafts/7", lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
    page.route(
        f"{ORIGIN}/send", lambda route: route.fulfill(body=refused, content_type="text/html")
    )
    page.goto(ORIGIN)
    page.get_by_label("Why").fill("Driver changed")
    page.get_by_label("Why").press("Control+Enter")
    page.get_by_role("link", name="Back to the page").click()
    expect(page.get_by_label("Why")).to_have_value("Driver changed")


def test_a_draft_is_saved_when_the_page_is_hidden(page: Page) -> None:
    serve(page, FORM)
    page.route(f"{ORIGIN}/drafts/7", lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
    page.goto(ORIGIN)
    page.get_by_label("Why").fill("Driver changed")
    hide = "Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'});"
    with page.expect_request(f"{ORIGIN}/drafts/7"):
        page.evaluate(f"{hide} document.dispatchEvent(new Event('visibilitychange'))")


def test_ctrl_enter_sends_the_form_once(page: Page) -> None:
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(body="<p>sent</p>", content_type="text/html")

    serve(page, FORM)
    page.route(f"{ORIGIN}/send", take)
    page.goto(ORIGIN)
    page.get_by_label("Why").press("Control+Enter")
    expect(page.get_by_text("sent")).to_be_visible()
    assert sent == ["POST"]


def test_an_event_makes_the_part_that_waits_for_it_ask_again(page: Page) -> None:
    events = 'retry: 60000\nid: 1\nevent: thread\ndata: {"subject": "7"}\n\n'
    serve(page, PART, Shell(feed_url="/events"))
    page.route(
        f"{ORIGIN}/events",
        lambda route: route.fulfill(body=events, content_type="text/event-stream"),
    )
    page.route(f"{ORIGIN}/part", lambda route: route.fulfill(body="new", content_type="text/html"))
    page.goto(ORIGIN)
    expect(page.locator("#part")).to_have_text("new")


def test_without_the_stream_the_page_asks_by_itself_and_says_so(page: Page) -> None:
    serve(page, PART, Shell(feed_url="/events"))
    page.route(f"{ORIGIN}/events", lambda route: route.fulfill(status=HTTPStatus.BAD_GATEWAY))
    page.route(f"{ORIGIN}/part", lambda route: route.fulfill(body="new", content_type="text/html"))
    page.goto(ORIGIN)
    expect(page.locator("#live-state")).to_have_text("asking every 5 s")
    expect(page.locator("#part")).to_have_text("new")
