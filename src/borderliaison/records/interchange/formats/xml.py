"""XML as other systems read it: written element by element, read without anything that harms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from borderliaison.records.interchange.errors import UnreadableFile

_UNWRITABLE: Final = {
    number: None for number in (*range(0x20), 0xFFFE, 0xFFFF) if number not in (0x9, 0xA, 0xD)
}


class Writer:
    """Writes XML in memory that does not grow."""

    def __init__(self, file: IO[bytes]) -> None:
        self._to = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._to.startDocument()

    @contextmanager
    def element(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Write an element around what is written in the block."""
        self._to.startElement(name, _clean(attributes))
        yield
        self._to.endElement(name)

    def whole(self, name: str, text: str = "", /, **attributes: str) -> None:
        """Write an element with a text."""
        self._to.startElement(name, _clean(attributes))
        self._to.characters(text.translate(_UNWRITABLE))
        self._to.endElement(name)

    def close(self) -> None:
        """End the document."""
        self._to.endDocument()


def elements(file: IO[bytes], wanted: frozenset[str]) -> Iterator[Any]:
    """Yield the elements of some names as they end, without their name spaces, and let go of each.

    Raises:
        UnreadableFile: it is no XML, or has a DTD or entities.
    """
    file.seek(0)
    try:
        for _, element in iterparse(file, events=("end",), forbid_dtd=True):
            element.tag = element.tag.rpartition("}")[2]
            if element.tag in wanted:
                yield element
                element.clear()
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise UnreadableFile("it is no XML that is safe to read") from error


def _clean(attributes: Mapping[str, str]) -> "AttributesImpl[str]":
    """Return attributes as XML can hold them; a name with ``_`` at its end is one that Python keeps."""
    return AttributesImpl(
        {name.rstrip("_"): text.translate(_UNWRITABLE) for name, text in attributes.items()}
    )
