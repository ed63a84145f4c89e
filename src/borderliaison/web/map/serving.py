"""Answering with a part of a file, for what browsers read in parts.

Source: RFC 9110, section 14 (range requests); one range at a time is served.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE: Final = re.compile(r"bytes=([0-9]{1,18})-([0-9]{1,18})?")
_CHUNK: Final = 256 * 1024


def serve_part(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """Return the part of a file that a request asks for; all of it where it names none."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    start = int(asked[1]) if asked else 0
    end = min(int(asked[2]), size - 1) if asked and asked[2] else size - 1
    if asked and not start <= end < size:
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    status = HTTPStatus.PARTIAL_CONTENT if asked else HTTPStatus.OK
    part = StreamingHttpResponse(_read(path, start, end + 1 - start), content_type, status)
    part["Accept-Ranges"] = "bytes"
    part["Content-Length"] = str(end + 1 - start)
    if asked:
        part["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part


def _read(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
