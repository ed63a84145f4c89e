"""GeoPackage and KML: what has a place, or was at one that has, with what is said of it."""

import io
import sqlite3
import struct
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from borderliaison.records.interchange.errors import OneWay
from borderliaison.records.interchange.formats.geopackage import GEOPACKAGE
from borderliaison.records.interchange.formats.geopackage import write as write_geopackage
from borderliaison.records.interchange.formats.kml import write as write_kml
from borderliaison.records.interchange.formats.known import reader_of
from borderliaison.records.interchange.items import Item, Told
from tests.records.interchange.cast import BEK, chosen

DOSTUK = Item(
    "p",
    "CrossingPoint",
    (Told("code", "KG-DST"), Told("latitude", "40.55"), Told("longitude", "72.75")),
)
SEIZED = Item(
    "s",
    "Seizure",
    (Told("name", "82 <parcels>"), Told("crossing", "p"), Told("date", "2026-05-12")),
)
NOWHERE = Item(
    "n", "Seizure", (Told("name", "lost"), Told("latitude", "400"), Told("longitude", "1"))
)
KML = "{http://www.opengis.net/kml/2.2}"


def test_a_geopackage_has_a_layer_of_points_for_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with path.open("wb") as file:
        write_geopackage(chosen(DOSTUK, SEIZED, NOWHERE, BEK), file)
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        layers = database.execute("SELECT table_name, min_x, max_y FROM gpkg_contents").fetchall()
        assert layers == [("CrossingPoint", 72.75, 40.55), ("Seizure", 72.75, 40.55)]
        geometry, name = database.execute('SELECT geom, name FROM "Seizure"').fetchone()
        assert (geometry[:2], struct.unpack("<i", geometry[4:8])) == (b"GP", (4326,))
        assert (struct.unpack("<dd", geometry[13:]), name) == ((72.75, 40.55), "82 <parcels>")
    finally:
        database.close()


def test_kml_has_a_placemark_with_its_time_for_each_thing_with_a_place() -> None:
    file = io.BytesIO()
    write_kml(chosen(DOSTUK, SEIZED, NOWHERE, BEK), file)
    marks = fromstring(file.getvalue()).findall(f".//{KML}Placemark")
    said = [(one.findtext(f"{KML}name"), one.findtext(f".//{KML}coordinates")) for one in marks]
    assert said == [("KG-DST", "72.75,40.55"), ("82 <parcels>", "72.75,40.55")]
    assert marks[1].findtext(f".//{KML}when") == "2026-05-12T00:00:00+00:00"


def test_a_file_that_is_only_written_here_says_so() -> None:
    with pytest.raises(OneWay):
        reader_of(GEOPACKAGE)
