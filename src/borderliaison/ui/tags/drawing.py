"""Draws a component's template from inside a block tag, which Django leaves to the tag."""

from typing import Any

from django.template.context import Context
from django.utils.safestring import SafeString


def draw(context: Context, template: str, inner: dict[str, Any]) -> SafeString:
    """Render a component with its own data only, by the engine that renders the page."""
    assert context.template is not None, "a tag runs inside a template"  # noqa: S101
    return context.template.engine.get_template(template).render(Context(inner))
