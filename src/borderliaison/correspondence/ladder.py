"""The receipts ladder: for each office, how far an item has come, and why not further.

Saved here, sent, delivered, opened, acted. What is not known is not claimed: a step that nobody
told of stays "not yet", unless a later step shows that it happened.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from borderliaison.correspondence.models import Dissemination, Item, Receipt
from borderliaison.correspondence.people import Acting
from borderliaison.exchange.progress import Progress, Waiting
from borderliaison.exchange.services import progress
from borderliaison.kernel.ids import LetterId, OfficeCode


class Rung(StrEnum):
    """The five steps, in order."""

    SAVED = "saved"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    ACTED = "acted"


class RungState(StrEnum):
    """How one step stands."""

    DONE = "done"
    WAITING = "waiting"
    NOT_YET = "not_yet"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one office.

    Attributes:
        note: who opened, or the phrase's number for what was done.
    """

    rung: Rung
    state: RungState
    at: datetime | None = None
    note: str = ""


class Held(StrEnum):
    """Why something has not even been given to the exchange."""

    AUTHORISATION = "held_authorisation"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LadderRow:
    """How far an item has come with one office.

    Attributes:
        why: the reason for waiting or refusal; its sentence is in ``wording``.
        code: the refusing side's code.
        told_by: the office that tells of it, where that is neither side of the letter.
        is_untold: nobody has told this office of any step: the author's office knows.
    """

    office: OfficeCode
    steps: tuple[Step, ...]
    why: Held | Waiting | None = None
    code: str = ""
    dissemination: Dissemination | None = None
    told_by: str = ""
    is_untold: bool = False

    def state(self, rung: Rung) -> RungState:
        """Return how one of its steps stands."""
        return next(step.state for step in self.steps if step.rung is rung)


def ladder(acting: Acting, item: Item) -> tuple[LadderRow, ...]:
    """Return a row for each office that the item is for, as far as is known here."""
    receipts: dict[tuple[str, str], Receipt] = {
        (one.office, one.step): one
        for one in Receipt.objects.readable_by(acting.reader).filter(item=item)
    }
    rows = (
        _own_rows(acting, item, receipts) if item.is_own else _received_rows(acting, item, receipts)
    )
    known = {row.office for row in rows}
    further = sorted({office for office, _step in receipts} - known - {item.office})
    told = [_row(item, OfficeCode(office), None, receipts, None) for office in further]
    return (*rows, *told)


def _own_rows(
    acting: Acting, item: Item, receipts: dict[tuple[str, str], Receipt]
) -> list[LadderRow]:
    made = list(
        Dissemination.objects.readable_by(acting.reader)
        .filter(item=item)
        .order_by("crosses_border", "id")
    )
    letters = [LetterId(bytes.fromhex(one.letter)) for one in made if one.letter]
    travelled = progress(letters)
    rows = []
    for one in made:
        by_office = travelled.get(LetterId(bytes.fromhex(one.letter)), {}) if one.letter else {}
        for office in one.offices:
            code = OfficeCode(office)
            rows.append(_row(item, code, one, receipts, by_office.get(code)))
    return rows


def _received_rows(
    acting: Acting, item: Item, receipts: dict[tuple[str, str], Receipt]
) -> list[LadderRow]:
    offices = [
        line.office
        for line in sorted(item.marking.value.audience.lines)
        if line.office != item.office
    ]
    own = acting.author.office
    return [
        _row(item, office, None, receipts, None, item.arrived_at if office == own else None)
        for office in dict.fromkeys(offices)
    ]


def _row(
    item: Item,
    office: OfficeCode,
    made: Dissemination | None,
    receipts: dict[tuple[str, str], Receipt],
    travelled: Progress | None,
    arrived_at: datetime | None = None,
) -> LadderRow:
    at: dict[Rung, datetime | None] = {Rung.SAVED: item.created_at, Rung.DELIVERED: arrived_at}
    notes: dict[Rung, str] = {}
    if travelled is not None:
        at[Rung.SENT] = travelled.sent_at
        at[Rung.DELIVERED] = travelled.delivered_at
    for rung in (Rung.DELIVERED, Rung.OPENED, Rung.ACTED):
        said = receipts.get((office, rung.value))
        if said is not None:
            at[rung] = at.get(rung) or said.at
            notes[rung] = said.phrase or said.officer
    why: Held | Waiting | None = None
    if made is not None and made.state == Dissemination.State.HELD:
        why = Held.AUTHORISATION
    elif made is not None and made.state == Dissemination.State.DECLINED:
        why = Held.DECLINED
    elif travelled is not None:
        why = travelled.waiting_reason or None
    code = travelled.refused_code if travelled is not None else ""
    told = {one.told_by for (who, _s), one in receipts.items() if who == office}
    return LadderRow(
        office=office,
        steps=_steps(at, notes, refused=bool(code) or why is Held.DECLINED, waits=why is not None),
        why=why,
        code=code,
        dissemination=made,
        told_by=next(iter(told - {office}), ""),
        is_untold=not item.is_own and not told and arrived_at is None,
    )


def _steps(
    at: dict[Rung, datetime | None], notes: dict[Rung, str], *, refused: bool, waits: bool
) -> tuple[Step, ...]:
    reached = max((index for index, rung in enumerate(Rung) if at.get(rung) is not None), default=0)
    steps = []
    for index, rung in enumerate(Rung):
        if index <= reached:
            state = RungState.DONE
        elif index == reached + 1 and refused:
            state = RungState.REFUSED
        elif index == reached + 1 and waits:
            state = RungState.WAITING
        else:
            state = RungState.NOT_YET
        steps.append(Step(rung, state, at.get(rung), notes.get(rung, "")))
    return tuple(steps)
