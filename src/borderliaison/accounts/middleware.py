"""Who may reach a page at all: nobody who is not signed in, with both steps, unless listed here.

Three middlewares, outermost first:
``SecurityHeaders`` (every response), ``Gate`` (default deny), ``Locality`` (language, zone).
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from borderliaison.accounts import second_factor, sessions
from borderliaison.accounts.headers import NOT_KEPT, SECURITY_HEADERS
from borderliaison.accounts.models import Account
from borderliaison.accounts.services import leave_realm
from borderliaison.accounts.zones import zone_of
from borderliaison.kernel.speaking import forms_speak
from borderliaison.ui.display import THEME_COOKIE

Next = Callable[[HttpRequest], HttpResponse]

OPEN: Final = frozenset(
    {
        "account_login",
        "account_logout",
        "mfa_authenticate",
        "ui:language",
        "ui:theme",
        "web:wall",
        "web:wall_parts",
    }
)
"""Names of the routes that somebody who is not signed in may reach. Static files are served before.

The wall lets in by itself: who is signed in with both steps, and a screen with a sign-in of its own.
"""

PASSWORD_ONLY: Final = OPEN | {"account_change_password"}
"""What an account reaches while its password is the one that the administrator handed over."""

SET_UP: Final = PASSWORD_ONLY | {
    "account_reauthenticate",
    "accounts_begin",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}
"""What an account without a second factor reaches: enough to add one."""


class SecurityHeaders:
    """Puts the security headers on every response, errors and static files among them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", NOT_KEPT)
        return response


class Gate:
    """Lets a request through only as far as its sign-in has come. Sets ``request.reader``."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send to the step of signing in that is missing."""
        now = time.time()
        if isinstance(request.user, Account) and (end := sessions.end_of(request.session, now)):
            auth.logout(request)
            messages.info(request, _why(end))
        if not isinstance(request.user, Account):
            return self._pass_if(OPEN, request, lambda: to_sign_in(request))
        sessions.touch(request, now)
        account = request.user
        response = self._signed_in(request, account)
        if isinstance(request.user, Account):
            _keep_display(account, response)
        return response

    def _signed_in(self, request: HttpRequest, account: Account) -> HttpResponse:
        if account.password_is_initial:
            page = "account_change_password"
            return self._pass_if(PASSWORD_ONLY, request, lambda: to_page(request, page))
        has_one = second_factor.has_second_factor(account)
        if not has_one:
            return self._pass_if(SET_UP, request, lambda: to_page(request, "accounts_begin"))
        if not second_factor.was_shown(request.session):
            auth.logout(request)
            return self._pass_if(OPEN, request, lambda: to_sign_in(request))
        if account.working_realm.is_exercise and account.exercise is None:
            leave_realm(account)
            messages.info(request, _("You are back in live work: the exercise is not yours."))
        request.reader = account.reader()  # type: ignore[attr-defined]
        return self.get_response(request)

    def _pass_if(
        self, names: frozenset[str], request: HttpRequest, otherwise: Callable[[], HttpResponse]
    ) -> HttpResponse:
        return self.get_response(request) if _name_of(request) in names else otherwise()


class Locality:
    """Activates the officer's language, and the time zone of his office."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the officer's language and time."""
        account = request.user if isinstance(request.user, Account) else None
        language = account.language if account else translation.get_language_from_request(request)
        zone = zone_of(account.office if account else settings.BLO_OFFICE)
        forms = forms_speak(account.form_language if account else "")
        with translation.override(language), timezone.override(zone), forms:
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the sign-in page; he comes back to where he was."""
    url = reverse("account_login")
    if request.method == "GET" and "HX-Request" not in request.headers and request.path != "/":
        url = f"{url}?{urlencode({'next': request.get_full_path()})}"
    return _go(request, url)


def to_page(request: HttpRequest, name: str) -> HttpResponse:
    """Send an officer to the step of setting up that comes next."""
    return _go(request, reverse(name))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": url})
    if not request.accepts("text/html"):
        return JsonResponse({"code": "E-ACC-06"}, status=HTTPStatus.UNAUTHORIZED)
    return HttpResponseRedirect(url)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _why(end: sessions.End) -> str:
    return {
        sessions.End.IDLE: _("You were signed out because nothing was done here for a while."),
        sessions.End.TOO_OLD: _("You were signed out because you had been signed in for long."),
    }[end]


def _keep_display(account: Account, response: HttpResponse) -> None:
    """Keep with the account the language and theme that this response puts into cookies."""
    chosen = {
        field: response.cookies[cookie].value
        for field, cookie in (("language", settings.LANGUAGE_COOKIE_NAME), ("theme", THEME_COOKIE))
        if cookie in response.cookies
    }
    if chosen:
        Account.objects.filter(pk=account.pk).update(**chosen)
