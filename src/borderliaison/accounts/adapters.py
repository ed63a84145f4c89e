"""Where allauth asks how this system does things."""

import base64
import time
from typing import Any, Final, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from borderliaison.accounts import second_factor
from borderliaison.accounts.models import Account
from borderliaison.accounts.names import fold_login

PRODUCT: Final = "Border Liaison"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; a refusal never says which part was wrong; redirects stay on this node."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The login name or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, or ask the administrator to reset your sign-in."
        ),
        "rate_limited": _("Too many attempts. Wait a minute."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Enter the password that you use now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: the administrator makes accounts."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether ``url`` may be redirected to: a path on this node and nothing else."""
        return bool(
            url
            and url.startswith("/")
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None, require_https=False)
        )

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Send a disabled account back to the sign-in page, which tells nothing."""
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the officer's own page."""
        return reverse("accounts_me")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by account alone: neither case nor host name buys another five."""
        return f"login:{fold_login(str(credentials.get('username', '')))}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether an officer must show again who he is before he changes how he signs in.

        Not within five minutes of showing the second factor, or the password where the account
        has no second factor yet.
        """
        request = context.request
        within_s = app_settings.REAUTHENTICATION_TIMEOUT
        if second_factor.was_shown_within(request.session, within_s):
            return False
        if second_factor.has_second_factor(cast(Account, request.user)):
            return True
        records = request.session.get("account_authentication_methods", [])
        return not any(time.time() - record["at"] < within_s for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to show again who one is, the security key first.

        A password alone is one only for an account that has no second factor yet.
        """
        methods = {one["id"]: one for one in super().get_reauthentication_methods(user)}
        if second_factor.has_second_factor(user):
            methods.pop("reauthenticate", None)
        order = ("mfa_reauthenticate:webauthn", "mfa_reauthenticate", "reauthenticate")
        words = {
            "mfa_reauthenticate:webauthn": gettext("Use a security key"),
            "mfa_reauthenticate": gettext("Use a one-time code"),
            "reauthenticate": gettext("Use your password"),
        }
        return [methods[one] | {"description": words[one]} for one in order if one in methods]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names this node on keys and in apps, and keeps their secrets encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This was not accepted. Try again with a new code or your key."),
        "cannot_delete_authenticator": _(
            "This is your only second step. Add another before you remove it."
        ),
        "cannot_generate_recovery_codes": _(
            "Add a security key or an authenticator app first; then there can be recovery codes."
        ),
    }

    def _get_site_name(self) -> str:
        return f"{PRODUCT} {settings.BLO_OFFICE}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the only second factor."""
        return second_factor.second_factors(cast(Account, authenticator.user)) > 1

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """Return the name to begin with for another key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key that is not in the database."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Undo ``encrypt``."""
        return _box().decrypt(encrypted_text.encode("ascii")).decode()


def _box() -> MultiFernet:
    """Return the box for secrets: made from the node's web secret, and those it replaced."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"BL1/second-factor").derive(
        secret.encode()
    )
    return base64.urlsafe_b64encode(derived)
