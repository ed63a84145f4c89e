"""Fixed statements, as SQL: what runs for every letter, on every database alike.

Django makes a query anew each time that it is asked, which costs ten times what running it does. So what
a letter needs on its way is written once, beside its use; everything else goes through models. The tests
run each statement on SQLite and PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models

_Model = TypeVar("_Model", bound=models.Model)


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what a query finds. Bytes are ``bytes``; columns of time are not to be asked for here."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def first(sql: str, *values: Any) -> tuple[Any, ...] | None:
    """Return the first row that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def one(model: type[_Model], columns: Sequence[str], sql: str, *values: Any) -> _Model | None:
    """Return the first row that a query finds, as a model. A column that is not named is read when used.

    Args:
        model: whose row it is.
        columns: the names of the columns that the query asks for, in the order of the model.
        sql: the query; it selects these columns.
        values: for its place holders.
    """
    found = first(sql, *values)
    return None if found is None else model.from_db(connection.alias, columns, found)


def run(sql: str, *values: Any) -> None:
    """Write."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def run_each(sql: str, many: Sequence[Sequence[Any]]) -> None:
    """Write once for each set of values."""
    if len(many) == 1:
        run(sql, *many[0])
    elif many:
        with connection.cursor() as cursor:
            cursor.executemany(sql, many)


@contextmanager
def unawaited() -> Iterator[None]:
    """Send what is written in the block without waiting for each answer; wait at its end for all of them.

    On PostgreSQL each statement is a way to the server and back. What is asked in the block is answered
    in it, after all that was sent before. Only in a transaction, and only for statements of this module:
    Django's own look at answers that have not come yet.

    Raises:
        DatabaseError: the database refuses something that was written in the block.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def places(values: Iterable[Any]) -> str:
    """Return the place holders for a list of values: ``%s, %s``."""
    return ", ".join("%s" for _ in values)


def instant(at: datetime | None) -> Any:
    """Return a time as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    """Return a day as this database keeps it."""
    return connection.ops.adapt_datefield_value(on)


def plain_data(value: Any) -> Any:
    """Return lists and mappings as this database keeps them."""
    return connection.ops.adapt_json_value(value, None)
