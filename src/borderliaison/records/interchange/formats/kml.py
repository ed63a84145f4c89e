"""KML 2.2, for Google Earth and ArcGIS: things with a place, when they were and what is said of them."""

from typing import IO, Final

from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.places import Placed, placed
from borderliaison.records.interchange.formats.xml import Writer
from borderliaison.records.interchange.items import Outgoing
from borderliaison.records.statements.lines import moment_of

_SPACE: Final = "http://www.opengis.net/kml/2.2"


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a document with a placemark for each thing that has a place."""
    to, heading = Writer(file), outgoing.heading
    with to.element("kml", xmlns=_SPACE), to.element("Document"):
        to.whole("name", heading.title)
        to.whole("description", heading.marking_text)
        for one in placed(outgoing):
            _placemark(to, one)
    to.close()


def _placemark(to: Writer, one: Placed) -> None:
    values = one.values()
    with to.element("Placemark", id=f"i{one.item.key}"):
        to.whole("name", values["label"])
        moments = [one.item.values(name) for name in one.item.kind.extent.start]
        first = next(
            (found for some in moments for text in some if (found := moment_of(text))), None
        )
        if first is not None:
            with to.element("TimeStamp"):
                to.whole("when", first.isoformat())
        with to.element("ExtendedData"):
            for name, text in values.items():
                with to.element("Data", name=name):
                    to.whole("value", text)
        with to.element("Point"):
            to.whole("coordinates", f"{one.longitude},{one.latitude}")


KML: Final = Format("kml", "KML", (".kml",), "application/vnd.google-earth.kml+xml", None, write)
