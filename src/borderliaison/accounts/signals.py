"""What allauth and Django tell us, written into the session and the audit."""

import time
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from borderliaison.accounts import second_factor, sessions, totp
from borderliaison.accounts.models import Account
from borderliaison.audit.services import SYSTEM, record


def _record(action: str, account: Account, **ids: str) -> None:
    who = account.officer_id
    record(action, actor=who, subject=who, realm=account.realm, **ids)


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """Begin counting, and note it."""
    sessions.begin(request.session, time.time())
    _record("account.signed_in", user)


@receiver(user_logged_out)
def on_signed_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Note who left."""
    if user is not None:
        _record("account.signed_out", user)


@receiver(user_login_failed)
def on_refused(credentials: dict[str, Any], **_: Any) -> None:
    """Note a wrong password; never what was typed where there is no such account."""
    try:
        account = Account.objects.get_by_natural_key(str(credentials.get("username", "")))
    except Account.DoesNotExist:
        record("account.sign_in_refused", actor=SYSTEM, subject="unknown")
    else:
        record("account.sign_in_refused", actor=SYSTEM, subject=account.officer_id)


@receiver(authenticator_added)
def on_second_factor_added(
    request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any
) -> None:
    """Count the adding as showing it, and use up the code that an app was added with."""
    if authenticator.type in second_factor.SECOND_FACTORS:
        second_factor.mark_shown(request.session)
    step = getattr(request, "totp_step", None)
    if authenticator.type == Authenticator.Type.TOTP and step is not None:
        totp.remember_step(authenticator, step)
    _record("account.second_factor_added", user, type=authenticator.type)


@receiver(authenticator_removed)
def on_second_factor_removed(user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Note what was taken away."""
    _record("account.second_factor_removed", user, type=authenticator.type)


@receiver(authenticator_reset)
def on_recovery_codes_made(user: Account, **_: Any) -> None:
    """Note that there are new recovery codes."""
    _record("account.recovery_codes_made", user)


@receiver(authenticator_used)
def on_second_factor_shown(
    request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any
) -> None:
    """Note in the session that a second factor was shown."""
    second_factor.mark_shown(request.session)
    _record("account.second_factor_shown", user, type=authenticator.type)


@receiver(authentication_failed)
def on_second_factor_refused(user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Note a wrong code."""
    record(
        "account.second_factor_refused",
        actor=SYSTEM,
        subject=user.officer_id,
        type=authenticator.type,
    )


@receiver(password_changed)
def on_password_changed(user: Account, **_: Any) -> None:
    """Note it."""
    _record("account.password_changed", user)
