"""The receipts ladder in words: for each office how far an item has come, and why not further."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.ladder import Held, LadderRow, Rung, RungState, Step
from borderliaison.correspondence.shown.wording import ANSWER, HELD
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.wording import refusal_sentence
from borderliaison.ui.parts import receipts
from borderliaison.ui.parts.messages import initials

_TIMED = (Rung.SENT, Rung.DELIVERED)
MINUTE, HOUR = 60, 3600
SHOWN_S = 0.05
"""What is shorter would be shown as nothing."""


def recipient_of(
    row: LadderRow, acting: Acting, offices: Mapping[str, str], people: Mapping[str, str]
) -> receipts.Recipient:
    """Return a row of the ladder.

    Args:
        row: how far the item has come with one office.
        acting: who looks.
        offices: the offices' short names.
        people: names of officers by their number, as far as the thread tells them.
    """
    abroad = row.office[:2] != acting.author.office[:2]
    saved = row.steps[0].at
    return receipts.Recipient(
        name=offices.get(row.office, row.office),
        steps=tuple(
            receipts.Step(_state(one, row), one.at, _note(one, row, saved, people))
            for one in row.steps
        ),
        country=row.office[:2] if abroad else "",
        note=_about(row, offices),
        why=why_not(row),
        elsewhere=_("The author’s office holds its receipts.") if row.is_untold else "",
        last=_("Answered") if row.answer is not None else "",
    )


def why_not(row: LadderRow) -> receipts.Why | None:
    """Say in sentences why an item has not come further with an office; nothing while it moves."""
    made = row.dissemination
    if row.why is Held.AUTHORISATION:
        title, text = (str(one) for one in HELD[row.why])
        if made is not None:
            asked = format_date(timezone.localtime(made.requested_at), "H:i")
            text += " " + _("%(name)s asked at %(time)s.") % {
                "name": made.requested_name,
                "time": asked,
            }
        return receipts.Why(title, text)
    if row.why is Held.DECLINED:
        title, text = (str(one) for one in HELD[row.why])
        reason = made.decline_reason if made is not None else ""
        return receipts.Why(title, reason or text, is_refused=True)
    if row.code:
        text = _("Tell them by telephone; the administrator needs the code %(code)s.")
        said = f"{refusal_sentence(row.code)} {text % {'code': row.code}}"
        return receipts.Why(_("Refused."), said, is_refused=True)
    if isinstance(row.why, Waiting) and row.why is not Waiting.NOTHING:
        return receipts.Why(_("Not delivered yet."), sentence_of(row.why.label))
    return None


def sentence_of(words: str) -> str:
    """Make a sentence of a reason: a capital first, a full stop last."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _about(row: LadderRow, offices: Mapping[str, str]) -> str:
    made = row.dissemination
    if row.told_by:
        return _("told by %(office)s") % {"office": offices.get(row.told_by, row.told_by)}
    if made is not None and made.legal_basis:
        return _("authorised: %(name)s") % {"name": made.decided_name}
    return ""


def _state(step: Step, row: LadderRow) -> receipts.StepState:
    if step.state is RungState.WAITING and isinstance(row.why, Held):
        return receipts.StepState.HELD
    return receipts.StepState(step.state.value)


def _note(step: Step, row: LadderRow, saved: datetime | None, people: Mapping[str, str]) -> str:
    if step.rung is Rung.ACTED and row.answer is not None:
        return str(ANSWER.get(row.answer, ""))
    if step.state is not RungState.DONE or step.at is None:
        return ""
    if step.rung is Rung.OPENED:
        return initials(people[step.note]) if step.note in people else ""
    if step.rung is Rung.ACTED:
        return step.note if step.note.isdigit() else ""
    if step.rung in _TIMED and saved is not None:
        return _later(step.at - saved)
    return ""


def _later(length: timedelta) -> str:
    seconds = length.total_seconds()
    if seconds < SHOWN_S:
        return ""
    if seconds < MINUTE:
        return _("+%(n)s s") % {"n": number_format(round(seconds, 1), 1)}
    if seconds < HOUR:
        return _("+%(n)s min") % {"n": round(seconds / MINUTE)}
    return _("+%(n)s h") % {"n": round(seconds / HOUR)}
