"""One call: whose token it shows, what it may do, and the audit line that it leaves."""

import base64
import binascii
import re
from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch

from borderliaison.accounts.models import Account, ApiToken
from borderliaison.accounts.tokens import officer_behind, token_behind, touch
from borderliaison.api.errors import NoToken, ReadingOnly
from borderliaison.api.limits import BUCKETS
from borderliaison.audit.services import record

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
MAPS: Final = "/api/v1/features"
"""Below it a token may stand as a password: programs that draw maps often know no other header."""
_BEARER: Final = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_PASSWORD: Final = re.compile(r"basic +(\S+)", re.IGNORECASE)
_NAMING: Final = ("key", "record", "chart", "set_key")
"""The parts of a query that name what a call is about."""
_MOST_NAMED: Final = 50
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a program.

    Attributes:
        officer: as he works by the token: in its realm. Never saved.
    """

    token: ApiToken
    officer: Account
    method: str

    @property
    def is_reading(self) -> bool:
        """Whether it changes nothing."""
        return self.method in READING


def admit(request: HttpRequest) -> Call:
    """Return whose call this is.

    Raises:
        NoToken, TokenRefused, TooManyCalls, ReadingOnly: as they say.
    """
    authorization, method = request.headers.get("Authorization", ""), request.method or ""
    if method in READING and of_maps(request):
        authorization = _without_password(authorization)
    call = caller_behind(authorization, method)
    if not call.is_reading and not call.token.may_write:
        raise ReadingOnly(call.token.key)
    return call


def of_maps(request: HttpRequest) -> bool:
    """Whether a call is for an address of the maps."""
    return f"{request.path_info}/".startswith(f"{MAPS}/")


def _without_password(authorization: str) -> str:
    """Return a header that has the token as a password, under any name, as one that has the token."""
    said = _PASSWORD.fullmatch(authorization.strip())
    if said is None:
        return authorization
    try:
        _name, _colon, secret = base64.b64decode(said[1], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return f"Bearer {secret}"


def caller_behind(authorization: str, method: str = "GET") -> Call:
    """Return whose token stands in a header, and count the call.

    Raises:
        NoToken, TokenRefused, TooManyCalls: as they say.
    """
    token, officer = shown_token(authorization)
    BUCKETS.take(token.pk)
    return Call(token, officer, method)


def shown_token(authorization: str) -> tuple[ApiToken, Account]:
    """Return the token that stands in a header, and its officer as he works by it.

    Raises:
        NoToken, TokenRefused: as they say.
    """
    shown = _BEARER.fullmatch(authorization.strip())
    if shown is None:
        raise NoToken
    token = token_behind(shown[1])
    return token, officer_behind(token)


def note(
    call: Call, match: ResolverMatch | None, status: int, asked: QueryDict | None = None
) -> None:
    """Write the audit line of a call, in the transaction that is open.

    Args:
        call: whose it is.
        match: the route, whose address names what it is about.
        status: how it was answered.
        asked: its query, which names some routes' records.
    """
    touch(call.token)
    named = list(match.kwargs.values()) if match is not None else []
    queried = () if asked is None else (asked.getlist(name) for name in _NAMING)
    keys = [str(one) for one in chain(named, *queried)][:_MOST_NAMED]
    about = " ".join(one for one in keys if _ID.fullmatch(one))
    record(
        "api.called",
        actor=call.officer.officer_id,
        subject=call.token.key,
        realm=call.token.realm,
        purpose=call.token.purpose,
        method=call.method if call.method.isalpha() else "?",
        route=match.view_name if match is not None else "none",
        about=about,
        status=str(status),
    )


def caller_of(request: HttpRequest) -> Call:
    """Return the call that a request is; the gate has admitted it."""
    found: Call = request.call  # type: ignore[attr-defined]
    return found
