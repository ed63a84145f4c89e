"""A worker is killed (SIGKILL) while a picture comes, on either side: it goes on, nothing is shown half."""

import json
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from borderliaison.exchange.commit_points import CommitPoint
from borderliaison.files.errors import NotHere
from borderliaison.files.sealing import SEALED_BYTES
from tests.faults.network import Network, TestNode, network, wait_until
from tests.faults.pictures import SIZE

HOLDER, ASKER = "KG-BDB", "KG-DST"
WHOLE = f"{SIZE[0]} x {SIZE[1]}"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(tmp_path_factory.mktemp("net"), HOLDER, ASKER) as made:
        yield made


@pytest.mark.parametrize(
    ("victim", "point"),
    [
        (ASKER, f"{CommitPoint.BEFORE_CHUNK} 3"),
        (ASKER, f"{CommitPoint.AFTER_CHUNK} 3"),
        (HOLDER, f"{CommitPoint.BEFORE_PIECE} 3"),
    ],
)
def test_a_picture_goes_on_after_a_kill_with_what_has_come(
    offices: Network, victim: str, point: str
) -> None:
    holder, asker, dying = offices.node(HOLDER), offices.node(ASKER), offices.node(victim)
    for node in (holder, asker):
        if not node.worker:
            node.start_worker()
    letter = holder.picture("share", to=ASKER)
    wait_until(lambda: _here(asker, letter, "preview") == (True, None), "the preview has come")
    assert "x" in asker.picture("look", letter=letter, which="preview")
    assert asker.picture("look", letter=letter, which="full") == NotHere.code
    assert _here(asker, letter, "full") == (False, None), "the whole comes when it is asked for"

    assert dying.stop_worker() == 0
    dying.start_worker(kill_at=point)
    asker.picture("want", letter=letter)
    assert dying.reap() == -signal.SIGKILL
    assert asker.picture("look", letter=letter, which="full") == NotHere.code
    assert "x" in asker.picture("look", letter=letter, which="preview")

    come = _come(asker, letter)
    dying.start_worker()
    wait_until(lambda: _here(asker, letter, "full") == (True, None), f"gone on after {point}")
    assert asker.picture("look", letter=letter, which="full") == WHOLE
    begun = _begun(asker, _digest(asker, letter))
    assert begun[0] == 0
    assert begun[-1] >= come
    assert victim == HOLDER or begun[-1] == (2 if "before" in point else 3) * SEALED_BYTES
    assert begun == sorted(begun), "nothing that was here was fetched again"
    assert not list((asker.directory / "files" / "coming").iterdir())


def _here(node: TestNode, letter: str, which: str) -> tuple[bool, object] | None:
    """Return whether a blob of the letter's picture is on the disk, and since when it is wanted."""
    found = _blobs(node, letter).get(which)
    return (bool(found[1]), found[2]) if found else None


def _digest(node: TestNode, letter: str) -> str:
    return str(_blobs(node, letter)["full"][0])


def _come(node: TestNode, letter: str) -> int:
    """Return how many bytes of the whole picture have come."""
    return int(_blobs(node, letter)["full"][3])


def _blobs(node: TestNode, letter: str) -> dict[str, tuple[Any, ...]]:
    """Return the preview and the whole of the letter's picture."""
    rows = node.rows("SELECT owner, preview_id, full_id FROM files_attachment")
    named = {owner: (preview, full) for owner, preview, full in rows}
    if letter not in named:
        return {}
    found = node.rows("SELECT id, digest, is_here, wanted_at, come FROM files_blob")
    blobs = {number: rest for number, *rest in found}
    preview, full = named[letter]
    return {"preview": tuple(blobs[preview]), "full": tuple(blobs[full])}


def _begun(node: TestNode, digest: str) -> list[int]:
    """Return from which byte on a blob was asked for, each time that its fetching began."""
    log = (node.directory / "workers.log").read_text(encoding="utf-8", errors="replace")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [
        one["at"]
        for one in lines
        if one.get("event") == "exchange.blob_begun" and one["blob"] == digest
    ]
