"""The page of search: what is looked for stands in its address; a result leads into its thread."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.search.asked import Asked, read_asked
from borderliaison.correspondence.search.finding import PAGE, Way, found
from borderliaison.correspondence.search.hits import show_hits
from borderliaison.forms.load import load_form
from borderliaison.forms.store import offered
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.fields import Choice, FieldView, Widget


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what this officer may read of what he looks for, the latest first."""
    officer, lang = acting_of(request), get_language() or "en"
    asked = read_asked(request.GET.dict())
    wanted = asked.wanted()
    items = found(officer, wanted).select_related("thread", "marking")
    first = (asked.page - 1) * PAGE
    total = 0 if asked.is_empty else items.count()
    shown = [] if asked.is_empty else list(items[first : first + PAGE])
    mark_page(request, PageMarking.of(one.marking.value for one in shown))
    context = {
        "asked": asked,
        "fields": _fields(asked, lang),
        "hits": show_hits(shown, wanted.query, officer, lang),
        "total": total,
        "left_out": wanted.query.left_out,
        "shown": f"{first + 1}–{first + len(shown)}",
        "previous": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "following": asked.address(page=asked.page + 1) if total > first + PAGE else "",
        "without_filters": Asked(q=asked.q).address(),
    }
    return render(request, "correspondence/search.html", context)


def _fields(asked: Asked, lang: str) -> list[FieldView]:
    anything = pgettext("search", "Any")
    return [
        _choice("kind", _("Kind"), asked.kind, _kinds(lang), anything),
        _choice("office", _("Office"), asked.office, _offices(lang), anything),
        _choice("way", _("Direction"), asked.way, _ways(), anything),
        FieldView("since", _("From day"), Widget.DATE, asked.since),
        FieldView("until", _("To day"), Widget.DATE, asked.until),
    ]


def _choice(
    name: str, label: str, value: str, choices: tuple[Choice, ...], blank: str
) -> FieldView:
    return FieldView(name, label, Widget.SELECT, value, choices=choices, blank=blank)


def _kinds(lang: str) -> tuple[Choice, ...]:
    forms = [Choice(one, load_form(one).label.text(lang)) for one in offered("data")]
    return (Choice(MESSAGE, _("Message")), *sorted(forms, key=lambda one: one.label.casefold()))


def _offices(lang: str) -> tuple[Choice, ...]:
    names = [Choice(code, name) for code, name in short_office_names(lang).items()]
    return tuple(sorted(names, key=lambda one: one.label.casefold()))


def _ways() -> tuple[Choice, ...]:
    return (
        Choice(Way.INCOMING.value, _("Came in")),
        Choice(Way.OUTGOING.value, _("Went out")),
    )
