"""Reading the network before anybody asks for it, beside everything else that a process does."""

from contextlib import suppress
from threading import Thread

from django.db import DatabaseError, connection

from borderliaison.records.graph.store import current


def load_beforehand() -> Thread:
    """Begin to read the network, and return at once; whoever asks meanwhile waits for the rest only.

    Where the database refuses, it is read when it is first asked for. The process may end in the midst.
    """
    loading = Thread(target=_load, name="network", daemon=True)
    loading.start()
    return loading


def _load() -> None:
    try:
        with suppress(DatabaseError):
            current()
    finally:
        connection.close()
