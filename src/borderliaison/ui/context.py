"""Hands the shell to every template."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from borderliaison.ui.display import theme_of
from borderliaison.ui.shell import Language, Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``shell``: what middleware lets the request make, else the signed-out one."""
    make = getattr(request, "frame", None)
    return {"shell": make() if make is not None else signed_out(request)}


def signed_out(request: HttpRequest) -> Shell:
    """Return the frame of a page that needs no sign-in: no office, no names, no counts."""
    return Shell(languages=languages(), theme=theme_of(request))


def languages() -> tuple[Language, ...]:
    """Return the languages of this node, each by its own name."""
    current = get_language()
    return tuple(
        Language(code, get_language_info(code)["name_local"].capitalize(), code == current)
        for code, _ in settings.LANGUAGES
    )
