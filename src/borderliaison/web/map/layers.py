"""Layers that an administrator has added, in the node's folder: provinces, and tiles for closer looks.

No package holds current provinces of the region, so there is no such layer until somebody answers for one.
Of provinces only shapes and names are kept, so that a file brings nothing else onto the pages. Tiles are
kept as they are: browsers read them in parts.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from borderliaison.kernel.durable import make_folder, move, remove, write_whole
from borderliaison.web.map.errors import (
    NothingToWithdraw,
    NotProvinces,
    NotTiles,
    TooLargeForMap,
)

FOLDER: Final = "map"
"""In the node's directory."""
MAX_PROVINCES_BYTES: Final = 8_000_000
MAX_POINTS: Final = 400_000
_DIGITS: Final = 4
"""Of a degree: some ten metres."""
_MAX_NAME: Final = 80
_PMTILES: Final = b"PMTiles\x03"
_HEADER_BYTES: Final = 127
_TILE_TYPE_AT: Final = 99
_TILE_KINDS: Final = {1: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}
"""Kinds of tiles by the number in the archive: MVT, PNG, JPEG, WebP, AVIF."""
_DEPTH: Final = {"Polygon": 2, "MultiPolygon": 3, "LineString": 1, "MultiLineString": 2}
"""How deep the lists of positions lie in a geometry's coordinates."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that is there.

    Attributes:
        kind: of tiles, ``vector`` or ``raster``; else empty.
        state: changes when the file does, for browsers that keep it.
    """

    path: Path
    state: str
    kind: str = ""


def provinces(directory: Path) -> Layer | None:
    """Return the provinces that were loaded."""
    return _layer(_provinces_at(directory))


def tiles(directory: Path) -> Layer | None:
    """Return the tiles that were loaded."""
    found = _layer(_tiles_at(directory))
    if found is None:
        return None
    kind = _tile_kind(found.path)
    return Layer(found.path, found.state, kind) if kind else None


def add_provinces(directory: Path, source: Path) -> int:
    """Take the provinces of a file into the map; return how many there are.

    Args:
        directory: of the node.
        source: a GeoJSON file.

    Raises:
        NotProvinces: it is not a collection of areas or lines in degrees.
        TooLargeForMap: it is larger than a page may load.
    """
    if source.stat().st_size > MAX_PROVINCES_BYTES:
        raise TooLargeForMap(f"more than {MAX_PROVINCES_BYTES // 1_000_000} MB")
    features = list(_features(_read(source)))
    if not features:
        raise NotProvinces("there is nothing in it")
    made = {"type": "FeatureCollection", "features": features}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    make_folder(directory / FOLDER)
    write_whole(_provinces_at(directory), text)
    return len(features)


def add_tiles(directory: Path, source: Path) -> str:
    """Take an archive of tiles into the map; return their kind.

    Args:
        directory: of the node.
        source: a PMTiles file.

    Raises:
        NotTiles: it is none.
    """
    kind = _tile_kind(source)
    if not kind:
        raise NotTiles(source.name)
    make_folder(directory / FOLDER)
    target = _tiles_at(directory)
    draft = target.with_suffix(".draft")
    shutil.copyfile(source, draft)
    with draft.open("rb") as copied:
        os.fsync(copied.fileno())
    move(draft, target)
    return kind


def withdraw_provinces(directory: Path) -> None:
    """Take the provinces off the map.

    Raises:
        NothingToWithdraw: there are none.
    """
    _withdraw(_provinces_at(directory))


def withdraw_tiles(directory: Path) -> None:
    """Take the tiles off the map.

    Raises:
        NothingToWithdraw: there are none.
    """
    _withdraw(_tiles_at(directory))


def _withdraw(path: Path) -> None:
    try:
        remove(path)
    except FileNotFoundError as error:
        raise NothingToWithdraw(path.name) from error


def _provinces_at(directory: Path) -> Path:
    return directory / FOLDER / "provinces.geojson"


def _tiles_at(directory: Path) -> Path:
    return directory / FOLDER / "tiles.pmtiles"


def _layer(path: Path) -> Layer | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Layer(path, f"{found.st_mtime_ns:x}-{found.st_size:x}")


def _tile_kind(path: Path) -> str:
    with path.open("rb") as archive:
        header = archive.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_PMTILES):
        return ""
    return _TILE_KINDS.get(header[_TILE_TYPE_AT], "")


def _read(source: Path) -> dict[str, Any]:
    try:
        data = json.loads(source.read_bytes())
    except (ValueError, RecursionError) as error:
        raise NotProvinces("it is not JSON") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise NotProvinces("its type is not FeatureCollection")
    if not isinstance(data.get("features"), list):
        raise NotProvinces("it has no features")
    return data


def _features(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    left = MAX_POINTS
    for number, feature in enumerate(data["features"], start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or kind not in _DEPTH:
            raise NotProvinces(f"feature {number} is no area and no line")
        coordinates, points = _positions(geometry.get("coordinates"), _DEPTH[kind], number)
        left -= points
        if left < 0:
            raise TooLargeForMap(f"more than {MAX_POINTS} points")
        said = feature.get("properties")
        name = said.get("name") if isinstance(said, dict) else None
        yield {
            "type": "Feature",
            "properties": {"name": name[:_MAX_NAME]} if isinstance(name, str) else {},
            "geometry": {"type": kind, "coordinates": coordinates},
        }


def _positions(data: Any, depth: int, number: int) -> tuple[Any, int]:
    """Return positions rounded, at the depth at which they lie, and how many they are."""
    if depth and isinstance(data, list) and data:
        inner = [_positions(one, depth - 1, number) for one in data]
        return [one for one, _ in inner], sum(points for _, points in inner)
    match data:
        case [int() | float() as lon, int() | float() as lat, *_] if (
            not depth and abs(lon) <= 180 and abs(lat) <= 90
        ):
            return [round(lon, _DIGITS), round(lat, _DIGITS)], 1
    raise NotProvinces(
        f"feature {number} has a position that is not longitude, latitude in degrees"
    )
