"""The strictest marking on a page: views say what they show, the frame around the page shows it."""

from django.http import HttpRequest

from borderliaison.kernel.marking import PageMarking

_ATTRIBUTE = "page_marking"


def mark_page(request: HttpRequest, marking: PageMarking) -> None:
    """Say what this page shows."""
    setattr(request, _ATTRIBUTE, marking)


def page_marking(request: HttpRequest) -> PageMarking | None:
    """Return what a view said that its page shows; nothing if it shows nothing marked."""
    found = getattr(request, _ATTRIBUTE, None)
    return found if isinstance(found, PageMarking) else None
