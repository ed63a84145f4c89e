"""The writer lock: one writer at a time, in turn, across threads and processes."""

import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from borderliaison.node.sqlite.base import DatabaseWrapper
from borderliaison.node.sqlite.lock import BATCH_PAUSE_S, WriterBusyError, WriterLock, _batch

Connect = Callable[..., DatabaseWrapper]


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: Any) -> Iterator[Connect]:
    """Open one more connection, known to the thread that asks, to a database of its own."""
    names = (f"own{n}" for n in itertools.count())
    options: dict[str, Any] = {"transaction_mode": "IMMEDIATE"}
    settings = connections.configure_settings(
        {"default": {"ENGINE": "borderliaison.node.sqlite", "NAME": str(tmp_path / "db.sqlite3")}}
    )["default"]
    opened: list[DatabaseWrapper] = []

    def one(timeout: float = 5.0) -> DatabaseWrapper:
        own = settings | {"OPTIONS": options | {"timeout": timeout}}
        wrapper = DatabaseWrapper(own, alias=next(names))
        wrapper.inc_thread_sharing()
        connections[wrapper.alias] = wrapper
        opened.append(wrapper)
        return wrapper

    with django_db_blocker.unblock():
        with one().cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
        yield one
        for wrapper in opened:
            wrapper.close()


def _held(wrapper: DatabaseWrapper) -> bool:
    return wrapper.writer_lock is not None and wrapper.writer_lock.held


def _insert(wrapper: DatabaseWrapper, text: str = "x") -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO line (text) VALUES (%s)", [text])


def _count(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM line").fetchone()[0])


def test_a_transaction_holds_the_lock_until_it_commits(connect: Connect) -> None:
    db = connect()
    with transaction.atomic(using=db.alias):
        assert _held(db)
        with transaction.atomic(using=db.alias):
            _insert(db)
        assert _held(db), "a savepoint is not the end"
    assert not _held(db)
    assert _count(db) == 1


def test_a_transaction_that_fails_lets_the_next_writer_in(connect: Connect) -> None:
    db, other = connect(), connect(timeout=0.2)
    with suppress(ZeroDivisionError), transaction.atomic(using=db.alias):
        _insert(db)
        raise ZeroDivisionError
    assert not _held(db)
    _insert(other)
    assert _count(db) == 1


def test_a_single_statement_holds_the_lock_only_while_it_runs(connect: Connect) -> None:
    db = connect()
    _insert(db)
    assert not _held(db)
    with db.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert not _held(db)


def test_a_statement_that_returns_rows_holds_the_lock_until_its_cursor_closes(
    connect: Connect,
) -> None:
    db = connect()
    with db.cursor() as cursor:
        cursor.execute("INSERT INTO line (text) VALUES ('a'), ('b') RETURNING id")
        assert _held(db)
        assert cursor.fetchone() == (1,)
    assert not _held(db)
    assert _count(connect()) == 2


def test_reading_never_waits_for_a_writer(connect: Connect) -> None:
    db, reader = connect(), connect(timeout=0.1)
    with transaction.atomic(using=db.alias):
        _insert(db)
        assert _count(reader) == 0
        assert not _held(reader)


def test_a_second_connection_of_the_same_process_waits_and_then_says_why(connect: Connect) -> None:
    db, other = connect(), connect(timeout=0.1)
    with transaction.atomic(using=db.alias):
        with pytest.raises(OperationalError, match="database is locked"):
            _insert(other)
        with pytest.raises(OperationalError, match="database is locked"):
            transaction.atomic(using=other.alias).__enter__()
    _insert(other)
    assert _count(db) == 1


def test_closing_the_connection_releases_the_lock(connect: Connect) -> None:
    db, other = connect(), connect(timeout=0.2)
    transaction.set_autocommit(False, using=db.alias)
    _insert(db)
    assert _held(db), "a transaction that Django did not begin holds it too"
    db.close()
    _insert(other)
    assert _count(other) == 1


def test_threads_that_write_at_once_lose_nothing(connect: Connect) -> None:
    db = connect()
    failures: list[BaseException] = []

    def write() -> None:
        mine = connect(timeout=20)
        try:
            for _ in range(20):
                with transaction.atomic(using=mine.alias):
                    before = _count(mine)
                    _insert(mine)
                    assert _count(mine) == before + 1, "nobody else wrote meanwhile"
        except BaseException as error:  # noqa: BLE001  # handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert _count(db) == 80


def test_a_process_that_is_killed_releases_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    ready = multiprocessing.get_context("spawn").Event()
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(path, ready))
    process.start()
    assert ready.wait(30)
    mine = WriterLock(path, timeout_s=0.05)
    with pytest.raises(WriterBusyError):
        mine.acquire()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    mine.acquire()
    assert mine.held


def _hold(path: Path, ready: Any) -> None:
    lock = WriterLock(path, timeout_s=1)
    lock.acquire()
    ready.set()
    time.sleep(60)


def test_a_forked_child_neither_holds_nor_releases_its_parents_lock(tmp_path: Path) -> None:
    parent = WriterLock(tmp_path / "lock", timeout_s=1)
    parent.acquire()
    child = os.fork()
    if child == 0:
        parent.release()
        os._exit(0 if not parent.held else 1)
    assert os.waitpid(child, 0)[1] == 0
    other = WriterLock(tmp_path / "lock", timeout_s=0.05)
    with pytest.raises(WriterBusyError):
        other.acquire()
    parent.release()
    other.acquire()


def test_the_lock_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "lock", timeout_s=1)
    lock.acquire()
    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0


def test_a_batch_writer_lets_a_page_write_between_its_commits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_batch, "pause_s", BATCH_PAUSE_S)
    batch, page = (WriterLock(tmp_path / "lock", timeout_s=5) for _ in range(2))
    stop = threading.Event()

    def saturate() -> None:
        while not stop.is_set():
            batch.acquire()
            time.sleep(0.003)
            batch.release()

    thread = threading.Thread(target=saturate)
    thread.start()
    try:
        for _ in range(10):
            page.acquire()
            page.release()
    finally:
        stop.set()
        thread.join()
