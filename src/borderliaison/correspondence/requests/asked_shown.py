"""How a request stands, in words: a row for each office asked, and what this officer may do."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderliaison.correspondence.models import Asked, Item
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.requests.asking import taken_back
from borderliaison.correspondence.requests.duplicates import AskedBefore, asked_before_of
from borderliaison.correspondence.requests.replying import MAY_REPLY
from borderliaison.correspondence.requests.standing import OWING, Kind, State
from borderliaison.correspondence.shown.known import Known
from borderliaison.forms.codes import load_codes
from borderliaison.offices.short_names import short_office_names

WORDS: dict[State, tuple[Promise, str, str]] = {
    State.OPEN: (gettext_lazy("Answer owed"), "grey", "hourglass"),
    State.EXTENDED: (gettext_lazy("More time announced"), "grey", "hourglass"),
    State.PARTLY: (gettext_lazy("Answered in part"), "blue", "check"),
    State.REFUSED: (gettext_lazy("Refused"), "amber", "ban"),
    State.WITHDRAWN: (gettext_lazy("Withdrawn by the asker"), "grey", "x"),
    State.ANSWERED: (gettext_lazy("Answered"), "green", "checks"),
}
"""The word, the tone and the icon of each state."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """How a request stands with one office.

    Attributes:
        country: where the office is abroad.
        note: the reason of a refusal, or who tells of it.
        due_at: until when an answer is owed; empty where none is.
        since: from when its last quarter counts.
        reply: the key of the item that says it in words, where this officer may read it.
    """

    office: str
    country: str
    state: State
    words: str
    tone: str
    icon: str
    note: str
    due_at: datetime | None
    since: datetime
    is_late: bool
    is_own: bool
    reply: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """A request on its card.

    Attributes:
        held: the key of a reply of this office that waits for a second officer; empty without one.
        may_answer: whether this office may still answer, or answer more.
        may_decline: whether it may refuse or announce more time.
        may_resume: whether this officer may take back the refusal, or the withdrawal.
        may_withdraw: whether he may withdraw it.
        before: earlier requests about the same.
    """

    rows: tuple[AskedRow, ...]
    held: str = ""
    may_answer: bool = False
    may_decline: bool = False
    may_resume: bool = False
    may_withdraw: bool = False
    before: tuple[AskedBefore, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether somebody owes an answer and his time has passed."""
        return any(one.is_late for one in self.rows)


def show_asked(item: Item, acting: Acting, lang: str, known: Known) -> AskedView | None:
    """Return how a request stands; nothing for what is none."""
    before = asked_before_of(item, acting, lang)
    asked = known.asked.get(item.pk, ())
    if not asked:
        return AskedView((), before=before) if before else None
    moves = known.moves.get(item.pk, ())
    said = {one.by: one.reply for one in moves if one.reply in known.replies}
    rows = tuple(asked_row(one, acting, lang, said.get(one.office, "")) for one in asked)
    own = next((one.state for one in rows if one.is_own), None)
    writes = acting.author.role in WRITING and item.pk not in known.corrected
    withdrawn = item.is_own and taken_back(item, moves)
    owes = any(one.state in OWING for one in rows)
    held = known.held.get(item.pk)
    return AskedView(
        rows=rows,
        held=held.key if held is not None else "",
        may_answer=writes and own in MAY_REPLY[Kind.ANSWER],
        may_decline=writes and own in MAY_REPLY[Kind.REFUSE],
        may_resume=writes and (withdrawn or own is State.REFUSED),
        may_withdraw=writes and item.is_own and not withdrawn and owes,
        before=before,
    )


def refusal_words(code: str, lang: str) -> str:
    """Return why a request is refused; the code itself where this office does not know it yet."""
    return load_codes("refusal").text(code, lang)


def asked_row(one: Asked, acting: Acting, lang: str, reply: str = "") -> AskedRow:
    """Return how a request stands with one office; ``reply`` is the key of what says it."""
    names, state, own = short_office_names(lang), State(one.state), acting.author.office
    words, tone, icon = WORDS[state]
    late = state in OWING and one.due_at < datetime.now(UTC)
    notes = [refusal_words(one.code, lang)] if one.code else []
    if state is State.PARTLY and one.due_at != one.asked_for:
        notes.append(_("the rest follows"))
    return AskedRow(
        office=names.get(one.office, one.office),
        country=one.office[:2] if one.office[:2] != own[:2] else "",
        state=state,
        words=str(words),
        tone=tone,
        icon=icon,
        note=" · ".join(notes),
        due_at=one.due_at if state in OWING else None,
        since=one.asked_at,
        is_late=late,
        is_own=one.office == own,
        reply=reply,
    )
