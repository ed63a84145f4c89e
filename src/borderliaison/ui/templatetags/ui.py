"""The component library: every part of a page that more than one page shows."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from borderliaison.ui import manifest

register = template.Library()


@register.simple_tag
def asset(name: str) -> SafeString:
    """Write the tags that load a front-end entry and its stylesheets: ``{% asset "main.ts" %}``."""
    source = f"src/{name}"
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in manifest.styles(source)))
    return format_html('{}\n<script type="module" src="{}"></script>', links, manifest.url(source))


@register.simple_tag
def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """Draw an icon; without ``label`` it is decoration beside a word."""
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        format_html(' role="img" aria-label="{}"', label) if label else format_html(' aria-hidden="true"'),
        manifest.url("icons.svg"),
        name,
    )


@register.simple_tag
def asset_url(name: str) -> str:
    """Return the address of one built file by its name in the manifest."""
    return manifest.url(name)


@register.simple_tag
def key(name: str) -> SafeString:
    """Show a key of the keyboard."""
    return format_html("<kbd>{}</kbd>", name)


@register.inclusion_tag("ui/components/page_marking.html")
def page_marking(marking: Any) -> dict[str, Any]:
    """Show a page's marking: classification, handling, audience."""
    return {"marking": marking}


@register.inclusion_tag("ui/components/realm.html")
def realm_tag() -> dict[str, Any]:
    """Show the word EXERCISE; use it only inside an exercise."""
    return {}


@register.inclusion_tag("ui/components/clock.html")
def clock_face(clock: Any, now: Any) -> dict[str, Any]:
    """Show a clock of the status bar at this moment; the script makes it tick."""
    return {"clock": clock, "at": clock.at(now), "offset": clock.offset(now)}
