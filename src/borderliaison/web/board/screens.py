"""Screens that stay on the wall for weeks: a sign-in of their own, which opens the wall and nothing else.

It is a token of the officer who opened the wall: he sees it among his tokens and revokes it there; it ends
by itself, and with his account. The browser holds it in a cookie for the wall's addresses alone.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from borderliaison.accounts.api_token import Purpose
from borderliaison.accounts.errors import TokenRefused
from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import NewToken, make_token, officer_behind, touch, wall_behind

DAYS: Final = 30
"""How long a screen stays signed in."""


def cookie_name() -> str:
    """Return the name of the cookie, which belongs to this node."""
    return f"{settings.SESSION_COOKIE_NAME}-wall"


def keep_screen(response: HttpResponse, account: Account, note: str) -> None:
    """Let this browser show the wall for so many days.

    Args:
        response: to the officer who opened the wall.
        account: his.
        note: how the screen is called among his tokens.

    Raises:
        TooManyTokens: he has as many as one may have.
    """
    new = NewToken(Purpose.WALL, note, DAYS, realm=account.realm)
    made = make_token(account, new, actor=account.officer_id)
    response.set_cookie(
        cookie_name(),
        made.secret,
        max_age=timedelta(days=DAYS),
        path=reverse("web:wall"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def officer_of_screen(request: HttpRequest) -> Account | None:
    """Return the officer for whom this browser shows the wall; None where it may not."""
    secret = request.COOKIES.get(cookie_name(), "")
    try:
        token = wall_behind(secret)
    except TokenRefused:
        return None
    touch(token)
    return officer_behind(token)
