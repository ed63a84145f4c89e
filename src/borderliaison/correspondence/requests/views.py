"""What an officer does with a request or a warning by one press: withdraw, take back, acknowledge."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from borderliaison.correspondence import acting
from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests import moving
from borderliaison.kernel.errors import LiaisonError


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a request of this office."""
    words = _("Withdrawn. Everyone who was asked is told. You can take it back in the thread.")
    return _do(request, key, moving.withdraw, words)


@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a withdrawal, or this office's refusal."""
    return _do(request, key, moving.resume, _("Taken back. The others are told."))


@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Note that this officer has a warning before him, and lead to it."""
    return _do(request, key, acting.open_item, "")


def _do(
    request: HttpRequest, key: str, doing: Callable[[Acting, str], Item], words: str
) -> HttpResponse:
    try:
        item = doing(acting_of(request), key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    except LiaisonError as error:
        return refusal(request, error)
    if words:
        messages.success(request, words)
    return redirect(f"{reverse('correspondence:thread', args=[item.thread.key])}#item-{item.key}")
