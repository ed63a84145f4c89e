"""The officer's tokens: which programs work for him, a new one, and revoking one."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.accounts import tokens
from borderliaison.accounts.errors import NoSuchToken, TooManyTokens
from borderliaison.accounts.services import account_of
from borderliaison.accounts.token_form import TokenForm


@require_GET
def show_tokens(request: HttpRequest) -> HttpResponse:
    """List the officer's tokens."""
    context = {"tokens": tokens.tokens_of(account_of(request))}
    return render(request, "accounts/tokens.html", context)


@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token, and show its secret this once."""
    account = account_of(request)
    form = TokenForm(account, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = tokens.make_token(account, form.asked, actor=account.officer_id)
        except TooManyTokens:
            words = _("You have %(most)d tokens in use, as many as one may have. Revoke one first.")
            form.add_error(None, words % {"most": tokens.MAX_ACTIVE})
        else:
            return render(request, "accounts/token_made.html", {"made": made})
    return render(request, "accounts/new_token.html", {"form": form})


@require_POST
def revoke_token(request: HttpRequest, key: str) -> HttpResponse:
    """Revoke one of the officer's tokens. Another's is like none."""
    account = account_of(request)
    try:
        tokens.revoke_token(account, key, actor=account.officer_id)
    except NoSuchToken as error:
        raise Http404 from error
    messages.success(request, _("Revoked. The program with this token can do nothing any more."))
    return HttpResponseRedirect(reverse("accounts_tokens"))
