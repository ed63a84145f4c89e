"""The same value in SQLite and in PostgreSQL: how one becomes the other, and when two are alike.

Django keeps in SQLite, by PostgreSQL's type: booleans as 0 and 1, instants as text in UTC without a zone,
times of day and JSON as text, UUIDs as 32 hexadecimal digits, everything else as it is.
Source: Django 5.2, ``db/backends/sqlite3/operations.py``.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from borderliaison.kernel.errors import LiaisonError

DIGEST_BITS: Final = 256


class UnknownColumnType(LiaisonError):
    """A column is of a type that no rule says how to carry over."""

    code = "E-TRF-02"


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def _as_it_is(value: Any) -> Any:
    return value


_RULES: Final[dict[str, Callable[[Any], Any]]] = {
    "bool": bool,
    "int2": int,
    "int4": int,
    "int8": int,
    "float8": float,
    "text": _as_it_is,
    "varchar": _as_it_is,
    "bpchar": _as_it_is,
    "bytea": bytes,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timestamptz": _instant,
    "jsonb": _as_it_is,
    "uuid": UUID,
}


def rule_for(kind: str) -> Callable[[Any], Any]:
    """Return what makes of SQLite's value, not null, the one for a column of this type.

    Raises:
        UnknownColumnType: there is no rule.
    """
    try:
        return _RULES[kind]
    except KeyError as error:
        raise UnknownColumnType(kind) from error


class Digest:
    """What a table holds, whatever the order of its rows: the sum of the rows' hashes."""

    def __init__(self, kinds: Iterable[str]) -> None:
        """Begin with no row; ``kinds`` are the columns' types."""
        self._json = [kind == "jsonb" for kind in kinds]
        self._sum = 0
        self.rows = 0

    def add(self, row: Iterable[Any]) -> None:
        """Add a row."""
        plain = [
            _plain(value, is_json=is_json) for value, is_json in zip(row, self._json, strict=True)
        ]
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
        self._sum += int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
        self.rows += 1

    @property
    def value(self) -> str:
        """The digest, in hexadecimal."""
        return f"{self._sum % (1 << DIGEST_BITS):064x}"


def _plain(value: Any, *, is_json: bool) -> Any:
    if value is None:
        return None
    if is_json:
        return ["json", _numbers(json.loads(value) if isinstance(value, str) else value)]
    if isinstance(value, bytes | memoryview):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, datetime):
        return ["instant", value.astimezone(UTC).isoformat()]
    if isinstance(value, date | time | UUID):
        return str(value)
    return value


def _numbers(value: Any) -> Any:
    """Return JSON with 1.0 as 1: PostgreSQL keeps numbers, SQLite the text of them."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    if isinstance(value, dict):
        return {name: _numbers(one) for name, one in value.items()}
    return value
