"""The language in which the command line says what went wrong, and what may help: the administrator's own.

Errors are in the catalogues of all packages, the same sentences that pages show. What is typed, and so
help and usage, is English in every language; so is data on stdout, which other programs read.
"""

import os
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "ru")
VARIABLE: Final = "BLO_LANGUAGE"
"""Says it for this program alone."""
_PLAIN: Final = {"C", "POSIX"}


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that an environment asks for; English for others. Source: gettext(3)."""
    if environment.get(VARIABLE) in LANGUAGES:
        return environment[VARIABLE]
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((one for one in named if one), "C")
    if locale.partition(".")[0] in _PLAIN:
        return "en"
    wanted = (environment.get("LANGUAGE") or locale).split(":")
    short = (one.partition(".")[0].partition("@")[0].partition("_")[0] for one in wanted)
    return next((one for one in short if one in LANGUAGES), "en")


def catalogue(language: str) -> NullTranslations:
    """Return all sentences of this program in a language."""
    found = NullTranslations()
    root = files("borderliaison")
    for package in (root, *root.iterdir()):
        compiled = package / "locale" / language / "LC_MESSAGES" / "django.mo"
        if compiled.is_file():
            with compiled.open("rb") as file:
                one = GNUTranslations(file)
            one.add_fallback(found)
            found = one
    return found
