"""The wall: what a room may see of what its officer may read, and a sign-in that opens nothing else."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from http.cookies import Morsel

import pytest
from django.test import Client

from borderliaison.accounts.api_token import ApiToken, Purpose
from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import MAX_ACTIVE, NewToken, make_token
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.exchange.models import LinkRow
from borderliaison.markings.services import forget
from borderliaison.web.board import wall_views
from borderliaison.web.board.wall import WallRow
from tests.accounts.people import browser, officer, signed_in
from tests.architecture.scene import halfway
from tests.correspondence.cast import liaison, network, sent_lookout
from tests.correspondence.letters import message, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    forget()
    yield
    forget()


def happens(author: Account) -> None:
    """Let a lookout go out, a request and a message come, and a link go down."""
    now = datetime.now(UTC)
    sent_lookout(author, subject="Zanzibar lorry", plate="QQ 99 1717 ZZ", grounds="Vermilion")
    receive_item(report("request", received_at=now))
    receive_item(message("Zebra", received_at=now))
    LinkRow.objects.create(
        peer="KG-DST", state="down", why="peer_away", since=now - timedelta(minutes=5)
    )


WRITTEN = ("Zanzibar", "lorry", "QQ 99", "Vermilion", "Zebra", "seal intact", "7784", "A message")
PEOPLE = ("Toktosunov", "Saparalieva", "KG-DST/0003", "KG-BDB/")


def kept_up(author: Account) -> tuple[Client, Morsel[str]]:
    """A browser in which the officer has kept the wall up, and the cookie by which it stays."""
    client = signed_in(author)
    answer = client.post("/board/wall/keep/", {"view": "?hours=72"})
    assert answer.url == "/board/wall/?hours=72", answer
    (cookie,) = (one for name, one in answer.cookies.items() if name.endswith("-wall"))
    return client, cookie


def test_it_shows_kinds_offices_times_and_counts_and_nothing_that_anybody_wrote() -> None:
    author = liaison()
    happens(author)
    client = signed_in(author)
    page = client.get("/board/wall/").content.decode()
    parts = client.get("/board/wall/parts/").content.decode()
    assert page.count("wall-row") >= 3
    for said in (
        "Lookout",
        "Request for information",
        "Message",
        "Dostuk",
        "Bor-Dobo",
        "Link lost",
    ):
        assert said in parts
    for word in (*WRITTEN, *PEOPLE):
        assert word not in parts, word
        assert word not in page, word


def test_a_row_has_no_place_for_what_somebody_wrote() -> None:
    assert {one.name for one in fields(WallRow)} == {
        "key", "at", "icon", "tone", "kind", "route", "steps",
    }  # fmt: skip


def test_a_wall_shows_its_officer_no_more_than_he_may_read() -> None:
    happens(liaison())
    stranger = signed_in(officer("stranger", agency="KG-CUS", clearance=0))
    parts = stranger.get("/board/wall/parts/").content.decode()
    assert "Lookout" not in parts
    assert "Urgent <b>0</b>" in parts


def test_nobody_who_is_not_signed_in_with_both_steps_sees_it() -> None:
    for who, client in halfway().items():
        assert client.get("/board/wall/").status_code == 302, who
        assert client.get("/board/wall/").url.startswith("/sign-in"), who
        assert client.get("/board/wall/parts/").status_code == 401, who
        assert client.get("/board/wall/parts/").content == b"", who


def test_kept_up_it_stays_without_the_officer_and_opens_nothing_else() -> None:
    author = liaison()
    happens(author)
    client, cookie = kept_up(author)
    assert cookie["path"] == "/board/wall/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "sessionid" not in client.cookies
    shown = client.get("/board/wall/?hours=72").content.decode()
    assert "Dostuk" in shown
    assert "/board/wall/keep/" not in shown
    assert client.get("/board/wall/parts/").status_code == 200
    for path in ("/", "/board/", "/board/parts/", "/messages/", "/me/tokens", "/health/"):
        assert client.get(path).url.startswith("/sign-in"), path


def test_no_program_calls_with_the_secret_of_a_screen_and_no_screen_shows_by_a_programs() -> None:
    author = liaison()
    _, cookie = kept_up(author)
    called = browser().get("/api/v1/me", headers={"authorization": f"Bearer {cookie.value}"})
    assert called.status_code == 401
    made = make_token(author, NewToken("statistics", "x"), actor="test")
    client = browser()
    client.cookies[cookie.key] = made.secret
    assert client.get("/board/wall/parts/").status_code == 401


def test_a_screen_stands_among_its_officers_tokens_and_ends_when_it_is_revoked() -> None:
    author = liaison()
    client, _ = kept_up(author)
    token = ApiToken.objects.get(purpose=Purpose.WALL)
    assert token.last_used_at is None
    assert not token.may_write
    assert client.get("/board/wall/parts/").status_code == 200
    desk = signed_in(author)
    assert "A screen on the wall" in desk.get("/me/tokens").content.decode()
    desk.post(f"/me/tokens/{token.key}/revoke")
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert client.get("/board/wall/parts/").status_code == 401
    assert client.get("/board/wall/").url.startswith("/sign-in")
    actions = AuditLine.objects.filter(subject=token.key).values_list("action", flat=True)
    assert set(actions) == {"token.made", "token.revoked"}


def test_a_screen_ends_with_its_time_and_with_its_account() -> None:
    author = liaison()
    client, _ = kept_up(author)
    token = ApiToken.objects.get(purpose=Purpose.WALL)
    days = (token.expires_at - datetime.now(UTC)) / timedelta(days=1)
    assert 29 < days <= 30
    ApiToken.objects.update(expires_at=datetime.now(UTC))
    assert client.get("/board/wall/parts/").status_code == 401
    ApiToken.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    assert client.get("/board/wall/parts/").status_code == 200
    Account.objects.update(is_active=False)
    assert client.get("/board/wall/parts/").status_code == 401


def test_who_has_as_many_tokens_as_one_may_have_is_led_to_them() -> None:
    author = liaison()
    for number in range(MAX_ACTIVE):
        make_token(author, NewToken("statistics", f"{number}"), actor="test")
    assert signed_in(author).post("/board/wall/keep/").url == "/me/tokens"


def test_no_program_is_offered_the_purpose_of_a_screen() -> None:
    assert "A screen on the wall" not in signed_in(liaison()).get("/me/tokens/new").content.decode()


def test_it_leads_to_itself_alone() -> None:
    answer = signed_in(liaison()).post("/board/wall/keep/", {"view": "//elsewhere.example/"})
    assert answer.url == "/board/wall/"


def test_an_open_wall_hears_of_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(liaison())
    page = client.get("/board/wall/").content.decode()
    (build,) = re.findall(r'data-build="([^"]+)"', page)
    assert client.get("/board/wall/parts/").headers["Blo-Build"] == build
    monkeypatch.setattr(wall_views, "build", lambda: "another")
    assert client.get("/board/wall/parts/").headers["Blo-Build"] == "another"


def test_it_speaks_its_officers_language_and_shows_his_offices_time() -> None:
    author = officer(language="ru")
    client, _ = kept_up(author)
    page = client.get("/board/wall/").content.decode()
    assert '<html lang="ru"' in page
    assert 'data-wall-clock="Asia/Bishkek"' in page
    assert "Требует действий" in page


def test_in_an_exercise_it_says_so() -> None:
    author = officer(realm="exercise:seal-2026")
    client, _ = kept_up(author)
    page = client.get("/board/wall/").content.decode()
    assert 'data-realm="exercise"' in page
    assert "Seal 2026" in page
