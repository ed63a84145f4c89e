"""Whether a column is among thousands of values, which are one value of the statement.

With ``__in`` each is one of its own: such a statement is made and read for longer than what it asks takes,
and no database takes any number of them.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup


def within(column: str, values: Iterable[int] | Iterable[str]) -> models.Q:
    """Return the condition that a column is one of these whole numbers or texts; none is among none."""
    return models.Q(_Within(models.F(column), list(values)))


class _Within(Lookup):
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, values = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", (*values, self.rhs)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*values, json.dumps(self.rhs))  # noqa: S608  # Django names the column
