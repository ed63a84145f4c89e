"""One after the other: two who are written in the same moment are compared with each other, too."""

from typing import Final
from zlib import crc32

from django.db import connection

from borderliaison.sql.statements import rows

_LOCK: Final = crc32(b"records that are compared") & 0x7FFF_FFFF


def take_turn() -> None:
    """Wait for whoever changes what is compared, and let others wait until this transaction ends.

    To be taken before anything is written: who holds rows that another needs must not wait for his turn.
    SQLite has one writer at a time, and needs none of this.
    """
    if connection.vendor == "postgresql":
        rows("SELECT pg_advisory_xact_lock(%s, 0)", _LOCK)
