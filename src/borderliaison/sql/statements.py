"""Fixed statements, as SQL: what runs for every letter, on every database alike.

Django makes a query anew each time that it is asked, which costs ten times what running it does. So what
a letter needs on its way is written once, beside its use; everything else goes through models. The tests
run each statement on SQLite and PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

_Model = TypeVar("_Model", bound=models.Model)


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what a query finds. Bytes are ``bytes``; columns of time are not to be asked for here."""
    if (found := _by_the_driver(sql, values)) is not None:
        return list(found.fetchall())
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def first(sql: str, *values: Any) -> tuple[Any, ...] | None:
    """Return the first row that a query finds."""
    found = rows(sql, *values)
    return found[0] if found else None


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
    if _by_the_driver(sql, values) is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def run_each(sql: str, many: Sequence[Sequence[Any]]) -> None:
    """Write once for each set of values."""
    if len(many) == 1:
        run(sql, *many[0])
    elif many and _by_the_driver(sql, many, many=True) is None:
        with connection.cursor() as cursor:
            cursor.executemany(sql, many)


def _by_the_driver(sql: str, values: Sequence[Any], *, many: bool = False) -> Any:
    """Run a statement without Django's own cursor, which costs six times what most of these take.

    PostgreSQL prepares it where it comes again and again.

    Returns:
        The driver's cursor; None, and nothing is done, where Django's has more to do: to log, or to take
        the writers' turn for a statement that is a transaction of its own.
    """
    database = connections[DEFAULT_DB_ALIAS]
    alone = not database.in_atomic_block and not sql.startswith("SELECT")
    if alone or database.queries_logged or database.execute_wrappers:
        return None
    database.ensure_connection()
    database.validate_no_broken_transaction()
    if database.vendor == "sqlite":
        cursor, text = database.connection.cursor(), _with_question_marks(sql)
    else:
        from psycopg import Cursor  # noqa: PLC0415  # an office without PostgreSQL does not load it

        cursor, text = Cursor(database.connection), sql
    with database.wrap_database_errors:
        (cursor.executemany if many else cursor.execute)(text, values)
    return cursor


@lru_cache(maxsize=512)
def _with_question_marks(sql: str) -> str:
    return sql % (("?",) * sql.count("%s"))


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
    """Return the place holders for a list of values: ``%s, %s``; for none, what no value is equal to."""
    return ", ".join("%s" for _ in values) or "NULL"


def instant(at: datetime | None) -> Any:
    """Return a time as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    """Return a day as this database keeps it."""
    return connection.ops.adapt_datefield_value(on)


def plain_data(value: Any) -> Any:
    """Return lists and mappings as this database keeps them."""
    return connection.ops.adapt_json_value(value, None)
