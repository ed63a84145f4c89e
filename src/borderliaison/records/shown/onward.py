"""Where records can be taken from their pages: a port for the charts, which stand above the records."""

from django.urls import reverse

_routes: dict[str, str] = {}


def register_charts(route: str, new: str) -> None:
    """Say which page puts records on a chart, and which begins one.

    Args:
        route: takes the keys of records as ``item``.
        new: takes a ``name`` and the key of a ``set`` by POST.
    """
    _routes.update(charts=route, new_chart=new)


def new_chart_url() -> str:
    """Return the address that draws a set as a chart; empty where there are no charts."""
    return reverse(_routes["new_chart"]) if "new_chart" in _routes else ""


def charts_url() -> str:
    """Return the address of the page that puts records on a chart; empty where there are no charts."""
    return reverse(_routes["charts"]) if "charts" in _routes else ""
