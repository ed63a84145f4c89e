"""What each page is for: read from ``data/pages.yaml``, once."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.urls import reverse

from borderliaison.ui.parts.guidance import Guidance, KeyHint


def guidance_for(route: str, put_away: Collection[str], lang: str) -> Guidance | None:
    """Return the guidance of the page at a route; None where there is none.

    Args:
        route: the name of the page's route.
        put_away: the names of the guidance that the officer needs no more.
        lang: a language of the pages.
    """
    page = _by_route().get(route)
    if page is None:
        return None
    keys = tuple(KeyHint(tuple(one["key"].split()), one[lang]) for one in page["keys"])
    name = page["name"]
    return Guidance(name, page["text"][lang], keys, name in put_away, reverse("web:guidance"))


def names() -> frozenset[str]:
    """Return the names of all guidance."""
    return frozenset(one["name"] for one in _pages())


@cache
def _by_route() -> dict[str, dict[str, Any]]:
    return {route: one for one in _pages() for route in one["routes"]}


@cache
def _pages() -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath("data/pages.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))
