"""Rows in the order of their ids, up to where none can come in between any more.

On PostgreSQL a row has its id before its transaction commits, so that one with a lower id may be seen
later; whoever goes on after the last id that he saw would miss it. So each transaction that writes into
such a table holds, to its end, a shared lock that says behind which id its rows begin, and a reader stops
before the lowest of these. Nobody waits for anybody. SQLite has one writer at a time, and needs none of
this.
"""

from typing import Any
from zlib import crc32

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from borderliaison.sql.statements import rows

_FUNCTION = """
CREATE OR REPLACE FUNCTION borderliaison_settling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    setting text := 'borderliaison.settling_' || TG_TABLE_NAME;
    place bigint;
BEGIN
    IF coalesce(current_setting(setting, true), '') = '' THEN
        EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM %s',
                       pg_get_serial_sequence(quote_ident(TG_TABLE_NAME), 'id')) INTO place;
        PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::int, place::int);
        PERFORM set_config(setting, 'yes', true);
    END IF;
    RETURN NULL;
END $$
"""
_LAST = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"
_BEGUN = """
SELECT min(objid::bigint) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Settling:
    """What a migration does so that a table can be read in the order of its ids.

    Args:
        table: with the key ``id``, which the database gives out.
    """

    def __init__(self, table: str) -> None:
        self._table = table

    def begin(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Let each writer say where its rows begin."""
        if schema_editor.connection.vendor != "postgresql":
            return
        schema_editor.execute(_FUNCTION, params=None)
        schema_editor.execute(
            f"CREATE TRIGGER settling BEFORE INSERT ON {self._table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION borderliaison_settling({_lock_of(self._table)})",
            params=None,
        )

    def end(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Take it back."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER settling ON {self._table}", params=None)


def settled(model: type[models.Model]) -> models.Q:
    """Return the condition of rows before which no other can appear any more."""
    last = settled_place(model)
    return models.Q() if last is None else models.Q(pk__lte=last)


def settled_place(model: type[models.Model]) -> int | None:
    """Return the last id before which no other can appear any more; None where none ever can.

    Each is found by a look of its own, in this order: a writer has said where it begins before it is given
    an id, and what has ended by the second look is seen by the third, the caller's.
    """
    if connection.vendor != "postgresql":
        return None
    table = model._meta.db_table
    (sequence,) = rows("SELECT pg_get_serial_sequence(%s, 'id')", table)[0]
    (last,) = rows(_LAST.format(sequence=sequence))[0]
    (begun,) = rows(_BEGUN, _lock_of(table))[0]
    return int(last) if begun is None else int(min(last, begun))


def _lock_of(table: str) -> int:
    """Return the number of a table among this system's locks."""
    return crc32(table.encode()) & 0x7FFF_FFFF
