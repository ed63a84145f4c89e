"""Loading the shipped network, again and again, without ever undoing an administrator's edit.

Each row is compared three ways: what was shipped last, what is shipped now, what stands in the table.
Where the table still says what was shipped, the new value is taken; where an administrator wrote
something else, the edit stays, and a shipped value that changed meanwhile is reported.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction

from borderliaison.offices.models import ShippedRow
from borderliaison.offices.network.shipped import Row, Shipped, shipped_rows


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """An administrator's value that stays though the shipped one changed.

    Attributes:
        where: the row: ``CrossingPoint KG-BDB``.
        field: which of its values; empty where the administrator removed the row.
        kept: what stands in the table.
        shipped: what the new data file says.
    """

    where: str
    field: str
    kept: Any
    shipped: Any


@dataclass(slots=True)
class Loaded:
    """What a load did.

    Attributes:
        added: rows that were new.
        changed: rows that took a new shipped value.
        unchanged: rows where there was nothing to do.
        withdrawn: rows that are shipped no more; they stay for the administrator to decide on.
        kept: edits that stayed though the shipped value changed.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: list[str] = field(default_factory=list)
    kept: list[KeptEdit] = field(default_factory=list)


@transaction.atomic
def load_rows(rows: list[Shipped] | None = None) -> Loaded:
    """Bring the tables up to the shipped rows, in one transaction.

    Args:
        rows: what to load, what is pointed at before what points at it; the package's own data files
            where nothing is given.
    """
    loaded = Loaded()
    last = {(one.table, one.key): one for one in ShippedRow.objects.all()}
    tables: dict[str, _Table] = {}
    new_shipped = []
    for row in list(shipped_rows()) if rows is None else rows:
        if row.table not in tables:
            tables[row.table] = _Table(row)
        key = _key_text(row)
        before = last.pop((row.table, key), None)
        tables[row.table].load(row, before, loaded)
        if before is None:
            new_shipped.append(ShippedRow(table=row.table, key=key, values=row.values))
        elif before.values != row.values:
            before.values = row.values
            before.save()
    for table in tables.values():
        table.write()
    ShippedRow.objects.bulk_create(new_shipped)
    loaded.withdrawn = sorted(f"{table} {key}" for table, key in last)
    return loaded


class _Table:
    """One table: what stands in it, read once, and what is new, written together."""

    def __init__(self, row: Shipped) -> None:
        self._manager = apps.get_model("offices", row.table)._default_manager
        self._standing = {_key_of(one, row.key): one for one in self._manager.all()}
        self._new: list[models.Model] = []

    def load(self, row: Shipped, last: ShippedRow | None, loaded: Loaded) -> None:
        where = f"{row.table} {_key_text(row)}"
        found = self._standing.get(tuple(row.key.values()))
        if found is not None:
            _merge(found, row, last.values if last else {}, where, loaded)
        elif last is None:
            self._new.append(self._manager.model(**row.key, **row.values))
            loaded.added += 1
        else:
            if last.values != row.values:
                loaded.kept.append(KeptEdit(where, "", None, row.values))
            loaded.unchanged += 1

    def write(self) -> None:
        self._manager.bulk_create(self._new)


def _key_of(one: models.Model, key: Row) -> tuple[Any, ...]:
    return tuple(_plain(getattr(one, name)) for name in key)


def _merge(found: models.Model, row: Shipped, last: Row, where: str, loaded: Loaded) -> None:
    taken = []
    for name, shipped in row.values.items():
        stands = _plain(getattr(found, name))
        if stands == shipped or (name in last and last[name] == shipped):
            continue
        if name in last and stands == last[name]:
            setattr(found, name, shipped)
            taken.append(name)
        else:
            loaded.kept.append(KeptEdit(where, name, stands, shipped))
    if taken:
        found.save()
        loaded.changed += 1
    else:
        loaded.unchanged += 1


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _key_text(row: Shipped) -> str:
    values = list(row.key.values())
    return str(values[0]) if len(values) == 1 else json.dumps(values)
