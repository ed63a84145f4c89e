"""What Django does after a test that commits, which is to empty every table, may here erase audit lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from borderliaison.audit.models import AuditLine

TABLE = AuditLine._meta.db_table


@contextmanager
def _audit_without_guard() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            of_table = (
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            )
            guards = dict(cursor.execute(of_table, [TABLE]).fetchall())
            for name in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for made in guards.values():
                cursor.execute(made)
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def let_tests_erase_audit_lines() -> None:
    """Lift the guard of the audit's table while tables are emptied, in the same transaction."""
    tear_down = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_guard(self: Any) -> None:
        with _audit_without_guard():
            tear_down(self)

    TransactionTestCase._fixture_teardown = without_guard  # type: ignore[attr-defined]
