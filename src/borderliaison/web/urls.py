"""The URL map of a node: every page there is."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("borderliaison.accounts.urls")),
    path("ui/", include("borderliaison.ui.urls")),
]
