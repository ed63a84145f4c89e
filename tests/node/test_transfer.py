"""``blo node transfer``: every row arrives under its own number, or the node is as it was."""

import json
import os
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from borderliaison.node.transfer import MARK
from borderliaison.node.values import Digest, UnknownColumnType, rule_for
from tests.node.nodes import blo, new_node
from tests.node.test_upgrade import execute, made_by_the_first_version

# from SQLite to PostgreSQL, whatever database the run is on
pytestmark = [pytest.mark.timeout(600), pytest.mark.once]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL server, whatever database the run is on."""
    url = os.environ.get("BLO_TEST_DATABASE_URL", "sqlite")
    if url != "sqlite":
        yield url
        return
    from tests.postgres import TestServer

    own = TestServer()
    yield own.url
    own.stop()


@pytest.fixture
def empty(server: str) -> Iterator[str]:
    """An empty database."""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS moved WITH (FORCE)")
        admin.execute("CREATE DATABASE moved")
        yield server.replace("/postgres?", "/moved?")
        admin.execute("DROP DATABASE moved WITH (FORCE)")


@pytest.fixture
def node() -> Iterator[Path]:
    """A node with an office's letters in it, brought up from the first version."""
    with new_node(on_sqlite=True) as made:
        made_by_the_first_version(made.node)
        blo("node", "upgrade", "--node", made.node)
        yield made.node


def rows_of(url: str, table: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as server:
        statement = sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(table))
        return server.execute(statement).fetchall()


def test_a_node_moves_with_every_row_and_goes_on_where_it_was(node: Path, empty: str) -> None:
    with closing(sqlite3.connect(node / "node.sqlite3")) as file:
        feed = file.execute("SELECT id FROM feed_feedevent ORDER BY 1").fetchall()
        items = file.execute("SELECT count(*) FROM correspondence_item").fetchone()
        given = file.execute("SELECT seq FROM sqlite_sequence WHERE name = 'feed_feedevent'")
        (last,) = given.fetchone()

    # first try it, then take it all back
    before = (node / "node.toml").read_bytes()
    dry = json.loads(blo("node", "transfer", "--node", node, "--to", empty, "--dry-run", "--json"))
    assert dry["rows"]["correspondence_item"] == items[0]
    assert (node / "node.toml").read_bytes() == before
    with psycopg.connect(empty) as database:
        assert database.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)

    moved = json.loads(blo("node", "transfer", "--node", node, "--to", empty, "--json"))
    assert moved["rows"] == dry["rows"]
    assert tomllib.loads((node / "node.toml").read_text())["database_url"] == empty
    assert not list(node.glob("node.sqlite3*"))
    assert Path(moved["aside"]).exists()
    assert [row[:1] for row in rows_of(empty, "feed_feedevent")] == feed
    assert json.loads(blo("node", "show", "--node", node, "--json"))["database"] == "postgresql"

    # a number that was given once is not given again, even where its row is gone
    execute(node, "DELETE FROM feed_feedevent")
    columns = rows_of(empty, "audit_auditline")
    blo("user", "add", "temir", "--officer", "KG-BDB/0099", "--name", "T. Temirov", "--agency",
        "KG-BOR", "--role", "liaison", "--language", "ky", "--node", node)  # fmt: skip
    assert len(rows_of(empty, "audit_auditline")) > len(columns)
    (number,) = execute(node, "SELECT nextval(pg_get_serial_sequence('feed_feedevent', 'id'))")[0]
    assert number == last + 1
    assert "E-TRF-03" in blo("node", "transfer", "--node", node, "--to", empty, expect=1)


def test_what_fails_half_way_leaves_the_node_as_it_was(node: Path, empty: str) -> None:
    with closing(sqlite3.connect(node / "node.sqlite3")) as file, file:
        # longer than its column: SQLite does not mind, PostgreSQL does
        file.execute("UPDATE accounts_account SET login = ? WHERE id = 1", ("x" * 4000,))
    before = {path.name: path.read_bytes() for path in node.iterdir() if path.is_file()}
    said = blo("node", "transfer", "--node", node, "--to", empty, expect=1)
    assert "E-TRF-01" in said
    assert "xxxx" not in said
    assert {path.name: path.read_bytes() for path in node.iterdir() if path.is_file()} == before
    with psycopg.connect(empty) as database:
        found = database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchone() == (0,)


def test_an_attempt_that_was_killed_before_the_switch_is_begun_anew(node: Path, empty: str) -> None:
    with psycopg.connect(empty) as database:
        database.execute("CREATE TABLE django_migrations (id integer)")
        database.execute("CREATE TABLE left_over (id integer)")
    said = blo("node", "transfer", "--node", node, "--to", empty, expect=1)
    assert "E-TRF-04" in said
    with psycopg.connect(empty) as database:
        database.execute(f"COMMENT ON TABLE django_migrations IS '{MARK}KG-BDB'")  # type: ignore[call-overload]
    blo("node", "transfer", "--node", node, "--to", empty)
    with psycopg.connect(empty) as database:
        assert database.execute("SELECT to_regclass('left_over')").fetchone() == (None,)
        mark = database.execute("SELECT obj_description('django_migrations'::regclass, 'pg_class')")
        assert mark.fetchone() == (None,)


def test_a_password_does_not_stand_on_a_command_line(node: Path) -> None:
    url = "postgresql://blo:secret@127.0.0.1:1/blo"
    assert "--to-file" in blo("node", "transfer", "--node", node, "--to", url, expect=2)
    where = node.parent / "where"
    where.write_text(f"{url}\n")
    where.chmod(0o644)
    assert "E-PAS-02" in blo("node", "transfer", "--node", node, "--to-file", where, expect=1)
    where.chmod(0o600)
    said = blo("node", "transfer", "--node", node, "--to-file", where, expect=75)
    assert "E-DB-01" in said
    assert "secret" not in said


def test_a_digest_is_of_the_rows_and_not_of_their_order_or_spelling() -> None:
    kinds = ("int8", "jsonb", "timestamptz")
    left, right = Digest(kinds), Digest(kinds)
    instant = rule_for("timestamptz")
    rows = [
        (1, '{"a": 1.0, "b": [true]}', instant("2026-05-12 04:00:00.25")),
        (2, '"x"', instant("2026-05-12 04:00:00")),
    ]
    for row in rows:
        left.add(row)
    for number, text, at in reversed(rows):
        right.add((number, json.dumps(json.loads(text), indent=1).replace("1.0", "1"), at))
    assert left.value == right.value
    right.add(rows[0])
    assert left.value != right.value
    for other in ((1, '{"a": "1.0", "b": [true]}', rows[0][2]), (1, None, rows[0][2])):
        once, twice = Digest(kinds), Digest(kinds)
        once.add(rows[0])
        twice.add(other)
        assert once.value != twice.value
    with pytest.raises(UnknownColumnType):
        rule_for("hstore")
