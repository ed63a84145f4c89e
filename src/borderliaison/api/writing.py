"""Drafts as programs write them: begun, filled, checked and filed as on a page, under the same rules."""

from collections.abc import Set
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.api.errors import NotComplete, NotThere, NotUnderstood, WouldLeaveOut, Wrong
from borderliaison.api.reading import done_with
from borderliaison.api.shapes import CoverIn
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.errors import ObserverOnly
from borderliaison.correspondence.people import WRITING
from borderliaison.forms.check import Checked
from borderliaison.forms.describe import begin as begin_values
from borderliaison.forms.errors import UnknownForm
from borderliaison.reports import drafting
from borderliaison.reports.content import ReportContent
from borderliaison.reports.drafting import Desk, Typed
from borderliaison.reports.errors import LeavesOut, NotReady
from borderliaison.reports.filing import file_report
from borderliaison.reports.models import Draft
from borderliaison.reports.surroundings import NETWORK

MAX_VALUES = 500


def desk_of(request: HttpRequest) -> Desk:
    """Return the officer at a form.

    Raises:
        ObserverOnly: his role does not write.
    """
    desk = Desk(acting_of(request), NETWORK, get_language() or "en")
    if desk.acting.author.role not in WRITING:
        raise ObserverOnly("role")
    return desk


def begin_new(desk: Desk, form: str) -> Draft:
    """Begin a report.

    Raises:
        NotUnderstood: there is no such form.
    """
    try:
        return drafting.begin(desk, form)
    except UnknownForm as error:
        wrong = [Wrong("form", _("There is no such form."), "unknown")]
        raise NotUnderstood(form, wrong=wrong) from error


def begin_about(desk: Desk, key: str, purpose: str) -> Draft:
    """Begin a report that rests on another: passes it on, corrects it or answers it."""
    match purpose:
        case "pass_on":
            return drafting.begin_passing_on(desk, key)
        case "correct":
            return drafting.begin_correction(desk, key)
        case _:
            return drafting.begin_answer(desk, key, purpose)


def fill(
    desk: Desk, draft: Draft, values: dict[str, Any], cover: CoverIn | None, revision: int | None
) -> Draft:
    """Save what a program says of a draft over what the draft holds.

    Args:
        desk: who writes.
        draft: as it is.
        values: by field; a field that is not named stays as it is, null empties it.
        cover: what is said of it; the rest stays.
        revision: that the program read; None writes over whatever there is.

    Raises:
        NewerSave: the draft was saved since that revision.
    """
    held = dict(draft.values)
    if not held and not draft.revision:
        held = begin_values(drafting.form_of(draft), desk.context(draft))
    merged = {name: one for name, one in {**held, **values}.items() if one is not None}
    typed = Typed(
        merged,
        _cover(Cover.from_data(draft.cover), cover),
        draft.revision if revision is None else revision,
        "",
    )
    return drafting.save(desk.acting, draft.key, typed)


def _cover(begun: Cover, said: CoverIn | None) -> Cover:
    given = said.model_dump(exclude_none=True) if said is not None else {}
    return Cover.from_data({**begun.to_data(), **given})


def found_draft(desk: Desk, key: str) -> Draft:
    """Return one of the officer's drafts, in a form that is here.

    Raises:
        Draft.DoesNotExist: there is none.
        NotThere: its form is no longer here.
    """
    draft = drafting.own_draft(desk.acting, key)
    try:
        drafting.form_of(draft)
    except UnknownForm as error:
        raise NotThere(key) from error
    return draft


def wrong_in(checked: Checked, lang: str) -> list[Wrong]:
    """Return what is wrong with a filled form."""
    return [Wrong(name, one.text(lang), one.code) for name, one in checked.errors.items()]


def left_out_of(checked: Checked, lang: str) -> list[Wrong]:
    """Return what is filled and does not belong to the report."""
    return [Wrong(name, one.text(lang), one.code) for name, one in checked.left_out.items()]


def file_draft(desk: Desk, key: str, left_out: Set[str]) -> dict[str, Any]:
    """Send a draft; return its item, its number and for whom a second officer must decide.

    Raises:
        NotComplete, WouldLeaveOut: as they say, with each field.
        LiaisonError: whatever else keeps a page from sending it.
    """
    draft = found_draft(desk, key)
    try:
        item = file_report(desk, key, frozenset(left_out))
    except NotReady as error:
        checked = drafting.check_draft(desk, draft)
        raise NotComplete(key, wrong=wrong_in(checked, desk.lang)) from error
    except LeavesOut as error:
        checked = drafting.check_draft(desk, draft)
        raise WouldLeaveOut(key, wrong=left_out_of(checked, desk.lang)) from error
    content = ReportContent.from_data(item.content)
    return {**done_with(item), "number": content.number, "revision": content.revision}


def wrong_in_cover(missing: dict[str, str]) -> list[Wrong]:
    """Return what is wrong with a cover."""
    return [Wrong(name, said, "cover") for name, said in missing.items()]


def form_or_about() -> NotUnderstood:
    """Return the error for a draft of which is not said what it is."""
    sentence = _("Say either “form”, or “about” and “purpose”.")
    return NotUnderstood("form", wrong=[Wrong("body", sentence, "either")])
