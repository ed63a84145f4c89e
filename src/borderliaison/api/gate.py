"""The way in for programs: a middleware that answers everything under ``/api/v1/`` by itself.

It stands before the session, so that no cookie is read and no page's rule applies: a call is its token.
"""

import hashlib
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from borderliaison.accounts.zones import zone_of
from borderliaison.api.bodies import hold_body
from borderliaison.api.calls import Call, admit, note, of_maps
from borderliaison.api.errors import BadBody, Closed, Failed, NotThere, NotThisWay
from borderliaison.api.interface import BEFOREHAND, methods
from borderliaison.api.once import is_answered, once
from borderliaison.api.problems import problem
from borderliaison.exchange.recovery.closing import closed
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.remembering import one_look

PREFIX: Final = "/api/v1/"
AGAIN_S: Final = 15
"""How soon a program should look again while this server gets back what it lacks."""

log = logging.getLogger(__name__)

Next = Callable[[HttpRequest], HttpResponse]


class ApiGate:
    """Answers programs; lets everything else pass."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a program's call, or let a page's request pass."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        language = language_of(request.headers.get("Accept-Language", ""))
        with (
            translation.override(language),
            timezone.override(zone_of(settings.BLO_OFFICE)),
            one_look(),
        ):
            answer = _answer_or_fail(request)
        answer.headers["Content-Language"] = language
        patch_vary_headers(answer, ("Accept-Language", "Authorization"))
        return _unless_held(request, answer)


def language_of(accepted: str) -> str:
    """Return the language in which to answer: the first accepted one that there is."""
    for one, _ in parse_accept_lang_header(accepted[:200].lower()):
        try:
            return translation.get_supported_language_variant(one)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def check_open() -> None:
    """Refuse everything while this server may lack what others hold.

    Raises:
        Closed: as it says.
    """
    if closed() is not None:
        raise Closed(retry_after_s=AGAIN_S)


def _answer_or_fail(request: HttpRequest) -> HttpResponse:
    """Answer; where something fails, say so as any other refusal, and log where it was."""
    try:
        return _answer(request)
    except Exception:
        log.exception("a program's call failed")
        return problem(Failed())


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        check_open()
        call = admit(request)
    except LiaisonError as error:
        return _refused(request, error)
    request.call = call  # type: ignore[attr-defined]
    request.user = call.officer
    request.reader = call.officer.reader()  # type: ignore[attr-defined]
    match: ResolverMatch | None = None
    try:
        _check_address(request)
        match = resolve(request.path_info.rstrip("/"))
        answer = _work(call, request, match)
    except Resolver404:
        answer = problem(NotThere())
    except LiaisonError as error:
        answer = problem(error)
    if call.is_reading or answer.status_code >= HTTPStatus.BAD_REQUEST:
        with transaction.atomic():
            note(call, match, answer.status_code, request.GET)
    return answer


def _work(call: Call, request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    """Let a route answer; where that changes something, once, and with its audit line."""
    allowed = methods().get(match.url_name or "", frozenset())
    if call.method not in allowed:
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
        if call.method != "OPTIONS":
            answer = problem(NotThisWay(call.method))
        answer.headers["Allow"] = ", ".join(sorted(allowed))
        return answer

    def route() -> HttpResponse:
        request.resolver_match = match
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer

    if call.is_reading:
        return route()
    if (first := BEFOREHAND.get(match.url_name or "")) is not None:
        hold_body(request, first.most)
        if not is_answered(call, request):
            first.work(request, **match.kwargs)
    with transaction.atomic():
        answer = once(call, request, route)
        if answer.status_code < HTTPStatus.BAD_REQUEST:
            note(call, match, answer.status_code, request.GET)
    return answer


def _refused(request: HttpRequest, error: LiaisonError) -> HttpResponse:
    """Refuse somebody who is not let in; of maps, say that the token may stand as a password too."""
    answer = problem(error)
    if answer.status_code == HTTPStatus.UNAUTHORIZED and of_maps(request):
        answer.headers["WWW-Authenticate"] += ', Basic realm="Border Liaison", charset="UTF-8"'
    return answer


def _check_address(request: HttpRequest) -> None:
    if "\x00" in request.path_info or any("\x00" in one for one in request.GET.values()):
        raise BadBody("the address holds NUL")


def _unless_held(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Spare the line what the program holds already. Source: RFC 9110, section 13.1.2."""
    if request.method != "GET" or answer.status_code != HTTPStatus.OK or answer.streaming:
        return answer
    tag = f'W/"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    held = {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}
    if tag in held:
        answer = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    answer.headers["ETag"] = tag
    return answer
