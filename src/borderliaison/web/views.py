"""The first page, and the health of this office's server."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from borderliaison.correspondence.at_work import acting_of
from borderliaison.web.health import health_for


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the board, from which an officer's day starts."""
    return redirect("web:board")


@require_GET
def live_alert(request: HttpRequest) -> HttpResponse:
    """Return the place where a live alert breaks into an exercise; empty in live work."""
    return render(request, "ui/shell/breaking_in.html")


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Show links, what waits and why, the directory, the machine. Ids and counts only."""
    return render(request, "web/health.html", {"health": health_for(acting_of(request))})
