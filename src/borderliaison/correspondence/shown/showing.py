"""Items in words, ready for templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.registers.lines import Line, numbers_of
from borderliaison.correspondence.requests.asked_shown import AskedView, show_asked
from borderliaison.correspondence.shown.known import Known, known_of
from borderliaison.correspondence.shown.ladder import Held, Rung, RungState, ladder
from borderliaison.correspondence.shown.needs_shown import Doing, replies
from borderliaison.correspondence.shown.render import Rendered, render
from borderliaison.correspondence.shown.steps import recipient_of
from borderliaison.correspondence.shown.wording import role_name
from borderliaison.files.showing import ShownFile, files_by_item
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.short_names import short_agency_names, short_office_names
from borderliaison.offices.shown.wording import doubt
from borderliaison.offices.trust.keys import signed_directory
from borderliaison.ui.parts import receipts
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.messages import Bubble
from borderliaison.wording.marks import marks_of


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A dissemination of an item that waits for a second officer."""

    key: str
    office: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item in words.

    Attributes:
        office: the author's office, by its short name.
        role: the author's place in it: "Bor-Dobo, border service, liaison officer".
        bubble: how it is drawn where it is not a card.
        recipients: the rows of its ladder.
        acted_by: the offices that have reported measures.
        undecided: what of it waits for authorisation.
        asked: how it stands as a request; None where it is none.
        replies: what may be said to the request.
        can_act: whether "Acted" is offered to this officer.
        is_superseded: whether a later correction is here too.
        doubt: why it may be somebody else's; empty where nothing says so.
        line: its line in the register of the reader's agency; None where it has none.
        files: that belong to it.
    """

    item: Item
    marks: Marks
    rendered: Rendered
    title: str
    office: str
    role: str
    bubble: Bubble | None
    recipients: tuple[receipts.Recipient, ...]
    acted_by: frozenset[str] = frozenset()
    undecided: tuple[ToDecide, ...] = field(default=())
    asked: AskedView | None = None
    replies: tuple[Doing, ...] = field(default=())
    is_unread: bool = False
    can_act: bool = False
    is_superseded: bool = False
    doubt: str = ""
    line: Line | None = None
    files: tuple[ShownFile, ...] = ()

    @property
    def is_card(self) -> bool:
        """Whether it is drawn as a card with its ladder."""
        return self.rendered.is_card

    @property
    def waits(self) -> tuple[receipts.Recipient, ...]:
        """The offices that it has not reached, each with the reason."""
        return tuple(one for one in self.recipients if one.why is not None)


def show_items(items: Sequence[Item], acting: Acting, lang: str) -> list[ShownItem]:
    """Return the items of a thread in the reader's language."""
    people = {one.officer: one.author_name for one in items}
    known, numbers = known_of(items, acting), numbers_of(items, acting)
    shown = (_show_item(one, acting, lang, people, known) for one in items)
    files = files_by_item((one.key for one in items), acting.reader)
    return [
        replace(one, line=numbers.get(one.item.pk), files=files.get(one.item.key, ()))
        for one in shown
    ]


def show_item(item: Item, acting: Acting, lang: str) -> ShownItem:
    """Return one item, which he may read, in the reader's language."""
    shown = _show_item(item, acting, lang, {}, known_of([item], acting))
    files = files_by_item([item.key], acting.reader).get(item.key, ())
    return replace(shown, line=numbers_of([item], acting).get(item.pk), files=files)


def _show_item(
    item: Item, acting: Acting, lang: str, people: Mapping[str, str], known: Known
) -> ShownItem:
    offices, agencies = short_office_names(lang), short_agency_names(lang)
    rendered = render(item, acting, lang)
    corrected = item.pk in known.corrected
    rows = ladder(acting, item, known)
    recipients = tuple(recipient_of(one, acting, offices, people) for one in rows)
    office = offices.get(item.office, item.office)
    agency = agencies.get(item.agency, item.agency)
    role = ", ".join([office, _small(agency), str(role_name(item.author_role))])
    unread = not item.is_own and item.pk not in known.opened
    marks = marks_of(item.marking.value, acting.author.office, lang)
    acted = (row.office for row in rows if row.state(Rung.ACTED) is RungState.DONE)
    asked = show_asked(item, acting, lang, known)
    return ShownItem(
        item=item,
        marks=marks,
        rendered=rendered,
        title=rendered.title or item.title,
        office=office,
        role=role,
        bubble=None if rendered.is_card else _bubble(item, rendered, role, recipients, unread),
        recipients=recipients,
        acted_by=frozenset(acted),
        undecided=tuple(
            ToDecide(row.dissemination.key, offices.get(row.office, row.office))
            for row in rows
            if row.dissemination is not None and row.why is Held.AUTHORISATION
        ),
        asked=asked,
        replies=tuple(replies(item.key, asked)) if asked is not None else (),
        is_unread=unread,
        can_act=not item.is_own
        and rendered.takes_measures
        and not corrected
        and acting.author.role in WRITING,
        is_superseded=corrected,
        doubt=_doubt(item),
    )


def _doubt(item: Item) -> str:
    """Say why an item may be somebody else's: its office's keys were revoked when it was here already."""
    if item.arrived_at is None:
        return ""
    revoked = signed_directory().doubt(OfficeCode(item.office), item.arrived_at)
    return doubt(revoked) if revoked else ""


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
        quotes=rendered.context.get("quotes", ()),
        steps=least if item.is_own else (),
        is_own=item.is_own,
        is_unread=unread,
        anchor=f"item-{item.key}",
    )


def _small(words: str) -> str:
    """Begin in lower case, but for an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _done(steps: tuple[receipts.Step, ...]) -> int:
    return sum(one.state == receipts.StepState.DONE for one in steps)
