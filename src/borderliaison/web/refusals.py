"""Pages for what is not there, not allowed, or has failed: in the frame, in the officer's language.

A stranger's and a missing page are answered alike, so nothing is learnt from the answer.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from borderliaison.ui import manifest
from borderliaison.ui.display import theme_of


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what does not exist, or not for this officer."""
    context = {
        "title": _("There is no such page"),
        "sentence": _("There is nothing here for you."),
        "said_kept": _(
            "It does not exist, was thrown away, or is not addressed to you. "
            "If somebody gave you the address, ask whether you are addressed."
        ),
    }
    return render(request, "ui/error.html", context, status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what this officer may not do."""
    context = {
        "title": _("This is not yours to do"),
        "sentence": _("Your role does not do this."),
        "code": "E-WEB-403",
    }
    return render(request, "ui/error.html", context, status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a request that no page of ours makes."""
    context = {
        "title": _("This was not understood"),
        "sentence": _("The page sent something that is not understood here."),
        "said_kept": _("Nothing was changed. Load the page again and repeat the step."),
        "code": "E-WEB-400",
    }
    return render(request, "ui/error.html", context, status=HTTPStatus.BAD_REQUEST)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer where something failed: without the database, the session and the account."""
    lang = getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
    try:
        sheets = manifest.styles("src/main.ts")
    except ImproperlyConfigured:
        sheets = []
    context = {
        "lang": lang,
        "theme": theme_of(request),
        "styles": sheets,
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
    }
    with translation.override(lang):
        page = loader.render_to_string("500.html", context)
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
