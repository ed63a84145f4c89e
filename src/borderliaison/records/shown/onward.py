"""Where records can be taken from their pages: a port for the charts, which stand above the records."""

from django.urls import reverse

_routes: dict[str, str] = {}


def register_charts(route: str) -> None:
    """Say which page puts records on a chart; it takes their keys as ``item``."""
    _routes["charts"] = route


def charts_url() -> str:
    """Return the address of the page that puts records on a chart; empty where there are no charts."""
    return reverse(_routes["charts"]) if "charts" in _routes else ""
