"""A worker goes on from an old copy of its database: what peers hold comes back, once and in order."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from borderliaison.exchange.commit_points import CommitPoint
from tests.faults.network import Network, TestNode, network, wait_until

BDB, DST, OSH = "KG-BDB", "KG-DST", "KG-OSH"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Network]:
    with network(tmp_path, BDB, DST) as made:
        for node in made.nodes.values():
            node.start_worker()
        yield made


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Network]:
    with network(tmp_path, BDB, DST, OSH) as made:
        for node in made.nodes.values():
            node.start_worker()
        yield made


def sent(sender: TestNode, number: int, *receivers: TestNode, **more: str) -> list[str]:
    """Post letters and wait until they are applied there and acknowledged here."""
    ids = sender.post(number, *[one.office for one in receivers], **more)
    for one in receivers:
        wait_until(lambda one=one: set(ids) <= set(one.applied()), f"applied at {one.office}")
    wait_until(lambda: set(sender.stages()) == {"delivered"}, "acknowledged")
    return ids


def recovered(node: TestNode) -> None:
    begun = "SELECT count(*) FROM exchange_recoveryrow"
    wait_until(lambda: node.rows(begun) != [(0,)], f"{node.office} knows")
    wait_until(lambda: not node.recovering(), f"{node.office} has recovered")


def each_once(node: TestNode, ids: list[str]) -> None:
    """Check that a node has applied exactly these letters, each once."""
    wait_until(lambda: set(ids) <= set(node.applied()), "all applied")
    assert sorted(node.applied()) == sorted(ids)


def chain(sender: TestNode, receiver: TestNode) -> list[tuple[int, int]]:
    """Check that both ledgers of the streams between two nodes say the same; return epochs and numbers."""
    sql = (
        "SELECT stream.lane, stream.epoch, entry.seq, entry.entry_hash FROM exchange_{0}entry entry"
        " JOIN exchange_{0}stream stream ON stream.id = entry.stream_id WHERE stream.{1} = '{2}'"
        " ORDER BY 1, 2, 3"
    )
    ours = sender.rows(sql.format("out", "recipient", receiver.office))
    theirs = receiver.rows(sql.format("in", "sender", sender.office))
    assert ours == theirs
    return [(epoch, seq) for _, epoch, seq, _ in ours]


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "found out"])
def test_a_sender_gets_back_what_it_had_sent_and_goes_on_in_a_new_epoch(
    offices: Network, noted: bool
) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    before = sent(bdb, 3, dst)
    copy = bdb.copy()
    lost = sent(bdb, 70, dst)
    bdb.put_back(copy, note=noted)
    bdb.start_worker()
    why = "SELECT why FROM exchange_recoveryrow"
    recovered(bdb)
    assert bdb.rows(why) == [("restored" if noted else "behind",)]
    assert sorted(bdb.made_again()) == sorted(lost)
    after = sent(bdb, 2, dst)
    each_once(dst, before + lost + after)
    assert chain(bdb, dst) == [(1, n) for n in range(1, 74)] + [(2, 1), (2, 2)]
    follows = "SELECT follows_epoch, follows_seq FROM exchange_instream WHERE epoch = 2"
    assert dst.rows(follows) == [(1, 3)]


def test_a_receiver_gets_again_what_it_had_received_and_applies_it_once(offices: Network) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    before = sent(bdb, 3, dst)
    copy = dst.copy()
    lost = sent(bdb, 5, dst)
    dst.put_back(copy, note=True)
    dst.start_worker()
    recovered(dst)
    each_once(dst, before + lost)
    after = sent(bdb, 1, dst)
    each_once(dst, before + lost + after)
    assert chain(bdb, dst) == [(1, n) for n in range(1, 10)]


def test_a_letter_that_waited_in_the_copy_and_had_been_sent_is_not_sent_twice(
    offices: Network,
) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    before = sent(bdb, 1, dst)
    assert bdb.stop_worker() == 0
    waiting = bdb.post(2, DST)
    copy = bdb.copy()
    bdb.start_worker()
    wait_until(lambda: set(waiting) <= set(dst.applied()), "sent")
    bdb.put_back(copy)
    bdb.start_worker()
    recovered(bdb)
    wait_until(lambda: set(bdb.stages()) == {"delivered"}, "known to be delivered")
    each_once(dst, before + waiting)
    assert bdb.made_again() == []
    assert chain(bdb, dst) == [(1, 1), (1, 2), (1, 3)]


def test_both_restored_lose_only_what_neither_holds(offices: Network) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    first = sent(bdb, 2, dst) + sent(dst, 2, bdb)
    sender_copy = bdb.copy()
    second = sent(bdb, 2, dst)
    answers = sent(dst, 2, bdb)
    receiver_copy = dst.copy()
    sent(bdb, 2, dst)
    bdb.put_back(sender_copy, note=True)
    dst.put_back(receiver_copy, note=True)
    for node in (bdb, dst):
        node.start_worker()
    for node in (bdb, dst):
        recovered(node)
    assert bdb.made_again() == second
    third = sent(bdb, 1, dst)
    each_once(dst, first[:2] + second + third)
    each_once(bdb, first[2:] + answers)
    chain(bdb, dst)
    chain(dst, bdb)


def test_a_machine_put_back_whole_is_found_out_by_what_its_peer_holds(offices: Network) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    before = sent(bdb, 2, dst)
    copy, marks = bdb.copy(), bdb.directory / "marks"
    shutil.copytree(bdb.directory / "state", marks)
    lost = sent(bdb, 3, dst)
    bdb.put_back(copy)
    shutil.rmtree(bdb.directory / "state")
    marks.rename(bdb.directory / "state")
    bdb.start_worker()
    wait_until(lambda: sorted(bdb.made_again()) == sorted(lost), "given back")
    assert bdb.rows("SELECT why FROM exchange_recoveryrow") == [("behind",)]
    recovered(bdb)
    after = sent(bdb, 1, dst)
    each_once(dst, before + lost + after)
    chain(bdb, dst)


def test_the_same_copy_put_back_twice_without_its_marks_uses_no_epoch_twice(
    offices: Network,
) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    everything = sent(bdb, 2, dst)
    copy = bdb.copy()
    for _ in range(2):
        everything += sent(bdb, 2, dst)
        bdb.put_back(copy)
        (bdb.directory / "state" / "high-water").unlink()
        bdb.start_worker()
        recovered(bdb)
    everything += sent(bdb, 1, dst)
    each_once(dst, everything)
    chain(bdb, dst)
    assert dst.rows("SELECT DISTINCT state FROM exchange_instream") == [("open",)]


def test_what_had_not_reached_a_third_office_goes_there_after_all(three: Network) -> None:
    bdb, dst, osh = three.node(BDB), three.node(DST), three.node(OSH)
    first = sent(bdb, 1, dst, osh)
    copy = bdb.copy()
    assert osh.stop_worker() == 0
    lost = bdb.post(2, DST, OSH)
    wait_until(lambda: set(lost) <= set(dst.applied()), "one of two has it")
    bdb.put_back(copy, note=True)
    bdb.start_worker()
    wait_until(lambda: sorted(bdb.made_again()) == sorted(lost), "given back")
    assert bdb.recovering()
    osh.start_worker()
    recovered(bdb)
    each_once(osh, first + lost)
    each_once(dst, first + lost)
    wait_until(lambda: set(bdb.stages()) == {"delivered"}, "acknowledged by both")


@pytest.mark.parametrize(
    "point", [CommitPoint.BEFORE_RETURN_COMMIT, CommitPoint.AFTER_RETURN_COMMIT]
)
def test_a_worker_killed_while_it_gets_back_makes_nothing_twice(
    offices: Network, point: CommitPoint
) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    before = sent(bdb, 1, dst)
    copy = bdb.copy()
    lost = sent(bdb, 3, dst)
    bdb.put_back(copy, note=True)
    bdb.start_worker(kill_at=point)
    assert bdb.reap() == -signal.SIGKILL
    bdb.start_worker()
    recovered(bdb)
    assert sorted(bdb.made_again()) == sorted(lost)
    each_once(dst, before + lost + sent(bdb, 1, dst))
    chain(bdb, dst)


def test_a_worker_that_was_only_killed_does_not_recover(offices: Network) -> None:
    bdb, dst = offices.node(BDB), offices.node(DST)
    sent(bdb, 1, dst)
    bdb.kill_worker()
    bdb.start_worker(kill_at=CommitPoint.AFTER_SEAL_COMMIT)
    ids = bdb.post(1, DST)
    assert bdb.reap() == -signal.SIGKILL
    bdb.start_worker()
    wait_until(lambda: set(ids) <= set(dst.applied()), "sent")
    assert bdb.rows("SELECT count(*) FROM exchange_recoveryrow") == [(0,)]
    assert chain(bdb, dst) == [(1, 1), (1, 2)]
