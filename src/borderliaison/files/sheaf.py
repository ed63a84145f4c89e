"""A sheaf: the pages of a shared copy, each a picture. A photograph has one; a document has its own.

It is what travels instead of the file. Source: protocol PR-5 section 4.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Self

from borderliaison.files.errors import MalformedFile
from borderliaison.files.limits import MAX_PAGES, MAX_SHEAF_BYTES
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData

VERSION: Final = 1
MEDIA: Final = ("image/jpeg", "image/png")
_MAX_SIDE: Final = 65_535


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        media: ``image/jpeg`` or ``image/png``.
        width: in points.
        height: in points.
        data: the picture.
    """

    media: str
    width: int
    height: int
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is not in its form."""
        sides = (self.width, self.height)
        if self.media not in MEDIA or not isinstance(self.data, bytes) or not self.data:
            raise MalformedFile("not a page")
        if any(type(one) is not int or not 0 < one <= _MAX_SIDE for one in sides):
            raise MalformedFile("not a page of this size")


@dataclass(frozen=True, slots=True)
class Sheaf:
    """All pages, in order."""

    pages: tuple[Page, ...]

    def encode(self) -> bytes:
        """Return its one form."""
        pages = [[one.media, one.width, one.height, one.data] for one in self.pages]
        return canonical.encode({"v": VERSION, "pages": pages})

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote.

        Raises:
            MalformedFile: it is something else.
        """
        if len(data) > MAX_SHEAF_BYTES + 4096:
            raise MalformedFile("larger than a sheaf may be")
        try:
            value: Any = canonical.decode(data)
        except MalformedData as error:
            raise MalformedFile(str(error)) from error
        match value:
            case {"v": 1, "pages": list(pages)} if (
                len(value) == 2
                and value["v"] is not True
                and 0 < len(pages) <= MAX_PAGES
                and all(isinstance(one, list) and len(one) == 4 for one in pages)
            ):
                return cls(tuple(Page(*one) for one in pages))
            case _:
                raise MalformedFile("not a sheaf")
