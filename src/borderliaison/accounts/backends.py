"""Checking a login name and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from borderliaison.accounts.models import Account


class LoginNameBackend(BaseBackend):
    """Accepts a login name in any case with its password.

    A wrong name, a wrong password and a disabled account end alike, and take the same time.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Account | None:
        """Return the account, or ``None`` without saying why."""
        if not username or not password:
            return None
        try:
            account = Account.objects.get_by_natural_key(username)
        except Account.DoesNotExist:
            Account().set_password(password)
            return None
        right = account.check_password(password)
        return account if right and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session, if it may still be used."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
