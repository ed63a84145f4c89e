"""The page that shows every component in all its states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def components(request: HttpRequest) -> HttpResponse:
    """Show the component library."""
    return render(request, "ui/components.html")
