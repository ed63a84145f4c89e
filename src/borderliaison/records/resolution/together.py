"""Why some entities are one: each by itself, with the numbers and judgements that join it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from borderliaison.kernel.policy import Reader
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.models import Identity
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import apart
from borderliaison.records.resolution.facts import in_parts, standing
from borderliaison.records.resolution.listed import JudgedRow, Named, named, rows_of
from borderliaison.records.resolution.models import Verdict

AT_MOST: Final = 100
"""Entities on the page; it says of how many."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entity of a record.

    Attributes:
        line: the entity by itself.
        office: the short name of whose source speaks of it.
        said_at: when.
        numbers: the numbers by which it is one with others of the record.
        is_first: whether it gives the record its key.
    """

    line: Named
    office: str
    said_at: datetime
    numbers: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Together:
    """Why a record is one.

    Attributes:
        total: how many entities it is.
        members: the first of them; the very first gives the record its key.
        judgements: that join them, the latest first.
    """

    total: int
    members: tuple[Member, ...]
    judgements: tuple[JudgedRow, ...]


def why_one(reader: Reader, profile: Profile, lang: str) -> Together:
    """Say why the entities of a record are one for this reader."""
    shown = profile.pks[:AT_MOST]
    each = apart(reader, shown)
    numbers = _shared(reader, profile.pks)
    members = tuple(
        _member(each[pk], numbers.get(pk, ()), lang, is_first=pk == profile.pks[0])
        for pk in shown
        if pk in each
    )
    judged = standing(reader).filter(verdict=Verdict.SAME).order_by("-pk")
    joins = [
        one
        for some in in_parts(profile.pks)
        for one in judged.filter(Q(one__in=some) & Q(other__in=profile.pks))
    ]
    return Together(len(profile.pks), members, tuple(rows_of(reader, joins, lang)))


def _member(profile: Profile, numbers: Sequence[str], lang: str, *, is_first: bool) -> Member:
    first = min(
        (one for value in profile.values for one in value.sayings), key=lambda one: one.said_at
    )
    office = short_office_names(lang).get(first.office, first.office)
    return Member(named(profile, lang), office, first.said_at, tuple(numbers), is_first)


def _shared(reader: Reader, pks: Sequence[int]) -> dict[int, list[str]]:
    """Return the numbers that two or more of some entities have, by the entities."""
    found: dict[str, set[int]] = {}
    for some in in_parts(pks):
        rows = Identity.objects.readable_by(reader).filter(entity__in=some)
        for key, pk in rows.values_list("key", "entity_id"):
            found.setdefault(key, set()).add(pk)
    shared: dict[int, list[str]] = {}
    for key in sorted(key for key, some in found.items() if len(some) > 1):
        for pk in found[key]:
            shared.setdefault(pk, []).append(key.partition(" ")[2].upper())
    return shared
