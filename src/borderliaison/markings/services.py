"""Interning markings, and which of them a reader may read.

The policy is asked once per (reader profile, marking): markings are few, never change and are never
deleted, so what was decided stays decided, and only markings newer than the last look are asked about.
"""

import hashlib
import threading
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction

from borderliaison.kernel import canonical
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader, decide_read
from borderliaison.markings.interned import MarkingRow

MAX_PROFILES = 256


@dataclass
class _Decided:
    upto: int = 0
    ids: list[int] = field(default_factory=list)


_lock = threading.Lock()
_decided: dict[Reader, _Decided] = {}


def digest(marking: Marking) -> str:
    """Return the SHA-256 of a marking's canonical encoding, in hexadecimal."""
    return hashlib.sha256(canonical.encode(marking.to_data())).hexdigest()


def intern(marking: Marking) -> MarkingRow:
    """Return the one row of this marking; make it where it is new."""
    key = digest(marking)
    found = MarkingRow.objects.filter(digest=key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return MarkingRow.objects.create(
                digest=key, realm=str(marking.realm), data=marking.to_data()
            )
    except IntegrityError:  # another process interned it between the two lines above
        return MarkingRow.objects.get(digest=key)


def readable_ids(reader: Reader) -> tuple[int, ...]:
    """Return the numbers of all markings that this reader may read.

    The newest ``_OVERLAP`` numbers are never cached, so that a marking that commits late on PostgreSQL
    is asked about again. Inside a transaction nothing is cached: a rolled-back marking's number may
    come back as another marking.
    """
    with _lock:
        decided = _decided.get(reader, _Decided())
        upto, kept = decided.upto, list(decided.ids)
    rows = list(MarkingRow.objects.filter(pk__gt=upto, realm=str(reader.realm)).order_by("pk"))
    allowed = [row.pk for row in rows if decide_read(reader, row.value)]
    settled = (rows[-1].pk - _OVERLAP) if rows else upto
    if settled > upto and not connection.in_atomic_block:
        with _lock:
            if len(_decided) >= MAX_PROFILES and reader not in _decided:
                _decided.pop(next(iter(_decided)))
            _decided[reader] = _Decided(settled, kept + [pk for pk in allowed if pk <= settled])
    return (*kept, *allowed)


_OVERLAP = 64


def forget() -> None:
    """Empty the cache; for a process whose database was exchanged beneath it (a restore, a test)."""
    with _lock:
        _decided.clear()
