"""What the page of a draft shows: the form's parts with their fields, the cover, who will read it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from borderliaison.correspondence.authorisation import Because
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.marks import (
    grade,
    grading_choices,
    handling_choices,
    level_choices,
)
from borderliaison.correspondence.preview import Preview, PreviewLine, preview
from borderliaison.forms.describe import FieldWidget, begin, describe, spread
from borderliaison.forms.show import title
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import CountryCode, OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.wording import WHY
from borderliaison.offices.services import (
    agencies_in,
    agency_names,
    counterparts_of,
    office_names,
    offices_in,
    reporting_line,
)
from borderliaison.reports.drafting import Desk, check_draft, form_of, source_item
from borderliaison.reports.models import Draft
from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from borderliaison.ui.parts.readers import ReaderLine, Readers
from borderliaison.ui.shell import ClockKind, ClockZone

DEFAULT_SCHEME = "4x4"
REGIONAL = OfficeCode("ZZ-CAR")
BECAUSE = {
    Because.CROSSES_BORDER: lambda: _("Crossing a border needs a second officer"),
    Because.ORIGINATOR_FORBIDS: lambda: _("H2: only with the originator's permission"),
    Because.SAME_COUNTRY: lambda: _("Addressed"),
}
_WIDGETS = {
    "radio": Widget.RADIOS,
    "select": Widget.SELECT,
    "checkboxes": Widget.CHECKBOXES,
}


def cover_of(post: QueryDict) -> Cover:
    """Read the cover from the page's own inputs, as far as it is filled in."""
    level = post.get("cover.level", "")
    source, information = post.get("cover.source", ""), post.get("cover.information", "")
    graded = bool(source and information)
    return Cover.from_data(
        {
            "level": int(level) if level in ("0", "1") else None,
            "handling": post.getlist("cover.handling"),
            "handling_text": post.get("cover.handling_text", ""),
            "grading": list(
                grade(DEFAULT_SCHEME, source + information) if graded else ("", "", "")
            ),
            "own": post.getlist("cover.own"),
            "to": post.getlist("cover.to"),
        }
    )


def compose_context(desk: Desk, draft: Draft, *, checked: bool) -> dict[str, Any]:
    """Return all that the page of a draft shows.

    Args:
        desk: who writes, and where.
        draft: what is written.
        checked: whether errors of what is missing are shown as well; else only of what is wrong.
    """
    form = form_of(draft)
    outcome = check_draft(desk, draft)
    errors = outcome.errors if checked else outcome.wrong
    context = desk.context(draft)
    raw = draft.values if draft.values or draft.revision else begin(form, context)
    texts = spread(form, raw, context.zone)
    parts: list[dict[str, Any]] = []
    for place, part in enumerate(describe(form, desk.lang, context.directory), start=1):
        views = [
            view
            for widget in part.fields
            if not widget.derived
            for view in _fields(widget, texts, errors, desk)
        ]
        parts.append(
            {
                "name": part.name,
                "number": place,
                "label": part.label,
                "hint": part.hint,
                "fields": views,
                "wrong": sum(bool(one.error) for one in views),
                "filled": any(one.values for one in views),
            }
        )
    cover = Cover.from_data(draft.cover)
    source = source_item(desk.acting, draft)
    return {
        "draft": draft,
        "form": form,
        "form_label": form.label.text(desk.lang),
        "parts": parts,
        "views": [one for part in parts for one in part["fields"]],
        "checked": checked,
        "left": len(outcome.errors),
        "cover": cover_fields(desk, cover),
        "recipients": recipient_choices(desk, cover),
        "source": source,
        "zone": context.zone,
        **preview_of(desk, draft, cover),
    }


def drafts_shown(desk: Desk, drafts: list[Draft]) -> list[dict[str, Any]]:
    """Return drafts for a list: what each is about as far as it is filled in."""
    directory = desk.around.directory()
    return [
        {
            "key": one.key,
            "label": title(form_of(one), check_draft(desk, one).values, desk.lang, directory),
            "saved_at": one.saved_at,
        }
        for one in drafts
    ]


def _fields(
    widget: FieldWidget, texts: Mapping[str, list[str]], errors: Mapping[str, Any], desk: Desk
) -> list[FieldView]:
    error = errors.get(widget.name)
    columns = max(3, widget.columns // len(widget.inputs))
    choices = tuple(Choice(one.value, one.label, one.note, one.icon) for one in widget.options)
    views: list[FieldView] = []
    for name in widget.inputs:
        said = tuple(texts.get(name, []))
        kind = _widget_of(widget)
        many = kind is Widget.CHECKBOXES
        at_this = error is not None and error.input == name
        at_first = error is not None and error.input not in widget.inputs and not views
        views.append(
            FieldView(
                name=name,
                label=_input_label(widget, name),
                widget=kind,
                value=said if many else next(iter(said), ""),
                choices=choices if kind is not Widget.DATETIME else (),
                hint=widget.hint if name == widget.inputs[0] else "",
                unit=_offset(desk.around.zone()) if kind is Widget.DATETIME else widget.unit,
                error=error.text(desk.lang) if error is not None and (at_this or at_first) else "",
                is_required=widget.required,
                columns=columns,
                rows=widget.rows,
                maxlength=widget.maxlength,
            )
        )
    return views


def _offset(zone: str) -> str:
    return ClockZone(ClockKind.LOCAL, "", zone).offset(datetime.now(UTC))


def _widget_of(widget: FieldWidget) -> Widget:
    if widget.choose_as:
        return _WIDGETS[widget.choose_as]
    match widget.type:
        case "datetime_local" | "window":
            return Widget.DATETIME
        case "plate":
            return Widget.CODE
        case _:
            return Widget.TEXTAREA if widget.rows > 1 else Widget.TEXT


def _input_label(widget: FieldWidget, name: str) -> str:
    match name.rpartition(".")[2]:
        case "from":
            return _("%(label)s, from") % {"label": widget.label}
        case "until":
            return _("%(label)s, until") % {"label": widget.label}
        case _:
            return widget.label


def cover_fields(desk: Desk, cover: Cover) -> dict[str, FieldView]:
    """Return the fields of the cover: classification, handling, grading, own agencies."""
    own = desk.acting.author.office
    names = agency_names(desk.lang)
    grade = cover.grading[2]
    sources, informations = grading_choices(DEFAULT_SCHEME, desk.lang)
    return {
        "level": FieldView(
            "cover.level", _("Classification"), Widget.RADIOS, str(cover.level),
            choices=level_choices(own, desk.lang), is_required=True, columns=12,
        ),
        "handling": FieldView(
            "cover.handling", _("Handling"), Widget.CHECKBOXES, cover.handling,
            choices=handling_choices(desk.lang), hint=_("None ticked means H0"), columns=12,
        ),
        "handling_text": FieldView(
            "cover.handling_text", _("What H3 asks for"), Widget.TEXT, cover.handling_text,
            maxlength=200,
        ),
        "source": FieldView(
            "cover.source", _("Source"), Widget.SELECT, grade[:1], choices=sources,
            blank=_("Not graded"), columns=6,
        ),
        "information": FieldView(
            "cover.information", _("Information"), Widget.SELECT, grade[1:], choices=informations,
            blank=_("Not graded"), columns=6,
        ),
        "own": FieldView(
            "cover.own", _("Agencies of this office"), Widget.CHECKBOXES, cover.own,
            choices=tuple(Choice(one, names.get(one, one)) for one in agencies_in(own)),
            hint=_("None ticked means all of them"), columns=12,
        ),
    }  # fmt: skip


def recipient_choices(desk: Desk, cover: Cover) -> FieldView:
    """Return the offices that may be addressed: the reporting line, counterparts, then the rest."""
    own = desk.acting.author.office
    line, facing = reporting_line(own), counterparts_of(own)
    names = office_names(desk.lang)
    groups = (
        (_("Reporting line"), line),
        (_("Counterpart across the border"), facing),
        (
            _("Own country"),
            tuple(one for one in offices_in(CountryCode(own[:2])) if one not in line),
        ),
        (_("Other countries"), tuple(one for one in names if one[:2] != own[:2])),
    )
    taken: set[str] = {own}
    choices = []
    for group, offices in groups:
        for office in offices:
            if office not in taken:
                taken.add(office)
                choices.append(
                    Choice(office, names.get(office, office), group=group, note=office[:2])
                )
    for one in cover.to:
        if one not in taken:
            code, _sep, agency = one.partition(":")
            said = agency_names(desk.lang).get(agency, agency)
            choices.append(Choice(one, f"{names.get(code, code)}: {said}"))
    return FieldView(
        "cover.to", _("To"), Widget.CHECKBOXES, cover.to, choices=tuple(choices), is_required=True
    )


def page_marking_of(desk: Desk, cover: Cover) -> PageMarking:
    """Return the marking that a draft has now; nothing stricter is on its page."""
    try:
        marking = cover.marking(desk.acting.author.office, desk.acting.reader.realm)
    except MalformedData:
        return PageMarking()
    return PageMarking.of([marking])


def preview_of(desk: Desk, draft: Draft, cover: Cover) -> dict[str, Any]:
    """Return "who will read this" for a cover, in words."""
    own = desk.acting.author.office
    try:
        marking = cover.marking(own, desk.acting.reader.realm)
    except MalformedData:
        return {
            "readers": Readers(note=_("Say what H3 asks for, then the readers are shown.")),
            "held": 0,
        }
    source = source_item(desk.acting, draft)
    borrowed = source.office if source is not None and draft.purpose == "pass_on" else None
    others = (*reporting_line(own), *counterparts_of(own), REGIONAL)
    found = preview(marking, own, others, OfficeCode(borrowed) if borrowed else None)
    return {"readers": _in_words(desk, found), "held": len(found.after_authorisation)}


def _in_words(desk: Desk, found: Preview) -> Readers:
    line = reporting_line(desk.acting.author.office)

    def words(one: PreviewLine) -> ReaderLine:
        names, agencies = office_names(desk.lang), agency_names(desk.lang)
        office = names.get(one.office, one.office)
        said = ", ".join(agencies.get(agency, agency) for agency in one.agencies)
        if isinstance(one.reason, Because):
            reason = BECAUSE[one.reason]()
        elif one.office in line and one in found.will:
            reason = _("Your reporting line")
        else:
            reason = str(WHY[one.reason])
        return ReaderLine(f"{office}: {said}" if said else office, reason, icon="building")

    not_live = ReaderLine(
        _("Anyone in an exercise"), _("Other realm: cannot be crossed"), icon="flag-3"
    )
    not_exercise = ReaderLine(_("Anyone in live work"), _("Other realm: cannot be crossed"))
    wall = not_exercise if desk.acting.reader.realm.is_exercise else not_live
    return Readers(
        will=tuple(words(one) for one in found.will),
        after=tuple(words(one) for one in found.after_authorisation),
        will_not=(*(words(one) for one in found.will_not), wall),
    )
