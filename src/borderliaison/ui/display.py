"""How the pages look to this officer: theme and language, chosen without JavaScript."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from borderliaison.ui.shell import Theme

THEME_COOKIE = "blo_theme"
YEAR_S = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> Theme:
    """Return the theme chosen in this browser, or the machine's."""
    try:
        return Theme(request.COOKIES.get(THEME_COOKIE, ""))
    except ValueError:
        return Theme.SYSTEM


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next") or request.headers.get("Referer") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if is_ours else "/")


def _remember(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR_S, samesite="Strict", httponly=True, secure=request.is_secure()
    )


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back."""
    try:
        theme = Theme(request.POST.get("theme", ""))
    except ValueError:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    response = _back(request)
    _remember(response, request, THEME_COOKIE, theme)
    return response


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    response = _back(request)
    _remember(response, request, settings.LANGUAGE_COOKIE_NAME, code)
    return response
