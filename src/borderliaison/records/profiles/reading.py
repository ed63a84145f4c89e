"""Reading profiles: for hundreds of entities at once, in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.models import Source, Statement
from borderliaison.records.profiles.profile import Profile, Saying, Value, made
from borderliaison.records.resolution.canonical import members
from borderliaison.sql.within import within

_AT_ONCE: Final = 5000
_FIELDS: Final = (
    "pk",
    "entity_id",
    "entity__key",
    "entity__schema",
    "prop",
    "value",
    "language",
    "original",
    "first_seen",
    "last_seen",
    "source_id",
    "marking_id",
)


def profiles(reader: Reader, pks: Collection[int]) -> dict[int, Profile]:
    """Return what a reader may know of these entities, each with all that are the same for him.

    An entity of which he may read nothing is not there for him, and not in the answer.

    Args:
        reader: who looks.
        pks: of the entities; several that are one have the same profile.
    """
    same = members(reader, pks)
    said = _said(reader, sorted({one for group in same.values() for one in group}))
    found: dict[tuple[int, ...], Profile] = {}
    for group in same.values():
        if group not in found:
            found[group] = _profile([said[one] for one in group])
    return {pk: found[group] for pk, group in same.items()}


def apart(reader: Reader, pks: Collection[int]) -> dict[int, Profile]:
    """Return what a reader may know of each of these entities by itself, whoever else is the same."""
    return {pk: _profile([one]) for pk, one in _said(reader, sorted(pks)).items()}


@dataclass(slots=True)
class _Entity:
    """What is said of one entity: property, value, language and who says it."""

    pk: int
    key: str
    schema: str
    says: list[tuple[str, str, str, Saying]] = field(default_factory=list)


def _profile(entities: Sequence[_Entity]) -> Profile:
    there = sorted(entities, key=lambda one: one.key)
    sayings: dict[tuple[str, str], list[Saying]] = defaultdict(list)
    languages: dict[tuple[str, str], str] = {}
    for entity in there:
        for prop, value, language, saying in entity.says:
            sayings[prop, value].append(saying)
            languages[prop, value] = languages.get((prop, value)) or language
    values = [
        Value(prop, value, languages[prop, value], _by_time(some))
        for (prop, value), some in sayings.items()
    ]
    pks = tuple(one.pk for one in there)
    return made(there[0].key, pks, [one.schema for one in there], values)


def _by_time(some: list[Saying]) -> tuple[Saying, ...]:
    return tuple(sorted(some, key=_when) if len(some) > 1 else some)


def _when(saying: Saying) -> tuple[float, int]:
    return saying.said_at.timestamp(), saying.pk


def _said(reader: Reader, pks: Sequence[int]) -> dict[int, _Entity]:
    """Return what a reader may know of each entity by itself."""
    found: dict[int, _Entity] = {}
    for start in range(0, len(pks), _AT_ONCE):
        said = Statement.objects.readable_by(reader).filter(
            within("entity", pks[start : start + _AT_ONCE])
        )
        rows = list(said.order_by("pk").values_list(*_FIELDS, named=True))
        sources = Source.objects.in_bulk({row.source_id for row in rows})
        markings = MarkingRow.objects.in_bulk({row.marking_id for row in rows})
        for row in rows:
            source = sources[row.source_id]
            saying = Saying(
                pk=row.pk,
                entity=row.entity_id,
                source=source.key,
                kind=source.kind,
                office=source.office,
                said_at=source.said_at,
                marking=markings[row.marking_id].value,
                first_seen=row.first_seen,
                last_seen=row.last_seen,
                original=row.original,
            )
            one = found.setdefault(
                row.entity_id, _Entity(row.entity_id, row.entity__key, row.entity__schema)
            )
            one.says.append((row.prop, row.value, row.language, saying))
    return found
