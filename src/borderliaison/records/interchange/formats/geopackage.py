"""GeoPackage 1.3 (OGC 12-128r17), for QGIS and ArcGIS: a layer of points for each kind that has places."""

import os
import sqlite3
import struct
import tempfile
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Final

from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.places import Placed, placed
from borderliaison.records.interchange.items import Outgoing
from borderliaison.records.ontology.model import schema

_APPLICATION: Final = 0x47504B47
_VERSION: Final = 10300
_WGS_84: Final = 4326
_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_TABLES: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY
  REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL);
"""
_COLUMNS: Final = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT"


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a database with a table for each kind."""
    folder = os.environ.get("SQLITE_TMPDIR")
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as made:
        database = sqlite3.connect(made.name)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            Path(made.name).unlink()  # gone with whoever has it open
            _Package(database, outgoing).fill()
        finally:
            database.close()
        copyfileobj(made, file)


class _Package:
    def __init__(self, database: sqlite3.Connection, outgoing: Outgoing) -> None:
        self.database, self.outgoing = database, outgoing

    def fill(self) -> None:
        self.database.execute(f"PRAGMA application_id = {_APPLICATION}")
        self.database.execute(f"PRAGMA user_version = {_VERSION}")
        self.database.executescript(_TABLES)
        row = ("WGS 84", _WGS_84, "EPSG", _WGS_84, _WKT, None)
        self.database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", row)
        columns = self._columns()
        for kind, names in columns.items():
            self._layer(kind, names)
        for one in placed(self.outgoing):
            self._row(one, columns[one.item.schema])
        self.database.commit()

    def _columns(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for one in placed(self.outgoing):
            found.setdefault(one.item.schema, {}).update(dict.fromkeys(one.values()))
        return {kind: list(names) for kind, names in sorted(found.items())}

    def _layer(self, kind: str, names: list[str]) -> None:
        """Make a layer. The names are those of schemata and properties, never anybody's text."""
        texts = ", ".join(f'"{name}" TEXT' for name in names)
        self.database.execute(f'CREATE TABLE "{kind}" ({_COLUMNS}, {texts})')
        heading = self.outgoing.heading
        at = f"{heading.made_at:%Y-%m-%dT%H:%M:%S.000Z}"
        label = schema(kind).plural.text("en")
        edges = self._edges(kind)
        contents = (kind, "features", label, heading.marking_text, at, *edges, _WGS_84)
        self.database.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents
        )
        geometry = (kind, "geom", "POINT", _WGS_84, 0, 0)
        self.database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", geometry
        )

    def _edges(self, kind: str) -> tuple[float, float, float, float]:
        points = [
            (one.longitude, one.latitude)
            for one in placed(self.outgoing)
            if one.item.schema == kind
        ]
        across, along = zip(*points, strict=True)
        return min(across), min(along), max(across), max(along)

    def _row(self, one: Placed, names: list[str]) -> None:
        values = one.values()
        marks = ", ".join("?" for _ in range(len(names) + 1))
        texts = ", ".join(f'"{name}"' for name in names)
        sql = f'INSERT INTO "{one.item.schema}" (geom, {texts}) VALUES ({marks})'  # noqa: S608 - names of ours
        self.database.execute(sql, (_point(one), *(values.get(name) for name in names)))


def _point(one: Placed) -> bytes:
    """Return a point in GeoPackage's binary form: a header, then well-known binary, little-endian."""
    header = b"GP" + struct.pack("<BBi", 0, 1, _WGS_84)
    return header + struct.pack("<BIdd", 1, 1, one.longitude, one.latitude)


GEOPACKAGE: Final = Format(
    "gpkg", "GeoPackage", (".gpkg",), "application/geopackage+sqlite3", None, write
)
