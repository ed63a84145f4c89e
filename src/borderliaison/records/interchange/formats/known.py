"""The formats, by their names."""

from collections.abc import Mapping, Sequence
from typing import Final

from borderliaison.records.interchange.errors import BinaryChart, OneWay, UnknownFormat
from borderliaison.records.interchange.formats.anx import ANX
from borderliaison.records.interchange.formats.format import Format, Read, Write
from borderliaison.records.interchange.formats.ftm import FTM
from borderliaison.records.interchange.formats.geopackage import GEOPACKAGE
from borderliaison.records.interchange.formats.gexf import GEXF
from borderliaison.records.interchange.formats.graphml import GRAPHML
from borderliaison.records.interchange.formats.kml import KML
from borderliaison.records.interchange.formats.stix import STIX
from borderliaison.records.interchange.formats.tables import TABLES

_ALL: Final = (ANX, FTM, GEOPACKAGE, GEXF, GRAPHML, KML, STIX, TABLES)
FORMATS: Final[Mapping[str, Format]] = {one.name: one for one in _ALL}
WRITTEN: Final = tuple(one for one in _ALL if one.write is not None)
READ_SUFFIXES: Final = tuple(s for one in _ALL if one.read is not None for s in one.suffixes)
WRITTEN_SUFFIXES: Final = tuple(s for one in WRITTEN for s in one.suffixes)
_BINARY: Final = ".anb"


def format_named(name: str) -> Format:
    """Return a format.

    Raises:
        UnknownFormat: there is none of this name.
    """
    found = FORMATS.get(name)
    if found is None:
        raise UnknownFormat(f"{name[:20]!r}; known are {', '.join(FORMATS)}")
    return found


def format_of(file_name: str, known: Sequence[str] = WRITTEN_SUFFIXES) -> Format:
    """Return the format of a file by how its name ends.

    Args:
        file_name: with its ending.
        known: the endings that are named where this one is not known.

    Raises:
        BinaryChart: it is a chart in i2's binary form.
        UnknownFormat: no format has such files.
    """
    name = file_name.lower()
    if name.endswith(_BINARY):
        raise BinaryChart
    found = [(suffix, one) for one in _ALL for suffix in one.suffixes if name.endswith(suffix)]
    if not found:
        raise UnknownFormat(f"known are {', '.join(known)}")
    return max(found, key=lambda one: len(one[0]))[1]


def reader_of(one: Format) -> Read:
    """Return what reads files of a format.

    Raises:
        OneWay: they are only written here.
    """
    if one.read is None:
        raise OneWay(f"{one.label} is only written here")
    return one.read


def writer_of(one: Format) -> Write:
    """Return what writes files of a format.

    Raises:
        OneWay: they are only read here.
    """
    if one.write is None:
        raise OneWay(f"{one.label} is only read here")
    return one.write
