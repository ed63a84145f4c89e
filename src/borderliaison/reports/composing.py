"""What the page of a draft shows: the form's parts with their fields, the cover, who will read it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from borderliaison.correspondence.cover import Cover
from borderliaison.forms.check import FieldError, check
from borderliaison.forms.context import Context, Directory
from borderliaison.forms.describe import begin, describe, spread
from borderliaison.forms.errors import UnknownForm
from borderliaison.forms.schema import Form
from borderliaison.forms.show import draft_title
from borderliaison.reports.addressing import recipient_groups
from borderliaison.reports.asking_help import before_of
from borderliaison.reports.attaching import files_view
from borderliaison.reports.covering import TO, cover_errors, cover_fields
from borderliaison.reports.drafting import Desk, form_of, source_item
from borderliaison.reports.form_parts import Filled, PartState, PartView, part_of
from borderliaison.reports.inputs import Typed
from borderliaison.reports.models import Draft
from borderliaison.reports.row_moves import RowMove
from borderliaison.reports.who_reads import preview_of
from borderliaison.ui.parts.fields import FieldView

HEADINGS: Mapping[str, Callable[[], str]] = {
    "new": lambda: _("New report"),
    "pass_on": lambda: _("Passing on"),
    "correct": lambda: _("Correction"),
    "result": lambda: _("Report on a lookout"),
    "answer": lambda: _("Answer to a request"),
    "refuse": lambda: _("Refusing a request"),
    "extend": lambda: _("More time for a request"),
}
"""What the page is called, by why the draft was begun."""


def compose_context(
    desk: Desk, draft: Draft, *, checked: bool, move: RowMove | None = None
) -> dict[str, Any]:
    """Return all that the page of a draft shows.

    Args:
        desk: who writes, and where.
        draft: what is written.
        checked: whether errors of what is missing are shown as well; else only of what is wrong.
        move: what was done to rows just now.
    """
    form = form_of(draft)
    context = desk.context(draft)
    raw = _raw(form, draft, context)
    outcome = check(form, raw, context)
    errors = outcome.errors if checked else outcome.wrong
    texts = spread(form, raw, context.zone)
    cover = Cover.from_data(draft.cover)
    typed = Typed(form, texts, errors, outcome.errors, desk, context, outcome.left_out)
    filled = Filled(raw, outcome.values, move, context.point_kinds)
    parts = [
        part_of(place, part, typed, filled)
        for place, part in enumerate(describe(form, desk.lang, context.directory), start=1)
    ]
    missing = cover_errors(cover)
    addressed = recipient_groups(desk, cover, missing.get(TO, "") if checked else "")
    fields = cover_fields(desk, cover, missing if checked else {})
    files = files_view(desk.acting, draft)
    parts += [
        PartView(
            "files",
            len(parts) + 1,
            _("Files"),
            state=_state(wrong=False, done=files.here, otherwise=PartState.EMPTY),
            note=str(files.here) if files.here else "",
        ),
        _cover_part(len(parts) + 2, cover, fields),
        PartView(
            "to",
            len(parts) + 3,
            _("To whom"),
            state=_state(wrong=addressed.error, done=cover.to, otherwise=PartState.EMPTY),
            note=str(len(cover.to)) if cover.to else "",
        ),
    ]
    views = [one for part in parts for one in part.inputs] + [addressed.field]
    return {
        "draft": draft,
        "form": form,
        "forms_lang": desk.lang,
        "form_label": form.label.text(desk.lang),
        "draft_title": draft_title(form, outcome.values, desk.lang, desk.around.directory()),
        "heading": HEADINGS.get(draft.purpose, HEADINGS["new"])(),
        "parts": parts,
        "views": views,
        "has_errors": any(one.error for one in views),
        "left_out": left_out_of(views, outcome.left_out),
        "checked": checked,
        "left": len(outcome.errors) + len(missing),
        "cover": fields,
        "files": files,
        "addressed": addressed,
        "source": source_item(desk.acting, draft),
        "zone": context.zone,
        "before": before_of(desk.acting, desk.lang, draft, outcome.values),
        **preview_of(desk, draft, cover, outcome.values),
    }


def left_out_of(views: list[FieldView], left_out: Mapping[str, FieldError]) -> list[FieldView]:
    """Return what is filled and will be left out, each once, as the page names it before sending."""
    found = {name: _named(name, views) for name in left_out}
    return [replace(view, name=name) for name, view in found.items()]


def _named(name: str, views: list[FieldView]) -> FieldView:
    return next(
        (
            one
            for one in views
            if one.notice and (one.name == name or one.name.startswith(f"{name}."))
        ),
        FieldView(name, name),
    )


def checked_values(desk: Desk, draft: Draft, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is right of what is typed in the page of a draft."""
    return check(form_of(draft), raw, desk.context(draft)).values


def drafts_shown(desk: Desk, drafts: list[Draft]) -> list[dict[str, Any]]:
    """Return drafts for a list: what each is about as far as it is filled in, and what is missing."""
    directory = desk.around.directory()
    return [_shown(desk, one, directory) for one in drafts]


def _shown(desk: Desk, draft: Draft, directory: Directory) -> dict[str, Any]:
    """Return a draft for a list; one whose form is no longer here can only be thrown away."""
    about = {"key": draft.key, "saved_at": draft.saved_at}
    try:
        form = form_of(draft)
    except UnknownForm:
        said = _("%(form)s, version %(n)d") % {"form": draft.form, "n": draft.version}
        return {**about, "label": said, "form": _("This form is no longer here"), "is_gone": True}
    context = desk.context(draft)
    outcome = check(form, _raw(form, draft, context), context)
    missing = cover_errors(Cover.from_data(draft.cover))
    return {
        **about,
        "label": draft_title(form, outcome.values, desk.lang, directory),
        "form": form.label.text(desk.lang),
        "icon": form.icon,
        "left": len(outcome.errors) + len(missing),
    }


def _raw(form: Form, draft: Draft, context: Context) -> dict[str, Any]:
    """Return what is typed; for a draft that was never saved, what its form begins with."""
    return dict(draft.values) if draft.values or draft.revision else begin(form, context)


def _cover_part(place: int, cover: Cover, fields: Mapping[str, FieldView]) -> PartView:
    graded = cover.grading[2]
    wrong = fields["handling_text"].error
    return PartView(
        "cover",
        place,
        _("Grading and marking"),
        fields=tuple(fields.values()),
        state=_state(wrong=wrong, done=graded, otherwise=PartState.BEGUN),
        note="" if graded else _("not graded"),
    )


def _state(*, wrong: object, done: object, otherwise: PartState) -> PartState:
    if wrong:
        return PartState.WRONG
    return PartState.DONE if done else otherwise
