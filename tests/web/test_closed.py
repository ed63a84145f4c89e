"""While this server may lack what others hold, no page that reads is shown."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from borderliaison.exchange.models import AwaitedPeer, RecoveryRow
from borderliaison.exchange.recovery import recovering as recovery
from borderliaison.exchange.recovery.first_look import Awaits, FirstLook
from borderliaison.exchange.recovery.restore_marker import RestoreMarker
from borderliaison.web import asgi
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network, sent_lookout

NOW = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)


@pytest.fixture
def browser(db: None) -> Client:
    network()
    return signed_in(officer())


@pytest.fixture
def pending(browser: Client) -> RecoveryRow:
    row = RecoveryRow.objects.create(since=NOW, why="restored")
    AwaitedPeer.objects.create(recovery=row, peer="KG-DST")
    AwaitedPeer.objects.create(recovery=row, peer="KG-BIS", reconciled_at=NOW)
    return row


def test_a_page_that_reads_is_closed_and_says_who_is_awaited(db: None) -> None:
    network()
    item = sent_lookout(officer())
    row = RecoveryRow.objects.create(since=NOW, why="restored")
    AwaitedPeer.objects.create(recovery=row, peer="KG-DST")
    answer = signed_in(officer("another")).get(f"/messages/{item.thread.key}/")
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"
    assert "Dostuk" in text
    assert item.title not in text


@pytest.mark.parametrize("path", ["/", "/messages/", "/offices/", "/no/such/page/"])
def test_every_other_page_is_closed_too(browser: Client, pending: RecoveryRow, path: str) -> None:
    assert browser.get(path).status_code == 503
    assert browser.post(path, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"


def test_it_is_said_in_russian(db: None, pending: RecoveryRow) -> None:
    text = signed_in(officer("second", language="ru")).get("/messages/").content.decode()
    assert "Страницы временно закрыты" in text


def test_signing_in_and_health_stay_reachable(browser: Client, pending: RecoveryRow) -> None:
    assert browser.get(reverse("web:health")).status_code == 200
    assert Client().get(reverse("account_login")).status_code == 200


def test_the_live_stream_is_closed_too(browser: Client, pending: RecoveryRow) -> None:
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    assert _who(cookies) is None
    RecoveryRow.objects.update(ended_at=NOW)
    assert _who(cookies) is not None


def _who(cookies: dict[str, str]) -> object:
    """Ask as the stream does, on the connection of this test."""
    return asgi._signed_in.__wrapped__(cookies)  # type: ignore[attr-defined]


def test_from_the_restore_on_before_the_worker_has_looked(
    browser: Client, node_directory: Path
) -> None:
    marker = RestoreMarker(node_directory / "state")
    marker.write(NOW)
    try:
        assert browser.get("/messages/").status_code == 503
    finally:
        marker.remove()
    assert browser.get("/messages/").status_code == 200


def test_an_administrator_opens_them_nevertheless(browser: Client, pending: RecoveryRow) -> None:
    assert recovery.override("root", "Dostuk burnt down", NOW) == ("KG-DST",)
    assert browser.get("/messages/").status_code == 200


def test_health_names_who_is_still_to_be_asked_once_pages_were_opened(
    browser: Client, pending: RecoveryRow
) -> None:
    RecoveryRow.objects.update(overridden_by="root")
    said = "still to be asked: Dostuk."
    assert said in browser.get("/health/").content.decode()
    AwaitedPeer.objects.update(reconciled_at=NOW)
    assert "still to be asked" not in browser.get("/health/").content.decode()


@pytest.fixture
def first_look(browser: Client, node_directory: Path) -> Iterator[FirstLook]:
    """What ``blo serve`` writes before it starts anything."""
    look = FirstLook(node_directory / "run")
    look.await_()
    yield look
    look.done()


def test_nothing_is_shown_before_the_worker_of_this_start_has_looked(
    browser: Client, first_look: FirstLook
) -> None:
    answer = browser.get("/messages/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert "just started" in answer.content.decode()
    assert browser.get(reverse("web:health")).status_code == 200
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    assert _who(cookies) is None
    first_look.done()
    assert browser.get("/messages/").status_code == 200
    assert _who(cookies) is not None


def test_an_old_copy_stays_closed_once_the_worker_has_looked(
    browser: Client, first_look: FirstLook, pending: RecoveryRow
) -> None:
    assert "was put back" in browser.get("/messages/").content.decode()
    first_look.done()
    assert browser.get("/messages/").status_code == 503


def test_what_is_noted_of_the_look_and_cannot_be_read_closes(
    browser: Client, first_look: FirstLook, node_directory: Path
) -> None:
    (node_directory / "run" / "look-awaited").write_bytes(b"\xff")
    assert browser.get("/messages/").status_code == 503


def test_an_older_directory_than_before_is_what_is_said_first(
    browser: Client, first_look: FirstLook, pending: RecoveryRow
) -> None:
    first_look.await_(Awaits.DIRECTORY)
    answer = browser.get("/messages/")
    assert answer.status_code == 503
    assert "signed directory is older" in answer.content.decode()
