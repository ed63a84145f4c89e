"""Renders a line of template with the component library, as a page would."""

from datetime import UTC, datetime
from typing import Any

from django.template import Context, Engine

from borderliaison.ui.shell import Shell

NOW = datetime(2026, 5, 14, 15, 42, tzinfo=UTC)
ENGINE = Engine.get_default()


def draw(source: str, **context: Any) -> str:
    """Return the HTML of a line of template, at 14 May 2026, 15:42 UTC."""
    template = ENGINE.from_string("{% load ui %}" + source)
    return template.render(Context({"shell": Shell(now=NOW), **context}))
