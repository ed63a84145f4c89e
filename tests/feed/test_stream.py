"""The fan-out: each listener hears what its profile may know, once, in order, and from where it was."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from borderliaison.feed import services, stream
from borderliaison.feed.models import FeedEvent
from borderliaison.feed.poke import poke
from borderliaison.feed.stream import RESYNC, Fanout, Told

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT_S = 60.0
READABLE = {"border": {1, 2}, "customs": {2}, "outsider": set()}


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LOOK_EVERY_S", 0.1)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """One thread for the database, whose connection is closed at the end."""
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()


class Room:
    """A fan-out, and listeners that note what they hear."""

    def __init__(self, fanout: Fanout[str], thread: ThreadPoolExecutor) -> None:
        self.fanout = fanout
        self._thread = thread

    async def announce(self, kind: str, marking_id: int | None = None, **fixed: Any) -> int:
        def write() -> int:
            if fixed:
                return FeedEvent.objects.create(
                    kind=kind, marking_id=marking_id, at="2026-01-01T00:00Z", **fixed
                ).pk
            services.announce(kind, marking_id=marking_id)
            return services.last_id()

        return await asyncio.get_running_loop().run_in_executor(self._thread, write)


async def _take(events: AsyncGenerator[Told, None], number: int) -> list[Told]:
    async with asyncio.timeout(LIMIT_S):
        return [await anext(events) for _ in range(number)]


async def until_listening(room: Room) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not room.fanout.listeners:
            await asyncio.sleep(0.01)


def _play(
    tmp_path: Path, thread: ThreadPoolExecutor, scene: Callable[[Room], Awaitable[None]]
) -> list[Exception]:
    """Run a scene in a room; return the failures that the fan-out told of."""
    failures: list[Exception] = []

    async def run() -> None:
        fanout = Fanout[str](
            lambda profile: READABLE[profile], thread, tmp_path / "feed.sock", failures.append
        )
        await fanout.start()
        try:
            await scene(Room(fanout, thread))
        finally:
            await fanout.stop()

    asyncio.run(run())
    return failures


async def _heard(room: Room, profile: str, until: str) -> list[str]:
    kinds = []
    async for told in room.fanout.listen(profile, None):
        kinds.append(told.kind)
        if told.kind == until:
            break
    return kinds


def test_two_profiles_hear_only_what_each_may_know(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        listening = {p: asyncio.create_task(_heard(room, p, "end")) for p in READABLE}
        await asyncio.sleep(0)
        await room.announce("for-border", 1)
        await room.announce("for-both", 2)
        await room.announce("for-nobody", 3)
        await room.announce("end")
        async with asyncio.timeout(LIMIT_S):
            heard = {profile: await task for profile, task in listening.items()}
        assert heard == {
            "border": ["for-border", "for-both", "end"],
            "customs": ["for-both", "end"],
            "outsider": ["end"],
        }

    assert not _play(tmp_path, thread, scene)


def test_who_works_in_an_exercise_is_told_that_there_is_a_live_alert_and_nothing_else(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        events = room.fanout.listen("customs", None, "border")  # reads 2; live, also 1
        taking = asyncio.create_task(_take(events, 4))
        await until_listening(room)
        await room.announce("thread", 1)
        live = await room.announce("alert", 1)
        await room.announce("alert", 3)
        await room.announce("thread", 2)
        await room.announce("alert", 2)
        await room.announce("end")
        told = await taking
        assert [one.kind for one in told] == ["live_alert", "thread", "alert", "end"]
        assert (told[0].id, told[0].subject) == (live, "")
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_whoever_was_away_hears_both_from_where_he_was(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        first = await room.announce("alert", 1)
        await room.announce("thread", 2)
        await room.announce("thread", 1)
        second = await room.announce("alert", 1)
        events = room.fanout.listen("customs", first, "border")
        told = await _take(events, 2)
        assert [one.kind for one in told] == ["thread", "live_alert"]
        await events.aclose()
        events = room.fanout.listen("customs", second, "border")
        taking = asyncio.create_task(_take(events, 1))
        await until_listening(room)
        await room.announce("end")
        assert [one.kind for one in await taking] == ["end"], "nothing twice"
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_live_work_hears_nothing_of_an_exercise(tmp_path: Path, thread: ThreadPoolExecutor) -> None:
    async def scene(room: Room) -> None:
        events = room.fanout.listen("customs", None)
        taking = asyncio.create_task(_take(events, 1))
        await until_listening(room)
        await room.announce("alert", 1)
        await room.announce("end")
        assert [one.kind for one in await taking] == ["end"]
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_who_comes_back_hears_what_he_missed_and_nothing_twice(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        first = await room.announce("first", 1)
        missed = await room.announce("missed", 1)
        hidden = await room.announce("hidden", 3)
        events = room.fanout.listen("border", first)
        taking = asyncio.create_task(_take(events, 2))
        await asyncio.sleep(0.05)
        now = await room.announce("now", 1)
        told = await taking
        assert [one.id for one in told] == [missed, now]
        assert hidden < now
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_an_event_whose_row_commits_late_is_still_heard(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        await room.announce("begin", None, id=100)
        listening = room.fanout.listen("border", 100)
        await room.announce("ahead", 1, id=103)
        assert [told.kind for told in await _take(listening, 1)] == ["ahead"]
        await room.announce("late", 1, id=102)  # was written before and commits after
        assert [told.kind for told in await _take(listening, 1)] == ["late"]
        await room.announce("end", None, id=104)
        assert [told.kind for told in await _take(listening, 1)] == ["end"]
        await listening.aclose()
        # and whoever had heard 103 and was away hears the late one too
        events = room.fanout.listen("border", 103)
        assert {one.kind for one in await _take(events, 2)} == {"late", "end"}
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_a_datagram_wakes_it_at_once(
    tmp_path: Path, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOK_EVERY_S", 60.0)

    async def scene(room: Room) -> None:
        events = room.fanout.listen("border", None)
        taking = asyncio.create_task(_take(events, 1))
        await asyncio.sleep(0.05)
        await room.announce("now", 1)
        poke(tmp_path / "feed.sock")
        assert [told.kind for told in await taking] == ["now"]
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_a_listener_that_falls_behind_is_told_to_load_again(
    tmp_path: Path, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MAX_QUEUED", 3)

    async def scene(room: Room) -> None:
        events = room.fanout.listen("border", None)
        first = asyncio.create_task(_take(events, 1))
        await asyncio.sleep(0.05)
        await room.announce("first", 1)
        await first
        last = [await room.announce("more", 1) for _ in range(6)][-1]
        beside = room.fanout.listen("border", last - 1)
        assert (await _take(beside, 1))[0].id == last  # by then all six were looked at
        assert RESYNC in {told.kind for told in await _take(events, 2)}
        await beside.aclose()
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_who_was_away_for_too_long_is_told_to_load_again(
    tmp_path: Path, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MAX_MISSED", 5)

    async def scene(room: Room) -> None:
        first = await room.announce("first", 1)
        for _ in range(6):
            await room.announce("more", 1)
        events = room.fanout.listen("border", first)
        assert [told.kind for told in await _take(events, 1)] == [RESYNC]
        await events.aclose()

    assert not _play(tmp_path, thread, scene)


def test_a_look_that_fails_is_told_and_tried_again(
    tmp_path: Path, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = services.read_after
    broken = [True]

    def sometimes(last: int, limit: int = 500) -> Any:
        if broken and broken.pop():
            raise OSError("the disk is away")
        return real(last, limit)

    async def scene(room: Room) -> None:
        monkeypatch.setattr(services, "read_after", sometimes)
        events = room.fanout.listen("border", None)
        taking = asyncio.create_task(_take(events, 1))
        await asyncio.sleep(0.05)
        await room.announce("now", 1)
        assert [told.kind for told in await taking] == ["now"]
        await events.aclose()

    failures = _play(tmp_path, thread, scene)
    assert [type(failure) for failure in failures] == [OSError]


def test_stopping_ends_every_stream_and_removes_the_socket(
    tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    async def scene(room: Room) -> None:
        events = room.fanout.listen("border", None)
        ending = asyncio.create_task(_take(events, 1))
        await asyncio.sleep(0.05)
        room.fanout.hang_up()
        with suppress(StopAsyncIteration, RuntimeError):
            assert await ending == []
        assert room.fanout.listeners == 0

    assert not _play(tmp_path, thread, scene)
    assert not (tmp_path / "feed.sock").exists()
