"""``{% pdf URL %}``: the button beside "Print", with the second language that was chosen last."""

from typing import Any

from django import template
from django.template.context import Context

from borderliaison.printing.choosing import tongues_of
from borderliaison.printing.tongues import language_names

register = template.Library()


@register.inclusion_tag("printing/pdf.html", takes_context=True)
def pdf(context: Context, url: str, **asked: str | int) -> dict[str, Any]:
    """Draw the button with which a PDF is taken, and the choice of its second language.

    Args:
        context: of the page.
        url: where the PDF is.
        **asked: what is asked of it by its address.
    """
    tongues = tongues_of(context["request"])
    return {
        "url": url,
        "asked": asked,
        "languages": language_names(tongues.first),
        "second": tongues.second,
    }
