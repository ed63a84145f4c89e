"""The officer's page of notices: sound, the browser, quiet hours, e-mail."""

from collections.abc import Callable
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borderliaison.accounts.models import NoticeSettings
from borderliaison.accounts.notices.confirming import (
    ask_for_code,
    confirm_address,
    forget_address,
    notice_settings,
)
from borderliaison.accounts.notices.errors import NoticeError
from borderliaison.accounts.notices.mailer import can_mail
from borderliaison.accounts.services import account_of
from borderliaison.ui.notices import MAX_VOLUME


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the officer has chosen, and keep what he chooses."""
    account = account_of(request)
    chosen = notice_settings(account)
    if request.method == "POST":
        _choose(chosen, request)
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(reverse("accounts_notices"))
    context = {"chosen": chosen, "can_mail": can_mail(), "most": MAX_VOLUME}
    return render(request, "accounts/notices.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to an address."""
    address = request.POST.get("mail", "")
    words = _("A code is on its way. Type it below within half an hour.")
    return _do(request, lambda: ask_for_code(account_of(request), address), words)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm an address by its code."""
    code, words = request.POST.get("code", ""), _("The address is confirmed.")
    return _do(request, lambda: confirm_address(account_of(request), code), words)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    words = _("The address is removed. You get no e-mail any more.")
    return _do(request, lambda: forget_address(account_of(request)), words)


def _choose(chosen: NoticeSettings, request: HttpRequest) -> None:
    given = request.POST
    volume = given.get("volume", "")
    chosen.sound = given.get("sound") == "yes"
    chosen.in_exercise = given.get("in_exercise") == "yes"
    chosen.by_browser = given.get("by_browser") == "yes"
    if volume.isdecimal():
        chosen.volume = min(int(volume[:4]), MAX_VOLUME)
    begin, end = _clock(given.get("quiet_from", "")), _clock(given.get("quiet_until", ""))
    chosen.quiet_from, chosen.quiet_until = (begin, end) if begin and end else (None, None)
    chosen.save()


def _clock(typed: str) -> time | None:
    try:
        return datetime.strptime(typed.strip(), "%H:%M").time()
    except ValueError:
        return None


def _do(request: HttpRequest, doing: Callable[[], None], words: str) -> HttpResponse:
    try:
        doing()
    except NoticeError as error:
        sentence = _((type(error).__doc__ or "").strip())
        messages.error(request, f"{sentence} {error.code}")
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("accounts_notices") + "#mail")
