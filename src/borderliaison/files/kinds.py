"""What a file is, by its first bytes. Its name says nothing."""

from enum import StrEnum

from borderliaison.files.errors import EmptyFile, UnknownKind

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"})


class Kind(StrEnum):
    """The kinds of file that are opened."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    PDF = "pdf"
    SHEAF = "sheaf"
    """What another office shares of a file; it is never added by an officer."""


def kind_of(head: bytes) -> Kind:
    """Return what begins with these bytes; 16 of them are enough.

    Raises:
        EmptyFile: there are none.
        UnknownKind: nothing that is taken begins so.
    """
    if not head:
        raise EmptyFile
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Kind.HEIC
    raise UnknownKind
