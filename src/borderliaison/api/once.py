"""Doing once what a program asks for twice: the answer is kept with the effect, in one transaction.

A program that did not hear the answer asks again under the same key, and hears what was answered. What was
refused changed nothing and is not kept: the same call may succeed later. Source: the IETF's draft "The
Idempotency-Key HTTP Header Field".
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from borderliaison.api.bodies import body_of
from borderliaison.api.calls import Call
from borderliaison.api.errors import KeyMissing, KeyUsedOtherwise
from borderliaison.api.models import Answered

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT: Final = timedelta(hours=24)
KEY: Final = r"[A-Za-z0-9_-]{1,64}"
_QUOTED: Final = re.compile(rf'"?({KEY})"?')


def once(call: Call, request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Do what a call asks, unless it was done under the same key; then answer as before.

    Args:
        call: whose it is.
        request: with its key and its body.
        work: does it, and answers; a refusal is an answer too, and undoes what was done.

    Raises:
        KeyMissing, KeyUsedOtherwise: as they say.
    """
    key, fingerprint, now = _key(request), _fingerprint(request), datetime.now(UTC)
    with transaction.atomic():
        Answered.objects.filter(at__lt=now - KEPT).delete()
        kept, is_new = Answered.objects.get_or_create(
            token=call.token, key=key, defaults={"fingerprint": fingerprint, "at": now}
        )
        if not is_new:
            return _again(kept, fingerprint)
        answer = work()
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            transaction.set_rollback(True)
            return answer
        kept.status, kept.body = answer.status_code, answer.content.decode()
        kept.save(update_fields=["status", "body"])
    return answer


def is_answered(call: Call, request: HttpRequest) -> bool:
    """Whether a call was answered before, so that nothing needs to be prepared for it.

    Raises:
        KeyMissing: as it says.
    """
    fresh = Answered.objects.filter(at__gte=datetime.now(UTC) - KEPT)
    return fresh.filter(token=call.token, key=_key(request)).exists()


def _again(kept: Answered, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise KeyUsedOtherwise(kept.key)
    answer = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    answer.headers[REPLAYED] = "true"
    return answer


def _key(request: HttpRequest) -> str:
    found = _QUOTED.fullmatch(request.headers.get(HEADER, ""))
    if found is None:
        raise KeyMissing
    return found[1]


def _fingerprint(request: HttpRequest) -> str:
    said = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(said + body_of(request)).hexdigest()
