"""Lapsed judgements in words, as they stand beside the pair that is offered anew."""

from dataclasses import dataclass
from datetime import datetime

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.resolution.facts import between
from borderliaison.records.resolution.lapsing import lapsed
from borderliaison.records.resolution.listed import officers_named
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.shown.words import name_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was judged before of whom a corrected source does not speak any more.

    Attributes:
        by: the officer's name; his id where he has no account any more.
        name: of who may have taken the place.
        marking: under which the judgement is read.
    """

    verdict: Verdict
    basis: Basis
    reason: str
    by: str
    at: datetime
    name: str
    marking: Marking


def earlier_of(reader: Reader, one: Profile, other: Profile, lang: str) -> list[Earlier]:
    """Return what was judged in the places of two records, the latest first."""
    found = between(lapsed(reader), one.pks, other.pks)
    rows = list(found.order_by("-at", "-pk").select_related("marking"))
    names = officers_named({row.officer for row in rows})
    return [
        Earlier(
            Verdict(row.verdict), Basis(row.basis), row.reason, names[row.officer], row.at,
            name_of(one if row.one_id in one.pks else other, lang), row.marking.value,
        )
        for row in rows
    ]  # fmt: skip
