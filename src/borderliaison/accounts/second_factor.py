"""Whether an account has a second factor, and whether this session has shown one."""

import time
from collections.abc import MutableMapping
from typing import Any, Final

from allauth.mfa.models import Authenticator

from borderliaison.accounts.models import Account

SHOWN_AT: Final = "second_factor_at"
"""Session key: when a second factor was last shown in this session, seconds since the epoch."""

SECOND_FACTORS: Final = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
"""Recovery codes stand in for one of these; they are none themselves."""

Session = MutableMapping[str, Any]


def has_second_factor(account: Account) -> bool:
    """Whether the account has a security key or an authenticator app."""
    return second_factors(account) > 0


def second_factors(account: Account) -> int:
    """Return how many security keys and authenticator apps the account has."""
    return int(Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).count())


def mark_shown(session: Session) -> None:
    """Note that a second factor was shown, or added, in this session now."""
    session[SHOWN_AT] = time.time()


def was_shown(session: Session) -> bool:
    """Whether this session has shown a second factor."""
    return SHOWN_AT in session


def was_shown_within(session: Session, seconds: float) -> bool:
    """Whether this session has shown a second factor within the last ``seconds``."""
    return bool(time.time() - session.get(SHOWN_AT, 0) < seconds)
