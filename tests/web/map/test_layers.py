"""Provinces and tiles are there once an administrator has added them, and are examined before."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.cli import Exit, run
from borderliaison.web.map import layers
from borderliaison.web.map.errors import NotProvinces, NotTiles, TooLargeForMap
from tests.accounts.people import browser, signed_in
from tests.correspondence.cast import liaison, network

SQUARE = [[[72.0, 40.0], [73.123456, 40.0], [73.0, 41.0], [72.0, 40.0]]]
OSH = {
    "type": "Feature",
    "properties": {"name": "Osh", "head": "an invented person"},
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
}
TILES = b"PMTiles\x03" + bytes(91) + b"\x02" + bytes(27) + b"the tiles themselves"


@pytest.fixture
def node(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """This node, without layers before and after."""
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    request.getfixturevalue("db")
    network()
    yield node_directory
    shutil.rmtree(node_directory / layers.FOLDER, ignore_errors=True)


@pytest.fixture
def desk(node: Path) -> Client:
    del node
    return signed_in(liaison())


def _written(tmp_path: Path, data: Any) -> Path:
    path = tmp_path / "provinces.geojson"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def _collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _tiles(tmp_path: Path) -> Path:
    path = tmp_path / "closer.pmtiles"
    path.write_bytes(TILES)
    return path


def test_without_an_administrator_there_is_no_layer(desk: Client) -> None:
    frame = desk.get("/map/frame/").json()
    assert (frame["provinces"], frame["tiles"], frame["tiles_kind"]) == ("", "", "")
    assert desk.get("/map/provinces/").status_code == 404
    assert desk.get("/map/tiles/").status_code == 404


def test_provinces_are_added_with_their_names_alone_and_withdrawn(
    node: Path, desk: Client, tmp_path: Path
) -> None:
    path = _written(tmp_path, _collection(OSH))
    assert run(["map", "provinces", "add", str(path)]) == Exit.DONE
    url = desk.get("/map/frame/").json()["provinces"]
    (feature,) = desk.get(url).json()["features"]
    assert feature["properties"] == {"name": "Osh"}
    assert feature["geometry"]["coordinates"][0][1] == [73.1235, 40.0]
    assert run(["map", "provinces", "withdraw"]) == Exit.DONE
    assert desk.get("/map/frame/").json()["provinces"] == ""
    assert AuditLine.objects.filter(action="map.changed", subject="provinces").count() == 2
    assert run(["map", "provinces", "withdraw"]) == Exit.FAILED


@pytest.mark.parametrize(
    "data",
    [
        "no JSON",
        "[" * 100_000,
        {"type": "Topology"},
        {"type": "FeatureCollection"},
        _collection(),
        _collection(1),
        _collection({"geometry": {"type": "Point", "coordinates": [72, 40]}}),
        _collection({"geometry": {"type": "Polygon", "coordinates": [[[4_500_000, 7]]]}}),
        _collection({"geometry": {"type": "Polygon", "coordinates": [72, 40]}}),
        _collection({"geometry": {"type": "LineString", "coordinates": [SQUARE]}}),
        _collection({"geometry": {"type": "LineString", "coordinates": []}}),
        _collection({"geometry": {"type": "LineString"}}),
    ],
)
def test_what_holds_no_provinces_is_refused_and_changes_nothing(tmp_path: Path, data: Any) -> None:
    with pytest.raises(NotProvinces):
        layers.add_provinces(tmp_path, _written(tmp_path, data))
    assert layers.provinces(tmp_path) is None


def test_too_many_points_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "MAX_POINTS", 3)
    with pytest.raises(TooLargeForMap):
        layers.add_provinces(tmp_path, _written(tmp_path, _collection(OSH)))
    monkeypatch.setattr(layers, "MAX_PROVINCES_BYTES", 10)
    with pytest.raises(TooLargeForMap):
        layers.add_provinces(tmp_path, _written(tmp_path, _collection(OSH)))


def test_tiles_are_served_in_parts(node: Path, desk: Client, tmp_path: Path) -> None:
    assert run(["map", "tiles", "add", str(_tiles(tmp_path))]) == Exit.DONE
    frame = desk.get("/map/frame/").json()
    assert frame["tiles_kind"] == "raster"
    whole = desk.get(frame["tiles"])
    assert (whole.status_code, b"".join(whole)) == (200, TILES)
    part = desk.get(frame["tiles"], headers={"Range": "bytes=127-129"})
    assert (part.status_code, b"".join(part)) == (206, b"the")
    assert part["Content-Range"] == f"bytes 127-129/{len(TILES)}"
    rest = desk.get(frame["tiles"], headers={"Range": "bytes=127-"})
    assert b"".join(rest) == b"the tiles themselves"
    beyond = desk.get(frame["tiles"], headers={"Range": f"bytes={len(TILES)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(TILES)}")
    assert run(["map", "tiles", "withdraw"]) == Exit.DONE
    assert desk.get("/map/tiles/").status_code == 404


@pytest.mark.parametrize("data", [b"", b"PMTiles\x02" + bytes(200), TILES[:100]])
def test_what_is_no_archive_of_tiles_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "closer.pmtiles"
    path.write_bytes(data)
    with pytest.raises(NotTiles):
        layers.add_tiles(tmp_path, path)


@pytest.mark.usefixtures("node")
def test_maps_are_for_those_who_are_signed_in(tmp_path: Path) -> None:
    assert run(["map", "tiles", "add", str(_tiles(tmp_path))]) == Exit.DONE
    for path in ("frame", "data", "card", "provinces", "tiles"):
        assert browser().get(f"/map/{path}/").status_code == 302
