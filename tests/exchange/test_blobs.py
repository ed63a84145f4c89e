"""Blobs between offices: fetched piece by piece, gone on with after a loss, given to nobody else."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone

from borderliaison.exchange.blobs.fetching import BlobFetcher
from borderliaison.exchange.blobs.serving import serve_blob
from borderliaison.exchange.carriers.memory import MemoryHub
from borderliaison.exchange.core.blob_request import (
    BLOB_REQUEST,
    MAX_PIECE_BYTES,
    BlobAnswer,
    BlobRequest,
    Standing,
)
from borderliaison.exchange.core.errors import MalformedWire
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.ports import Answer, Channel
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.exchange.process.peer_link import PeerLink
from borderliaison.exchange.workplace import Workplace
from borderliaison.files.coming import next_wanted
from borderliaison.files.models import Blob, Offer, store_of
from borderliaison.files.sealing import CHUNK_BYTES, SEALED_BYTES, SealedBlob, seal, unseal
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from tests.exchange.offices import DOSTUK, DUSTLIK, OSH, US, KnownOffices, Peer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("borderliaison.files.coming.store_of", lambda _: store_of(tmp_path))


def a_blob(size: int = 2 * CHUNK_BYTES + 1000) -> SealedBlob:
    return seal(os.urandom(size))


def want_it(blob: SealedBlob, *, small: bool = False) -> Blob:
    """Let an officer, or a letter that came, want a blob from Dostuk."""
    return Blob.objects.create(
        digest=blob.listed.digest.hex(),
        size=blob.listed.size,
        key=blob.key.hex(),
        source=DOSTUK,
        wanted_at=timezone.now(),
        is_small=small,
    )


@dataclass
class Holder:
    """Dostuk, which has blobs; ``spoil`` changes what it answers."""

    blobs: list[SealedBlob]
    spoil: Callable[[BlobRequest, bytes], bytes] = lambda _, answer: answer
    asked: list[BlobRequest] = field(default_factory=list)

    async def receive(self, channel: Channel, data: bytes, answer: Answer) -> None:
        assert channel is Channel.BLOB
        request = BLOB_REQUEST.peek(data)
        self.asked.append(request)
        found = next(one for one in self.blobs if one.listed.digest == request.digest)
        said = b"".join(found.chunks)[request.at : request.at + request.most]
        said = said if request.most else found.listed.encode()
        await answer(self.spoil(request, BlobAnswer(Standing.HERE, said).encode()))


def fetch(place: Workplace, holder: Holder, done: Callable[[], bool]) -> None:
    """Let the fetcher of the link to Dostuk take turns until ``done``."""

    async def until_done() -> None:
        hub = MemoryHub()
        await hub.carrier().open(DOSTUK, holder.receive, lambda _: None)
        ours = hub.carrier()

        async def nothing(_channel: Channel, _data: bytes, _answer: Answer) -> None:
            return None

        await ours.open(US, nothing, lambda _: None)
        ledger = LedgerThread()
        fetcher = BlobFetcher(PeerLink(place, ours, ledger, OfficeCode(DOSTUK)))
        try:
            async with asyncio.timeout(60):
                while not await ledger.once(done):
                    fetcher.wake()
                    await fetcher.turn()
        finally:
            await ledger.close()

    asyncio.run(until_done())


def nothing_wanted() -> bool:
    return next_wanted(DOSTUK) is None


def content_of(blob: SealedBlob, tmp_path: Path) -> bytes:
    return unseal(blob.key, list(store_of(tmp_path).chunks(blob.listed)))


def test_what_is_wanted_comes_whole_previews_first(place: Workplace, tmp_path: Path) -> None:
    large, small = a_blob(), a_blob(3000)
    want_it(large)
    want_it(small, small=True)
    holder = Holder([large, small])
    fetch(place, holder, nothing_wanted)
    assert set(Blob.objects.values_list("is_here", "wanted_at")) == {(True, None)}
    assert holder.asked[0].digest == small.listed.digest
    for one in (large, small):
        assert len(content_of(one, tmp_path)) == one.listed.size


def test_a_lost_link_costs_the_chunk_on_its_way_and_no_more(
    place: Workplace, tmp_path: Path
) -> None:
    blob = a_blob()
    want_it(blob)
    lost: list[int] = []

    def spoil(request: BlobRequest, answer: bytes) -> bytes:
        if request.at > CHUNK_BYTES + 100_000 and not lost:
            lost.append(request.at)
            return b""
        return answer

    holder = Holder([blob], spoil)
    fetch(place, holder, lambda: Blob.objects.exclude(trouble="").exists())
    before = len(holder.asked)
    Blob.objects.update(trouble="")  # an officer asks again
    fetch(place, holder, nothing_wanted)
    assert lost[0] > SEALED_BYTES
    assert min(one.at for one in holder.asked[before:]) == lost[0] // SEALED_BYTES * SEALED_BYTES
    assert len(content_of(blob, tmp_path)) == blob.listed.size


@pytest.mark.parametrize("what", ["list", "chunk", "rubbish", "none"])
def test_what_is_not_as_the_letter_says_is_not_kept(
    place: Workplace, tmp_path: Path, what: str
) -> None:
    blob, other = a_blob(), a_blob()

    def spoil(request: BlobRequest, answer: bytes) -> bytes:
        match what, request.most:
            case "list", 0:
                return BlobAnswer(Standing.HERE, other.listed.encode()).encode()
            case "chunk", most if most:
                return BlobAnswer(Standing.HERE, bytes(most)).encode()
            case "rubbish", _:
                return b"rubbish"
            case "none", _:
                return BlobAnswer(Standing.NONE).encode()
        return answer

    row = want_it(blob)
    fetch(place, Holder([blob], spoil), nothing_wanted)
    row.refresh_from_db()
    assert not row.is_here
    assert row.trouble
    assert not store_of(tmp_path).has(blob.listed.digest)


@pytest.fixture
def offered(tmp_path: Path) -> SealedBlob:
    """A blob of ours that a letter to Dostuk names."""
    blob = a_blob()
    store_of(tmp_path).put(blob.listed, blob.chunks)
    row = Blob.objects.create(
        digest=blob.listed.digest.hex(),
        size=blob.listed.size,
        key=blob.key.hex(),
        hashes=b"".join(blob.listed.hashes),
        is_here=True,
    )
    Offer.objects.create(blob=row, office=DOSTUK)
    return blob


def ask(place: Workplace, keys: OfficeKeys, request: BlobRequest, *, busy: bool = False) -> bytes:
    return serve_blob(place, BLOB_REQUEST.sign(request, keys), lambda _: busy)


def test_whom_a_letter_names_it_to_gets_it_and_nobody_else(
    place: Workplace, directory: KnownOffices, dostuk: Peer, offered: SealedBlob
) -> None:
    osh = Peer(OSH, place.public)
    directory.add(osh.public)
    digest = offered.listed.digest
    listed = BlobAnswer.decode(ask(place, dostuk.keys, BlobRequest(DOSTUK, US, digest)))
    assert listed.data == offered.listed.encode()
    piece = BlobAnswer.decode(ask(place, dostuk.keys, BlobRequest(DOSTUK, US, digest, 10, 90)))
    assert piece.data == offered.chunks[0][10:100]
    theirs = BlobAnswer.decode(ask(place, osh.keys, BlobRequest(OSH, US, digest)))
    unknown = BlobAnswer.decode(ask(place, osh.keys, BlobRequest(OSH, US, bytes(32))))
    assert theirs == unknown == BlobAnswer(Standing.NONE)


def test_a_request_in_anothers_name_or_to_another_is_not_answered(
    place: Workplace, directory: KnownOffices, dostuk: Peer, offered: SealedBlob
) -> None:
    digest = offered.listed.digest
    osh = Peer(OSH, place.public)
    directory.add(osh.public)
    assert ask(place, osh.keys, BlobRequest(DOSTUK, US, digest)) == b""
    assert ask(place, dostuk.keys, BlobRequest(DOSTUK, OSH, digest)) == b""
    stranger = Peer(DUSTLIK, place.public)
    assert ask(place, stranger.keys, BlobRequest(DUSTLIK, US, digest)) == b""
    assert serve_blob(place, b"rubbish", lambda _: False) == b""


def test_letters_go_before_files(place: Workplace, dostuk: Peer, offered: SealedBlob) -> None:
    request = BlobRequest(DOSTUK, US, offered.listed.digest)
    answer = BlobAnswer.decode(ask(place, dostuk.keys, request, busy=True))
    assert answer == BlobAnswer(Standing.LATER)


def test_what_is_passed_on_but_still_to_come_is_asked_for_and_given_later(
    place: Workplace, dostuk: Peer
) -> None:
    blob = a_blob()
    row = want_it(blob)
    Blob.objects.update(source=OSH, wanted_at=None)
    Offer.objects.create(blob=row, office=DOSTUK)
    request = BlobRequest(DOSTUK, US, blob.listed.digest)
    assert BlobAnswer.decode(ask(place, dostuk.keys, request)).standing is Standing.LATER
    assert next_wanted(OSH) is not None


def test_whoever_lost_what_it_had_sent_gets_it_back(
    place: Workplace, dostuk: Peer, offered: SealedBlob
) -> None:
    Offer.objects.all().delete()
    Blob.objects.update(source=DOSTUK)
    request = BlobRequest(DOSTUK, US, offered.listed.digest)
    assert BlobAnswer.decode(ask(place, dostuk.keys, request)).standing is Standing.HERE


def test_requests_and_answers_are_read_strictly() -> None:
    with pytest.raises(MalformedWire):
        BlobRequest(DOSTUK, US, bytes(32), 0, MAX_PIECE_BYTES + 1)
    for rubbish in (b"", b"\xa0", bytes(MAX_PIECE_BYTES + 100)):
        with pytest.raises(LiaisonError):
            BlobAnswer.decode(rubbish)
    answer = BlobAnswer(Standing.HERE, b"x")
    assert BlobAnswer.decode(answer.encode()) == answer
