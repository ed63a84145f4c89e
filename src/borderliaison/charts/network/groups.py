"""Entities by the items that they are for a reader: what is the same for him is one item."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.sql.within import within

T = TypeVar("T")
AT_ONCE: Final = 5000


@dataclass(slots=True)
class Groups:
    """Items, each with its entities.

    Attributes:
        keys: the canonical key of each entity's item, by the entity's number.
        pks: the entities of each item, by its key.
        profiles: what the reader may know of each item, by its key.
    """

    keys: dict[int, str] = field(default_factory=dict)
    pks: dict[str, tuple[int, ...]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)


def groups_of(reader: Reader, pks: Collection[int]) -> Groups:
    """Return the items that these entities are for a reader; those that he may not know are not there."""
    found = Groups()
    for some in chunks(sorted(pks)):
        for profile in profiles(reader, some).values():
            found.profiles[profile.key] = profile
            found.pks[profile.key] = profile.pks
            found.keys.update(dict.fromkeys(profile.pks, profile.key))
    return found


def numbers_of(keys: Collection[str]) -> dict[str, int]:
    """Return the numbers of entities by their keys; those that are not there are not in the answer."""
    return dict(Entity.objects.filter(within("key", sorted(keys))).values_list("key", "pk"))


def chunks(some: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield a few at a time: databases take no thousands of parameters."""
    for start in range(0, len(some), size):
        yield some[start : start + size]
