"""Admitting a program to the stream of events, which is served beside Django."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve
from django.utils import translation

from borderliaison.accounts.models import Account
from borderliaison.api.calls import caller_behind, note, shown_token
from borderliaison.api.gate import check_open, language_of
from borderliaison.api.problems import problem
from borderliaison.kernel.errors import LiaisonError

PATH: Final = "/api/v1/events"


def stream_refused(scope: Mapping[str, Any]) -> HttpResponse | None:
    """Count a program's call for the stream and note it; return why it is refused, or None.

    Args:
        scope: of the request, as ASGI has it.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    with translation.override(language_of(headers.get(b"accept-language", ""))):
        try:
            check_open()
            call = caller_behind(headers.get(b"authorization", ""))
        except LiaisonError as error:
            return problem(error)
    with transaction.atomic():
        note(call, resolve(PATH), 200)
    return None


def officer_of(authorization: str) -> Account | None:
    """Return the officer behind a token as long as it holds. Counts as no call."""
    try:
        return shown_token(authorization)[1]
    except LiaisonError:
        return None
