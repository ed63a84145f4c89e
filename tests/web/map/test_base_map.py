"""The map under everything, as the build has made it: the region, whole and small."""

import json
from itertools import pairwise
from typing import Any

import pytest

from borderliaison.ui import manifest

pytestmark = pytest.mark.skipif(not manifest.BUILD.exists(), reason="the front end is not built")
MEMBERS = {"KG", "KZ", "TJ", "TM", "UZ"}
LARGEST_BYTES = 700_000


@pytest.fixture(scope="module")
def built() -> Any:
    path = manifest.BUILD / manifest.entry("base-map.json")["file"]
    assert path.stat().st_size < LARGEST_BYTES
    return json.loads(path.read_bytes())


def _inside(lon: float, lat: float, ring: list[list[float]]) -> bool:
    found = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            found = not found
    return found


def _country_at(built: Any, lon: float, lat: float) -> set[str]:
    return {
        one["properties"]["code"]
        for one in built["countries"]["features"]
        for rings in one["geometry"]["coordinates"]
        if _inside(lon, lat, rings[0]) and not any(_inside(lon, lat, hole) for hole in rings[1:])
    }


def test_every_member_and_neighbour_is_there_once(built: Any) -> None:
    codes = [one["properties"]["code"] for one in built["countries"]["features"]]
    known = [code for code in codes if code]
    assert len(known) == len(set(known))
    assert {*MEMBERS, "AF", "CN", "IR", "RU"} <= set(known)


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (74.57, 42.87, "KG"),
        (63.3, 45.95, "KZ"),  # a leased town that the source holds apart
        (71.1, 39.97, "UZ"),  # an exclave within Kyrgyzstan
        (68.78, 38.54, "TJ"),
        (58.38, 37.95, "TM"),
        (69.2, 34.5, "AF"),
    ],
)
def test_places_lie_in_their_countries(built: Any, lon: float, lat: float, country: str) -> None:
    assert _country_at(built, lon, lat) == {country}


def test_borders_stay_within_the_region(built: Any) -> None:
    lines = built["borders"]["geometry"]["coordinates"]
    assert sum(map(len, lines)) > 3_000
    for lon, lat in (point for line in lines for point in line):
        assert 30 < lon < 105
        assert 20 < lat < 70


def test_towns_lie_in_their_countries_and_have_names_in_both_scripts(built: Any) -> None:
    assert len(built["towns"]) > 60
    for one in built["towns"]:
        assert one["country"] in _country_at(built, *one["at"]), one["names"]["en"]
        assert one["names"]["en"].isascii()
        assert not one["names"]["ru"].isascii()
