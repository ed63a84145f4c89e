"""The officer's saved views: keeping one from its page, and arranging them on a page of their own."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.saved_views.errors import NoSuchView, SavedViewError
from borderliaison.accounts.saved_views.keeping import (
    move_view,
    remove_view,
    restore_view,
    save_view,
    views_of,
)
from borderliaison.accounts.saved_views.pages import clean_address
from borderliaison.accounts.services import account_of


@require_GET
def show_views(request: HttpRequest) -> HttpResponse:
    """List the officer's views in his order, and what his office shares."""
    removed = request.GET.get("removed", "")
    context = {"views": views_of(account_of(request)), "removed": removed[:12]}
    return render(request, "accounts/saved_views.html", context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the view that the officer looks at, and lead back to it."""
    address = request.POST.get("address", "")
    try:
        kept = save_view(
            account_of(request),
            request.POST.get("name", ""),
            address,
            is_shared=request.POST.get("shared") == "yes",
        )
    except SavedViewError as error:
        messages.error(request, _((type(error).__doc__ or "").strip()))
        return HttpResponseRedirect(_back_to(address))
    messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
    return HttpResponseRedirect(kept.address)


@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Move a view up or down."""
    by = -1 if request.POST.get("way") == "up" else 1
    return _do(lambda: move_view(account_of(request), key, by))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a view away, and offer to take that back."""
    return _do(lambda: remove_view(account_of(request), key), f"?removed={key}")


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Take back that a view was removed."""
    return _do(lambda: restore_view(account_of(request), key))


def _do(doing: Callable[[], object], then: str = "") -> HttpResponse:
    try:
        doing()
    except NoSuchView as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("accounts_views") + then)


def _back_to(address: str) -> str:
    """Return where a view that was not kept was looked at; the list, where it leads nowhere."""
    try:
        return clean_address(address)
    except SavedViewError:
        return reverse("accounts_views")
