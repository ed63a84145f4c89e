"""Tags of pages: panels and their states, fields, tables, pagination, dialogs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.forms.utils import flatatt
from django.template import Library
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from borderliaison.ui.parts.fields import Choice, FieldView
from borderliaison.ui.parts.times import face
from borderliaison.ui.tags.drawing import draw
from borderliaison.ui.tags.marks import now_of

register = Library()
_SELECTED, _DISABLED, _CHECKED = map(mark_safe, (" selected", " disabled", " checked"))


@register.simple_block_tag(takes_context=True)
def panel_head(
    context: Context, content: SafeString, title: str, *, count: str = "", note: str = ""
) -> SafeString:
    """Show the head of a panel: title, count, a note; the content is what stands at its end."""
    inner = {"title": title, "count": count, "note": note, "content": content}
    return draw(context, "ui/components/panel_head.html", inner)


@register.simple_block_tag(takes_context=True)
def empty(
    context: Context, content: SafeString, title: str, text: str, icon: str = "inbox"
) -> SafeString:
    """Say what would be here; the content is the one way to get it."""
    inner = {"title": title, "text": text, "icon": icon, "content": content}
    return draw(context, "ui/components/empty.html", inner)


@register.simple_block_tag(takes_context=True)
def failure(
    context: Context, content: SafeString, title: str, text: str, quote: str = ""
) -> SafeString:
    """Say what failed, what is safe, and a number to quote; the content is what can be done."""
    inner = {"title": title, "text": text, "quote": quote, "content": content}
    return draw(context, "ui/components/failure.html", inner)


@register.simple_block_tag(takes_context=True)
def skeleton(context: Context, content: SafeString, rows: int = 3) -> SafeString:
    """Show grey shapes after 300 ms; the content is the sentence that appears after 3 s."""
    return draw(context, "ui/components/skeleton.html", {"rows": range(rows), "content": content})


@register.inclusion_tag("ui/components/offline.html", takes_context=True)
def offline_bar(context: Context, since: datetime, text: str) -> dict[str, Any]:
    """Say since when there is no link, and that work goes on."""
    return {"since": since, "text": text, "page_now": now_of(context)}


@register.inclusion_tag("ui/components/field.html")
def field(field: FieldView) -> dict[str, Any]:
    """Draw a field with its label, error, control, unit and hint."""
    extra = dict(field.attributes)
    if field.described_by:
        extra["aria-describedby"] = field.described_by
    if field.error:
        extra["aria-invalid"] = "true"
    if field.is_required:
        extra["aria-required"] = "true"
    if field.is_disabled:
        extra["disabled"] = True
    if field.maxlength:
        extra["maxlength"] = str(field.maxlength)
    return {
        "field": field,
        "attributes": flatatt(extra),
        "template": f"ui/components/widgets/{field.widget}.html",
    }


@register.simple_tag
def options(choices: Sequence[Choice], values: Sequence[str]) -> SafeString:
    """Draw what a list offers. In Python: lists of hundreds are most of what a long form costs."""
    return format_html_join(
        "",
        '<option value="{}"{}{}{}{}{}>{}</option>',
        (
            (
                one.value,
                _SELECTED if one.value in values else "",
                _DISABLED if one.is_disabled else "",
                format_html(' data-words="{}"', one.words) if one.words else "",
                format_html(' data-note="{}"', one.note) if one.note else "",
                format_html(' data-icon="{}"', one.icon) if one.icon else "",
                one.label,
            )
            for one in choices
        ),
    )


@register.simple_tag
def checks(name: str, choices: Sequence[Choice], chosen: Sequence[str]) -> SafeString:
    """Draw bare check boxes of one name; in Python, as ``options``."""
    return format_html_join(
        "",
        '<label class="check"><input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>',
        ((name, one.value, _CHECKED if one.value in chosen else "", one.label) for one in choices),
    )


@register.inclusion_tag("ui/components/draft_state.html", takes_context=True)
def draft_state(
    context: Context, saved_at: datetime | None = None, state: str = ""
) -> dict[str, Any]:
    """Say where the draft is; the script of ``form[data-autosave]`` keeps it true."""
    words = ""
    if saved_at is not None:
        said = face(saved_at, now_of(context), seconds=True)
        words = (
            _("Draft saved here on {date}, {time}").format(date=said.local_date, time=said.local)
            if said.local_date
            else _("Draft saved here {time}").format(time=said.local)
        )
    return {"words": words, "state": state or ("saved" if words else "")}


@register.inclusion_tag("ui/components/signatures.html")
def signatures(*roles: str) -> dict[str, Any]:
    """Draw signature lines; they are seen on paper only."""
    return {"roles": roles}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(fields: Sequence[FieldView], note: str = "") -> dict[str, Any]:
    """List the fields with errors, each a link to its field; nothing without errors."""
    return {"wrong": [one for one in fields if one.error], "note": note}


@register.inclusion_tag("ui/components/column.html")
def column(label: str, *, number: bool = False, sort: str = "", url: str = "") -> dict[str, Any]:
    """Draw a table's column head; ``sort`` is ``up`` or ``down`` where the table is sorted by it."""
    return {"label": label, "number": number, "sort": sort, "url": url}


@register.inclusion_tag("ui/components/pages.html")
def pages(shown: str, total: int, *, previous: str = "", following: str = "") -> dict[str, Any]:
    """Say how many of how many are shown, and lead on: "1–50 of 312"."""
    return {"shown": shown, "total": total, "previous": previous, "following": following}


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context, content: SafeString, name: str, title: str, text: str = ""
) -> SafeString:
    """Make a dialog with this id; the content is its form with the buttons."""
    inner = {"name": name, "title": title, "text": text, "content": content}
    return draw(context, "ui/components/confirm.html", inner)
