"""What stands beside a thread: to whom an answer may go, what to do next, how the links are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.showing import ShownItem
from borderliaison.exchange.progress import Link, LinkState
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.receipts import StepState

_OPENED, _ACTED = 3, 4


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """An office that an answer may go to."""

    code: str
    name: str
    country: str
    abroad: bool
    chosen: bool


def reply_choices(
    items: Sequence[Item], acting: Acting, lang: str, typed: Sequence[str] | None = None
) -> tuple[ReplyTo, ...]:
    """Return the known offices of a thread; those of the own country are chosen beforehand.

    Where only offices abroad take part, they are chosen.

    Args:
        items: of the thread, as far as this officer may read them.
        acting: who answers.
        lang: of the names.
        typed: what was chosen already, on a page that is shown again.
    """
    own = acting.author.office
    codes = dict.fromkeys(office for one in items for office in (one.office, *one.held_by))
    names = short_office_names(lang)
    offices = [office for office in codes if office != own and office in names]
    home = [office for office in offices if office[:2] == own[:2]]
    chosen = set(typed) if typed is not None else set(home or offices)
    return tuple(
        ReplyTo(
            code=office,
            name=names.get(OfficeCode(office), office),
            country=office[:2],
            abroad=office[:2] != own[:2],
            chosen=office in chosen,
        )
        for office in sorted(offices, key=lambda one: one[:2] != own[:2])
    )


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that this officer could do next in a thread.

    Attributes:
        due_at: until when, where there is a deadline.
        opens: the id of the part of the page where it is done.
    """

    text: str
    icon: str
    button: str = ""
    url: str = ""
    opens: str = ""
    due_at: datetime | None = None


def next_steps(shown: Sequence[ShownItem], acting: Acting) -> tuple[NextStep, ...]:
    """Return what waits in a thread, the most pressing first; each thing once."""
    cards = [one for one in shown if one.is_card and not one.is_superseded]
    own = [one for one in cards if one.item.is_own]
    asking = [one for one in own if one.rendered.expects_acts]
    steps = [
        NextStep(
            _("A second officer decides on %(office)s") % {"office": held.office},
            "writing-sign",
            _("Review"),
            reverse("correspondence:decision", args=[held.key]),
        )
        for one in shown
        for held in one.undecided
    ]
    steps += [
        NextStep(_("Your office owes an answer"), "help-circle", due_at=row.due_at)
        for one in cards
        if one.asked is not None
        for row in one.asked.rows
        if row.is_own and row.due_at is not None
    ]
    rows = [row for one in own if one.asked is not None for row in one.asked.rows if row.is_late]
    if rows:
        names = ", ".join(dict.fromkeys(row.office for row in rows))
        steps.append(NextStep(_("Not answered in time: %(names)s") % {"names": names}, "clock"))
    to_do = [one for one in cards if one.can_act and acting.author.office not in one.acted_by]
    if to_do:
        opens = f"act-{to_do[-1].item.key}"
        steps.append(NextStep(_("Report what was done"), "checks", opens=opens))
    if late := _without_step(own, _OPENED):
        steps.append(NextStep(_("Not opened yet: %(names)s") % {"names": late}, "clock"))
    if waits := _without_step(asking, _ACTED):
        steps.append(NextStep(_("No measures yet: %(names)s") % {"names": waits}, "hourglass"))
    steps += _deadline(cards)
    return tuple(steps)


def _deadline(cards: Sequence[ShownItem]) -> list[NextStep]:
    """Return the next deadline of a thread, with what is to be done until then."""
    due = [(one.rendered.due_at, one.item.is_own) for one in cards if one.rendered.due_at]
    if not due:
        return []
    at, is_own = min(due)
    what = _("Result, extend or cancel?") if is_own else _("The lookout expires")
    return [NextStep(what, "hourglass", due_at=at)]


def _without_step(cards: Sequence[ShownItem], place: int) -> str:
    """Name the offices that have come as far as the step before this one, and no further."""
    names = (
        two.name
        for one in cards
        for two in one.recipients
        if two.steps[place - 1].state == StepState.DONE
        and two.steps[place].state == StepState.NOT_YET
    )
    return ", ".join(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class LinkEvent:
    """Something that happened to the links of a thread's offices while it went on."""

    at: datetime
    text: str
    icon: str


def link_events(
    items: Sequence[Item], links: Sequence[Link], names: Mapping[str, str]
) -> tuple[LinkEvent, ...]:
    """Return since when the links to a thread's offices are as they are, where that is news.

    What happened to several in the same minute is one event.
    """
    begun = min(one.created_at for one in items)
    offices = {office for one in items for office in (one.office, *one.held_by)}
    together: dict[tuple[bool, datetime], list[Link]] = {}
    for one in links:
        if one.peer in offices and one.since > begun:
            minute = one.since.replace(second=0, microsecond=0)
            together.setdefault((one.state is LinkState.DOWN, minute), []).append(one)
    found = [_event(is_down, group, names) for (is_down, _minute), group in together.items()]
    return tuple(sorted(found, key=lambda one: one.at))


def _event(is_down: bool, group: Sequence[Link], names: Mapping[str, str]) -> LinkEvent:
    at = min(one.since for one in group)
    said = {"offices": ", ".join(names.get(one.peer, one.peer) for one in group)}
    if not is_down:
        return LinkEvent(at, _("Linked again: %(offices)s") % said, "plug-connected")
    text = _("No link: %(offices)s") % said
    waiting = sum(one.waiting for one in group)
    if waiting:
        waits = ngettext("%(n)d letter waits", "%(n)d letters wait", waiting)
        text += "; " + waits % {"n": waiting}
    return LinkEvent(at, text, "plug-connected-x")
