"""Which reports say nothing in the records: those that somebody took out, and those whose term is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from borderliaison.correspondence.models import Item
from borderliaison.kernel.policy import Reader
from borderliaison.reports.models import KeptOut
from borderliaison.reports.projection.corrections import Corrected, first_of, with_earlier
from borderliaison.reports.projection.terms import Ending, ending_of

WHY: Final = "what is out of the records stays out, whoever may read it"


@dataclass(frozen=True, slots=True)
class Out:
    """Why a report is not in the records.

    Attributes:
        taken: who took it out; None where nobody did, or not under a marking that the reader may read.
        over: the term that ended; None where none did.
    """

    taken: KeptOut | None
    over: Ending | None


def is_kept_out(first: str) -> bool:
    """Whether somebody took the report with this first state out of the records."""
    return bool(KeptOut.objects.as_system(WHY).filter(report=first).exists())


def is_out(report: Corrected, now: datetime) -> bool:
    """Whether a report says nothing in the records."""
    ending = ending_of(report)
    return (ending is not None and ending.at <= now) or is_kept_out(report.first)


def without_kept_out(items: Collection[Item]) -> list[Item]:
    """Return those of some reports that nobody took out."""
    firsts = {one.pk: first_of(one) for one in items}
    rows = KeptOut.objects.as_system(WHY).filter(report__in=set(firsts.values()))
    out = set(rows.values_list("report", flat=True))
    return [one for one in items if firsts[one.pk] not in out]


def why_out(item: Item, reader: Reader, now: datetime) -> Out | None:
    """Return why a report is not in the records, as far as a reader may know; None where it is."""
    report = with_earlier(item)
    taken = KeptOut.objects.readable_by(reader).filter(report=report.first).first()
    ending = ending_of(report)
    over = ending if ending is not None and ending.at <= now else None
    return Out(taken, over) if taken is not None or over is not None else None
