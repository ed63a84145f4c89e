"""The offices' pages: the directory, and one office. Any signed-in officer may read them."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from borderliaison.offices.correcting.history import history_of
from borderliaison.offices.correcting.views import may_correct
from borderliaison.offices.errors import UnknownOffice
from borderliaison.offices.services import office_names, this_office
from borderliaison.offices.shown.dossier import dossier_of
from borderliaison.offices.shown.listing import GROUPS, list_offices
from borderliaison.offices.shown.paper import office_document
from borderliaison.offices.shown.trust import show_trust
from borderliaison.offices.trust.keys import signed_directory
from borderliaison.printing.choosing import tongues_of
from borderliaison.printing.handing import hand_out
from borderliaison.printing.sheets import Printer

MAX_QUERY = 80
KIND_WORDS = {
    "border": _("At the border"),
    "centres": _("Centres"),
    "headquarters": pgettext_lazy("offices", "Headquarters"),
}


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Show all offices by country, and the signed directory that this server goes by."""
    directory, now = signed_directory(), datetime.now(UTC)
    listing = list_offices(
        this_office(),
        directory,
        query=request.GET.get("q", "").strip()[:MAX_QUERY],
        group=request.GET.get("kind", ""),
    )
    kinds = [("", pgettext("offices", "All")), *((key, KIND_WORDS[key]) for key in GROUPS)]
    found = {"listing": listing, "trust": show_trust(directory, now), "kinds": kinds}
    return render(request, "offices/list.html", found)


@require_GET
def office(request: HttpRequest, code: str) -> HttpResponse:
    """Show one office: place, status, people, counterpart, reporting line, keys."""
    directory, now = signed_directory(), datetime.now(UTC)
    try:
        dossier = dossier_of(code, this_office(), directory, now)
    except UnknownOffice as error:
        raise Http404 from error
    trust = show_trust(directory, now)
    found = {
        "one": dossier,
        "trust": trust,
        "directory": trust.of(dossier.country_code),
        "history": history_of(dossier.code),
        "may_correct": may_correct(request),
    }
    return render(request, "offices/detail.html", found)


@require_GET
def office_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one office's page as PDF."""
    now = datetime.now(UTC)
    try:
        dossier = dossier_of(code, this_office(), signed_directory(), now)
    except UnknownOffice as error:
        raise Http404 from error
    printer = Printer(
        officer=request.user.officer_id,  # type: ignore[union-attr]
        name=request.user.full_name,  # type: ignore[union-attr]
        office=office_names(get_language() or "en").get(this_office(), this_office()),
        realm=request.reader.realm,  # type: ignore[attr-defined]
        at=now,
    )
    document = office_document(dossier, printer, tongues_of(request))
    return hand_out(request, printer, document, dossier.code)
