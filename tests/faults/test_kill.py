"""A worker is killed (SIGKILL) at each named point; nothing is lost and nothing is doubled."""

import signal
from collections.abc import Iterator

import pytest

from borderliaison.exchange.commit_points import CommitPoint
from tests.faults.network import Network, TestNode, network, wait_until

SENDER, RECEIVER = "KG-BDB", "KG-DST"

pytestmark = pytest.mark.timeout(900)
LETTERS = 3
BY_SENDER = [
    CommitPoint.BEFORE_SEAL_COMMIT,
    CommitPoint.AFTER_SEAL_COMMIT,
    CommitPoint.BEFORE_SEND,
    CommitPoint.AFTER_SEND,
    CommitPoint.BEFORE_PROGRESS_COMMIT,
    CommitPoint.AFTER_PROGRESS_COMMIT,
    CommitPoint.BEFORE_HEADS,
    CommitPoint.AFTER_HEADS,
]
BY_RECEIVER = [
    CommitPoint.BEFORE_LEDGER_COMMIT,
    CommitPoint.AFTER_LEDGER_COMMIT,
    CommitPoint.AFTER_ACKNOWLEDGE,
    CommitPoint.BEFORE_APPLY_COMMIT,
    CommitPoint.AFTER_APPLY_COMMIT,
    CommitPoint.BEFORE_HEADS,
    CommitPoint.AFTER_HEADS,
]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(tmp_path_factory.mktemp("net"), SENDER, RECEIVER) as made:
        yield made


def test_every_commit_point_is_tried() -> None:
    after_a_restore = {CommitPoint.BEFORE_RETURN_COMMIT, CommitPoint.AFTER_RETURN_COMMIT}
    of_files = {CommitPoint.BEFORE_PIECE, CommitPoint.BEFORE_CHUNK, CommitPoint.AFTER_CHUNK}
    assert set(BY_SENDER) | set(BY_RECEIVER) | after_a_restore | of_files == set(CommitPoint)


@pytest.mark.parametrize("point", BY_SENDER)
def test_a_sender_killed_anywhere_loses_and_doubles_nothing(
    offices: Network, point: CommitPoint
) -> None:
    _kill_one(offices, offices.node(SENDER), point)


@pytest.mark.parametrize("point", BY_RECEIVER)
def test_a_receiver_killed_anywhere_loses_and_doubles_nothing(
    offices: Network, point: CommitPoint
) -> None:
    _kill_one(offices, offices.node(RECEIVER), point)


def _kill_one(offices: Network, victim: TestNode, point: CommitPoint) -> None:
    sender, receiver = offices.node(SENDER), offices.node(RECEIVER)
    other = receiver if victim is sender else sender
    before = len(receiver.applied())
    if victim.worker:
        assert victim.stop_worker() == 0
    if not other.worker:
        other.start_worker()
    posted = set(sender.post(LETTERS, RECEIVER))
    victim.start_worker(kill_at=point)

    assert victim.reap() == -signal.SIGKILL
    victim.start_worker()

    wait_until(lambda: posted <= set(receiver.applied()), f"applied after {point}")
    wait_until(lambda: set(sender.stages()) == {"delivered"}, f"acknowledged after {point}")
    applied = receiver.applied()
    assert len(applied) == len(set(applied)) == before + LETTERS
    _ledgers_agree(sender, receiver)


def _ledgers_agree(sender: TestNode, receiver: TestNode) -> None:
    ours = sender.rows("SELECT seq, entry_hash FROM exchange_outentry ORDER BY seq")
    theirs = receiver.rows("SELECT seq, entry_hash FROM exchange_inentry ORDER BY seq")
    assert [tuple(map(_plain, row)) for row in ours] == [tuple(map(_plain, row)) for row in theirs]
    assert [seq for seq, _ in ours] == list(range(1, len(ours) + 1))
    for node in (sender, receiver):
        assert node.rows("SELECT count(*) FROM exchange_quarantined") == [(0,)]
    assert sender.rows("SELECT count(*) FROM exchange_outbox") == [(0,)]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
