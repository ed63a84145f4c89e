"""How a request stands with one office that it was put to. Pure; the table is in PR-4, section 5.

What an office does to a request and what its asker does are *moves*. How it stands follows from the set
of moves alone, in whatever order and however often they come: the moves of one office are ordered by that
office's own clock, and no two offices' clocks are ever compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What was done with a request: by the office that was asked, but for ``withdraw``.

    ``resume`` takes back one's own refusal, or the asker's own withdrawal.
    """

    EXTEND = "extend"
    PART = "part"
    REFUSE = "refuse"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    RESUME = "resume"


class State(StrEnum):
    """How a request stands with one office."""

    OPEN = "open"
    EXTENDED = "extended"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"


OWING: Final = frozenset({State.OPEN, State.EXTENDED, State.PARTLY})
"""The states in which an answer is owed. Past its deadline it is late, and can be given all the same."""

TABLE: Final[dict[tuple[State, Kind], State]] = {
    (State.OPEN, Kind.EXTEND): State.EXTENDED,
    (State.OPEN, Kind.PART): State.PARTLY,
    (State.OPEN, Kind.REFUSE): State.REFUSED,
    (State.EXTENDED, Kind.EXTEND): State.EXTENDED,
    (State.EXTENDED, Kind.PART): State.PARTLY,
    (State.EXTENDED, Kind.REFUSE): State.REFUSED,
    (State.PARTLY, Kind.EXTEND): State.PARTLY,
    (State.PARTLY, Kind.PART): State.PARTLY,
    (State.PARTLY, Kind.REFUSE): State.REFUSED,
    (State.REFUSED, Kind.EXTEND): State.REFUSED,
    (State.REFUSED, Kind.PART): State.PARTLY,
    (State.REFUSED, Kind.REFUSE): State.REFUSED,
}
"""What a move of the office that was asked makes of a state. ``answer`` makes ANSWERED of every state,
which stays; ``withdraw`` makes WITHDRAWN of every other, which only ``answer`` changes. A move that was
taken back counts for nothing."""

_TAKEN_BACK: Final = {Kind.REFUSE, Kind.WITHDRAW}
_ORDER: Final = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Made:
    """One move.

    Attributes:
        by_asker: whether the office that asked made it; else the one that was asked.
        at: by the clock of the office that made it.
        code: of a refusal, in the list ``refusal``.
        due_at: until when the answer, or its rest, is announced.
    """

    kind: Kind
    by_asker: bool
    at: datetime
    code: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands with one office.

    Attributes:
        due_at: until when an answer is owed.
        code: why it is refused, where it is.
    """

    state: State
    due_at: datetime
    code: str = ""

    def is_late(self, now: datetime) -> bool:
        """Whether an answer is owed and its time has passed."""
        return self.state in OWING and now > self.due_at


def standing(asked_for: datetime, made: Iterable[Made]) -> Standing:
    """Return how a request stands.

    Args:
        asked_for: the deadline in the request.
        made: all moves that are known of the asker and of one office; order and repetition are nothing.
    """
    moves = sorted(set(made), key=_by_clock)
    asked = _without_taken_back([one for one in moves if not one.by_asker])
    asker = _without_taken_back([one for one in moves if one.by_asker])
    state, due_at, code = State.OPEN, asked_for, ""
    for one in asked:
        state = _after(state, one.kind)
        due_at = one.due_at or due_at
        code = one.code if one.kind is Kind.REFUSE else code
    if any(one.kind is Kind.WITHDRAW for one in asker):
        state = _after(state, Kind.WITHDRAW)
    return Standing(state, due_at, code if state is State.REFUSED else "")


def _after(state: State, kind: Kind) -> State:
    if state is State.ANSWERED or kind is Kind.ANSWER:
        return State.ANSWERED
    return State.WITHDRAWN if kind is Kind.WITHDRAW else TABLE[state, kind]


def _by_clock(one: Made) -> tuple[datetime, int, str, str]:
    return one.at, _ORDER.index(one.kind), one.code, str(one.due_at or "")


def _without_taken_back(moves: list[Made]) -> list[Made]:
    """Leave out what was taken back, and the taking back; the moves are in order."""
    kept: list[Made] = []
    for one in moves:
        if one.kind is Kind.RESUME:
            kept = [before for before in kept if before.kind not in _TAKEN_BACK]
        else:
            kept.append(one)
    return kept
