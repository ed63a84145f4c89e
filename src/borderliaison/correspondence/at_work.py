"""From a request to the officer at work, and from our errors to answers."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from borderliaison.accounts.models import Account
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.ui.sentences import sentence


def acting_of(request: HttpRequest) -> Acting:
    """Return the officer behind a request.

    Raises:
        Http404: nobody is signed in; a stranger learns nothing.
    """
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return Acting(account.reader(), author_of(account))


def refusal(request: HttpRequest, error: LiaisonError) -> HttpResponse:
    """Answer that something was not done: what, and the code to quote. Nothing was changed."""
    return render(
        request,
        "ui/error.html",
        {"sentence": sentence(error), "code": error.code},
        status=HTTPStatus.CONFLICT,
    )
