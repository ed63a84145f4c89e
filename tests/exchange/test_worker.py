"""The worker in this process, over a hub in memory that spoils what it carries."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from borderliaison.audit.models import AuditLine
from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.carriers.memory import MemoryHub
from borderliaison.exchange.core.entry import Lane, StreamId
from borderliaison.exchange.core.frame import Frame, Head, decode_frame
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.errors import KeysNotInDirectory, UnsafeKeyFile
from borderliaison.exchange.incoming import opening
from borderliaison.exchange.models import Delivery
from borderliaison.exchange.own_keys.keyring import new_credential, store_ring
from borderliaison.exchange.own_keys.lock import Lock, LockKind
from borderliaison.exchange.ports import Carrier, Channel, DirectoryAge, Standing
from borderliaison.exchange.process import worker as module
from borderliaison.exchange.process.worker import SMALL_FRAME_BYTES, Worker, run
from borderliaison.exchange.progress import Change
from borderliaison.exchange.recovery.closing import Cause, closed
from borderliaison.exchange.recovery.first_look import Awaits, FirstLook
from borderliaison.exchange.recovery.recovering import look_at_start
from borderliaison.exchange.recovery.restore_marker import RestoreMarker
from borderliaison.exchange.services import links, post, worker_is_there
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.clock import SystemClock
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic
from tests.exchange.offices import DOSTUK, OSH, US, KnownOffices, Peer
from tests.exchange.scripted import ScriptedOffice
from tests.exchange.test_sending import TO_DOSTUK

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT_S = 60.0


@pytest.fixture
def scripted(place: Workplace, directory: KnownOffices) -> ScriptedOffice:
    office = ScriptedOffice(DOSTUK, place.public)
    directory.add(office.keys.public(DOSTUK))
    return office


def worker_in(place: Workplace, carrier: Carrier, folder: Path) -> Worker:
    return Worker(place, carrier, RestoreMarker(folder), FirstLook(folder))


def work(
    place: Workplace, hub: MemoryHub, other: ScriptedOffice, socket: Path, done: Callable[[], bool]
) -> None:
    """Run the worker until ``done``, which is asked in a thread of its own."""
    here = replace(place, clock=SystemClock())

    async def until_done() -> None:
        stop = asyncio.Event()
        await hub.carrier().open(DOSTUK, other.receive, lambda _: None)
        working = asyncio.create_task(
            worker_in(here, hub.carrier(), socket.parent).run(socket, stop)
        )
        async with asyncio.timeout(LIMIT_S):
            while not await asyncio.to_thread(done):
                await asyncio.sleep(0.02)
        stop.set()
        await working

    asyncio.run(until_done())


def post_some(number: int) -> None:
    for _ in range(number):
        with transaction.atomic():
            post(TO_DOSTUK)


def all_delivered() -> bool:
    from django.db import connection

    try:
        return not Delivery.objects.exclude(stage="delivered").exists()
    finally:
        connection.close()


def test_what_is_posted_is_delivered(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    post_some(3)
    work(place, MemoryHub(), scripted, tmp_path / "w", all_delivered)
    assert scripted.held == 3


def test_what_the_hub_loses_or_doubles_is_held_once(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    fates: Iterator[int] = (0 if n % 3 == 0 else 2 for n in count())

    def spoil(_office: OfficeCode, channel: Channel, _data: bytes) -> int:
        return next(fates) if channel is Channel.FRAME else 1

    post_some(3)
    work(place, MemoryHub(spoil), scripted, tmp_path / "w", all_delivered)
    assert scripted.held == 3


def test_a_peer_that_has_lost_its_ledger_gets_everything_again(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    post_some(3)
    work(place, MemoryHub(), scripted, tmp_path / "w", all_delivered)
    scripted.ledgers.clear()
    work(place, MemoryHub(), scripted, tmp_path / "w", lambda: scripted.held == 3)


def test_the_link_is_shown_up_while_it_is_and_down_after_a_clean_stop(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    from django.db import connection

    def up() -> bool:
        try:
            return [(link.peer, link.state) for link in links()] == [(DOSTUK, "up")]
        finally:
            connection.close()

    post_some(1)
    work(place, MemoryHub(), scripted, tmp_path / "w", up)
    assert [link.state for link in links()] == ["down"]


def test_a_listener_that_fails_undoes_its_own_writing_and_stops_no_delivery(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    def writes_and_fails(changes: Sequence[Change]) -> None:
        for change in changes:
            record("probe.heard", actor=SYSTEM, subject=change.letter_id.hex())
        raise ZeroDivisionError

    told: list[Change] = []
    place.registry.add_listener(writes_and_fails)
    place.registry.add_listener(told.extend)
    post_some(2)
    work(place, MemoryHub(), scripted, tmp_path / "w", all_delivered)
    assert len([one for one in told if one.stage is Stage.DELIVERED]) == 2
    assert not AuditLine.objects.filter(action="probe.heard").exists()


class StumblingOffices(KnownOffices):
    """A directory under which the database refuses the first questions of each kind."""

    def __init__(self, stumbles: int) -> None:
        super().__init__()
        self.left = {"public_of": stumbles, "may_exchange": stumbles}

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        if office != US:
            self._stumble("public_of")
        return super().public_of(office)

    def may_exchange(self, office: OfficeCode) -> Standing:
        self._stumble("may_exchange")
        return super().may_exchange(office)

    def _stumble(self, question: str) -> None:
        self.left[question] -= 1
        if self.left[question] >= 0:
            raise IntegrityError


def test_what_the_database_refuses_delays_the_worker_and_does_not_end_it(
    place: Workplace, scripted: ScriptedOffice, directory: KnownOffices, tmp_path: Path
) -> None:
    stumbling = StumblingOffices(2)
    stumbling.add(*directory.listed.values())
    place.registry.use_directory(stumbling)
    post_some(2)
    work(place, MemoryHub(), scripted, tmp_path / "w", all_delivered)
    assert max(stumbling.left.values()) < 0


@pytest.mark.parametrize(("size", "thread"), [(200, "ledger"), (SMALL_FRAME_BYTES, "opening")])
def test_a_frame_is_decoded_once_its_head_is_verified_and_a_large_one_outside_the_ledgers_thread(
    place: Workplace,
    dostuk: Peer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    thread: str,
) -> None:
    decoded: list[str] = []

    def noting(data: bytes) -> Frame:
        decoded.append(threading.current_thread().name)
        return decode_frame(data)

    monkeypatch.setattr(opening, "decode_frame", noting)
    letter = dostuk.letter(payload=bytes(size))
    forged, good = Peer(DOSTUK, place.public).send(letter), dostuk.send(letter)
    hub = MemoryHub()

    async def send_both() -> list[bytes]:
        stop = asyncio.Event()
        other = hub.carrier()
        await other.open(DOSTUK, ScriptedOffice(DOSTUK, place.public).receive, lambda _: None)
        working = asyncio.create_task(
            worker_in(place, hub.carrier(), tmp_path).run(tmp_path / "w", stop)
        )
        while US not in hub.offices:
            await asyncio.sleep(0.02)
        sent = [await other.request(US, Channel.FRAME, x, LIMIT_S) for x in (forged, good)]
        stop.set()
        await working
        return sent

    answers = asyncio.run(send_both())
    assert [bool(one) for one in answers] == [False, True]
    assert [name.partition("_")[0] for name in decoded] == [thread]


def test_the_worker_says_that_it_has_looked_once_what_is_lacking_is_known(
    place: Workplace, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    look = FirstLook(tmp_path)
    look.await_()
    work(place, MemoryHub(), scripted, tmp_path / "w", lambda: look.awaited() is None)
    work(place, MemoryHub(), scripted, tmp_path / "w", lambda: look.awaited() is None)
    assert closed() is None


def test_nothing_moves_and_nothing_is_shown_while_a_newer_directory_is_lacking(
    place: Workplace, directory: KnownOffices, scripted: ScriptedOffice, tmp_path: Path
) -> None:
    post_some(1)
    directory.stands = DirectoryAge.BEHIND
    look, hub = FirstLook(tmp_path), MemoryHub()
    look.await_()

    def waits() -> bool:
        return look.awaited() is Awaits.DIRECTORY

    work(place, hub, scripted, tmp_path / "w", waits)
    assert waits()
    assert US not in hub.offices
    assert scripted.held == 0
    assert AuditLine.objects.filter(action="exchange.directory_behind").count() == 1

    def imported_then_delivered() -> bool:
        directory.stands = DirectoryAge.CURRENT
        return all_delivered()

    work(place, hub, scripted, tmp_path / "w", imported_then_delivered)
    assert look.awaited() is None
    assert scripted.held == 1


@pytest.mark.parametrize("age", [DirectoryAge.UNKNOWN, DirectoryAge.CURRENT])
def test_a_recovery_awaits_whom_a_directory_of_unknown_age_does_not_list(
    place: Workplace, directory: KnownOffices, dostuk: Peer, tmp_path: Path, age: DirectoryAge
) -> None:
    for peer in (DOSTUK, OSH):
        place.high_water.mark([Head(StreamId(US, peer, "live", Lane.ROUTINE, 1), 5, bytes(32))])
    directory.stands = age
    look_at_start(place, RestoreMarker(tmp_path))
    lacking = closed()
    assert lacking is not None
    assert lacking.awaited == ((DOSTUK, OSH) if age is DirectoryAge.UNKNOWN else (DOSTUK,))
    assert directory.stands is DirectoryAge.CURRENT


def test_an_old_copy_is_found_out_though_the_worker_cannot_use_its_keys(
    place: Workplace, directory: KnownOffices, dostuk: Peer, tmp_path: Path
) -> None:
    known = StreamId(US, DOSTUK, "live", Lane.ROUTINE, 1)
    place.high_water.mark([Head(known, 5, bytes(32))])
    directory.add(Peer(US, place.public).public)
    look = FirstLook(tmp_path)
    look.await_()
    with pytest.raises(KeysNotInDirectory):
        asyncio.run(
            worker_in(place, MemoryHub().carrier(), tmp_path).run(tmp_path / "w", asyncio.Event())
        )
    assert look.awaited() is None
    lacking = closed()
    assert lacking is not None
    assert (lacking.cause, lacking.awaited) == (Cause.BEHIND, (DOSTUK,))


def test_without_a_worker_a_poke_finds_nobody() -> None:
    assert not worker_is_there()


class _Node:
    """What the worker asks of a node."""

    office = US
    nats_url = ""
    demo = False

    def __init__(self, directory: Path) -> None:
        self.run_directory = directory
        self.state_directory = directory / "state"
        self.key_file = directory / "office.key"
        self.unlock_path = directory / "unlock"

    def link_context(self) -> None:
        return None

    def hold(self, ring: Keyring) -> None:
        lock, key = Lock.make(LockKind.CREDENTIAL, new_credential(self.unlock_path))
        store_ring(self.key_file, ring, lock, key)


def test_a_worker_refuses_a_key_file_that_others_may_read(place: Workplace, tmp_path: Path) -> None:
    node = _Node(tmp_path)
    node.hold(place.ring)
    node.key_file.chmod(0o644)
    with pytest.raises(UnsafeKeyFile):
        asyncio.run(run(node, asyncio.Event(), MemoryHub().carrier()))


def test_a_worker_refuses_keys_that_are_not_its_offices(
    place: Workplace, directory: KnownOffices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REGISTRY", place.registry)
    node = _Node(tmp_path)
    node.hold(place.ring)
    directory.add(Peer(US, place.public).public)
    with pytest.raises(KeysNotInDirectory):
        asyncio.run(run(node, asyncio.Event(), MemoryHub().carrier()))
