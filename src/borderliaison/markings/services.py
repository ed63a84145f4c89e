"""Interning markings, and which of them a reader may read.

The policy is asked once per (reader profile, marking): markings are few, never change and are never
deleted, so what was decided stays decided, and only markings newer than the last look are asked about.
"""

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, connection, transaction

from borderliaison.kernel import canonical
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader, decide_read
from borderliaison.kernel.remembering import ask_anew, remembered
from borderliaison.markings.interned import MarkingRow
from borderliaison.sql.statements import first, places, rows

MAX_PROFILES = 256
_OVERLAP = 64
_NEWER = "SELECT id, digest FROM markings_markingrow WHERE id > %s AND realm = %s ORDER BY id"
_KNOWN = "SELECT digest, id FROM markings_markingrow WHERE digest IN ({})"


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided for a reader.

    Attributes:
        upto: the number up to which ``ids`` are all that he may read.
        verdicts: of newer markings by their digest: their numbers may yet come to mean others.
    """

    upto: int = 0
    ids: tuple[int, ...] = ()
    verdicts: Mapping[str, bool] = field(default_factory=dict)


_lock = threading.Lock()
_decided: dict[Reader, _Decided] = {}


@lru_cache(maxsize=4096)
def digest(marking: Marking) -> str:
    """Return the SHA-256 of a marking's canonical encoding, in hexadecimal."""
    return hashlib.sha256(canonical.encode(marking.to_data())).hexdigest()


def intern(marking: Marking) -> MarkingRow:
    """Return the one row of this marking; make it where it is new."""
    key = digest(marking)
    known = _known_id(key)
    if known is not None:
        return row_of(known, marking)
    ask_anew(readable_ids)
    try:
        with transaction.atomic():
            return MarkingRow.objects.create(
                digest=key, realm=str(marking.realm), data=marking.to_data()
            )
    except IntegrityError:  # another process interned it between the two lines above
        return MarkingRow.objects.get(digest=key)


def interned_id(marking: Marking) -> int:
    """Return the number of this marking; intern it where it is new."""
    return intern(marking).pk


def interned_ids(markings: Iterable[Marking]) -> dict[Marking, int]:
    """Return the numbers of these markings, asked for at once; intern those that are new."""
    keys = {digest(one): one for one in markings}
    if not keys:
        return {}
    known = dict(rows(_KNOWN.format(places(keys)), *keys))
    return {one: int(known[key]) if key in known else intern(one).pk for key, one in keys.items()}


def row_of(number: int, marking: Marking) -> MarkingRow:
    """Return the row with this number, without reading what it holds: that is the marking itself."""
    row = (number, digest(marking), str(marking.realm), marking.to_data())
    return MarkingRow.from_db(connection.alias, ("id", "digest", "realm", "data"), row)


def _known_id(key: str) -> int | None:
    """Return the number under a digest. Asked for each letter that comes, so by plain SQL."""
    found = first("SELECT id FROM markings_markingrow WHERE digest = %s", key)
    return int(found[0]) if found else None


@remembered
def readable_ids(reader: Reader) -> tuple[int, ...]:
    """Return the numbers of all markings that this reader may read.

    Within a look they are asked for once, until a marking is made in it. Between looks the newest
    ``_OVERLAP`` numbers are not kept, so that a marking that commits late on PostgreSQL is asked about
    again; nor is any number inside a transaction: a rolled-back marking's number may come back as another
    marking.
    """
    with _lock:
        known = _decided.get(reader, _Decided())
    newer, verdicts = rows(_NEWER, known.upto, str(reader.realm)), known.verdicts
    if any(key not in verdicts for _pk, key in newer):
        found = MarkingRow.objects.filter(pk__gt=known.upto, realm=str(reader.realm)).order_by("pk")
        newer = [(row.pk, row.digest) for row in found]
        verdicts = {row.digest: bool(decide_read(reader, row.value)) for row in found}
    allowed = [pk for pk, key in newer if verdicts[key]]
    _keep(reader, known, newer, verdicts)
    return (*known.ids, *allowed)


def _keep(
    reader: Reader,
    known: _Decided,
    newer: Sequence[tuple[Any, ...]],
    verdicts: Mapping[str, bool],
) -> None:
    settled = (newer[-1][0] - _OVERLAP) if newer else known.upto
    if settled <= known.upto or connection.in_atomic_block:
        settled = known.upto
    if settled == known.upto and verdicts is known.verdicts:
        return
    ids = tuple(pk for pk, key in newer if pk <= settled and verdicts[key])
    left = {key: verdicts[key] for pk, key in newer if pk > settled}
    with _lock:
        if len(_decided) >= MAX_PROFILES and reader not in _decided:
            _decided.pop(next(iter(_decided)))
        _decided[reader] = _Decided(settled, known.ids + ids, left)


def forget() -> None:
    """Empty the cache; for a process whose database was exchanged beneath it (a restore, a test)."""
    with _lock:
        _decided.clear()
