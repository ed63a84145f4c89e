"""What a format is: how its files are named, read and written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.items import Item, Outgoing

Read = Callable[[IO[bytes], Findings], Iterator[Item]]
"""Reads a file and notes what it cannot; raises UnreadableFile where the file is none of its kind."""
Write = Callable[[Outgoing, IO[bytes]], None]
"""Writes a file whole."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        name: by which it is asked for.
        label: as people call it; names of systems are not translated.
        suffixes: of its files, the usual one first.
        media_type: of its files.
        read: how it comes in; None where it is only written here.
        write: how it goes out; None where it is only read here.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Read | None = None
    write: Write | None = None
