"""``blo node backup``: whole, sealed, taken while others write, and pruned when it expires."""

import json
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.node import files
from borderliaison.node.backups import archive, kept
from borderliaison.node.backups.errors import DamagedBackup
from borderliaison.node.backups.lock import Header, Passphrase
from borderliaison.node.backups.manifest import Manifest
from borderliaison.node.backups.stream import SealedWriter
from borderliaison.node.config import NodeConfig
from tests.node.nodes import blo, new_node

pytestmark = pytest.mark.timeout(300)
WORDS = "amber basalt cedar delta"


def secret_file(folder: Path, words: str = WORDS) -> Path:
    path = folder / "words"
    path.write_text(f"{words}\n")
    path.chmod(0o600)
    return path


def feed_count(node: Path) -> int:
    """How many audit lines the node's database has: something that only grows."""
    config = NodeConfig.load(node)
    if config.database_url == "sqlite":
        with closing(sqlite3.connect(config.sqlite_path)) as file:
            return int(file.execute("SELECT count(*) FROM audit_auditline").fetchone()[0])
    with psycopg.connect(config.database_url) as server:
        row = server.execute("SELECT count(*) FROM audit_auditline").fetchone()
        assert row is not None
        return int(row[0])


def test_a_backup_is_taken_verified_and_noted() -> None:
    with new_node() as new:
        node, folder, url = new.node, new.folder, new.url
        assert files.unknown(node) == [], "a file of a node that no backup knows what to do with"
        (node / "keys" / "of-a-later-version").write_text("kept apart")
        words, out = secret_file(folder), folder / "out"
        out.mkdir()
        made = json.loads(
            blo("node", "backup", "--node", node, "--to", out, "--passphrase-file", words, "--json")
        )
        path = Path(made["file"])
        assert path.parent == out
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert kept.last(node) == datetime.fromisoformat(made["taken_at"])
        assert list((node / "staging").iterdir()) == []

        shown = json.loads(
            blo("node", "backup", "--check", path, "--passphrase-file", words, "--json")
        )
        assert shown["office"] == "KG-BDB"
        assert shown["database"] == ("sqlite" if url == "sqlite" else "postgresql")
        assert {"node.toml", "keys/authority.pub", "keys/web.secret"} <= set(shown["files"])
        assert "keys/office.key" not in shown["files"]
        assert "keys/of-a-later-version" not in shown["files"]

        # nothing of it can be read without the passphrase
        secret = (node / "keys" / "web.secret").read_bytes()
        assert secret not in path.read_bytes()
        other = secret_file(folder, "amber basalt cedar ember")
        said = blo("node", "backup", "--check", path, "--passphrase-file", other, expect=1)
        assert "E-BKP-03" in said
        secret_file(folder)

        # a byte that was changed anywhere is told
        whole = bytearray(path.read_bytes())
        whole[-100] ^= 1
        bad = folder / "bad.blobackup"
        bad.write_bytes(whole)
        said = blo("node", "backup", "--check", bad, "--passphrase-file", words, expect=1)
        assert "E-BKP-04" in said
        bad.write_bytes(path.read_bytes()[:-20])
        said = blo("node", "backup", "--check", bad, "--passphrase-file", words, expect=1)
        assert "E-BKP-04" in said

        # nothing is overwritten
        to = ("--to", path, "--passphrase-file", words)
        assert "E-BKP-08" in blo("node", "backup", "--node", node, *to, expect=1)


def test_the_pair_seals_without_a_passphrase_on_the_node() -> None:
    with new_node(on_sqlite=True) as made:
        node, folder = made.node, made.folder
        words, out = secret_file(folder), folder / "out"
        out.mkdir()
        said = blo("node", "backup", "--node", node, "--to", out, expect=1)
        assert "E-BKP-05" in said
        key = folder / "safe.key"
        blo("node", "backup-key", key, "--node", node, "--passphrase-file", words)
        for path in (key, node / "keys" / "backup.seal"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path = blo("node", "backup", "--node", node, "--to", out).strip()
        blo("node", "backup", "--check", path, "--key", key, "--passphrase-file", words)

        # another pair does not open it
        again = folder / "safe2.key"
        said = blo(
            "node", "backup-key", again, "--node", node, "--passphrase-file", words, expect=1
        )
        assert "--replace" in said
        blo("node", "backup-key", again, "--node", node, "--passphrase-file", words, "--replace")
        check = ("node", "backup", "--check", path, "--passphrase-file", words)
        assert "E-BKP-03" in blo(*check, "--key", again, expect=1)
        blo(*check, "--key", key)


def test_passphrases_come_from_a_file_of_the_owner_s_alone() -> None:
    with new_node(on_sqlite=True) as made:
        node, folder = made.node, made.folder
        words = secret_file(folder)
        told = ("node", "backup", "--node", node, "--to", folder / "b", "--passphrase-file", words)
        words.chmod(0o644)
        assert "E-PAS-02" in blo(*told, expect=1)
        assert "E-PAS-01" in blo(*told[:-2], "--passphrase", expect=1, stdin=-3)
        assert "E-PAS-01" in blo(*told[:-1], secret_file(folder, "short"), expect=1)
        assert not (folder / "b").exists()


def test_private_keys_go_into_a_backup_only_when_asked_for_and_only_encrypted() -> None:
    with new_node(on_sqlite=True) as made:
        node, folder = made.node, made.folder
        words, keys = secret_file(folder), node / "keys" / "office.key"
        sealed = keys.read_bytes()
        told = ("node", "backup", "--node", node, "--passphrase-file", words, "--with-keys")
        keys.write_bytes(b"\xa1\x61v\x01")  # a map: version 1 of the file, in the clear
        assert "E-BKP-07" in blo(*told, "--to", folder / "b", expect=1)
        assert not (folder / "b").exists()
        keys.write_bytes(sealed)
        blo(*told, "--to", folder / "b")
        archive.unpack(folder / "b", Passphrase(WORDS), folder / "open")
        assert (folder / "open" / "files" / "keys" / "office.key").read_bytes() == sealed


def test_what_is_written_meanwhile_is_in_the_backup_whole_or_not_at_all() -> None:
    """Pairs of lines are written in one transaction each; a backup never holds half a pair."""
    with new_node() as made:
        node, folder = made.node, made.folder
        words, stop = secret_file(folder), threading.Event()
        writing = threading.Thread(target=_write_pairs, args=(node, stop))
        writing.start()
        try:
            before = feed_count(node)
            for number in range(2):
                path = folder / f"b{number}"
                blo("node", "backup", "--node", node, "--to", path, "--passphrase-file", words)
        finally:
            stop.set()
            writing.join()
        assert feed_count(node) > before + 2
        for number in range(2):
            opened = folder / f"open{number}"
            manifest = archive.unpack(folder / f"b{number}", Passphrase(WORDS), opened)
            assert _pairs(manifest, opened) % 2 == 0


def _write_pairs(node: Path, stop: threading.Event) -> None:
    config = NodeConfig.load(node)
    line = (
        "INSERT INTO audit_auditline (at, actor, action, subject, realm, ids)"
        " VALUES ('2026-05-12 04:00:00', 'pair', 'test', 'x', 'live', '{}')"
    )
    if config.database_url == "sqlite":
        with closing(sqlite3.connect(config.sqlite_path, timeout=60)) as file:
            while not stop.wait(0.002):
                with file:
                    file.execute(line)
                    file.execute(line)
        return
    with psycopg.connect(config.database_url) as server:
        while not stop.wait(0.002):
            with server.transaction():
                server.execute(line)
                server.execute(line)


def _pairs(manifest: Manifest, opened: Path) -> int:
    if manifest.database == "sqlite":
        with closing(sqlite3.connect(opened / "database/node.sqlite3")) as file:
            found = file.execute("SELECT count(*) FROM audit_auditline WHERE actor = 'pair'")
            return int(found.fetchone()[0])
    copied = (opened / "database/audit_auditline.copy").read_text()
    return sum("\tpair\t" in line for line in copied.splitlines())


def test_expired_backups_are_pruned_and_told_and_the_newest_never_is(tmp_path: Path) -> None:
    now = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
    ours, theirs = OfficeCode("KG-BDB"), OfficeCode("UZ-DUS")
    paths = {}
    for office, days in ((ours, 40), (ours, 31), (ours, 30), (ours, 1), (theirs, 90)):
        path = tmp_path / kept.name_of(office, now - timedelta(days=days))
        header = Header(office, now - timedelta(days=days), Passphrase(WORDS).lock()[1])
        with path.open("wb") as file:
            SealedWriter(file, header.to_bytes(), bytes(32)).finish()
        paths[office, days] = path
    (tmp_path / "notes.blobackup").write_text("not a backup")
    assert kept.prune(tmp_path, ours, 30, now) == [paths[ours, 40], paths[ours, 31]]
    assert kept.prune(tmp_path, ours, 30, now + timedelta(days=400)) == [paths[ours, 30]]
    assert paths[ours, 1].exists()
    assert paths[theirs, 90].exists()
    assert (tmp_path / "notes.blobackup").exists()


@pytest.mark.parametrize("change", ["longer", "shorter", "other", "more", "link"])
def test_what_is_inside_is_as_its_manifest_says_or_refused(
    tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sealer himself may be hostile, or broken."""
    folder = tmp_path / "in"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "node.toml").write_text("office")
    at = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
    pieces = archive.describe(folder)
    manifest = Manifest(OfficeCode("KG-BDB"), at, "0.1.0", "sqlite", (), pieces)
    given: dict[str, Any] = {"longer": "office!", "shorter": "offic", "other": "offica"}
    if change in given:
        real = archive._add

        def changed(tar: Any, name: str, content: Any) -> None:
            if name != "manifest.json":
                import io

                content = io.BytesIO(given[change].encode())
            real(tar, name, content)

        monkeypatch.setattr(archive, "_add", changed)
    else:
        real_open = archive.tarfile.open

        def opened(*args: Any, **named: Any) -> Any:
            tar = real_open(*args, **named)
            close = tar.close

            def and_more() -> None:
                member = archive.tarfile.TarInfo("files/extra")
                if change == "link":
                    member.type, member.linkname = archive.tarfile.SYMTYPE, "/etc/passwd"
                tar.addfile(member)
                close()

            if named.get("mode", "").startswith("w"):
                tar.close = and_more
            return tar

        monkeypatch.setattr(archive.tarfile, "open", opened)
    out = tmp_path / "out.blobackup"
    with out.open("wb") as file:
        archive.seal(file, Passphrase(WORDS), manifest, folder)
    monkeypatch.undo()
    with pytest.raises(DamagedBackup):
        archive.unpack(out, Passphrase(WORDS), tmp_path / "open")


@pytest.mark.parametrize("name", ["files/../../x", "files//etc", "/etc/x", "files", "other/x"])
def test_a_piece_stays_within_its_folder(name: str) -> None:
    from borderliaison.node.backups.errors import NotABackup
    from borderliaison.node.backups.manifest import Piece

    at = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
    bad = Manifest(OfficeCode("KG-BDB"), at, "0", "sqlite", (), (Piece(name, 0, ""),))
    with pytest.raises(NotABackup):
        Manifest.from_bytes(bad.to_bytes())


def test_one_backup_at_a_time_and_what_a_killed_one_left_is_gone(tmp_path: Path) -> None:
    from borderliaison.node.backups.taking import BackupUnderWay, _staging

    left = tmp_path / "staging" / "database"
    left.mkdir(parents=True)
    (left / "node.sqlite3").write_text("in the clear")
    with _staging(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with pytest.raises(BackupUnderWay), _staging(tmp_path):
            pass
        (folder / "x").mkdir()
    assert os.listdir(tmp_path / "staging") == []
