"""Lines of a register in words: what a clerk's book says of each document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.registers.lines import Line
from borderliaison.correspondence.shown.known import Known, known_of
from borderliaison.correspondence.shown.ladder import ladder
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.shown.steps import recipient_of
from borderliaison.correspondence.shown.titles import titles_of
from borderliaison.kernel.marking import Marking
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.receipts import Recipient, Step, StepState, labels

_DELIVERED: Final = 2
"""The place of "Delivered" among the steps."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document has come: with the office that has come least far, in five bars and words.

    Attributes:
        tone: of its word: ``red`` for refused, ``amber`` for what waits; empty else.
        count: with how many offices it is there, where they differ.
    """

    words: str
    steps: tuple[Step, ...]
    tone: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a register in the reader's language.

    Attributes:
        url: of the document in its thread; empty where the reader may not read it.
        said: what a message says, in a line.
        offices: whom it came from, or went to, by their short names.
        who: who wrote it, where it came.
        report: the number that the report itself carries, the same in every office.
        states: how often it was written: 1, more after corrections.
        otherwise: whether it may have another number on paper, from before a loss.
        markings: of the line, and of the document where it is shown.
    """

    number: str
    at: datetime
    url: str = ""
    kind: str = ""
    icon: str = ""
    subject: str = ""
    said: str = ""
    offices: str = ""
    who: str = ""
    report: str = ""
    standing: Standing | None = None
    states: int = 0
    otherwise: bool = False
    markings: tuple[Marking, ...] = ()

    @property
    def book(self) -> str:
        """What all numbers of its register begin with."""
        return self.number.rpartition("/")[0]

    @property
    def count(self) -> str:
        """What distinguishes it in its register."""
        return self.number.rpartition("/")[2]


def show_lines(lines: Sequence[Line], acting: Acting, lang: str) -> list[ShownLine]:
    """Return lines in the reader's language; what he may not read has its number and its day alone."""
    items = [one.states[-1] for one in lines if one.states]
    known, titles = known_of(items, acting), titles_of(items, acting, lang)
    return [_show_line(one, acting, lang, known, titles) for one in lines]


def _show_line(
    line: Line, acting: Acting, lang: str, known: Known, titles: Mapping[int, str]
) -> ShownLine:
    marking = line.entry.marking.value
    if not line.states:
        return ShownLine(line.number, line.entry.registered_at, markings=(marking,))
    item, names = line.states[-1], short_office_names(lang)
    in_brief = brief(item, lang)
    went = dict.fromkeys(code for one in line.states for code in one.held_by)
    offices = [item.office] if line.is_incoming else list(went)
    return ShownLine(
        number=line.number,
        at=line.entry.registered_at,
        url=item_url(item),
        kind=in_brief.kind or pgettext("register", "Message"),
        icon=in_brief.icon or "message",
        subject=titles[item.pk],
        said="" if in_brief.is_card else in_brief.summary,
        offices=", ".join(names.get(code, code) for code in offices),
        who=item.author_name if line.is_incoming else "",
        report=in_brief.number,
        standing=_standing(item, acting, names, known),
        states=len(line.states),
        otherwise=line.may_be_on_paper_otherwise,
        markings=(marking, item.marking.value),
    )


def _standing(item: Item, acting: Acting, names: dict[str, str], known: Known) -> Standing | None:
    own = acting.author.office
    rows = [one for one in ladder(acting, item, known) if item.is_own or one.office == own]
    if not rows:
        return None
    recipients = [recipient_of(one, acting, names, {}) for one in rows]
    least = min(recipients, key=_pressing)
    there = sum(one.steps[_DELIVERED].state is StepState.DONE for one in recipients)
    count = ""
    if 0 < there < len(recipients):
        count = _("delivered to %(n)d of %(total)d") % {"n": there, "total": len(recipients)}
    if least.why is not None:
        tone = "red" if least.why.is_refused else "amber"
        return Standing(least.why.title.rstrip("."), least.steps, tone, count)
    if not item.is_own and _far(least) <= _DELIVERED + 1:
        return Standing(_("Not opened yet"), least.steps, "", count)
    return Standing(str(labels(least.last)[max(_far(least) - 1, 0)]), least.steps, "", count)


def _pressing(one: Recipient) -> tuple[int, int]:
    """Order offices: who has refused it, for whom it is held, then how far it has come."""
    if one.why is not None and one.why.is_refused:
        return 0, 0
    held = any(step.state is StepState.HELD for step in one.steps)
    return (1 if held else 2), _far(one)


def _far(one: Recipient) -> int:
    return sum(step.state is StepState.DONE for step in one.steps)
