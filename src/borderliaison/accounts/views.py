"""The officer's own page, and what he sets there."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts import second_factor
from borderliaison.accounts.addresses import keys_work_at
from borderliaison.accounts.errors import NoSuchExercise
from borderliaison.accounts.exercising import enter_exercise as enter
from borderliaison.accounts.exercising import exercises_of
from borderliaison.accounts.forms import FormLanguageForm, KeysForm
from borderliaison.accounts.profile import profile_of
from borderliaison.accounts.services import account_of, leave_realm
from borderliaison.accounts.tokens import tokens_of


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show who the officer is, what he may read, and what he can set."""
    account = account_of(request)
    context: dict[str, Any] = {
        "account": account,
        "profile": profile_of(account),
        "keys_form": KeysForm(instance=account),
        "forms_form": FormLanguageForm(instance=account),
        "exercise": account.exercise,
        "exercises": exercises_of(account),
        "tokens_in_use": sum(one.is_active for one in tokens_of(account)),
    }
    return render(request, "accounts/me.html", context)


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
def set_form_language(request: HttpRequest) -> HttpResponse:
    """Choose the language in which forms speak."""
    form = FormLanguageForm(request.POST, instance=account_of(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("accounts_me"))


@require_POST
def enter_exercise(request: HttpRequest, name: str) -> HttpResponse:
    """Let the officer work in an exercise from now on. One that is not his is like none."""
    try:
        exercise = enter(account_of(request), name)
    except NoSuchExercise as error:
        raise Http404 from error
    words = (
        _("You now work in the exercise “%(name)s”.")
        if exercise.is_open
        else _("The exercise “%(name)s” has ended: you can read it.")
    )
    messages.info(request, words % {"name": exercise.title})
    return HttpResponseRedirect(reverse("accounts_me"))


@require_POST
def leave_exercise(request: HttpRequest) -> HttpResponse:
    """Bring the officer back to live work."""
    leave_realm(account_of(request))
    messages.info(request, _("You are back in live work."))
    following = request.POST.get("next", "")
    safe = get_adapter().is_safe_url(following)
    return HttpResponseRedirect(following if safe else reverse("accounts_me"))
