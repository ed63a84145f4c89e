"""Handing a file of records out: to whom, and so that nothing of it is left once it was sent."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from borderliaison.records.interchange.formats.format import Format

Writing = Callable[[IO[bytes], Path], object]
"""Writes a file whole; is given a folder of the node for what stands between."""


def handed_out(write: Writing) -> IO[bytes]:
    """Return what was written, from its beginning; it is gone once it is closed."""
    folder = Path(settings.NODE.run_directory)
    folder.mkdir(mode=0o700, exist_ok=True)
    file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - whoever sends it closes it
    try:
        write(file, folder)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def file_name(target: Format, *more: str) -> str:
    """Return what a file that goes out today is called."""
    said = (settings.NODE.office, f"{datetime.now(UTC):%Y-%m-%d}", *more)
    return "-".join(said) + target.suffixes[0]
