"""The map as a part of a page: ``{% geo_map query %}``."""

import json
from typing import Any

from django import template
from django.utils.translation import ngettext

from borderliaison.ui import manifest

register = template.Library()
_EXAMPLES = {"one": 1, "few": 2, "many": 5, "other": 5}
"""By the form of the plural that a browser knows, a number that takes it in English and Russian."""


@register.inclusion_tag("web/map/map.html")
def geo_map(query: str = "") -> dict[str, Any]:
    """Draw offices, links and what happened.

    Args:
        query: what is wanted of them, as it stands in the address of a board.
    """
    counted = {form: ngettext("{n} event", "{n} events", n) for form, n in _EXAMPLES.items()}
    return {
        "query": query,
        "icons": manifest.url("icons.svg"),
        "plurals": json.dumps(counted, ensure_ascii=False),
    }
