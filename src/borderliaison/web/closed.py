"""Pages stay closed while this server may lack what others hold: a backup resurrects nothing.

What was retracted or corrected after the backup was made would else be shown as if it still held. Signing
in, the health page and static files stay reachable.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from borderliaison.accounts.middleware import SET_UP
from borderliaison.exchange import services
from borderliaison.exchange.recovery.recovering import Recovery
from borderliaison.offices.services import office_names

REACHABLE: Final = SET_UP | {"web:health"}
AGAIN_S: Final = 15
"""How soon a page that waits looks again by itself."""


class ClosedMiddleware:
    """Answers 503 for every page that reads, until the recovery has ended or an administrator opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say why not and who is awaited."""
        recovery = services.recovery()
        if recovery is None or not recovery.closes_pages or _name_of(request) in REACHABLE:
            return self.get_response(request)
        return _closed(request, recovery)


def is_closed() -> bool:
    """Whether pages are closed at this moment; for what is served beside them."""
    recovery = services.recovery()
    return recovery is not None and recovery.closes_pages


def _closed(request: HttpRequest, recovery: Recovery) -> HttpResponse:
    names = office_names(get_language() or "en")
    context = {
        "recovery": recovery,
        "awaited": [names.get(office, office) for office in recovery.awaited],
        "reconciled": [names.get(office, office) for office in recovery.reconciled],
        "again_s": AGAIN_S,
    }
    answer = render(request, "web/closed.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(AGAIN_S)
    if "HX-Request" in request.headers:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
