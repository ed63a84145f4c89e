"""Two records beside each other: what is alike and what differs, and how much that weighs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import readable_ids
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.resolution.comparing import Likeness, Reason, compared
from borderliaison.records.resolution.looking import portraits_of
from borderliaison.records.resolution.offered import candidates
from borderliaison.records.resolution.portraits import BORN, COUNTRY, Portrait, are_comparable
from borderliaison.records.resolution.reasons import WHY
from borderliaison.records.shown.words import value_words

_BELONGINGS: Final[dict[str, Promise]] = {
    "document": _("Documents"),
    "phone": _("Telephones"),
    "account": _("Accounts"),
    "thing": _("Vehicles and things"),
}
_KINDS: Final = {"document": "document", "phone": "phone", "account": "account", "iban": "account"}
_BY_TYPE: Final = {
    "name": "name", "gender": "sex", "identifier": "number", "email": "email", "phone": "phone_own",
}  # fmt: skip


class Sign(StrEnum):
    """How two values stand to each other. The value is the icon, ``said`` the word."""

    SAME = "equal"
    LIKE = "tilde"
    DIFFERS = "x"
    ABSENT = "minus"

    @property
    def said(self) -> Promise:
        """The word beside the icon."""
        return _SAID[self]


_SAID: Final = {
    Sign.SAME: pgettext_lazy("comparison", "Same"),
    Sign.LIKE: pgettext_lazy("comparison", "Alike"),
    Sign.DIFFERS: pgettext_lazy("comparison", "Differs"),
    Sign.ABSENT: pgettext_lazy("comparison", "On one side only"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One property of both.

    Attributes:
        label: what is compared.
        ours: the values of the one, in words.
        theirs: likewise of the other.
        sign: how they stand to each other; None where nobody has compared them.
        why: in words; empty where there is nothing to say.
        bits: how much it weighs; None where it was not weighed.
    """

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    sign: Sign | None = None
    why: str | Promise = ""
    bits: float | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Two records beside each other.

    Attributes:
        rows: property by property, what was weighed first.
        likeness: of those two reports of them that are most alike; None where nothing can be compared.
    """

    rows: tuple[Row, ...]
    likeness: Likeness | None


def beside(reader: Reader, one: Profile, other: Profile, lang: str) -> Beside:
    """Put two records beside each other, as this reader may know them."""
    ours, theirs = (_portraits(reader, each.pks) for each in (one, other))
    likeness = _found(reader, one.pks, other.pks) or _most_alike(ours, theirs)
    reasons = {_family(reason.code): reason for reason in likeness.reasons} if likeness else {}
    rows = [*_properties(one, other, reasons, lang), *_belongings(ours, theirs, reasons)]
    return Beside(tuple(sorted(rows, key=lambda row: row.bits is None)), likeness)


def _portraits(reader: Reader, pks: Collection[int]) -> list[Portrait]:
    readable = set(readable_ids(reader))
    return [each for each in portraits_of(pks) if each.marking in readable]


def _found(reader: Reader, ours: Collection[int], theirs: Collection[int]) -> Likeness | None:
    """Return how alike those two are that were found to be most so, as it was weighed then."""
    rows = candidates(reader).filter(
        Q(one__in=ours, other__in=theirs) | Q(one__in=theirs, other__in=ours)
    )
    best = rows.order_by("-score").first()
    if best is None:
        return None
    return Likeness(
        best.score, tuple(Reason(code, bits) for code, bits in best.reasons), best.before
    )


def _most_alike(ours: list[Portrait], theirs: list[Portrait]) -> Likeness | None:
    found = [
        compared(one, other) for one, other in product(ours, theirs) if are_comparable(one, other)
    ]
    return max(found, key=lambda each: each.probability, default=None)


def _properties(
    one: Profile, other: Profile, reasons: dict[str, Reason], lang: str
) -> Iterator[Row]:
    there = {prop.name: prop for each in (one, other) for prop, _values in each.by_property()}
    for prop in there.values():
        if prop.type.name == "entity" or prop.is_hidden:
            continue
        ours, theirs = (_words(each, prop, lang) for each in (one, other))
        reason = reasons.pop(_family_of(prop), None)
        yield _row(prop.label.text(lang), ours, theirs, reason)


def _words(profile: Profile, prop: Property, lang: str) -> tuple[str, ...]:
    said = (value_words(profile.schema, prop, one.value, lang) for one in profile.of(prop.name))
    return tuple(dict.fromkeys(said))


def _belongings(
    ours: list[Portrait], theirs: list[Portrait], reasons: dict[str, Reason]
) -> Iterator[Row]:
    for kind, label in _BELONGINGS.items():
        numbers = [
            tuple(
                sorted(
                    {_number(one) for each in side for one in each.belongings if _kind(one) == kind}
                )
            )
            for side in (ours, theirs)
        ]
        if any(numbers):
            yield _row(str(label), numbers[0], numbers[1], reasons.pop(kind, None))


def _row(label: str, ours: tuple[str, ...], theirs: tuple[str, ...], reason: Reason | None) -> Row:
    if reason is not None:
        return Row(label, ours, theirs, _sign(reason), WHY[reason.code], reason.bits)
    if not ours or not theirs:
        return Row(label, ours, theirs, Sign.ABSENT)
    return Row(label, ours, theirs, Sign.SAME if set(ours) & set(theirs) else None)


def _sign(reason: Reason) -> Sign:
    if reason.bits < 0:
        return Sign.DIFFERS if reason.code.endswith("differs") else Sign.LIKE
    return Sign.SAME if "_same" in reason.code else Sign.LIKE


def _family(code: str) -> str:
    return code.partition("_")[0]


def _family_of(prop: Property) -> str:
    if prop.name in BORN:
        return "born"
    if prop.name in COUNTRY:
        return "country"
    return _BY_TYPE.get(prop.type.name, "")


def _kind(number: str) -> str:
    return _KINDS.get(number.split(maxsplit=1)[0], "thing")


def _number(number: str) -> str:
    """Return a number of its kind without the kind: ``KG ID1234567``."""
    return number.partition(" ")[2].upper()
