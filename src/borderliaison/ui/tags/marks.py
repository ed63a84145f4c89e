"""Tags of markings, urgency and time."""

from datetime import datetime
from typing import Any

from django.template import Library
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from borderliaison.kernel.marking import Grading
from borderliaison.ui.parts.due import due as due_of
from borderliaison.ui.parts.marks import GradingLabel, Marks
from borderliaison.ui.parts.times import face
from borderliaison.ui.shell import MarkingLabels, Shell

register = Library()


def now_of(context: Context) -> datetime:
    """Return the page's present: the shell's, so that every age on a page agrees."""
    handed_on, shell = context.get("page_now"), context.get("shell")
    if isinstance(handed_on, datetime):
        return handed_on
    return shell.now if isinstance(shell, Shell) else timezone.now()


@register.inclusion_tag("ui/components/marks.html")
def marks(marks: Marks) -> dict[str, Any]:
    """Show all markings of one thing in their order."""
    return {"marks": marks}


@register.inclusion_tag("ui/components/grading.html")
def grading(grading: GradingLabel | Grading, *, with_scheme: bool = True) -> dict[str, Any]:
    """Show a grading as a box of cells, the scheme beside it unless it cannot be another."""
    if isinstance(grading, Grading):
        grading = GradingLabel.of(grading, with_scheme=with_scheme)
    return {"grading": grading}


@register.inclusion_tag("ui/components/page_marking.html")
def classification(words: str, *, is_open: bool = False) -> dict[str, Any]:
    """Show a classification: a filled block, or the outline only for "Open"."""
    return {"marking": MarkingLabels(classification=words, is_open=is_open)}


@register.inclusion_tag("ui/components/page_marking.html")
def handling(*codes: str) -> dict[str, Any]:
    """Show handling codes: blocks with a thick left edge."""
    return {"marking": MarkingLabels(handling=codes)}


@register.inclusion_tag("ui/components/page_marking.html")
def audience(words: str) -> dict[str, Any]:
    """Show an audience: a pill."""
    return {"marking": MarkingLabels(audience=words)}


@register.inclusion_tag("ui/components/urgency.html")
def urgency(value: str, words: str = "") -> dict[str, Any]:
    """Show a CAP urgency: ``immediate``, ``expected``, ``future``, ``past``, ``unknown``."""
    labels = {
        "immediate": _("Immediate"),
        "expected": _("Expected"),
        "future": _("Future"),
        "past": _("Past"),
        "unknown": _("Urgency not known"),
    }
    value = value.lower()
    return {"value": value, "words": words or labels.get(value, value)}


@register.inclusion_tag("ui/components/tag.html")
def tag(words: str, *, tone: str = "grey", icon: str = "") -> dict[str, Any]:
    """Show a word with a tone of ``TONES`` and its icon: ``{% tag "Search" tone="blue" icon=… %}``."""
    return {"words": words, "tone": tone, "icon": icon}


@register.inclusion_tag("ui/components/due.html", takes_context=True)
def due(context: Context, at: datetime, since: datetime | None = None) -> dict[str, Any]:
    """Show a deadline: grey far off, amber in the last quarter, red when late; always with its hour."""
    now = now_of(context)
    return {"due": due_of(at, now, since), "face": face(at, now)}


@register.simple_tag(takes_context=True)
def time(
    context: Context, at: datetime, form: str = "both", *, seconds: bool = False
) -> SafeString:
    """Show a moment: ``both`` is "21:41 · 15:41 UTC", ``stack`` two lines, ``local`` the hour only."""
    said = face(at, now_of(context), seconds=seconds)
    local = format_html('<span class="time-local">{}</span>', said.local)
    if said.local_date:
        local = format_html('<span class="time-day">{}</span> {}', said.local_date, local)
    utc = SafeString("")
    if form == "both":
        there = f"{said.utc_date} {said.utc}".strip()
        utc = format_html(' <span class="time-utc">· {} UTC</span>', there)
    elif form == "stack":
        utc = format_html(' <span class="time-utc">{}Z</span>', said.utc)
    return format_html(
        '<time class="time time-{}" datetime="{}">{}{}</time>', form, said.iso, local, utc
    )
