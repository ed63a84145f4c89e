"""Tags of the frame: built files, icons, keys, buttons, the page's marking, clocks."""

from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict, Unpack

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from borderliaison.ui import manifest
from borderliaison.ui.shell import ClockZone, MarkingLabels

register = Library()


@register.simple_tag
def asset(name: str) -> SafeString:
    """Write the tags that load a front-end entry and its styles: ``{% asset "main.ts" %}``."""
    source = f"src/{name}"
    sheets = ((url,) for url in manifest.styles(source))
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)
    script = format_html('<script type="module" src="{}"></script>', manifest.url(source))
    return format_html("{}\n{}", links, script)


@register.simple_tag
def asset_url(name: str) -> str:
    """Return the address of one built file by its name in the manifest."""
    return manifest.url(name)


@register.simple_tag
def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """Draw an icon of ``frontend/icons.txt``; without ``label`` it is decoration beside a word."""
    if not label:
        return _decoration(name, size)
    return _drawn(name, size, format_html(' role="img" aria-label="{}"', label))


@lru_cache(maxsize=512)
def _decoration(name: str, size: str) -> SafeString:
    """Draw an icon that says nothing; the same wherever it stands, some eighty of them on a page."""
    return _drawn(name, size, mark_safe(' aria-hidden="true"'))


def _drawn(name: str, size: str, said: SafeString) -> SafeString:
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        said,
        manifest.url("icons.svg"),
        name,
    )


@register.simple_tag
def key(name: str) -> SafeString:
    """Show a key of the keyboard: ``{% key "Ctrl" %}``."""
    return format_html("<kbd>{}</kbd>", name)


class ButtonOptions(TypedDict, total=False):
    """What a button may be told.

    Attributes:
        kind: ``primary``, ``ghost``, ``danger``; plain without.
        size: ``s`` is 26 px high, for rows.
        icon: left of the words.
        icon_after: right of the words.
        key: the key that presses it, shown where there is room.
        href: makes it a link that looks like a button.
        blocked: why it cannot be pressed now; shown instead of the words.
        opens: the id of the dialog that it opens.
    """

    kind: str
    size: str
    icon: str
    icon_after: str
    key: str
    href: str
    type: str
    name: str
    value: str
    form: str
    formaction: str
    blocked: str
    opens: str
    wide: bool
    label: str


@register.inclusion_tag("ui/components/button.html")
def button(text: str, **options: Unpack[ButtonOptions]) -> dict[str, Any]:
    """Draw a button: ``{% button _("Send") kind="primary" icon="send" key="Ctrl ↵" %}``."""
    keys = options.get("key", "").split()
    return {**options, "text": text, "keys": keys, "shortcut": _shortcut(keys)}


def _shortcut(keys: list[str]) -> str:
    """Return the single key that the script listens for; chords are listened for elsewhere."""
    return keys[0].lower() if len(keys) == 1 else ""


@register.inclusion_tag("ui/components/page_marking.html")
def page_marking(marking: MarkingLabels) -> dict[str, Any]:
    """Show a page's marking: classification, handling, audience."""
    return {"marking": marking}


@register.inclusion_tag("ui/components/realm.html")
def realm_tag() -> dict[str, Any]:
    """Show the word EXERCISE; use it only inside an exercise."""
    return {}


@register.inclusion_tag("ui/components/clock.html")
def clock_face(clock: ClockZone, now: datetime) -> dict[str, Any]:
    """Show a clock of the status bar at this moment; the script makes it tick."""
    return {"clock": clock, "at": clock.at(now), "offset": clock.offset(now)}
