"""Which addresses may be kept: those of own pages that are registered, and nothing else. A port."""

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve

from borderliaison.accounts.saved_views.errors import NotSavable

MAX_ADDRESS: Final = 600
MAX_FIELDS: Final = 40
_LEFT_OUT: Final = frozenset({"page"})
"""Where in a list somebody stood is no part of what he looked for."""
_icons: dict[str, str] = {}


def register_page(name: str, icon: str) -> None:
    """Let views of a page be kept.

    Args:
        name: of its route: ``correspondence:search``.
        icon: that stands before its views.
    """
    _icons[name] = icon


def is_savable(path: str) -> bool:
    """Whether the page at a path may be kept."""
    return _name_of(path) in _icons


def icon_of(address: str) -> str:
    """Return the icon of the page at an address; the usual one where it is no page any more."""
    return _icons.get(_name_of(urlsplit(address).path), "file-text")


def clean_address(typed: str) -> str:
    """Return an address as it is kept: path and filters, in one writing.

    Raises:
        NotSavable: it does not lead to a page of this node that may be kept.
    """
    parts = urlsplit(typed) if typed.isprintable() and len(typed) <= MAX_ADDRESS else None
    if parts is None or parts.scheme or parts.netloc or not is_savable(parts.path):
        raise NotSavable(typed[:20])
    try:
        fields = parse_qsl(parts.query, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise NotSavable("too many fields") from error
    query = urlencode([(name, value) for name, value in fields if name not in _LEFT_OUT])
    address = f"{parts.path}?{query}" if query else parts.path
    if len(address) > MAX_ADDRESS:
        raise NotSavable("too long")
    return address


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
