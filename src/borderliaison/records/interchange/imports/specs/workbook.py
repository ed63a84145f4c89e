"""A workbook of which no more is read than is asked for: its first lines take no longer than they are."""

from array import array
from collections.abc import Iterator
from typing import IO, Any

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS


def read_workbook(file: IO[bytes]) -> Any:
    """Return a workbook, to be closed; its texts are read as its cells ask for them.

    Raises:
        Exception: as the library raises it, of what is no workbook.
    """
    reader = _Reader(file, read_only=True, data_only=True)
    reader.read()
    return reader.wb


class Texts:
    """The texts that the cells of a workbook name by their numbers: as UTF-8, side by side.

    Args:
        file: the part of the workbook, to be kept open.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._coming, self._all, self._ends = _texts(file), bytearray(), array("Q", [0])

    def __getitem__(self, number: int) -> str:
        """Return a text, and read up to it.

        Raises:
            IndexError: there is none of this number.
        """
        if number < 0:
            raise IndexError(number)
        while len(self._ends) <= number + 1:
            text = next(self._coming, None)
            if text is None:
                raise IndexError(number)
            self._all += text.encode()
            self._ends.append(len(self._all))
        return self._all[self._ends[number] : self._ends[number + 1]].decode()


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            texts: Any = Texts(self.archive.open(part.PartName[1:]))
            self.shared_strings = texts


def _texts(file: IO[bytes]) -> Iterator[str]:
    """Yield each text, of its parts that are read: not how it is pronounced."""
    read = iter(iterparse(file, events=("start", "end"), forbid_dtd=True))
    _, root = next(read)
    for event, element in read:
        if event == "end" and _name(element) == "si":
            parts = (one for child in element for one in _written(child))
            yield "".join(parts).replace("x005F_", "")
            root.clear()


def _written(element: Any) -> Iterator[str]:
    found = [element] if _name(element) == "t" else list(element) if _name(element) == "r" else []
    return (one.text or "" for one in found if _name(one) == "t")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
