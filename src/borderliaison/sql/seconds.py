"""A moment as the database itself counts it in seconds: of thousands none is made in Python."""

from typing import Any

from django.db.models import BigIntegerField, Func


class Seconds(Func):
    """Whole seconds since 1970 of a column with a moment; nothing where it has none."""

    output_field = BigIntegerField()

    def get_db_converters(self, connection: Any) -> list[Any]:
        """Take the numbers as the database gives them: whole ones, or none."""
        return []

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write it for SQLite."""
        return self.as_sql(compiler, connection, function="UNIXEPOCH", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write it for PostgreSQL."""
        template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)
