"""Django's SQLite backend, where whoever writes holds the writer lock from BEGIN to COMMIT.

The lock is taken where Django begins a transaction (``BEGIN IMMEDIATE``, so every transaction is a
writer's) and around a single statement outside one. Reads outside a transaction never wait.
Source: ADR 0002.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.utils import OperationalError

from borderliaison.node.sqlite.lock import WriterBusyError, WriterLock

_WRITES: Final = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|VACUUM|REINDEX|ANALYZE"
    r"|WITH\b.*\b(?:INSERT|UPDATE|DELETE)\b)",
    re.IGNORECASE | re.DOTALL,
)


class DatabaseWrapper(DjangoWrapper):
    """SQLite for one node."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        self.writer_lock: WriterLock | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database and, beside it, the writer lock."""
        if not self.is_in_memory_db():
            path = Path(f"{conn_params['database']}-writer")
            self.writer_lock = WriterLock(path, conn_params.get("timeout", 5.0))
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor that takes the lock for a single writing statement."""

        def factory(connection: Any) -> "WriterCursor":
            return WriterCursor(connection, self)

        return self.connection.cursor(factory=factory)

    def take_turn(self) -> None:
        """Wait for the writer lock.

        Raises:
            OperationalError: another writer held it for longer than this one may wait.
        """
        if self.writer_lock is not None:
            try:
                self.writer_lock.acquire()
            except WriterBusyError as error:
                raise OperationalError(f"database is locked: {error}") from error

    def end_turn(self) -> None:
        """Let the next writer in."""
        if self.writer_lock is not None:
            self.writer_lock.release()

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self.end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # where it fails, Django rolls back, or closes
        self.end_turn()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.writer_lock is not None:
                self.writer_lock.close()


class WriterCursor(SQLiteCursorWrapper):
    """A cursor that holds the writer lock while its own single statement writes.

    A statement with RETURNING writes until its rows are read, so the turn ends with the cursor.
    """

    def __init__(self, connection: Any, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper
        self._turn = False

    def execute(  # type: ignore[override]  # as Django's does
        self, query: str, params: Iterable[Any] | None = None
    ) -> SQLiteCursorWrapper:
        """Run one statement, in turn where it writes."""
        self._begin(query)
        rows_follow = False
        try:
            result = super().execute(query, params)
            rows_follow = self.description is not None
        finally:
            if not rows_follow:
                self._end()
        return result

    def executemany(  # type: ignore[override]  # as Django's does
        self, query: str, param_list: Iterable[Iterable[Any]]
    ) -> SQLiteCursorWrapper:
        """Run one statement for each set of values, in turn where it writes."""
        self._begin(query)
        try:
            return super().executemany(query, param_list)
        finally:
            self._end()

    def close(self) -> None:
        """Close the cursor and end its turn."""
        super().close()
        self._end()

    def _begin(self, query: str) -> None:
        self._end()
        if not self.connection.in_transaction and _WRITES.match(query):
            self._wrapper.take_turn()
            self._turn = True

    def _end(self) -> None:
        if self._turn:
            self._turn = False
            if not self.connection.in_transaction:
                self._wrapper.end_turn()
