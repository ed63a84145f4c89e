"""How likely two entities are one, and why: likenesses and differences, weighed. Pure.

Source: I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Final

import yaml
from rapidfuzz.distance import JaroWinkler, Levenshtein

from borderliaison.records.resolution.portraits import Portrait

_ALIKE: Final = 0.88
"""Of Jaro and Winkler's likeness of two parts of a name; "askarov" and "askerov" have 0.94."""
_SEVERAL: Final = 3
"""Parts of a name that, nearly alike, say much."""
_BELONGINGS: Final = {
    "account": "account_same",
    "document": "document_same",
    "iban": "account_same",
    "phone": "phone_same",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One likeness or difference.

    Attributes:
        code: which, as ``weights.yaml`` names it.
        bits: how much it speaks for the two being one; below zero, against it.
    """

    code: str
    bits: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are.

    Attributes:
        probability: that they are one, from 0 to 1.
        reasons: the weightiest first.
        before: the bits from which they add up, before any likeness is seen.
    """

    probability: float
    reasons: tuple[Reason, ...]
    before: float


@dataclass(frozen=True, slots=True)
class Weights:
    """``weights.yaml``, read."""

    before_looking: float
    shown_from: float
    likenesses: Mapping[str, float]


@cache
def weights() -> Weights:
    """Return the weights of this installation."""
    file = files("borderliaison.records.resolution") / "weights.yaml"
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return Weights(**data)


def compared(one: Portrait, other: Portrait) -> Likeness:
    """Compare two entities that may be compared."""
    given = weights()
    found = [Reason(code, given.likenesses[code]) for code in _likenesses(one, other)]
    reasons = sorted(found, key=lambda reason: -abs(reason.bits))
    bits = given.before_looking + sum(reason.bits for reason in reasons)
    return Likeness(1 / (1 + 2.0**-bits), tuple(reasons), given.before_looking)


def _likenesses(one: Portrait, other: Portrait) -> Iterator[str]:
    if one.names and other.names:
        yield max(
            (_names(ours, theirs) for ours, theirs in product(one.names, other.names)), key=_bits
        )
    if one.born and other.born:
        yield max(
            (_dates(ours, theirs) for ours, theirs in product(one.born, other.born)), key=_bits
        )
    if one.sex and other.sex:
        yield "sex_differs" if one.sex.isdisjoint(other.sex) else "sex_same"
    if one.countries and other.countries:
        yield "country_differs" if one.countries.isdisjoint(other.countries) else "country_same"
    yield from _numbers(one, other)
    if one.emails & other.emails:
        yield "email_same"
    yield from sorted({_belonging(number) for number in one.belongings & other.belongings})


def _bits(code: str) -> float:
    return weights().likenesses[code]


def _names(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    if ours == theirs:
        return f"name_same_{min(len(ours), 3)}"
    few, many = sorted((ours, theirs), key=len)
    shared = len(set(few) & set(many))
    if len(few) > 1 and shared == len(set(few)):
        return "name_part"
    if len(few) > 1 and _are_alike(few, many):
        return "name_like_3" if len(few) >= _SEVERAL else "name_like"
    if len(few) == len(many) == 1 and JaroWinkler.similarity(few[0], many[0]) >= _ALIKE:
        return "name_shares"
    if shared > 1:
        return "name_shares_2"
    return "name_shares" if shared else "name_differs"


def _are_alike(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether each part of the one is nearly a part of the other, each of these once."""
    left = list(many)
    for part in sorted(few, key=len, reverse=True):
        best = max(left, key=lambda one: _likeness(part, one), default="")
        if _likeness(part, best) < _ALIKE:
            return False
        left.remove(best)
    return True


def _likeness(part: str, other: str) -> float:
    if 1 in (len(part), len(other)):
        return float(part[:1] == other[:1])
    return JaroWinkler.similarity(part, other)


def _dates(ours: str, theirs: str) -> str:
    few, many = sorted((ours, theirs), key=len)
    if many.startswith(few):
        return "born_same" if len(few) == len("1987-05-12") else "born_agrees"
    if len(few) < len("1987-05-12"):
        return "born_differs"
    if few[:4] == many[:4] and (few[5:7], few[8:]) == (many[8:], many[5:7]):
        return "born_swapped"
    return "born_near" if Levenshtein.distance(few, many) == 1 else "born_differs"


def _numbers(one: Portrait, other: Portrait) -> Iterator[str]:
    if one.numbers & other.numbers:
        yield "number_same"
    elif {prop for prop, _ in one.numbers} & {prop for prop, _ in other.numbers}:
        yield "number_differs"


def _belonging(number: str) -> str:
    return _BELONGINGS.get(number.split(maxsplit=1)[0], "thing_same")
