"""Which second language an officer wants on paper: chosen beside the button, remembered in his browser."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from borderliaison.printing.tongues import Tongues

FIELD: Final = "second"
COOKIE: Final = "blo_second"
NONE: Final = "none"
"""Chosen: no second language."""
KEPT: Final = timedelta(days=365)


def tongues_of(request: HttpRequest) -> Tongues:
    """Return the languages of what this request prints."""
    wanted = request.GET.get(FIELD) or request.COOKIES.get(COOKIE, "")
    return Tongues.of(get_language() or "en", wanted)


def remember(request: HttpRequest, answer: HttpResponse) -> None:
    """Keep the language that a request chose in the browser that sent it."""
    chosen = request.GET.get(FIELD)
    if chosen is None:
        return
    second = Tongues.of(get_language() or "en", chosen).second
    answer.set_cookie(
        COOKIE,
        second or NONE,
        max_age=int(KEPT.total_seconds()),
        samesite="Strict",
        httponly=True,
        secure=request.is_secure(),
    )
