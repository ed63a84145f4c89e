"""Invented officers who sign in, for the tests of every package."""

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.test import Client

from borderliaison.accounts import second_factor
from borderliaison.accounts.models import Account, Exercise
from borderliaison.accounts.passwords import OfficeArgon2

PASSWORD = "seven grey herons wait"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def officer(login: str = "toktosunov", *, password: str = "", **more: Any) -> Account:
    """Make an account with an authenticator app; by default the officer at Bor-Dobo."""
    values: dict[str, Any] = {
        "officer_id": f"KG-BDB/{login[:13]}",
        "full_name": "A. Toktosunov",
        "office": "KG-BDB",
        "agency": "KG-BOR",
        "role": "liaison",
        "clearance": 1,
        "languages": ["ky", "ru"],
    }
    account = Account(login=login, **(values | more))
    account.password = _hashed(password or PASSWORD, OfficeArgon2.memory_cost)
    account.save()
    TOTP.activate(account, SECRET)
    if account.working_realm.is_exercise:
        exercise(account.working_realm.event, account)
    return account


def exercise(name: str, *players: Account, **more: Any) -> Exercise:
    """Make an exercise that goes on, with these members besides those it has, and the cast’s offices."""
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "opened_at": now,
        "opened_by": "system",
        "until": now + timedelta(days=1),
        "offices": ["KG-DST", "KG-OSH", "KG-BIS", "UZ-DUS"],
    }
    found, _ = Exercise.objects.get_or_create(pk=name, defaults=values | more)
    found.members = sorted({*found.members, *(one.officer_id for one in players)})
    found.save()
    return found


@cache
def _hashed(password: str, _memory_cost: int) -> str:
    return make_password(password)


def browser() -> Client:
    """A browser with nobody signed in, at an address where security keys work."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=False)


def signed_in(account: Account) -> Client:
    """A browser in which the officer has shown both steps."""
    client = browser()
    client.force_login(account)
    session = client.session
    second_factor.mark_shown(session)
    session.save()
    return client


def code(steps_on: int = 0) -> str:
    """The one-time code that the officer's app shows now, or some steps of 30 s on."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps_on)))


def without_second_step(account: Account) -> Account:
    """Take the officer's authenticator app away."""
    Authenticator.objects.filter(user=account).delete()
    return account
