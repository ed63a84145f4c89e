"""The receipts ladder: for each office, how far an item has come, and why not further.

Saved here, sent, delivered, opened, acted; of a request the last step is its answer, which moves tell of.
What is not known is not claimed: a step that nobody told of stays "not yet", unless a later step shows
that it happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from borderliaison.correspondence.models import Dissemination, Item, Receipt
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.standing import Kind, State
from borderliaison.correspondence.shown.known import Known
from borderliaison.exchange.progress import Progress, Waiting
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
        answer: how a request stands with the office; None for what asks nothing of it.
    """

    office: OfficeCode
    steps: tuple[Step, ...]
    why: Held | Waiting | None = None
    code: str = ""
    dissemination: Dissemination | None = None
    told_by: str = ""
    is_untold: bool = False
    answer: State | None = None

    def state(self, rung: Rung) -> RungState:
        """Return how one of its steps stands."""
        return next(step.state for step in self.steps if step.rung is rung)


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a request stands with an office, since when, and who tells of it."""

    state: State
    at: datetime | None = None
    told_by: str = ""


_SAID = {Kind.PART: State.PARTLY, Kind.ANSWER: State.ANSWERED, Kind.REFUSE: State.REFUSED}
_ANSWER_RUNG = {State.PARTLY: RungState.WAITING, State.REFUSED: RungState.REFUSED}


def ladder(acting: Acting, item: Item, known: Known) -> tuple[LadderRow, ...]:
    """Return a row for each office that the item is for, as far as is known here."""
    drawn = _Drawn(item, acting.author.office, known)
    rows = drawn.own_rows() if item.is_own else drawn.received_rows()
    named = {row.office for row in rows} | {item.office}
    further = sorted({office for office, _step in drawn.receipts} - named)
    return (*rows, *(drawn.row(OfficeCode(office)) for office in further))


class _Drawn:
    """The ladder of one item."""

    def __init__(self, item: Item, own: OfficeCode, known: Known) -> None:
        self.item, self.own, self.known = item, own, known
        self.receipts: dict[tuple[str, str], Receipt] = {
            (one.office, one.step): one for one in known.receipts.get(item.pk, ())
        }
        self.answers = _answers(item, known)

    def own_rows(self) -> list[LadderRow]:
        """Return the rows of what this office sent, letter by letter."""
        rows = []
        for made in self.known.made.get(self.item.pk, ()):
            letter = LetterId(bytes.fromhex(made.letter)) if made.letter else None
            by_office = self.known.travelled.get(letter, {}) if letter else {}
            for office in map(OfficeCode, made.offices):
                rows.append(self.row(office, made, by_office.get(office)))
        return rows

    def received_rows(self) -> list[LadderRow]:
        """Return the rows of what came, of all offices that it is addressed to."""
        lines = sorted(self.item.marking.value.audience.lines)
        offices = dict.fromkeys(one.office for one in lines if one.office != self.item.office)
        return [
            self.row(office, arrived_at=self.item.arrived_at if office == self.own else None)
            for office in offices
        ]

    def row(
        self,
        office: OfficeCode,
        made: Dissemination | None = None,
        travelled: Progress | None = None,
        arrived_at: datetime | None = None,
    ) -> LadderRow:
        """Return the row of one office."""
        at: dict[Rung, datetime | None] = {
            Rung.SAVED: self.item.created_at,
            Rung.DELIVERED: arrived_at,
        }
        notes: dict[Rung, str] = {}
        if travelled is not None:
            at[Rung.SENT] = travelled.sent_at
            at[Rung.DELIVERED] = travelled.delivered_at
        for rung in (Rung.DELIVERED, Rung.OPENED, Rung.ACTED):
            said = self.receipts.get((office, rung.value))
            if said is not None:
                at[rung] = at.get(rung) or said.at
                notes[rung] = said.phrase or said.officer
        answer = self.answers.get(office)
        if answer is not None:
            at[Rung.ACTED] = answer.at
        why = _why(made, travelled)
        code = travelled.refused_code if travelled is not None else ""
        told = {one.told_by for (who, _s), one in self.receipts.items() if who == office}
        told |= {answer.told_by} - {""} if answer is not None else set()
        steps = _steps(at, notes, refused=bool(code) or why is Held.DECLINED, waits=why is not None)
        return LadderRow(
            office=office,
            steps=_answered(steps, answer.state) if answer is not None else steps,
            why=why,
            code=code,
            dissemination=made,
            told_by=next(iter(told - {office}), ""),
            is_untold=not self.item.is_own and not told and arrived_at is None,
            answer=answer.state if answer is not None else None,
        )


def _why(made: Dissemination | None, travelled: Progress | None) -> Held | Waiting | None:
    if made is not None and made.state == Dissemination.State.HELD:
        return Held.AUTHORISATION
    if made is not None and made.state == Dissemination.State.DECLINED:
        return Held.DECLINED
    return (travelled.waiting_reason or None) if travelled is not None else None


def _answers(item: Item, known: Known) -> dict[str, _Answer]:
    """Return what each office that a request was put to has said to it; nothing for what asks nothing."""
    found = {}
    for one in known.asked.get(item.pk, ()):
        state = State(one.state)
        said = [
            move
            for move in known.moves.get(item.pk, ())
            if move.by == one.office and _SAID.get(Kind(move.kind)) is state
        ]
        last = said[-1] if said else None
        found[one.office] = _Answer(state, last.at, last.told_by) if last else _Answer(state)
    return found


def _answered(steps: tuple[Step, ...], state: State) -> tuple[Step, ...]:
    """Let the last step of a request say what its answer is: part of one still waits for the rest."""
    last = steps[-1]
    if last.state is not RungState.DONE or state not in _ANSWER_RUNG:
        return steps
    return (*steps[:-1], replace(last, state=_ANSWER_RUNG[state]))


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
