"""The second officer's pages: what waits for a decision, and the decision.

What a stranger asks for and what does not exist are answered alike: 404, without a count or a hint.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from borderliaison.correspondence import threads
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.errors import LegalBasisMissing, ReasonMissing, Superseded
from borderliaison.correspondence.models import Dissemination
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.sending import authorise, decline, may_authorise
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.shown.showing import show_item
from borderliaison.correspondence.shown.titles import titles_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.fields import FieldView, Widget
from borderliaison.ui.sentences import sentence
from borderliaison.wording.marks import limits_of, marks_of


def _lang() -> str:
    return get_language() or "en"


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a second officer."""
    officer = acting_of(request)
    held = threads.waiting_for(officer)
    mark_page(request, PageMarking.of(one.item.marking.value for one in held))
    titles = titles_of([one.item for one in held], officer, _lang())
    rows = [_waiting_row(one, titles[one.item.pk], officer, _lang()) for one in held]
    return render(request, "correspondence/waiting.html", {"rows": rows})


def _waiting_row(held: Dissemination, title: str, officer: Acting, lang: str) -> dict[str, Any]:
    names, line = short_office_names(lang), brief(held.item, lang)
    return {
        "held": held,
        "mine": may_authorise(officer, held),
        "offices": [names.get(office, office) for office in held.offices],
        "line": line,
        "title": title,
        "said": line.kind if line.is_card else line.summary,
        "marks": marks_of(held.item.marking.value, officer.author.office, lang),
    }


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show one held dissemination and take the second officer's decision."""
    officer = acting_of(request)
    found = Dissemination.objects.readable_by(officer.reader)
    held = found.select_related("item", "item__marking", "item__thread").filter(key=key).first()
    if held is None:
        raise Http404
    problem: LiaisonError | None = None
    if request.method == "POST":
        try:
            _decide(request, officer, key)
            return redirect("correspondence:thread", held.item.thread.key)
        except LiaisonError as error:
            problem = error
    mark_page(request, PageMarking.of([held.item.marking.value]))
    names = short_office_names(_lang())
    shown = show_item(held.item, officer, _lang())
    context = {
        "held": held,
        "offices": [names.get(one, one) for one in held.offices],
        "shown": shown,
        "title": titles_of([held.item], officer, _lang())[held.item.pk],
        "superseded": sentence(Superseded()) if shown.is_superseded else "",
        "limits": limits_of(held.item.marking.value, _lang()),
        "may_authorise": may_authorise(officer, held) and held.state == Dissemination.State.HELD,
        "problem": sentence(problem) if problem else "",
        "problem_code": problem.code if problem else "",
        "problem_field": isinstance(problem, LegalBasisMissing | ReasonMissing),
        **_decision_fields(request.POST, problem),
    }
    return render(request, "correspondence/decision.html", context)


def _decide(request: HttpRequest, officer: Acting, key: str) -> None:
    if request.POST.get("decision") == "decline":
        decline(officer, key, request.POST.get("reason", ""))
        messages.success(request, _("Not authorised. Nothing was sent."))
    elif request.POST.get("decision") == "authorise":
        authorise(officer, key, request.POST.get("legal_basis", ""))
        messages.success(request, _("Authorised. The letter is on its way."))


def _decision_fields(typed: QueryDict, problem: LiaisonError | None) -> dict[str, FieldView]:
    basis = sentence(problem) if isinstance(problem, LegalBasisMissing) else ""
    reason = sentence(problem) if isinstance(problem, ReasonMissing) else ""
    return {
        "legal_basis": FieldView(
            "legal_basis",
            _("Legal basis"),
            value=typed.get("legal_basis", ""),
            hint=_("Agreement and article, or the order under which this may cross the border"),
            error=basis,
            is_required=True,
            maxlength=200,
            attributes=(("data-key", "a"), ("aria-keyshortcuts", "a"), ("autocomplete", "off")),
        ),
        "reason": FieldView(
            "reason",
            _("Reason for not authorising"),
            Widget.TEXTAREA,
            typed.get("reason", ""),
            error=reason,
            is_required=True,
            rows=2,
            maxlength=500,
        ),
    }
