"""``/events`` over the whole application: real sessions, two officers of different profiles."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from borderliaison.accounts.tokens import NewToken, make_token, revoke_token
from borderliaison.audit.models import AuditLine
from borderliaison.feed import services
from borderliaison.feed.cursors import cursors
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.realm import Realm
from borderliaison.markings.services import forget, intern
from borderliaison.web import asgi, stream
from tests.accounts.people import officer, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

Scene = Callable[["Server"], Awaitable[None]]


class Stream:
    """One open request for ``/events``."""

    def __init__(self, app: asgi.Application, client: Client, path: str, headers: Any) -> None:
        jar = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self._gone = asyncio.Event()
        self._parts: asyncio.Queue[Any] = asyncio.Queue()
        query = path.partition("?")[2].encode()
        scope = {
            "type": "http", "method": "GET", "path": path.partition("?")[0], "query_string": query,
            "headers": [(b"cookie", jar.encode()), *headers],
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._parts.put))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def start(self) -> Any:
        async with asyncio.timeout(10):
            return await self._parts.get()

    async def status(self) -> int:
        return int((await self.start())["status"])

    async def text(self, until: str) -> str:
        """Read on until something was said."""
        said = ""
        async with asyncio.timeout(10):
            while until not in said:
                said += (await self._parts.get())["body"].decode()
        return said

    async def end(self) -> str:
        """Read to the end."""
        said = ""
        async with asyncio.timeout(10):
            while (part := await self._parts.get()).get("more_body"):
                said += part["body"].decode()
        await self.task
        return said

    async def leave(self) -> None:
        self._gone.set()
        await self.task


class Server:
    """The application, and what the rest of the system does meanwhile."""

    def __init__(self, app: asgi.Application) -> None:
        self.app = app

    def get(self, client: Client, path: str = "/events", headers: Any = ()) -> Stream:
        return Stream(self.app, client, path, headers)

    async def do(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.app.threads, work)

    async def announce(self, kind: str, marking: Marking | None = None) -> int:
        def write() -> int:
            row = intern(marking).pk if marking else None
            services.announce(kind, "subject-1", row)
            return services.last_id()

        return int(await self.do(write))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(asgi, "SIGN_IN_THREADS", 1)
    forget()
    yield
    forget()


def _play(tmp_path: Path, scene: Scene) -> list[str]:
    """Run a scene against a started application; return what was reported."""
    reported: list[str] = []

    async def run() -> None:
        def report(event: str, **_: object) -> None:
            reported.append(event)

        app = asgi.Application(tmp_path / "feed.sock", report, _no_pages)
        await app.fanout.start()
        try:
            async with asyncio.timeout(110):
                await scene(Server(app))
        finally:
            await app.fanout.stop()
            for threads in (app.threads, app.feeding):
                threads.submit(connections.close_all)
                threads.shutdown()

    asyncio.run(run())
    return reported


async def _no_pages(*_: object) -> None:
    raise AssertionError("nobody asks for a page here")


def _for(*pairs: tuple[str, str]) -> Marking:
    return Marking(audience=Audience.of(*pairs))


def test_two_officers_of_one_office_hear_what_their_agencies_may_know(tmp_path: Path) -> None:
    border = signed_in(officer())
    customs = signed_in(officer("abdyrakhmanova", agency="KG-CUS"))

    async def scene(server: Server) -> None:
        streams = [server.get(border), server.get(customs)]
        for one in streams:
            assert await one.status() == 200
            await one.text("retry: 1000")
        await server.announce("for-border", _for(("KG-BDB", "KG-BOR")))
        await server.announce("for-customs", _for(("KG-BDB", "KG-CUS")))
        await server.announce("for-others", _for(("KG-DST", "*")))
        await server.announce("for-all")
        heard = [await one.text("for-all") for one in streams]
        assert "for-border" in heard[0]
        assert "for-customs" not in heard[0]
        assert "for-customs" in heard[1]
        assert "for-border" not in heard[1]
        assert not any("for-others" in said for said in heard)
        assert 'data: {"subject": "subject-1"}' in heard[0]
        for one in streams:
            await one.leave()

    assert _play(tmp_path, scene).count("stream.closed") == 2


def test_nobody_who_is_not_signed_in_hears_anything(tmp_path: Path) -> None:
    halfway = Client()
    halfway.force_login(officer())  # no second factor was shown

    async def scene(server: Server) -> None:
        for client in (Client(), halfway):
            one = server.get(client)
            start = await one.start()
            assert start["status"] == 401
            assert b"set-cookie" not in {name.lower() for name, _ in start["headers"]}
            assert await one.end() == "", "no page is drawn for them"

    assert _play(tmp_path, scene) == []


def test_a_stream_ends_soon_after_the_officer_signs_out(tmp_path: Path) -> None:
    client = signed_in(officer())

    async def scene(server: Server) -> None:
        one = server.get(client)
        await one.status()
        await one.text(": here")
        await server.do(client.logout)
        await one.end()

    assert "stream.closed" in _play(tmp_path, scene)


def test_a_stream_ends_soon_after_the_officer_works_in_another_realm(tmp_path: Path) -> None:
    account = officer()
    client = signed_in(account)

    def move() -> None:
        account.realm = "exercise:seal-2026"
        account.save()

    async def scene(server: Server) -> None:
        one = server.get(client)
        await one.status()
        await server.do(move)
        await one.end()

    _play(tmp_path, scene)


def test_a_live_alert_is_told_in_an_exercise_and_again_to_whoever_was_away(
    tmp_path: Path,
) -> None:
    account = officer(realm="exercise:seal-2026")
    client = signed_in(account)
    live = Marking(audience=Audience.of(("KG-BDB", "KG-BOR")))
    others = Marking(audience=Audience.of(("KG-BDB", "KG-CUS")))
    exercise = replace(live, realm=Realm("seal-2026"))

    async def scene(server: Server) -> None:
        one = server.get(client)
        await one.status()
        started = await one.text("retry: 1000")
        cursor = started.partition("id: ")[2].split()[0]
        await server.announce("thread", live)
        await server.announce("alert", others)
        await server.announce("alert", live)
        await server.announce("played", exercise)
        said = await one.text("event: played")
        await one.leave()
        again = server.get(client, headers=[(b"last-event-id", cursor.encode())])
        await again.status()
        for heard in (said, await again.text("event: played")):
            assert heard.count("event: live_alert") == 1
            assert 'event: live_alert\ndata: {"subject": ""}' in heard
            assert heard.index("event: live_alert") < heard.index("event: played")
            assert "event: thread" not in heard
            assert "event: alert" not in heard
        await again.leave()

    _play(tmp_path, scene)


def test_who_comes_back_hears_what_he_missed(tmp_path: Path) -> None:
    account = officer()
    client = signed_in(account)

    async def scene(server: Server) -> None:
        first = cursors().seal(await server.announce("first"), account.pk)
        await server.announce("missed")
        browser = server.get(client, headers=[(b"last-event-id", first.encode())])
        page = server.get(client, f"/events?after={first}")
        for one in (browser, page):
            await one.status()
            said = await one.text("event: missed")
            assert "event: first" not in said
            await one.leave()

    _play(tmp_path, scene)


def test_an_account_has_no_more_than_its_share_of_streams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MAX_STREAMS", 2)
    client = signed_in(officer())

    async def scene(server: Server) -> None:
        streams = [server.get(client) for _ in range(2)]
        assert [await one.status() for one in streams] == [200, 200]
        assert await server.get(client).status() == 429
        for one in streams:
            await one.leave()
        again = server.get(client)
        assert await again.status() == 200
        await again.leave()

    _play(tmp_path, scene)


def test_places_in_the_feed_are_sealed_for_one_account() -> None:
    token = cursors().seal(41, 7)
    assert cursors().seal(41, 7) != token
    assert cursors().open(token, 7) == 41
    assert cursors().open(token, 8) is None
    for other in ("", "41", "x" * 300, token[:-1], "é"):
        assert cursors().open(other, 7) is None


def test_a_busy_stream_ends_as_well_when_the_officer_signs_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.3)
    client = signed_in(officer())

    async def scene(server: Server) -> None:
        one = server.get(client)
        await one.status()
        await server.do(client.logout)
        for number in range(20):
            await server.announce(f"n{number}")
            await asyncio.sleep(0.05)
        await one.end()

    assert "stream.closed" in _play(tmp_path, scene)


def test_the_pages_of_one_officer_are_looked_after_together(tmp_path: Path) -> None:
    looked: list[Any] = []

    async def look(scope: Any) -> None:
        looked.append(scope["headers"])
        await asyncio.sleep(0)

    async def scene(server: Server) -> None:
        events = stream.EventStream(server.app.fanout, look, print, cursors())
        scopes = [{"headers": [(b"cookie", jar)]} for jar in (b"a", b"b", b"a", b"a", b"b")]
        await asyncio.gather(*[events._look_again(scope) for scope in scopes])
        assert looked == [[(b"cookie", b"a")], [(b"cookie", b"b")]]
        await events._look_again(scopes[0])
        assert len(looked) == 3, "the next time it is looked anew"

    _play(tmp_path, scene)


def test_cookies_that_cannot_be_read_are_no_cookies() -> None:
    scope = {"headers": [(b"cookie", b'\x00=; ;;"')]}
    assert settings.SESSION_COOKIE_NAME not in stream.cookies_of(scope)


def _bearer(secret: str) -> list[tuple[bytes, bytes]]:
    return [(b"accept", b"text/event-stream"), (b"authorization", f"Bearer {secret}".encode())]


def test_a_program_hears_what_its_officer_may_know_and_no_more(tmp_path: Path) -> None:
    secret = make_token(officer(), NewToken("situation", "Board"), actor="system").secret

    async def scene(server: Server) -> None:
        one = server.get(Client(), "/api/v1/events", _bearer(secret))
        assert await one.status() == 200
        await one.text("retry: 1000")
        await server.announce("for-customs", _for(("KG-BDB", "KG-CUS")))
        await server.announce("for-border", _for(("KG-BDB", "KG-BOR")))
        heard = await one.text("for-border")
        assert "for-customs" not in heard
        await one.leave()

    _play(tmp_path, scene)
    (line,) = AuditLine.objects.filter(action="api.called")
    assert (line.ids["route"], line.ids["purpose"]) == ("api:list_events", "situation")


def test_a_program_whose_token_is_revoked_hears_nothing_more(tmp_path: Path) -> None:
    account = officer()
    made = make_token(account, NewToken("situation", "Board"), actor="system")

    def revoke() -> None:
        revoke_token(account, made.token.key, actor="system")

    async def scene(server: Server) -> None:
        one = server.get(Client(), "/api/v1/events", _bearer(made.secret))
        await one.status()
        await one.text(": here")
        await server.do(revoke)
        await one.end()
        again = server.get(Client(), "/api/v1/events", _bearer(made.secret))
        assert await again.status() == 401

    assert "stream.closed" in _play(tmp_path, scene)
