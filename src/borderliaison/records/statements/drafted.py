"""What a source says, before it is written: plain values. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from borderliaison.kernel import canonical

_KEY_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Said:
    """One value of one property.

    Attributes:
        prop: the property's name.
        value: as it was said; of a reference, the key of the other entity.
        language: in which; empty where it does not matter.
    """

    prop: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One entity with all that the source says of it.

    Attributes:
        key: 32 hexadecimal digits (``key_of_entity``).
        schema: of the ontology.
        says: each value once.
        instead_of: the keys of those of whom the source spoke before, and does not any more, whose place
            this one may have taken.
    """

    key: str
    schema: str
    says: tuple[Said, ...]
    instead_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it.

    Attributes:
        key: of the source.
        kind: one of ``Source.Kind``.
        office: that says so.
        said_at: when.
        seen_at: when what it tells of was so.
        country: where a telephone number without a country is dialled.
        marking_id: under which all of it is read.
    """

    key: str
    kind: str
    office: str
    said_at: datetime
    seen_at: datetime
    country: str
    marking_id: int


def key_of_entity(*path: str) -> str:
    """Return the key of what stands at a place of a source, or is known by a code everywhere.

    Args:
        path: the source's key and the place in it (``person``, ``A 1234567``); or a kind and a code
            (``crossing``, ``KG-DST``), which are one entity whoever names them.
    """
    return hashlib.sha256(canonical.encode(["BL1/entity", *path])).hexdigest()[: 2 * _KEY_BYTES]


def digest_of(origin: Origin, drafted: Sequence[Drafted]) -> str:
    """Return a hash of all that a source says, so that saying the same again writes nothing."""
    seen = [origin.seen_at.isoformat(), origin.marking_id, origin.country]
    said = [
        [one.key, one.schema, [[s.prop, s.value, s.language] for s in one.says]] for one in drafted
    ]
    return hashlib.sha256(canonical.encode([seen, said])).hexdigest()
