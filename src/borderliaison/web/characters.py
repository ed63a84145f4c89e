"""Refuses NUL, which no text holds: one database keeps it, the other fails, and pages cut at it."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from borderliaison.web.refusals import not_found

NUL = "\x00"


class NoNul:
    """Answers an address with NUL as one that does not exist, and typed text with NUL by name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if NUL in request.path_info:
            return not_found(request, ValueError("NUL"))
        if _holds_nul(request.GET) or _holds_nul(request.POST):
            return _refused(request)
        return self._get_response(request)


def _holds_nul(given: QueryDict) -> bool:
    return any(NUL in name or any(NUL in text for text in texts) for name, texts in given.lists())


def _refused(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This was not understood"),
        "sentence": _("The text holds a character that is none: NUL, U+0000."),
        "said_kept": _("Nothing was changed. Take it out, or type the text anew."),
        "code": "E-WEB-422",
    }
    return render(request, "ui/error.html", context, status=HTTPStatus.BAD_REQUEST)
