"""The receipts ladder: saved here, sent, delivered, opened, acted; one row for each recipient.

What the last step is called depends on what was sent: a request is not acted on but answered.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEP_LABELS: tuple[Promise, ...] = (
    gettext_lazy("Saved here"),
    gettext_lazy("Sent"),
    gettext_lazy("Delivered"),
    gettext_lazy("Opened by duty"),
    gettext_lazy("Acted"),
)
LAST = len(STEP_LABELS) - 1


class StepState(StrEnum):
    """How one step stands."""

    DONE = "done"
    WAITING = "waiting"
    HELD = "held"
    NOT_YET = "not_yet"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state in words, for those who hear the page."""
        return {
            StepState.DONE: _("done"),
            StepState.WAITING: _("waiting"),
            StepState.HELD: _("held"),
            StepState.NOT_YET: _("not yet"),
            StepState.REFUSED: _("refused"),
        }[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one recipient.

    Attributes:
        note: what stands beside the time: "+0.9 s", "G.S.", "phrase 041"; or instead of it: "late".
    """

    state: StepState
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a letter has not come further: what happened, then what it means and what to do."""

    title: str
    text: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """How far a letter has come with one office.

    Attributes:
        note: below the name: "mobile, 40 kbit/s".
        country: where it is abroad: "UZ".
        steps: five, in the order of ``STEP_LABELS``.
        elsewhere: where its receipts are known, in words, if nobody told of them here: what is not
            known is not drawn as "not yet".
        last: what the last step is called where it is not "Acted"; the same for all of one ladder.
    """

    name: str
    steps: tuple[Step, ...]
    country: str = ""
    note: str = ""
    why: Why | None = None
    elsewhere: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """A step as it is drawn: with its label, its icon, and the line that leads to it.

    Attributes:
        is_latest: as far as the letter has come, or where it waits: what a narrow page shows first.
    """

    label: str | Promise
    step: Step
    is_last: bool
    icon: str
    is_latest: bool = False

    @property
    def look(self) -> str:
        """The class of the drawn step: only the last one done is green."""
        return "acted" if self.is_last and self.step.state == StepState.DONE else self.step.state


_ICONS = {
    StepState.DONE: "check",
    StepState.WAITING: "clock",
    StepState.HELD: "lock",
    StepState.NOT_YET: "",
    StepState.REFUSED: "x",
}


def labels(last: str = "") -> tuple[Promise | str, ...]:
    """Return what the steps are called, the last one "Acted" unless it is said."""
    return (*STEP_LABELS[:LAST], last or STEP_LABELS[LAST])


def rungs(steps: tuple[Step, ...], last: str = "") -> list[Rung]:
    """Return the steps as they are drawn."""
    drawn = []
    latest = max((i for i, one in enumerate(steps) if one.state != StepState.NOT_YET), default=0)
    for place, (label, step) in enumerate(zip(labels(last), steps, strict=True)):
        is_last = place == LAST
        acted = is_last and step.state == StepState.DONE
        drawn.append(
            Rung(label, step, is_last, "checks" if acted else _ICONS[step.state], place == latest)
        )
    return drawn


def reached(steps: tuple[Step, ...]) -> str:
    """Name the furthest step that is done."""
    done = [str(one.label) for one in rungs(steps) if one.step.state == StepState.DONE]
    return done[-1] if done else _("not saved")


def in_words(steps: tuple[Step, ...]) -> str:
    """Say in one sentence how far a letter has come: what the five bars show."""
    said = _("not saved")
    for rung in rungs(steps):
        if rung.step.state == StepState.DONE:
            said = str(rung.label)
        elif rung.step.state != StepState.NOT_YET:
            return f"{said}; {str(rung.label).lower()}: {rung.step.state.label}"
    return said
