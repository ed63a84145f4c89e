"""The page of one record: what its reader may know of it, and how that is known."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.models import Role
from borderliaison.accounts.services import account_of, reader_of
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.policy import Reader
from borderliaison.markings.pages import mark_page
from borderliaison.records.models import Entity
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.shown.dossier import dossier_of
from borderliaison.records.shown.onward import charts_url
from borderliaison.records.shown.purpose import (
    LIST,
    give_purpose,
    is_personal,
    note_look,
    purpose_of,
    purposes,
)


@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show one record; of a person only for a purpose."""
    reader, lang = reader_of(request), get_language() or "en"
    profile = profile_of(reader, key)
    if profile.key != key:
        return redirect("records:record", profile.key)
    purpose = purpose_of(request)
    if is_personal(profile) and (not purpose or "purpose" in request.GET):
        return render(request, "records/purpose.html", _asking(key, purpose))
    note_look(request, profile)
    dossier = dossier_of(reader, profile, lang)
    mark_page(request, dossier.marking)
    said = load_codes(LIST).text(purpose, lang) if is_personal(profile) else ""
    may_take = account_of(request).role_now != Role.OBSERVER
    shown = {"one": dossier, "purpose": said, "charts_url": charts_url(), "may_take": may_take}
    return render(request, "records/record.html", shown)


@require_POST
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """Keep for what the officer looks, and lead to the record."""
    profile = profile_of(reader_of(request), key)
    if not give_purpose(request, request.POST.get("purpose", "")):
        context = {**_asking(key), "is_missing": True}
        return render(request, "records/purpose.html", context, status=422)
    return redirect("records:record", profile.key)


def profile_of(reader: Reader, key: str) -> Profile:
    """Return what a reader may know of a record.

    Raises:
        Http404: there is none for him.
    """
    pk = Entity.objects.filter(key=key).values_list("pk", flat=True).first()
    found = profiles(reader, [pk]) if pk is not None else {}
    if pk not in found:
        raise Http404
    return found[pk]


def _asking(key: str, chosen: str = "") -> dict[str, Any]:
    action = reverse("records:purpose", args=[key])
    return {"action": action, "chosen": chosen, "choices": purposes(get_language() or "en")}
