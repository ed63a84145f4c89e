"""The hub or the peer is away: work goes on, and everything catches up by itself."""

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.network import LIMIT_S, ROOT, Network, TestNode, network, wait_until

BDB, DST, OSH = "KG-BDB", "KG-DST", "KG-OSH"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(tmp_path_factory.mktemp("net"), BDB, DST) as made:
        yield made


@pytest.fixture
def running(offices: Network) -> Network:
    """Both workers run and have found each other."""
    for node in offices.nodes.values():
        if not node.worker:
            node.start_worker()
    for node in offices.nodes.values():
        wait_until(lambda node=node: link(node) == ("up", ""), f"{node.office} is linked")
    return offices


def link(node: TestNode) -> tuple[Any, ...] | None:
    rows = node.rows("SELECT state, why FROM exchange_linkrow")
    return rows[0] if rows else None


def test_a_letter_arrives_both_ways_and_links_are_up(running: Network) -> None:
    for one, other in ((BDB, DST), (DST, BDB)):
        (letter,) = running.node(one).post(1, other, lane="urgent")
        wait_until(lambda other=other, letter=letter: letter in running.node(other).applied(), one)


def test_while_the_hub_is_away_letters_are_sealed_and_afterwards_they_go(running: Network) -> None:
    bdb, dst = running.node(BDB), running.node(DST)
    running.hub.stop()
    wait_until(lambda: link(bdb) == ("down", "hub_away"), "the link is down")
    posted = bdb.post(3, DST)
    wait_until(lambda: bdb.stages().get("sealed") == 3, "sealed while away")
    running.hub.start()
    wait_until(lambda: set(posted) <= set(dst.applied()), "caught up")
    wait_until(lambda: set(bdb.stages()) == {"delivered"}, "acknowledged")
    wait_until(lambda: link(bdb) == link(dst) == ("up", ""), "linked again")


def test_a_worker_that_starts_while_the_hub_is_away_catches_up(running: Network) -> None:
    bdb, dst = running.node(BDB), running.node(DST)
    assert bdb.stop_worker() == 0
    running.hub.stop()
    posted = bdb.post(2, DST)
    bdb.start_worker()
    wait_until(lambda: bdb.stages().get("sealed") == 2, "sealed without a hub")
    running.hub.start()
    wait_until(lambda: set(posted) <= set(dst.applied()), "caught up")


def test_while_the_peer_is_away_letters_wait_and_say_why(running: Network) -> None:
    bdb, dst = running.node(BDB), running.node(DST)
    assert dst.stop_worker() == 0
    posted = bdb.post(2, DST)
    wait_until(lambda: link(bdb) == ("down", "peer_away"), "the peer is seen to be away")
    dst.start_worker()
    wait_until(lambda: set(posted) <= set(dst.applied()), "caught up")
    wait_until(lambda: link(bdb) == ("up", ""), "linked again")


def test_a_handler_that_fails_stops_nothing(running: Network) -> None:
    bdb, dst = running.node(BDB), running.node(DST)
    bdb.post(1, DST, payload="fail")
    (good,) = bdb.post(1, DST)
    wait_until(lambda: good in dst.applied(), "the next one is applied")
    failed = dst.rows("SELECT apply_code FROM exchange_inentry WHERE application = 'failed'")
    assert failed == [("E-EXC-30",)]
    wait_until(lambda: set(bdb.stages()) == {"delivered"}, "delivered means ledgered")


def test_a_payload_that_the_peer_does_not_know_is_refused_and_the_sender_sees_it(
    running: Network,
) -> None:
    bdb = running.node(BDB)
    bdb.post(1, DST, payload_type="later.v9")
    codes = "SELECT refused_code FROM exchange_delivery WHERE stage = 'refused'"
    wait_until(lambda: bdb.rows(codes) == [("unknown_payload",)], "refused")


def test_an_urgent_letter_does_not_wait_behind_a_backlog(running: Network) -> None:
    bdb, dst = running.node(BDB), running.node(DST)
    assert dst.stop_worker() == 0
    backlog = bdb.post(200, DST, size=4000)
    wait_until(lambda: bdb.rows(_UNSEALED) == [(0,)], "sealed")
    (urgent,) = bdb.post(1, DST, lane="urgent")
    dst.start_worker()
    wait_until(lambda: set(backlog) <= set(dst.applied()), "all of it")
    assert dst.applied().index(urgent) < dst.applied().index(backlog[-1])


def test_the_command_line_shows_and_reconciles(running: Network) -> None:
    bdb = running.node(BDB)
    shown = _blo(bdb, "exchange", "status", "--json")
    assert shown["office"] == BDB
    assert shown["worker"] is True
    assert [one["peer"] for one in shown["links"]] == [DST]
    done = _blo(bdb, "exchange", "reconcile", "--wait", str(LIMIT_S), "--json")
    assert [(one["peer"], one["reconciled"]) for one in done["links"]] == [(DST, True)]


def test_one_node_has_one_worker(running: Network) -> None:
    bdb = running.node(BDB)
    first, bdb.worker = bdb.worker, 0
    try:
        bdb.start_worker()
        assert bdb.reap() == 1
    finally:
        bdb.worker = first
    assert "AnotherWorker" in (bdb.directory / "workers.log").read_text(encoding="utf-8")


_UNSEALED = "SELECT count(*) FROM exchange_delivery WHERE stage = 'saved'"


def _blo(node: TestNode, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [Path(sysconfig.get_path("scripts")) / "blo", *arguments],
        env=node.environment(), cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found
