"""Files as they come from a browser: kept in memory, so that nothing is on a disk in the clear."""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from borderliaison.files.adding import Upload
from borderliaison.files.limits import MAX_FILE_BYTES

AT_ONCE_BYTES: Final = 3 * MAX_FILE_BYTES
"""Of all files of one request; what comes beyond that is read and dropped, and refused as too large."""


class InMemory(FileUploadHandler):
    """Keeps each file up to a byte more than may be, and all of them up to a bound."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        """Begin with the files of a request."""
        super().__init__(request)
        self._file = BytesIO()
        self._all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with another file."""
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece of the file, as far as there is room."""
        del start
        room = min(MAX_FILE_BYTES + 1 - self._file.tell(), AT_ONCE_BYTES - self._all)
        self._all += self._file.write(raw_data[: max(0, room)])
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file; one that was dropped in part is as large as it was said to be."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            self._file, self.field_name, self.file_name or "", None, file_size, None
        )


def uploads_of(request: HttpRequest, name: str) -> list[Upload]:
    """Return the files of an input.

    One that was dropped in part is made to be refused: it is longer than any file may be.
    """
    found = []
    for one in request.FILES.getlist(name):
        data = one.read()
        whole = len(data) == (one.size or 0)
        if data or one.name:
            found.append(Upload(one.name or "", data if whole else bytes(MAX_FILE_BYTES + 1)))
    return found
