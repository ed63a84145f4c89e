"""The pages' process as one ASGI application: few addresses are served here, the rest is Django.

``/events`` is the feed, and ``/api/v1/events`` the same for a program that asks for a stream; ``/healthz``
says whether pages can be served; ``/metrics`` is for the administrator's Prometheus.

Django runs as WSGI in a pool of threads: synchronous views are served faster so than under ASGI, and
database connections live as long as their thread. Source: ADR 0003.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from borderliaison.accounts.sessions import account_behind
from borderliaison.api.problems import MEDIA_TYPE
from borderliaison.api.streaming import PATH as PROGRAMS
from borderliaison.api.streaming import officer_of, stream_refused
from borderliaison.exchange.recovery.closing import awaited_look
from borderliaison.feed.cursors import cursors
from borderliaison.feed.stream import Fanout
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import LIVE
from borderliaison.markings.services import readable_ids
from borderliaison.web.closed import is_closed
from borderliaison.web.exposition import CONTENT_TYPE
from borderliaison.web.metrics import Fed, metrics
from borderliaison.web.metrics_access import Access, access
from borderliaison.web.stream import (
    EventStream,
    Receive,
    Report,
    Scope,
    Send,
    SignedIn,
    answer,
    cookies_of,
    header_of,
)

ROUTES: Final = ("/events", "/healthz", "/metrics")
"""What is served here and not by Django's URL map."""
STREAM: Final = "text/event-stream"
PAGE_THREADS: Final = 16
SIGN_IN_THREADS: Final = 2

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
P = ParamSpec("P")
T = TypeVar("T")


class Application:
    """The ASGI application of one node.

    Args:
        feed_socket: where a datagram wakes the feed.
        report: called with an event of the log catalogue and its ids.
        pages: what serves everything else; ``django_pages()``.
    """

    def __init__(self, feed_socket: Path, report: Report, pages: Asgi) -> None:
        self.threads = ThreadPoolExecutor(SIGN_IN_THREADS, "sign-in")
        self.feeding = ThreadPoolExecutor(1, "feed")
        self.counting = ThreadPoolExecutor(1, "metrics")
        self._report = report
        self.fanout = Fanout[Reader](
            tidy(readable_ids), self.feeding, feed_socket, partial(_failed, report)
        )
        self._events = EventStream(self.fanout, self._signed_in, report, cursors())
        self._programs = EventStream(self.fanout, self._program, report, cursors())
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the process's own life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            return
        elif scope["path"] == "/events":
            await self._events(scope, receive, send)
        elif scope["path"] == PROGRAMS and STREAM in header_of(scope, b"accept"):
            await self._program_events(scope, receive, send)
        elif scope["path"] == "/healthz":
            await self._healthz(send)
        elif scope["path"] == "/metrics":
            await self._metrics(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            match (await receive())["type"]:
                case "lifespan.startup":
                    await self.fanout.start()
                    await send({"type": "lifespan.startup.complete"})
                case _:
                    await self.fanout.stop()
                    self.threads.shutdown(wait=False)
                    self.feeding.shutdown(wait=False)
                    self.counting.shutdown(wait=False, cancel_futures=True)
                    return await send({"type": "lifespan.shutdown.complete"})

    async def _healthz(self, send: Send) -> None:
        """Say whether pages can be served and no more: the database answers, the worker has looked."""
        loop = asyncio.get_running_loop()
        well = await loop.run_in_executor(self.threads, _database_answers) and not awaited_look()
        await answer(send, 200 if well else 503, b"ok\n" if well else b"not ready\n")

    async def _metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer Prometheus. The figures are counted in a thread of their own: pages do not wait."""
        match access(settings.NODE.directory, scope["headers"]):
            case Access.CLOSED:
                await self._pages(scope, receive, send)
            case Access.UNSAFE:
                self._report("metrics.unsafe_token")
                await self._pages(scope, receive, send)
            case Access.REFUSED:
                self._report("metrics.refused")
                await answer(send, 401, more=[(b"www-authenticate", b"Bearer")])
            case Access.ALLOWED if scope["method"] != "GET":
                await answer(send, 405)
            case Access.ALLOWED if awaited_look():
                await answer(send, 503)
            case Access.ALLOWED:
                loop = asyncio.get_running_loop()
                fed = Fed(self.fanout.listeners, self.fanout.last)
                text = await loop.run_in_executor(self.counting, tidy(metrics), fed)
                await answer(send, 200, text.encode(), content_type=CONTENT_TYPE)

    async def _signed_in(self, scope: Scope) -> SignedIn | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, _signed_in, cookies_of(scope))

    async def _program(self, scope: Scope) -> SignedIn | None:
        loop = asyncio.get_running_loop()
        shown = header_of(scope, b"authorization")
        return await loop.run_in_executor(self.threads, _program, shown)

    async def _program_events(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit a program as to any other address, with its audit line, and then stream to it."""
        loop = asyncio.get_running_loop()
        refused = await loop.run_in_executor(self.threads, tidy(stream_refused), scope)
        if refused is None:
            return await self._programs(scope, receive, send)
        again = refused.headers.get("Retry-After", "")
        more = [(b"retry-after", again.encode())] if again else []
        return await answer(send, refused.status_code, refused.content, MEDIA_TYPE, more)


def django_pages() -> Asgi:
    """Return Django's pages, each served in a thread of a pool."""
    django: Any = get_wsgi_application()
    pages: Any = WSGIMiddleware(django, workers=PAGE_THREADS)
    return cast(Asgi, pages)


def tidy(work: Callable[P, T]) -> Callable[P, T]:
    """Close connections that are past their time around what no request surrounds."""

    @wraps(work)
    def tidied(*args: P.args, **kwargs: P.kwargs) -> T:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return tidied


@tidy
def _signed_in(cookies: Mapping[str, str]) -> SignedIn | None:
    if is_closed():
        return None
    account = account_behind(cookies)
    if account is None:
        return None
    live = account.reader(LIVE) if account.working_realm.is_exercise else None
    return SignedIn(account.pk, account.reader(), live)


@tidy
def _program(shown: str) -> SignedIn | None:
    if is_closed():
        return None
    account = officer_of(shown)
    return SignedIn(account.pk, account.reader()) if account is not None else None


@tidy
def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
    except Exception:  # noqa: BLE001  # whatever the database says, the answer is no
        return False
    return True


def _failed(report: Report, error: Exception) -> None:
    report("feed.failed", error=type(error).__name__)
