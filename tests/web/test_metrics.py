"""``/metrics``: closed until there is a token, then every figure that the reference names."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from prometheus_client.parser import text_string_to_metric_families

from borderliaison.exchange.models import LinkRow
from borderliaison.exchange.process.linking import Seen, note
from borderliaison.exchange.services import post
from borderliaison.exchange.workplace import Workplace
from borderliaison.feed.models import FeedEvent
from borderliaison.feed.services import announce
from borderliaison.web import asgi, backups
from borderliaison.web.exposition import Family, write
from borderliaison.web.families import FAMILIES
from borderliaison.web.metrics import Fed, metrics
from borderliaison.web.metrics_access import Access, access, token_path
from tests.correspondence.cast import network
from tests.exchange.offices import DOSTUK, OSH
from tests.exchange.test_services import DRAFT

TOKEN = b"a-token-of-more-than-thirty-two-characters"
SHOWN = [(b"authorization", b"Bearer " + TOKEN)]


@pytest.fixture
def node(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    return tmp_path


def keep_token(node: Path, token: bytes = TOKEN, mode: int = 0o600) -> None:
    path = token_path(node)
    path.write_bytes(token + b"\n")
    path.chmod(mode)


def figures(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Return the figures by family and labels, as Prometheus' own parser reads them."""
    return {
        family.name: {tuple(one.labels.values()): one.value for one in family.samples}
        for family in text_string_to_metric_families(text)
    }


def test_without_a_token_on_the_node_the_figures_are_closed(node: Path) -> None:
    assert access(node, SHOWN) is Access.CLOSED


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_token_that_others_may_read_opens_nothing(node: Path, mode: int) -> None:
    keep_token(node, mode=mode)
    assert access(node, SHOWN) is Access.UNSAFE


@pytest.mark.parametrize("token", [b"", b"short", b"x" * 513])
def test_what_is_no_token_opens_nothing(node: Path, token: bytes) -> None:
    keep_token(node, token)
    assert access(node, [(b"authorization", b"Bearer " + token)]) is Access.UNSAFE


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"Bearer " + TOKEN[:-1])],
        [(b"authorization", TOKEN)],
        [(b"authorization", b"Basic " + TOKEN)],
        [(b"authorization", b"Bearer \xff")],
        [*SHOWN, *SHOWN],
        [(b"x-forwarded-for", b"127.0.0.1")],
    ],
)
def test_another_token_or_none_is_refused(node: Path, headers: list[tuple[bytes, bytes]]) -> None:
    keep_token(node)
    assert access(node, headers) is Access.REFUSED


def test_the_token_opens(node: Path) -> None:
    keep_token(node)
    assert access(node, SHOWN) is Access.ALLOWED
    assert access(node, [(b"authorization", b"bearer  " + TOKEN)]) is Access.ALLOWED


class Asked:
    """What the whole application answers to one request."""

    def __init__(self) -> None:
        self.reported: list[str] = []
        self.status, self.headers, self.body = 0, {}, b""

    async def send(self, part: Any) -> None:
        self.status = part.get("status", self.status)
        self.headers |= {name.decode(): value.decode() for name, value in part.get("headers", ())}
        self.body += part.get("body", b"")

    async def _pages(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})

    def ask(self, method: str, headers: list[tuple[bytes, bytes]]) -> "Asked":
        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        async def ask() -> None:
            app = asgi.Application(
                Path("unused"), lambda event, **_: self.reported.append(event), self._pages
            )
            scope = {"type": "http", "method": method, "path": "/metrics", "headers": headers}
            await app(scope, receive, self.send)
            await asyncio.get_running_loop().run_in_executor(app.counting, connections.close_all)
            app.counting.shutdown()

        asyncio.run(ask())
        return self


@pytest.fixture
def own_token(node_directory: Path) -> Iterator[Path]:
    yield token_path(node_directory)
    token_path(node_directory).unlink(missing_ok=True)


@pytest.mark.django_db(transaction=True)
def test_the_whole_application_shows_the_figures_to_the_token_alone(own_token: Path) -> None:
    assert Asked().ask("GET", SHOWN).status == 404
    keep_token(own_token.parents[1])
    refused = Asked().ask("GET", [])
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.reported == ["metrics.refused"]
    assert Asked().ask("POST", SHOWN).status == 405
    shown = Asked().ask("GET", SHOWN)
    assert shown.status == 200
    assert shown.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert figures(shown.body.decode())["blo_event_streams"] == {(): 0}
    own_token.chmod(0o644)
    unsafe = Asked().ask("GET", SHOWN)
    assert (unsafe.status, unsafe.reported) == (404, ["metrics.unsafe_token"])


@pytest.mark.django_db
def test_every_figure_is_there_and_says_what_it_is(place: Workplace) -> None:
    network()
    backups.register_last_backup(lambda: datetime.now(UTC) - timedelta(hours=3))
    note(place, DOSTUK, Seen(latency_ms=40, heard=True))
    note(place, OSH, Seen(latency_ms=20, heard=True))
    LinkRow.objects.filter(peer=DOSTUK).update(clock_ahead_ms=1500)
    post(DRAFT)
    found = figures(metrics(Fed(3, 0)))
    assert set(found) <= {one.name for one in FAMILIES}
    of_no_directory = {one.name for one in FAMILIES if one.labels == ("authority",)}
    assert {one.name for one in FAMILIES} - set(found) == of_no_directory
    assert found["blo_letters"]["saved",] == 2
    assert found["blo_link_waiting_letters"] == {(DOSTUK,): 1, (OSH,): 1}
    assert found["blo_link"][DOSTUK, "up"] == 1
    assert found["blo_link"][DOSTUK, "down"] == 0
    assert found["blo_link_latency_seconds"][DOSTUK,] == 0.04
    assert found["blo_clock_offset_seconds"][()] == 1.5
    assert found["blo_oldest_waiting_seconds"][()] >= 0
    assert 10_000 < found["blo_backup_age_seconds"][()] < 20_000
    assert found["blo_event_streams"][()] == 3
    assert found["blo_process_resident_memory_bytes"]["web",] > 10**6
    assert found["blo_database_bytes"][()] > 10**5
    (info,) = found["blo_info"]
    assert settings.NODE.office in info


@pytest.mark.django_db
def test_the_feeds_lag_is_since_the_oldest_event_that_was_not_told() -> None:
    for _ in range(2):
        announce("thread")
    told, late = FeedEvent.objects.all()
    FeedEvent.objects.filter(pk=late.pk).update(at=datetime.now(UTC) - timedelta(seconds=90))
    assert figures(metrics(Fed(0, told.pk)))["blo_feed_lag_seconds"][()] >= 90
    assert figures(metrics(Fed(0, late.pk)))["blo_feed_lag_seconds"][()] == 0


@pytest.mark.django_db
def test_a_link_that_is_down_has_no_latency_and_tells_no_time(place: Workplace) -> None:
    note(place, DOSTUK, Seen(latency_ms=40, heard=True))
    LinkRow.objects.update(clock_ahead_ms=1500, state="down")
    found = figures(metrics(Fed(0, 0)))
    assert "blo_link_latency_seconds" not in found
    assert "blo_clock_offset_seconds" not in found


@pytest.mark.django_db
def test_nothing_of_a_letter_an_officer_or_an_agency_is_among_the_figures(place: Workplace) -> None:
    network()
    for agency in ("KG-BOR", "KG-CUS"):
        post(replace(DRAFT, payload=f"Zanzibar {agency}".encode()))
    text = metrics(Fed(0, 0))
    for secret in ("Zanzibar", "KG-BOR", "KG-CUS", "probe", str(os.environ["BLO_NODE"])):
        assert secret not in text


def test_labels_and_words_are_escaped_as_the_format_asks() -> None:
    family = Family("blo_try", 'A "word"\\ and\nanother.', ("label",))
    text = write([(family, [(('a"b\\c\nd',), 2)]), (Family("blo_none", "None."), [])])
    assert text == (
        '# HELP blo_try A "word"\\\\ and\\nanother.\n# TYPE blo_try gauge\n'
        'blo_try{label="a\\"b\\\\c\\nd"} 2\n'
    )
    assert figures(text) == {"blo_try": {('a"b\\c\nd',): 2}}
