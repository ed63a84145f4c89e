"""How long a sign-in lasts. Office computers are shared by a shift.

Idle time is counted from the officer's last own request; what a page fetches by itself says so with
the header ``Blo-Background`` and does not count.
"""

import time
from collections.abc import Mapping, MutableMapping
from enum import StrEnum
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Final

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from borderliaison.accounts import second_factor
from borderliaison.accounts.models import Account

SIGNED_IN_AT: Final = "signed_in_at"
LAST_SEEN: Final = "last_seen"
BACKGROUND_HEADER: Final = "Blo-Background"
TOUCH_EVERY_S: Final = 30
"""Writing the session at each request would be a write for each page; this often is exact enough."""

Session = MutableMapping[str, Any]


class End(StrEnum):
    """Why a sign-in is over."""

    IDLE = "idle"
    TOO_OLD = "too_old"


def begin(session: Session, now: float) -> None:
    """Note the beginning of a sign-in."""
    session[SIGNED_IN_AT] = session[LAST_SEEN] = now


def end_of(session: Mapping[str, Any], now: float) -> End | None:
    """Return why the sign-in is over, or ``None`` while it lasts.

    Args:
        session: of somebody who signed in.
        now: seconds since the epoch.
    """
    if now - session.get(SIGNED_IN_AT, 0) >= settings.BLO_SIGN_IN_LASTS_S:
        return End.TOO_OLD
    if now - session.get(LAST_SEEN, 0) >= settings.BLO_IDLE_SIGN_OUT_S:
        return End.IDLE
    return None


def touch(request: HttpRequest, now: float) -> None:
    """Count this request as the officer's own, unless the page made it by itself."""
    if BACKGROUND_HEADER in request.headers:
        return
    if now - request.session.get(LAST_SEEN, 0) >= TOUCH_EVERY_S:
        request.session[LAST_SEEN] = now


def account_behind(cookies: Mapping[str, str]) -> Account | None:
    """Return whose cookies these are, under the same rules as for a page.

    For what is served outside Django's middleware, as the stream of events is. It reads the
    database, and counts as no activity.
    """
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    account = auth.get_user(SimpleNamespace(session=store))  # type: ignore[arg-type]
    if not isinstance(account, Account) or end_of(store, time.time()):
        return None
    if account.password_is_initial or not second_factor.was_shown(store):
        return None
    if account.working_realm.is_exercise and account.exercise is None:
        return None
    return account if second_factor.has_second_factor(account) else None
