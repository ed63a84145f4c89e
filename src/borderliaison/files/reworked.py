"""Having a file drawn anew by a process of its own, and believing nothing that it says but pictures."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import BinaryIO, Final

import structlog

from borderliaison.files.errors import ERRORS, BrokenFile, ServerBusy, TooDemanding
from borderliaison.files.kinds import Kind
from borderliaison.files.limits import MAX_SHEAF_BYTES, PATIENCE_S, PREVIEW_BYTES
from borderliaison.files.sheaf import Sheaf
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData

log = structlog.get_logger(__name__)
AT_A_TIME: Final = 2
_benches: Final = threading.BoundedSemaphore(AT_A_TIME)


@dataclass(frozen=True, slots=True)
class Reworked:
    """What a file became.

    Attributes:
        sheaf: the shared copy.
        preview: one page of at most 150 kB.
    """

    sheaf: Sheaf
    preview: Sheaf


def rework(kind: Kind, data: bytes, patience_s: float = PATIENCE_S) -> Reworked:
    """Have a file drawn anew, without anything but its points of colour.

    Raises:
        BrokenFile, LockedDocument, TooManyPixels, TooManyPages: as they say.
        TooDemanding: it took too long, too much memory, or the process down.
        ServerBusy: too many others are being opened.
    """
    if not _benches.acquire(timeout=patience_s):
        raise ServerBusy
    try:
        with _in_memory("given") as given, _in_memory("made") as made:
            given.write(data)
            given.seek(0)
            _run(kind, given, made, patience_s)
            made.seek(0)
            answer = made.read(2 * MAX_SHEAF_BYTES + 1)
    finally:
        _benches.release()
    return _read(answer)


def _run(kind: Kind, given: BinaryIO, made: BinaryIO, patience_s: float) -> None:
    command = [sys.executable, "-I", "-m", "borderliaison.files.reworking", kind.value]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the file is its input, never an argument
            command,
            stdin=given,
            stdout=made,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            timeout=patience_s,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise TooDemanding("time") from error
    if done.returncode:
        log.warning("files.reworking_died", kind=kind.value, status=done.returncode)
        raise TooDemanding(f"it ended with {done.returncode}")


def _in_memory(name: str) -> BinaryIO:
    """Return a file that never is on a disk."""
    return os.fdopen(os.memfd_create(f"blo-{name}"), "w+b")


def _read(answer: bytes) -> Reworked:
    try:
        said = canonical.decode(answer)
    except MalformedData as error:
        raise BrokenFile("nothing usable came of it") from error
    match said:
        case {"code": "", "sheaf": bytes(sheaf), "preview": bytes(preview)}:
            made = Reworked(Sheaf.decode(sheaf), Sheaf.decode(preview))
        case {"code": str(code)} if code in ERRORS:
            raise ERRORS[code]
        case _:
            raise BrokenFile("nothing usable came of it")
    if len(made.preview.pages) != 1 or len(made.preview.pages[0].data) > PREVIEW_BYTES:
        raise BrokenFile("a preview that is none")
    return made
