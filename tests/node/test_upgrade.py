"""``blo node upgrade``: a backup first, then all or nothing; what is not upgraded is not served."""

import gzip
import hashlib
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from borderliaison.node import versions
from borderliaison.node.config import NodeConfig
from borderliaison.node.versions import AheadOfVersion, BehindVersion
from tests.node.nodes import authority, blo, init, new_node, own_database, workshop
from tests.node.test_backup import secret_file

pytestmark = pytest.mark.timeout(300)

FIRST = Path(__file__).parent / "data" / "first-warning.sql.gz"
"""A database of the first version that an office could use; how it was made stands at its beginning."""

BEFORE_SEARCH = FIRST.with_name("before-search")
"""A database with something in each of its tables, for each kind; ``dump.py`` says how it was made."""

FAILING = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "{after}")]
    operations = [
        migrations.RunSQL("CREATE TABLE feed_half (id integer)"),
        migrations.RunSQL("DELETE FROM offices_crossingstatus"),
        migrations.RunSQL("SELECT this_fails FROM nowhere"),
    ]
"""


def execute(node: Path, statement: str) -> list[tuple[object, ...]]:
    config = NodeConfig.load(node)
    if config.database_url == "sqlite":
        with closing(sqlite3.connect(config.sqlite_path)) as file, file:
            return file.execute(statement).fetchall()
    with psycopg.connect(config.database_url) as server:
        cursor = server.execute(statement)  # type: ignore[call-overload]  # of this test
        return cursor.fetchall() if cursor.description else []


def rows(database: Path) -> dict[str, int]:
    """How many rows each table of what officers wrote and were told has, where it has any."""
    with closing(sqlite3.connect(database)) as file:
        named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        told = ("correspondence_", "reports_", "exchange_", "accounts_account")
        counts = {
            name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in named
            if name.startswith(told)
        }
    return {name: count for name, count in counts.items() if count}


def made_by_the_first_version(node: Path) -> None:
    """Put the first version's database into a node."""
    database = NodeConfig.load(node).sqlite_path
    for path in node.glob("node.sqlite3*"):
        path.unlink()
    with closing(sqlite3.connect(database)) as file:
        file.executescript(gzip.decompress(FIRST.read_bytes()).decode())
        file.execute("PRAGMA journal_mode = WAL")


@contextmanager
def node_before_search() -> Iterator[Path]:
    """A node whose database was made before there was a search in it."""
    with workshop() as folder, own_database() as url:
        node = folder / "n"
        init(node, "KG-DST", authority(folder / "kg"), "--database-url", url)
        kind = "sqlite" if url == "sqlite" else "postgres"
        text = lzma.decompress(BEFORE_SEARCH.with_suffix(f".{kind}.sql.xz").read_bytes()).decode()
        if kind == "sqlite":
            for path in node.glob("node.sqlite3*"):
                path.unlink()
            with closing(sqlite3.connect(node / "node.sqlite3")) as file:
                file.executescript(text)
        else:
            with psycopg.connect(url) as server:
                server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                server.execute(text.encode())
        yield node


def counts(node: Path) -> dict[str, int]:
    """How many rows each table of a node has, but for what Django counts and forgets by itself."""
    on_sqlite = NodeConfig.load(node).database_url == "sqlite"
    named = execute(node, (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        if on_sqlite else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ))  # fmt: skip
    by_django = ("django_", "auth_")
    return {
        str(name): int(str(execute(node, f'SELECT count(*) FROM "{name}"')[0][0]))  # noqa: S608
        for (name,) in named
        if not str(name).startswith(by_django)
    }


def with_a_failing_migration(
    folder: Path, node: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run ``blo`` where one migration more is installed, which fails half way."""
    from borderliaison.feed import migrations

    more = folder / "later_feed"
    shutil.copytree(Path(migrations.__path__[0]), more)
    after = sorted(path.stem for path in more.glob("0*.py"))[-1]
    (more / "9999_fails.py").write_text(FAILING.format(after=after))
    script = (
        "import sys; from borderliaison.node import settings;"
        "settings.MIGRATION_MODULES = {'feed': 'later_feed'};"
        "from borderliaison.cli import main; main(sys.argv[1:])"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *arguments, "--node", node],
        check=False, capture_output=True, text=True,
        env=os.environ | {"BLO_NODE": str(node), "PYTHONPATH": str(folder)},
    )  # fmt: skip


def test_a_database_of_the_first_version_is_upgraded_with_all_that_it_holds() -> None:
    with new_node(on_sqlite=True) as made:
        node, folder = made.node, made.folder
        made_by_the_first_version(node)
        before = rows(NodeConfig.load(node).sqlite_path)
        assert {"correspondence_item", "reports_registerline", "accounts_account"} <= set(before)
        waiting = versions.difference(versions.applied(NodeConfig.load(node))).waiting
        assert waiting
        with pytest.raises(BehindVersion):
            versions.check_version(NodeConfig.load(node))
        said = blo("serve", "--node", node, expect=1)
        assert "E-UPG-01" in said
        assert "blo node upgrade" in said

        words, out = secret_file(folder), folder / "out"
        out.mkdir()
        to = ("--backup-to", out, "--passphrase-file", words)
        applied = blo("node", "upgrade", "--node", node, *to).split()
        assert set(waiting) <= set(applied)
        after = rows(node / "node.sqlite3")
        assert {name: after[name] for name in before} == before
        versions.check_version(NodeConfig.load(node))
        (backup,) = out.iterdir()
        blo("node", "backup", "--check", backup, "--passphrase-file", words)
        (aside,) = (node / "before-upgrade").iterdir()
        assert rows(aside) == before

        # once more changes nothing
        again = hashlib.sha256((node / "node.sqlite3").read_bytes()).digest()
        assert blo("node", "upgrade", "--node", node) == ""
        assert hashlib.sha256((node / "node.sqlite3").read_bytes()).digest() == again


def test_a_database_with_something_in_each_table_is_upgraded_or_stays_as_it_was() -> None:
    with node_before_search() as node:
        before = counts(node)
        assert min(before.values()) > 0, "each migration meets data"
        waiting = set(versions.difference(versions.applied(NodeConfig.load(node))).waiting)
        assert {"correspondence.0004_search", "reports.0002_places"} <= waiting
        told = ("node", "upgrade", "--without-backup")
        done = with_a_failing_migration(node.parent, node, *told)
        assert done.returncode == 1
        assert "E-UPG-03" in done.stderr
        assert counts(node) == before
        applied = blo(*told, "--node", node).split()
        assert waiting <= set(applied)
        after = counts(node)
        assert {name: after[name] for name in before} == before
        assert after["correspondence_posting"] > 0, "what was there is found by the search"
        versions.check_version(NodeConfig.load(node))


def test_a_migration_that_fails_leaves_the_old_bytes() -> None:
    with new_node() as made:
        node, folder, url = made.node, made.folder, made.url
        (node / "version").write_text("0.0.9\n")
        lines = execute(node, "SELECT count(*) FROM offices_crossingstatus")
        bytes_before = (node / "node.sqlite3").read_bytes() if url == "sqlite" else b""
        told = ("node", "upgrade", "--without-backup")
        done = with_a_failing_migration(folder, node, *told)
        assert done.returncode == 1
        assert "E-UPG-03" in done.stderr
        assert "as it was" in done.stderr
        if url == "sqlite":
            assert (node / "node.sqlite3").read_bytes() == bytes_before
            assert list((node / "before-upgrade").iterdir()) == []
        assert execute(node, "SELECT count(*) FROM offices_crossingstatus") == lines
        assert (node / "version").read_text() == "0.0.9\n"
        # and the version that is installed can take it over once it does not fail
        blo(*told, "--node", node)
        versions.check_version(NodeConfig.load(node))


def test_a_database_that_is_newer_than_the_program_is_neither_served_nor_upgraded() -> None:
    with new_node() as made:
        node = made.node
        execute(
            node,
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('feed', '8888_of_a_later_version', '2027-01-01 00:00:00+00')",
        )
        with pytest.raises(AheadOfVersion):
            versions.check_version(NodeConfig.load(node))
        for command in ("serve", "node upgrade"):
            said = blo(*command.split(), "--node", node, expect=1)
            assert "E-UPG-02" in said
            assert "install that version" in said


def test_a_node_that_is_served_is_not_upgraded() -> None:
    from borderliaison.node.served import held_still

    with new_node(on_sqlite=True) as made:
        node = made.node
        (node / "version").write_text("0.0.9\n")
        with held_still(node):
            assert "E-SRV-03" in blo("node", "upgrade", "--node", node, expect=75)
        assert (node / "version").read_text() == "0.0.9\n"


def test_postgresql_is_not_upgraded_without_a_way_back_unless_told() -> None:
    with new_node() as made:
        node = made.node
        if made.url == "sqlite":
            pytest.skip("SQLite keeps the database as it was")
        (node / "version").write_text("0.0.9\n")
        assert "E-UPG-04" in blo("node", "upgrade", "--node", node, expect=1)


@pytest.mark.parametrize(
    ("version", "than", "later"),
    [("0.10.0", "0.9.3", True), ("0.1.0", "0.1.0", False), ("an unknown version", "0.1", False)],
)
def test_versions_are_compared_by_their_numbers(version: str, than: str, later: bool) -> None:
    assert versions.is_later(version, than) is later


def test_migrations_are_read_from_the_files_that_are_installed() -> None:
    """What is asked without Django says the same as Django."""
    from django.db.migrations.loader import MigrationLoader

    everything = tuple(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
    assert versions.difference(everything) == versions.Difference((), ())
    assert versions.difference(()).waiting
