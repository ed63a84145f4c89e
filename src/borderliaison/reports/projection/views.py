"""The page on which a report is taken out of the records, and put back."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.errors import ReasonMissing
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.texts import typed_text
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.reports.content import PAYLOAD_TYPE
from borderliaison.reports.projection.kept_out import why_out
from borderliaison.reports.projection.taking_out import (
    DECIDING,
    MAX_WHY,
    Decider,
    put_back,
    take_out,
)
from borderliaison.ui.parts.fields import FieldView, Widget
from borderliaison.ui.sentences import sentence


@require_http_methods(["GET", "POST"])
def in_records(request: HttpRequest, key: str) -> HttpResponse:
    """Show whether a report is in the records, and take the decision of the head of the office."""
    officer = acting_of(request)
    item = _to_decide(officer, key)
    problem: LiaisonError | None = None
    if request.method == "POST":
        try:
            _decide(request, officer, item)
            return redirect(item_url(item))
        except LiaisonError as error:
            problem = error
    mark_page(request, PageMarking.of([item.marking.value]))
    line = brief(item, get_language() or "en")
    reason = FieldView(
        "why",
        _("Reason"),
        widget=Widget.TEXTAREA,
        value=request.POST.get("why", ""),
        hint=_("Whoever may read the report reads it"),
        error=sentence(problem) if problem else "",
        is_required=True,
        maxlength=MAX_WHY,
    )
    context = {
        "item": item,
        "line": line,
        "url": item_url(item),
        "out": why_out(item, officer.reader, datetime.now(UTC)),
        "reason": reason,
    }
    return render(request, "reports/in_records.html", context)


def _to_decide(officer: Acting, key: str) -> Item:
    try:
        item = readable_item(officer, key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    if item.payload_type != PAYLOAD_TYPE or officer.author.role not in DECIDING:
        raise Http404
    return item


def _decide(request: HttpRequest, officer: Acting, item: Item) -> None:
    decider = Decider(officer.author.officer, officer.author.name)
    if request.POST.get("decision") == "put_back":
        put_back(item, decider)
        messages.success(request, _("The records say again what this report says."))
        return
    why = typed_text(request.POST.get("why", ""), MAX_WHY, lines=True)
    if not why:
        raise ReasonMissing("why")
    take_out(item, why, decider)
    messages.success(request, _("The records say nothing of this report any more."))
