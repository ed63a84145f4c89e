"""From a document to the bytes of its PDF, by a process of its own."""

import os
import subprocess
import sys
import threading
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

import structlog

from borderliaison.kernel import canonical
from borderliaison.printing.blocks import Document, Table
from borderliaison.printing.errors import PrinterBusy, PrintingError, TooMuchToPrint
from borderliaison.printing.letters import settable
from borderliaison.printing.limits import (
    MAX_DATA_BYTES,
    MAX_PDF_BYTES,
    MAX_TABLE_ROWS,
    PATIENCE_S,
)

log = structlog.get_logger(__name__)
AT_A_TIME: Final = 2
_presses: Final = threading.BoundedSemaphore(AT_A_TIME)


def pdf_of(document: Document, patience_s: float = PATIENCE_S) -> bytes:
    """Return a document as PDF/A-2a; the same document as the same bytes.

    Raises:
        TooMuchToPrint: it has too many lines or pictures, or took too much time or memory.
        PrinterBusy: too many others are being set.
        PrintingError: the template refused it.
    """
    if sum(len(one.rows) for one in document.body if isinstance(one, Table)) > MAX_TABLE_ROWS:
        raise TooMuchToPrint("rows")
    data = canonical.encode(plain(document))
    if len(data) > MAX_DATA_BYTES:
        raise TooMuchToPrint("bytes")
    if not _presses.acquire(timeout=patience_s):
        raise PrinterBusy
    try:
        with _in_memory("given") as given, _in_memory("made") as made:
            given.write(data)
            given.seek(0)
            _run(int(document.made_at.timestamp()), given, made, patience_s)
            made.seek(0)
            return made.read(MAX_PDF_BYTES)
    finally:
        _presses.release()


def plain(value: Any) -> Any:
    """Return a document, or a part of one, as the plain data that the template reads."""
    match value:
        case str():
            return settable(value)
        case datetime():
            at = value.astimezone(UTC)
            return [at.year, at.month, at.day, at.hour, at.minute, at.second]
        case tuple():
            return [plain(one) for one in value]
        case _ if is_dataclass(value):
            kept = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
            return {"kind": type(value).__name__, **kept}
        case _:
            return value


def _run(made_at: int, given: BinaryIO, made: BinaryIO, patience_s: float) -> None:
    command = [sys.executable, "-I", "-m", "borderliaison.printing", str(made_at)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what it sets is its input alone
            command,
            stdin=given,
            stdout=made,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "RAYON_NUM_THREADS": "1"},
            cwd="/",
            timeout=patience_s,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise TooMuchToPrint("time") from error
    if done.returncode < 0:  # the system ended it: its time or its memory was over
        log.warning("printing.ended", status=done.returncode)
        raise TooMuchToPrint(f"it ended with {done.returncode}")
    if done.returncode:
        log.warning("printing.refused", status=done.returncode)
        raise PrintingError(f"it ended with {done.returncode}")


def _in_memory(name: str) -> BinaryIO:
    """Return a file that never is on a disk."""
    return os.fdopen(os.memfd_create(f"blo-{name}"), "w+b")
