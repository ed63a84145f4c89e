"""Items and threads in words, ready for templates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from borderliaison.correspondence.ladder import Held, LadderRow, Rung, RungState, Step, ladder
from borderliaison.correspondence.marks import marks_of
from borderliaison.correspondence.models import Item, Opening
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.phrases import phrase_text
from borderliaison.correspondence.preview import ThreadReader, readers_of
from borderliaison.correspondence.render import Rendered, render
from borderliaison.correspondence.threads import ThreadLine
from borderliaison.correspondence.wording import HELD, role_name
from borderliaison.exchange.progress import Waiting
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import agency_names, office_names
from borderliaison.ui.parts import receipts
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.messages import Bubble


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A dissemination of an item that waits for a second officer."""

    key: str
    office: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item in words.

    Attributes:
        bubble: how it is drawn where it is not a card.
        recipients: the rows of its ladder.
        undecided: what of it waits for authorisation.
        can_act: whether "Acted" is offered to this officer.
        is_superseded: whether a later correction is here too.
    """

    item: Item
    marks: Marks
    rendered: Rendered
    title: str
    office: str
    role: str
    bubble: Bubble | None
    recipients: tuple[receipts.Recipient, ...]
    undecided: tuple[ToDecide, ...] = field(default=())
    is_unread: bool = False
    can_act: bool = False
    is_superseded: bool = False

    @property
    def is_card(self) -> bool:
        """Whether it is drawn as a card with its ladder."""
        return self.rendered.is_card


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A thread in the list, in words."""

    key: str
    title: str
    icon: str
    latest: str
    at: datetime
    unread: int
    held: int
    is_urgent: bool


def show_item(item: Item, acting: Acting, lang: str) -> ShownItem:
    """Return an item in the reader's language."""
    offices, agencies = office_names(lang), agency_names(lang)
    rendered = render(item, acting, lang)
    opened = Opening.objects.filter(item=item, officer=acting.author.officer).exists()
    corrected = Item.objects.readable_by(acting.reader).filter(corrects=item.key).exists()
    rows = ladder(acting, item)
    recipients = tuple(_recipient(one, offices, acting, lang) for one in rows)
    office = offices.get(item.office, item.office)
    agency = agencies.get(item.agency, item.agency)
    role = ", ".join([office, agency, str(role_name(item.author_role))])
    unread = not item.is_own and not opened
    marks = marks_of(item.marking.value, acting.author.office, lang)
    return ShownItem(
        item=item,
        marks=marks,
        rendered=rendered,
        title=rendered.title or item.title,
        office=office,
        role=role,
        bubble=None if rendered.is_card else _bubble(item, rendered, role, recipients, unread),
        recipients=recipients,
        undecided=tuple(
            ToDecide(row.dissemination.key, offices.get(row.office, row.office))
            for row in rows
            if row.dissemination is not None and row.why is Held.AUTHORISATION
        ),
        is_unread=unread,
        can_act=not item.is_own and rendered.is_card and acting.author.role in WRITING,
        is_superseded=corrected,
    )


def show_line(line: ThreadLine, acting: Acting, lang: str) -> ShownLine:
    """Return a line of the list in the reader's language."""
    offices = office_names(lang)
    first = render(line.first, acting, lang)
    latest = render(line.latest, acting, lang)
    who = offices.get(line.latest.office, line.latest.office)
    return ShownLine(
        key=line.key,
        title=first.title or line.first.title,
        icon=first.icon or "message",
        latest=f"{who}: {latest.summary}" if latest.summary else who,
        at=line.latest.arrived_at or line.latest.created_at,
        unread=line.unread,
        held=line.held,
        is_urgent=line.first.urgent,
    )


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """An office that an answer may go to."""

    code: str
    name: str
    country: str
    abroad: bool
    chosen: bool


def reply_choices(items: Sequence[Item], acting: Acting, lang: str) -> tuple[ReplyTo, ...]:
    """Return the offices of a thread; those of the own country are chosen beforehand.

    Where only offices abroad take part, they are chosen.
    """
    own = acting.author.office
    codes = dict.fromkeys(office for one in items for office in (one.office, *one.held_by))
    offices = [office for office in codes if office != own]
    names = office_names(lang)
    home = [office for office in offices if office[:2] == own[:2]]
    return tuple(
        ReplyTo(
            code=office,
            name=names.get(OfficeCode(office), office),
            country=office[:2],
            abroad=office[:2] != own[:2],
            chosen=office in home or not home,
        )
        for office in offices
    )


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that this officer could do next in a thread."""

    text: str
    icon: str
    button: str = ""
    url: str = ""


def next_steps(shown: Sequence[ShownItem], lang: str) -> tuple[NextStep, ...]:
    """Return what waits in a thread, the most pressing first."""
    steps = []
    for one in shown:
        for held in one.undecided:
            url = reverse("correspondence:decision", args=[held.key])
            text = _("A second officer decides on %(office)s") % {"office": held.office}
            steps.append(NextStep(text, "lock", _("Review"), url))
        if one.is_card and one.item.is_own:
            late = [
                two.name
                for two in one.recipients
                if two.steps[2].state == receipts.StepState.DONE
                and two.steps[3].state == receipts.StepState.NOT_YET
            ]
            if late:
                steps.append(
                    NextStep(_("Not opened yet: %(names)s") % {"names": ", ".join(late)}, "clock")
                )
        own = any(two.is_own for two in (x.item for x in shown))
        if one.can_act and not own:
            steps.append(NextStep(_("Report what was done"), "checks"))
    return tuple(steps)


def thread_readers(items: Sequence[Item], acting: Acting, lang: str) -> tuple[ThreadReader, ...]:
    """Return which offices can read the thread, as far as this officer may know."""
    return readers_of(items, acting, lang)


def _bubble(
    item: Item,
    rendered: Rendered,
    role: str,
    recipients: tuple[receipts.Recipient, ...],
    unread: bool,
) -> Bubble:
    least = min((one.steps for one in recipients), key=_done, default=())
    return Bubble(
        author=item.author_name,
        role=role,
        at=item.created_at,
        phrases=rendered.context.get("phrases", ()),
        text=rendered.context.get("text", ""),
        text_lang=rendered.context.get("language", ""),
        steps=least if item.is_own else (),
        is_own=item.is_own,
        is_unread=unread,
        anchor=f"item-{item.key}",
    )


def _done(steps: tuple[receipts.Step, ...]) -> int:
    return sum(one.state == receipts.StepState.DONE for one in steps)


def _recipient(
    row: LadderRow, offices: dict[str, str], acting: Acting, lang: str
) -> receipts.Recipient:
    made = row.dissemination
    note = ""
    if row.told_by:
        note = _("told by %(office)s") % {"office": offices.get(row.told_by, row.told_by)}
    elif made is not None and made.legal_basis:
        note = _("authorised: %(name)s") % {"name": made.decided_name}
    abroad = row.office[:2] != acting.author.office[:2]
    return receipts.Recipient(
        name=offices.get(row.office, row.office),
        steps=tuple(_step(one, row, lang) for one in row.steps),
        country=row.office[:2] if abroad else "",
        note=note,
        why=_why(row),
    )


def _step(step: Step, row: LadderRow, lang: str) -> receipts.Step:
    state = receipts.StepState(step.state.value)
    if step.state is RungState.WAITING and isinstance(row.why, Held):
        state = receipts.StepState.HELD
    note = ""
    if step.rung is Rung.ACTED and step.note.isdigit():
        note = f"{step.note} {phrase_text(step.note, lang)}"
    return receipts.Step(state, step.at, note)


def _why(row: LadderRow) -> receipts.Why | None:
    if isinstance(row.why, Held):
        title, text = (str(one) for one in HELD[row.why])
        made = row.dissemination
        if made is not None and made.decline_reason:
            text = made.decline_reason
        return receipts.Why(title, text, is_refused=row.why is Held.DECLINED)
    if row.code:
        return receipts.Why(_("Refused by the other office's server."), row.code, is_refused=True)
    if isinstance(row.why, Waiting) and row.why is not Waiting.NOTHING:
        return receipts.Why(_("Not delivered yet:"), row.why.label)
    return None
