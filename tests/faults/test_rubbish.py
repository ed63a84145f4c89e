"""Rubbish on the wire of a real worker: it ends as PR-2 says, and the worker goes on."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest
from nats.errors import MaxPayloadError

from borderliaison.exchange.carriers.nats import MAX_WAITING_BYTES
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.ports import Channel
from borderliaison.kernel.ids import OfficeCode
from tests.exchange.offices import OSH, Peer
from tests.faults.network import LIMIT_S, Network, TestNode, network, wait_until

BDB, DST = "KG-BDB", "KG-DST"
HUNDRED_MB = 100 * 1024 * 1024

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(tmp_path_factory.mktemp("net"), BDB, DST) as made:
        for node in made.nodes.values():
            node.start_worker()
        (first,) = made.node(BDB).post(1, DST)
        wait_until(lambda: first in made.node(DST).applied(), "the network works")
        yield made


def ask(offices: Network, channel: Channel, data: bytes) -> bytes:
    """Send something to Dostuk as anybody at the hub can, and return the answer."""

    async def asked() -> bytes:
        client = await nats.connect(offices.hub.url)
        try:
            answer = await client.request(f"bl1.{DST}.{channel.value}", data, timeout=LIMIT_S)
            return answer.data
        finally:
            await client.close()

    return asyncio.run(asked())


def still_works(offices: Network) -> None:
    (letter,) = offices.node(BDB).post(1, DST)
    wait_until(lambda: letter in offices.node(DST).applied(), "letters still arrive")


def kept(node: TestNode) -> set[tuple[str, int]]:
    return set(node.rows("SELECT reason, size FROM exchange_quarantined"))


@pytest.mark.parametrize("channel", [Channel.FRAME, Channel.ACK, Channel.HEADS])
@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"rubbish" * 1000, b"\x9f" * 100],
    ids=["empty", "nul", "words", "nested"],
)
def test_rubbish_is_answered_with_nothing(offices: Network, channel: Channel, data: bytes) -> None:
    assert ask(offices, channel, data) == b""


def test_after_rubbish_letters_still_arrive(offices: Network) -> None:
    rubbish = b"rubbish" * 1001
    assert ask(offices, Channel.FRAME, rubbish) == b""
    assert ("malformed", len(rubbish)) in kept(offices.node(DST))
    still_works(offices)


def test_a_stranger_gets_no_answer_and_nothing_in(offices: Network) -> None:
    dostuk = offices.node(DST)
    us = dostuk.keys.public(OfficeCode(DST))
    frame = Peer(OSH, us).send()
    assert ask(offices, Channel.FRAME, frame) == b""
    assert ("stranger", len(frame)) in kept(dostuk)
    still_works(offices)


def test_a_forged_frame_of_a_known_office_gets_no_answer(offices: Network) -> None:
    dostuk = offices.node(DST)
    forger = Peer(OfficeCode(BDB), dostuk.keys.public(OfficeCode(DST)), OfficeKeys.generate())
    frame = forger.send()
    assert ask(offices, Channel.FRAME, frame) == b""
    assert ("forged", len(frame)) in kept(dostuk)
    still_works(offices)


def test_the_hub_does_not_carry_a_hundred_megabytes(offices: Network) -> None:
    with pytest.raises(MaxPayloadError):
        ask(offices, Channel.FRAME, bytes(HUNDRED_MB))


def test_what_the_hub_carries_and_no_frame_can_be_is_recorded_and_not_kept(
    offices: Network,
) -> None:
    dostuk, size = offices.node(DST), 7 * 1024 * 1024
    assert ask(offices, Channel.FRAME, bytes(size)) == b""
    row = "SELECT count(*) FROM exchange_quarantined WHERE content IS NULL"
    assert dostuk.rows(row) == [(1,)]
    assert ("malformed", size) in kept(dostuk)
    still_works(offices)


def test_a_flood_of_rubbish_leaves_the_workers_memory_bounded(offices: Network) -> None:
    dostuk = offices.node(DST)
    size = 7 * 1024 * 1024
    before = _most_memory(dostuk.worker)

    async def flood() -> None:
        client = await nats.connect(offices.hub.url)
        for number in range(HUNDRED_MB // size + 1):
            await client.publish(f"bl1.{DST}.frame", number.to_bytes(1, "big") * size)
            await client.flush(LIMIT_S)
        await client.close()

    asyncio.run(flood())
    still_works(offices)
    assert _most_memory(dostuk.worker) < before + 4 * MAX_WAITING_BYTES


def _most_memory(pid: int) -> int:
    """The most memory that a process has had at a time, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
