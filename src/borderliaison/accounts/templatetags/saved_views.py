"""``{% saved_views %}``: the views of a page's officer, and keeping the one that he looks at."""

from typing import Any

from django.http import HttpRequest
from django.template import Library
from django.template.context import Context

from borderliaison.accounts.models import Account
from borderliaison.accounts.saved_views.keeping import MAX_NAME, views_of
from borderliaison.accounts.saved_views.pages import icon_of, is_savable

register = Library()


@register.inclusion_tag("accounts/saved_views_menu.html", takes_context=True)
def saved_views(context: Context) -> dict[str, Any]:
    """Show the officer's views and his office's; where the page may be kept, keeping it."""
    request: HttpRequest = context["request"]
    account = request.user
    if not isinstance(account, Account):
        return {}
    found = views_of(account)
    here = request.get_full_path()
    return {
        "request": request,
        "shell": context.get("shell"),
        "views": found,
        "here": here,
        "can_keep": is_savable(request.path),
        "most": MAX_NAME,
    }


@register.filter
def view_icon(address: str) -> str:
    """Return the icon of the page that a view is of."""
    return icon_of(address)
