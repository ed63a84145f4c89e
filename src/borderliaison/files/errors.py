"""What can go wrong with a file. The docstring is what the officer reads."""

from typing import Final

from borderliaison.kernel.errors import LiaisonError


class FilesError(LiaisonError):
    """This could not be done with the file."""

    code = "E-FIL-00"


class UnknownKind(FilesError):
    """This is no JPEG, PNG or HEIC picture and no PDF, whatever its name says. Nothing else is taken."""

    code = "E-FIL-01"


class FileTooLarge(FilesError):
    """The file is larger than 30 MB. Take the picture smaller, or divide the document."""

    code = "E-FIL-02"


class TooManyPixels(FilesError):
    """The picture, or a page of the document, has more than 50 million points."""

    code = "E-FIL-03"


class TooManyPages(FilesError):
    """The document has more than 40 pages. Divide it."""

    code = "E-FIL-04"


class BrokenFile(FilesError):
    """The file is broken or not whole. Take it from the camera or the scanner again."""

    code = "E-FIL-05"


class LockedDocument(FilesError):
    """The document is locked with a password. Save it without one."""

    code = "E-FIL-06"


class TooDemanding(FilesError):
    """The file took too much time or memory to open; that happens to files made to do harm."""

    code = "E-FIL-07"


class TooManyFiles(FilesError):
    """There are 12 files already. Send the others with a second message."""

    code = "E-FIL-08"


class DiskFull(FilesError):
    """There is not enough room left on this server for files. Call the administrator."""

    code = "E-FIL-09"
    retryable = True


class NotHere(FilesError):
    """This file is not here yet, or not whole."""

    code = "E-FIL-10"
    retryable = True


class AlteredFile(FilesError):
    """The file on this server's disk is no longer what was put there. Call the administrator."""

    code = "E-FIL-11"


class EmptyFile(FilesError):
    """The file is empty."""

    code = "E-FIL-12"


class NothingChosen(FilesError):
    """No file was chosen."""

    code = "E-FIL-13"


class BadMark(FilesError):
    """This mark cannot be drawn: it lies outside the page, or it says nothing."""

    code = "E-FIL-14"


class TooManyMarks(FilesError):
    """There are 100 marks on this file already."""

    code = "E-FIL-15"


class ServerBusy(FilesError):
    """This server is opening other files just now. Try again in a moment."""

    code = "E-FIL-16"
    retryable = True


class MalformedFile(FilesError):
    """What another office sent as a file is not in the form that was expected."""

    code = "E-FIL-17"


ERRORS: Final[dict[str, type[FilesError]]] = {one.code: one for one in FilesError.__subclasses__()}
"""By code."""
