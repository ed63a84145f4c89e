"""``/events``: the feed as server-sent events, for officers who are signed in.

An ASGI application beside Django, because a stream that stays open must not hold a thread. It tells
which things changed, never what they say (of live work, to whoever is in an exercise, only that there is
an alert): the page asks for them again, under the reading policy.
Query ``after`` (or the browser's ``Last-Event-ID``) is the last event heard, so nothing is missed; both
are sealed (``cursors``), since bare numbers would count what the officer may not read.

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs

from borderliaison.accounts.headers import NOT_KEPT, SECURITY_HEADERS
from borderliaison.feed.cursors import Cursors
from borderliaison.feed.stream import Fanout, Told
from borderliaison.kernel.policy import Reader

HEARTBEAT_S: Final = 15.0
"""How often an idle stream says that it lives, and looks again who is signed in."""
TURNS: Final = 64
"""In how many turns it looks, so that not all officers are looked for at once."""
MAX_STREAMS: Final = 12
"""How many streams one account may have open: pages in tabs, not a way to fill the server."""
RECONNECT_MS: Final = 1000
KEPT_CHUNKS: Final = 256
"""How many events are kept as they are sent: the pages of one account are told the same."""
GONE: Final = "gone"

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose stream it is.

    Attributes:
        live: the same officer's live profile while he works in an exercise: for alerts alone.
    """

    account_id: int
    reader: Reader
    live: Reader | None = None


Authenticate = Callable[[Scope], Coroutine[Any, Any, SignedIn | None]]
"""Returns who is behind a request, under the same rules as for a page or a program."""
Report = Callable[..., None]
"""Called with an event of the log catalogue and its ids."""


class EventStream:
    """The ASGI application that serves ``/events``."""

    def __init__(
        self,
        fanout: Fanout[Reader],
        authenticate: Authenticate,
        report: Report,
        cursors: Cursors,
    ) -> None:
        self._fanout = fanout
        self._cursors = cursors
        self._authenticate = authenticate
        self._report = report
        self._open: Counter[int] = Counter()
        self._looking: dict[tuple[str, str], asyncio.Future[SignedIn | None]] = {}
        self._chunk_of = lru_cache(KEPT_CHUNKS)(self._sealed_chunk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream until the reader, the sign-in or the server ends."""
        if scope["method"] != "GET":
            return await answer(send, 405)
        who = await self._authenticate(scope)
        if who is None:
            return await answer(send, 401)
        if self._open[who.account_id] >= MAX_STREAMS:
            return await answer(send, 429)
        self._open[who.account_id] += 1
        self._report("stream.opened", streams=self._open.total())
        reason = "server"
        try:
            reason = await self._serve(who, scope, receive, send)
        except OSError:  # the browser is gone
            reason = GONE
        finally:
            self._open[who.account_id] -= 1
            self._report("stream.closed", reason=reason)
        return None

    async def _serve(
        self,
        who: SignedIn,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> str:
        after = self._last_heard(scope, who)
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        start = self._fanout.last if after is None else after
        sealed = self._cursors.seal(start, who.account_id)
        await send(_chunk(f"retry: {RECONNECT_MS}\nid: {sealed}\n\n"))
        events = self._fanout.listen(who.reader, after, who.live)
        gone = asyncio.create_task(_until_gone(receive))
        telling = asyncio.create_task(self._tell(events, who, send))
        try:
            reason = await self._until_over(who, scope, send, gone, telling)
        finally:
            for task in (gone, telling):
                task.cancel()
            await asyncio.gather(gone, telling, return_exceptions=True)
            await events.aclose()
        if reason != GONE:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        return reason

    async def _tell(self, events: AsyncGenerator[Told, None], who: SignedIn, send: Send) -> None:
        """Send each event as it comes; nothing else is waited for."""
        async for told in events:
            await send(self._chunk_of(told, who.account_id))

    async def _until_over(
        self,
        who: SignedIn,
        scope: Scope,
        send: Send,
        gone: asyncio.Task[None],
        telling: asyncio.Task[None],
    ) -> str:
        """Wait until the reader, the sign-in or the server ends the stream; return which."""
        while True:
            done, _ = await asyncio.wait(
                {gone, telling},
                timeout=_until_next_look_s(who.account_id),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if gone in done:
                return GONE
            if telling in done:
                telling.result()
                return "server"
            if await self._look_again(scope) != who:
                return "signed_out"
            await send(_chunk(": here\n\n"))

    async def _look_again(self, scope: Scope) -> SignedIn | None:
        """Look who is signed in, once for all the pages that ask with the same cookies or token."""
        shown = (header_of(scope, b"cookie"), header_of(scope, b"authorization"))
        looking = self._looking.get(shown)
        if looking is None:
            looking = asyncio.ensure_future(self._authenticate(scope))
            self._looking[shown] = looking
            looking.add_done_callback(lambda _: self._looking.pop(shown, None))
        return await asyncio.shield(looking)

    def _sealed_chunk(self, told: Told, account_id: int) -> Mapping[str, Any]:
        return _chunk(as_text(told, self._cursors.seal(told.id, account_id)))

    def _last_heard(self, scope: Scope, who: SignedIn) -> int | None:
        """Return the last event heard before: what the browser says outranks what the page said."""
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("after", [""])[0]
        for token in (header_of(scope, b"last-event-id"), asked):
            heard = self._cursors.open(token, who.account_id)
            if heard is not None:
                return heard
        return None


def as_text(told: Told, cursor: str) -> str:
    """Return one event in the stream's own form."""
    data = json.dumps({"subject": told.subject})
    return f"id: {cursor}\nevent: {told.kind}\ndata: {data}\n\n"


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the request's cookies; none where they cannot be read."""
    jar = SimpleCookie()
    try:
        jar.load(header_of(scope, b"cookie"))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


async def answer(
    send: Send,
    status: int,
    body: bytes = b"",
    content_type: str = "text/plain",
    more: Sequence[tuple[bytes, bytes]] = (),
) -> None:
    """Answer with a status and little else.

    Args:
        send: where to.
        status: of the answer.
        body: what it says.
        content_type: of what it says.
        more: further headers.
    """
    headers = [(b"content-type", content_type.encode()), *_ALWAYS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


_ALWAYS: Final = [
    (b"cache-control", NOT_KEPT.encode()),
    *((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
]
_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    *_ALWAYS,
]


def header_of(scope: Scope, name: bytes) -> str:
    """Return a header of a request; empty without one."""
    values = [value for key, value in scope["headers"] if key == name]
    return b"; ".join(values).decode("latin-1")


def _chunk(text: str) -> Mapping[str, Any]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


def _until_next_look_s(account_id: int) -> float:
    """Return when to look again: at the same moment for all pages of an account, accounts in turn."""
    turn_s = account_id % TURNS * HEARTBEAT_S / TURNS
    return HEARTBEAT_S - (asyncio.get_running_loop().time() - turn_s) % HEARTBEAT_S


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
