"""The officer's own page, and what he sets there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts import second_factor
from borderliaison.accounts.addresses import keys_work_at
from borderliaison.accounts.forms import KeysForm, RealmForm
from borderliaison.accounts.profile import profile_of
from borderliaison.accounts.services import account_of, enter_realm, leave_realm


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show who the officer is, what he may read, and what he can set."""
    return _me(request, RealmForm())


def _me(request: HttpRequest, realm_form: RealmForm, status: int = 200) -> HttpResponse:
    account = account_of(request)
    context: dict[str, Any] = {
        "account": account,
        "profile": profile_of(account),
        "keys_form": KeysForm(instance=account),
        "realm_form": realm_form,
    }
    return render(request, "accounts/me.html", context, status=status)


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Ask an officer without a second factor to add one; the key first."""
    account = account_of(request)
    if second_factor.has_second_factor(account):
        return HttpResponseRedirect(reverse("accounts_me"))
    context = {"account": account, "keys_work": keys_work_at(request)}
    return render(request, "accounts/begin.html", context)


@require_POST
def set_single_letters(request: HttpRequest) -> HttpResponse:
    """Switch single-letter keys on or off."""
    form = KeysForm(request.POST, instance=account_of(request))
    if form.is_valid():
        form.save()
    return HttpResponseRedirect(reverse("accounts_me"))


@require_POST
def enter_exercise(request: HttpRequest) -> HttpResponse:
    """Let the officer work in an exercise from now on."""
    form = RealmForm(request.POST)
    if not form.is_valid():
        return _me(request, form, status=422)
    realm = form.cleaned_data["exercise"]
    enter_realm(account_of(request), realm)
    messages.info(request, _("You now work in the exercise “%(name)s”.") % {"name": realm.event})
    return HttpResponseRedirect(reverse("accounts_me"))


@require_POST
def leave_exercise(request: HttpRequest) -> HttpResponse:
    """Bring the officer back to live work."""
    leave_realm(account_of(request))
    messages.info(request, _("You are back in live work."))
    return HttpResponseRedirect(reverse("accounts_me"))
