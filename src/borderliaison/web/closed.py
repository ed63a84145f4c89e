"""Pages stay closed while this server may lack what others hold: a backup resurrects nothing.

What was retracted or corrected after the backup was made would else be shown as if it still held. A node
that was just started may be an old copy that nobody has noted: its pages stay closed until its worker has
looked. Signing in, the health page and static files stay reachable.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from borderliaison.accounts.middleware import SET_UP
from borderliaison.exchange.recovery.closing import Cause, Closed, closed
from borderliaison.offices.services import office_names

REACHABLE: Final = SET_UP | {"web:health"}
AGAIN_S: Final = 15
"""How soon a page that waits looks again by itself."""
SOON_S: Final = 2
"""The same while the worker begins."""


class ClosedMiddleware:
    """Answers 503 for every page that reads, until nothing is lacking or an administrator opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say why not and who is awaited."""
        why = closed()
        if why is None or _name_of(request) in REACHABLE:
            return self.get_response(request)
        return _closed(request, why)


def is_closed() -> bool:
    """Whether pages are closed at this moment; for what is served beside them."""
    return closed() is not None


def _closed(request: HttpRequest, why: Closed) -> HttpResponse:
    names = office_names(get_language() or "en")
    again_s = SOON_S if why.cause is Cause.NOT_LOOKED else AGAIN_S
    context = {
        "cause": why.cause,
        "awaited": [names.get(office, office) for office in why.awaited],
        "reconciled": [names.get(office, office) for office in why.reconciled],
        "again_s": again_s,
    }
    answer = render(request, "web/closed.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(again_s)
    if "HX-Request" in request.headers:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
