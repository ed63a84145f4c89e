"""The part of a node that draws records as reports come, beside everybody else's work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import Final

import structlog
from django.db import DatabaseError, close_old_connections, connection

from borderliaison.exchange.process.pauses import back_off_s, wait_for
from borderliaison.feed.poke import poked
from borderliaison.records.resolution.candidates import compare_some
from borderliaison.records.search.index.indexing import index_some, is_behind
from borderliaison.records.search.standing import ask_again
from borderliaison.reports.projection.keeping_up import AT_ONCE, draw_some

log = structlog.get_logger(__name__)
POLL_S: Final = 1.0
"""How often it is looked, should a poke be lost."""
LETTERS_FIRST_S: Final = 0.12
"""So long nothing must have come before records are drawn: letters want the same database and processor."""
NOT_LONGER_S: Final = 0.5
"""So long at most it waits for that: within a second a report is to be in the records."""


class Looked(Enum):
    """What a look found: nothing, something, or so much that more waits and letters are not let pass."""

    NOTHING = auto()
    SOME = auto()
    BEHIND = auto()


async def run(wake: Path, beat: Path, stop: asyncio.Event) -> None:
    """Draw records until ``stop`` is set.

    Args:
        wake: where a datagram says that something has happened.
        beat: a file that is touched at each look, as a sign of life.
        stop: ends it, between two commits.
    """
    loop = asyncio.get_running_loop()
    log.info("records.started")
    with poked(wake) as again, ThreadPoolExecutor(1, "records") as thread:
        ending = asyncio.create_task(_also_when(stop, again))
        failures = 0
        while not stop.is_set():
            try:
                looked = await loop.run_in_executor(thread, _look, beat)
                failures = 0
            except DatabaseError as error:
                failures += 1
                retry_s = back_off_s(failures)
                log.exception("records.failed", retry_s=retry_s, exc_info=error)
                await wait_for(again, retry_s)
            else:
                if looked is Looked.BEHIND:
                    continue
                if again.is_set() or (looked is Looked.NOTHING and await wait_for(again, POLL_S)):
                    await _let_letters_pass(again, stop)
        ending.cancel()
        await loop.run_in_executor(thread, _leave)


async def _let_letters_pass(again: asyncio.Event, stop: asyncio.Event) -> None:
    """Wait until nothing comes any more, or long enough."""
    with suppress(TimeoutError):
        async with asyncio.timeout(NOT_LONGER_S):
            while await wait_for(again, LETTERS_FIRST_S) and not stop.is_set():
                pass


async def _also_when(stop: asyncio.Event, again: asyncio.Event) -> None:
    await stop.wait()
    again.set()


def _look(beat: Path) -> Looked:
    beat.touch(mode=0o600)
    close_old_connections()
    drawn = draw_some()
    done = drawn + index_some()
    if done and not is_behind():
        ask_again()
    if drawn >= AT_ONCE:
        return Looked.BEHIND
    return Looked.SOME if done or compare_some() else Looked.NOTHING


def _leave() -> None:
    connection.close()
