"""An entity as it is compared with another. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.folding import folded
from borderliaison.records.ontology.model import schema
from borderliaison.records.values import key_of

BORN: Final = frozenset({"birthDate", "incorporationDate"})
COUNTRY: Final = frozenset({"citizenship", "registeredIn", "jurisdiction", "mainCountry"})
_FILLING: Final = frozenset({"ulu", "kizi", "ogli", "ugli", "bin", "ibn"})
"""Parts of a name that say "son of" and "daughter of": one paper has them, the other not."""
_FIRMS: Final = frozenset(
    {"oso", "o", "ao", "zao", "oao", "pao", "ip", "chp", "to", "jshs", "mchj", "kmj"}
    | {"ltd", "lk", "ink", "ko", "gmbh"}
)
"""Legal forms, folded: ОсОО, ООО, АО, ТОО, ЖШС, MChJ, LLC, Inc."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value, as it is told of an entity.

    Attributes:
        prop: the property's name.
        value: as it is kept.
    """

    prop: str
    value: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """What there is to compare of an entity, as far as one marking goes.

    Attributes:
        pk: of the entity.
        marking: the number of the marking under which all of it is read.
        schema: of the ontology.
        names: each as its parts, folded and in order.
        born: dates of birth or of founding.
        sex: as codes.
        countries: codes of citizenship or registration.
        numbers: property and key of each number of its own.
        emails: keys of its addresses.
        identities: the numbers by which it is itself; whoever shares one needs no comparing.
        belongings: the numbers of what belongs to it: its documents, telephones, vehicles.
    """

    pk: int
    marking: int
    schema: str
    names: frozenset[tuple[str, ...]] = frozenset()
    born: frozenset[str] = frozenset()
    sex: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    numbers: frozenset[tuple[str, str]] = frozenset()
    emails: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    belongings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Around:
    """The numbers of an entity and of its neighbours.

    Attributes:
        identities: the numbers by which it is itself.
        belongings: the numbers of what it is linked with.
    """

    identities: frozenset[str] = frozenset()
    belongings: frozenset[str] = frozenset()


def portrait(pk: int, marking: int, kind: str, told: Iterable[Told], around: Around) -> Portrait:
    """Return what there is to compare of an entity."""
    properties = schema(kind).properties
    filling = _FILLING if schema(kind).is_a("Person") else _FILLING | _FIRMS
    names, numbers = set(), set()
    found: dict[str, set[str]] = {"born": set(), "gender": set(), "country": set(), "email": set()}
    for one in told:
        prop = properties.get(one.prop)
        if prop is None:
            continue
        group = "born" if one.prop in BORN else prop.type.name
        if group == "name" and prop.is_matchable:
            names.add(parts_of(one.value, filling))
        elif group == "identifier" and prop.is_matchable:
            numbers.add((one.prop, key_of(prop, one.value)))
        elif group in found and (group != "country" or one.prop in COUNTRY):
            found[group].add(one.value if group == "born" else key_of(prop, one.value))
    return Portrait(
        pk=pk,
        marking=marking,
        schema=kind,
        names=frozenset(names - {()}),
        born=frozenset(one[:10] for one in found["born"]),
        sex=frozenset(found["gender"]),
        countries=frozenset(found["country"]),
        numbers=frozenset(numbers),
        emails=frozenset(found["email"]),
        identities=around.identities,
        belongings=around.belongings,
    )


def parts_of(name: str, filling: Collection[str] = _FILLING) -> tuple[str, ...]:
    """Return the telling parts of a name, folded and in order; all of them where none is telling."""
    parts = "".join(
        sign if sign.isalnum() else " " for sign in folded(name.replace("-", " "))
    ).split()
    return tuple(sorted([one for one in parts if one not in filling] or parts))


def are_comparable(one: Portrait, other: Portrait) -> bool:
    """Whether two could be one: their kinds agree, and no number says that they are, or are not."""
    kind, theirs = schema(one.schema), schema(other.schema)
    if not (kind.is_a(theirs.name) or theirs.is_a(kind.name)) or one.identities & other.identities:
        return False
    ours = {number.split()[0] for number in one.identities}
    return ours.isdisjoint(number.split()[0] for number in other.identities)
