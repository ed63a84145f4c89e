"""``blo node restore``: everything is verified first, nothing is lost, and the exchange is told."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from borderliaison.exchange.recovery.restore_marker import RestoreMarker
from borderliaison.files.sealing import CHUNK_BYTES, seal
from borderliaison.files.store import Store
from borderliaison.node.config import NodeConfig
from borderliaison.node.served import held_still
from tests.node.nodes import authority, blo, init, new_node, own_database, workshop
from tests.node.test_backup import feed_count, secret_file
from tests.node.test_upgrade import execute, made_by_the_first_version

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Backed:
    """A node, a backup of it, and what opens the backup."""

    node: Path
    url: str
    backup: Path
    words: Path

    def restore(self, to: Path, *more: str, expect: int = 0) -> str:
        return blo(
            "node", "restore", self.backup, "--to", to, "--passphrase-file", self.words, *more,
            expect=expect,
        )  # fmt: skip


@pytest.fixture
def backed() -> Iterator[Backed]:
    with new_node() as made:
        folder, words = made.folder, secret_file(made.folder)
        blo("node", "backup", "--node", made.node, "--to", folder / "b", "--passphrase-file", words)
        yield Backed(made.node, made.url, folder / "b", words)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".lock",) and "-writer" not in path.name
    }


def a_line(node: Path) -> None:
    """Something happens on the node after its backup."""
    execute(
        node,
        "INSERT INTO audit_auditline (at, actor, action, subject, realm, ids)"
        " VALUES ('2026-05-12 04:00:00', 'later', 'test', 'x', 'live', '{}')",
    )


def test_a_node_comes_back_in_place_of_the_one_that_went_wrong(backed: Backed) -> None:
    began = datetime.now(UTC)
    before, keys = feed_count(backed.node), (backed.node / "keys" / "office.key").read_bytes()
    a_line(backed.node)
    (backed.node / "state").mkdir(exist_ok=True)
    (backed.node / "state" / "high-water").write_text("marks of this machine")

    # nothing is touched without being told to, and not while it runs
    standing = snapshot(backed.node)
    assert "E-RST-01" in backed.restore(backed.node, expect=1)
    with held_still(backed.node):
        assert "E-SRV-03" in backed.restore(backed.node, "--replace", expect=75)
    shown = json.loads(backed.restore(backed.node, "--replace", "--dry-run", "--json"))
    assert shown["done"] is False
    assert snapshot(backed.node) == standing
    assert sorted(path.name for path in backed.node.parent.iterdir()) == [
        "b", "kg", "n", "n.unlock", "words"
    ]  # fmt: skip

    done = json.loads(backed.restore(backed.node, "--replace", "--json"))
    assert feed_count(backed.node) == before - 1  # that the backup was taken is told after it
    assert snapshot(Path(done["aside"]))["node.toml"] == standing["node.toml"]
    assert {"keys/office.key", "state/high-water", "backups.json"} <= set(done["carried_over"])
    assert (backed.node / "keys" / "office.key").read_bytes() == keys
    assert done["has_keys"] is True
    for path in (backed.node, *(backed.node / "keys").iterdir(), backed.node / "run"):
        assert path.stat().st_mode & 0o077 == 0, path

    # the exchange is told of when the copy is
    marker = RestoreMarker(NodeConfig.load(backed.node).state_directory).read()
    assert marker is not None
    assert marker.taken_at is not None
    assert marker.taken_at.isoformat() == done["taken_at"]
    assert marker.taken_at <= began

    # it can be used: numbers go on, nothing waits to be upgraded
    blo("node", "upgrade", "--node", backed.node)
    blo("user", "add", "temir", "--officer", "KG-BDB/0099", "--name", "T. Temirov", "--agency",
        "KG-BOR", "--role", "liaison", "--language", "ky", "--node", backed.node)  # fmt: skip
    if backed.url != "sqlite":
        assert ("later",) in execute(
            backed.node,
            f"SELECT actor FROM {done['schema_aside']}.audit_auditline",  # noqa: S608
        )


def test_a_node_comes_back_on_another_machine_without_its_keys(backed: Backed) -> None:
    to, more = backed.node.parent / "m", []
    with own_database() as url:
        if url != "sqlite":
            more = ["--database-url", url]
        done = json.loads(backed.restore(to, "--json", *more))
        assert done["has_keys"] is False
        assert not (to / "keys" / "office.key").exists()
        assert (to / "keys" / "web.secret").read_bytes() == (
            backed.node / "keys" / "web.secret"
        ).read_bytes()
        assert feed_count(to) == feed_count(backed.node) - 1  # its own backup is told of later
        assert NodeConfig.load(to).database_url == url


def test_what_cannot_be_verified_touches_nothing(backed: Backed) -> None:
    whole = backed.backup.read_bytes()
    standing = snapshot(backed.node)
    for bad, code in (
        (whole[:-1], "E-BKP-04"),
        (whole[:-1] + bytes([whole[-1] ^ 1]), "E-BKP-04"),
        (b"no backup at all", "E-BKP-02"),
    ):
        backed.backup.write_bytes(bad)
        assert code in backed.restore(backed.node, "--replace", expect=1)
        assert code in backed.restore(backed.node.parent / "m", expect=1)
    assert snapshot(backed.node) == standing
    assert not (backed.node.parent / "m").exists()
    assert not list(backed.node.parent.glob(".*"))


def test_neither_another_office_nor_something_else_is_replaced(backed: Backed) -> None:
    folder = backed.node.parent
    init(folder / "o", "KG-DST", folder / "kg" / "authority.pub")
    assert "E-RST-02" in backed.restore(folder / "o", "--replace", expect=1)
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("kept")
    assert "E-RST-01" in backed.restore(folder / "mine", "--replace", expect=1)
    assert (folder / "mine" / "notes.txt").read_text() == "kept"


def test_a_database_that_is_in_use_is_not_loaded_over(backed: Backed) -> None:
    if backed.url == "sqlite":
        pytest.skip("SQLite comes with its directory")
    lines = feed_count(backed.node)
    assert "E-RST-03" in backed.restore(backed.node.parent / "m", expect=1)
    assert feed_count(backed.node) == lines
    assert not (backed.node.parent / "m").exists()


def test_a_backup_of_a_later_version_is_refused(backed: Backed) -> None:
    later = (
        "INSERT INTO django_migrations (app, name, applied) VALUES ('feed', '9_x', '2027-01-01')"
    )
    execute(backed.node, later)
    path = backed.node.parent / "later"
    blo("node", "backup", "--node", backed.node, "--to", path, "--passphrase-file", backed.words)
    newer = Backed(backed.node, backed.url, path, backed.words)
    assert "E-UPG-02" in newer.restore(backed.node.parent / "m", expect=1)


def test_a_backup_of_an_earlier_version_is_restored_and_then_upgraded() -> None:
    with workshop() as folder:
        node, words = folder / "n", secret_file(folder)
        init(node, "KG-BDB", authority(folder / "kg"))
        made_by_the_first_version(node)
        take = ("node", "backup", "--node", node, "--passphrase-file", words)
        blo(*take, "--to", folder / "b")
        blo("node", "restore", folder / "b", "--to", folder / "m", "--passphrase-file", words)
        assert "E-UPG-01" in blo("serve", "--node", folder / "m", expect=1)
        blo("node", "upgrade", "--node", folder / "m")
        with closing(sqlite3.connect(folder / "m" / "node.sqlite3")) as file:
            assert file.execute("SELECT count(*) FROM correspondence_item").fetchone()[0]


def test_files_that_officers_added_come_back() -> None:
    with workshop() as folder, own_database() as url:
        node, words = folder / "n", secret_file(folder)
        init(node, "KG-BDB", authority(folder / "kg"), "--database-url", url)
        whole, coming = seal(bytes(CHUNK_BYTES + 9)), seal(bytes(2 * CHUNK_BYTES))
        kept = Store(node / "files")
        kept.put(whole.listed, whole.chunks)
        kept.add(coming.listed, 0, coming.chunks[0])
        blo("node", "backup", "--node", node, "--to", folder / "b", "--passphrase-file", words)
        assert not list((node / "staging").iterdir())
        Backed(node, url, folder / "b", words).restore(node, "--replace")
        back = Store(node / "files")
        assert tuple(back.chunks(whole.listed)) == whole.chunks
        assert back.has_come(coming.listed) == len(coming.chunks[0])
