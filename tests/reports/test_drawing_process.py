"""The part that draws records: it sees what comes without being asked, and ends when it is told."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from borderliaison.feed import services as feed
from borderliaison.feed.poke import poke
from borderliaison.records.models import Source, Statement
from borderliaison.reports.projection import keeping_up, process
from borderliaison.reports.projection.keeping_up import catch_up
from borderliaison.reports.projection.process import run
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

LIMIT_S = 120


def _until(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + LIMIT_S
    while not what():
        assert time.monotonic() < give_up
        time.sleep(0.02)


class _Part:
    """The part, in a thread of the test instead of a process of its own."""

    def __init__(self, wake: Path, beat: Path) -> None:
        self.wake, self.beat = wake, beat
        self.stop: Callable[[], object] = lambda: None

    def __call__(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        stop = asyncio.Event()
        self.stop = partial(asyncio.get_running_loop().call_soon_threadsafe, stop.set)
        await run(self.wake, self.beat, stop)


@pytest.fixture
def wake(tmp_path: Path) -> Iterator[Path]:
    socket = tmp_path / "records.sock"
    feed.wake_through(socket)
    yield socket
    feed.wake_through()


@pytest.mark.django_db(transaction=True)
def test_records_follow_a_report_that_comes_until_told_to_stop(tmp_path: Path, wake: Path) -> None:
    network()
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    part = _Part(wake, tmp_path / "records.beat")
    running = threading.Thread(target=part)
    running.start()
    try:
        _until(wake.exists)
        item = send(browser, draft, lookout())
        _until(lambda: Source.objects.filter(key=item.key).exists())
        assert (tmp_path / "records.beat").exists()
    finally:
        part.stop()
        running.join(LIMIT_S)
    assert not running.is_alive()
    assert not wake.exists()


@pytest.mark.django_db(transaction=True)
def test_under_letters_that_never_end_a_full_batch_is_followed_at_once(
    tmp_path: Path, wake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LETTERS_FIRST_S", "NOT_LONGER_S", "POLL_S"):
        monkeypatch.setattr(process, name, 100 * LIMIT_S)
    monkeypatch.setattr(keeping_up, "AT_ONCE", 1)
    monkeypatch.setattr(process, "AT_ONCE", 1)
    network()
    browser = signed_in(liaison())
    items = [send(browser, begin_draft(browser), lookout()) for _ in range(3)]
    drawn = process.draw_some

    def draw_and_hear_of_more() -> int:
        poke(wake)
        return drawn()

    monkeypatch.setattr(process, "draw_some", draw_and_hear_of_more)
    part = _Part(wake, tmp_path / "records.beat")
    running = threading.Thread(target=part)
    running.start()
    try:
        _until(lambda: Source.objects.filter(key__in=[one.key for one in items]).count() == 3)
    finally:
        part.stop()
        running.join(LIMIT_S)
    assert not running.is_alive()


@pytest.mark.django_db
def test_a_report_that_cannot_be_drawn_holds_up_no_other() -> None:
    network()
    browser = signed_in(liaison())
    broken, whole = (send(browser, begin_draft(browser), lookout()) for _ in range(2))
    row = {"substance": "heroin", "quantity": {"amount": "many", "unit": "kg"}}
    broken.content = {"form": "seizure", "version": 1, "number": "", "values": {"seized": [row]}}
    broken.save()
    assert catch_up() == 2
    assert [one.key for one in Source.objects.all()] == [whole.key]
    assert Statement.objects.as_system("test").exists()
