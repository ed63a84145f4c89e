"""What every map of this node stands on: the own country, names, and where its parts are."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.models import Country
from borderliaison.offices.places import place_of_office
from borderliaison.offices.services import this_office
from borderliaison.ui import manifest
from borderliaison.web.map.layers import provinces, tiles

_NAMED_AT: Final = {
    "KG": (74.6, 41.5),
    "KZ": (67.5, 48.2),
    "TJ": (71.0, 38.7),
    "TM": (59.5, 39.3),
    "UZ": (63.6, 41.9),
    "AF": (66.0, 34.4),
    "CN": (80.0, 40.0),
    "IR": (56.5, 35.2),
    "RU": (60.0, 54.0),
    "PK": (71.5, 34.0),
}
"""Where the name of a country has room, longitude and latitude."""
_BESIDE: Final = {
    "CN": gettext_lazy("China"),
    "IR": gettext_lazy("Iran"),
    "RU": gettext_lazy("Russia"),
    "PK": gettext_lazy("Pakistan"),
}
"""Countries on the map that the network does not know."""


def frame(directory: Path | None = None) -> dict[str, Any]:
    """Return what the page's script needs to draw the map under everything.

    Args:
        directory: of the node, where layers of its administrator lie.
    """
    home = directory or settings.NODE.directory
    lang, own = get_language() or "en", this_office()
    names = {one.code: one.name_in(lang) for one in Country.objects.all()}
    names |= {code: str(name) for code, name in _BESIDE.items()}
    here = place_of_office(OfficeCode(own))
    areas, closer = provinces(home), tiles(home)
    return {
        "own": own[:2],
        "countries": [
            {"code": code, "name": names[code], "at": at}
            for code, at in _NAMED_AT.items()
            if code in names
        ],
        "here": [here.longitude, here.latitude] if here else None,
        "offices": reverse("web:map_offices"),
        "base": manifest.url("base-map.json"),
        "provinces": f"{reverse('web:map_provinces')}?{areas.state}" if areas else "",
        "tiles": f"{reverse('web:map_tiles')}?{closer.state}" if closer else "",
        "tiles_kind": closer.kind if closer else "",
    }
