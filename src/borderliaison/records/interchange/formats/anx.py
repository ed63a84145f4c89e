"""i2 charts in XML, both ways."""

from typing import Final

from borderliaison.records.interchange.formats.anx_reading import read
from borderliaison.records.interchange.formats.anx_writing import write
from borderliaison.records.interchange.formats.format import Format

ANX: Final = Format("anx", "i2 Analyst's Notebook (ANX)", (".anx",), "application/xml", read, write)
