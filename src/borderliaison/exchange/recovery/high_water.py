"""The high-water file, ``state/high-water`` in the node's directory, outside the database and its backups.

It is never behind what a peer can hold, by this order: entries are committed; then their heads are
marked here, and ``fdatasync`` has returned; only then is a frame cut that goes so far (``allows``). One
line is added for each stream of a sealing commit, up to 64 entries at a time, in a thread of its own
beside the database. A crash between commit and mark leaves the file behind the database, which does no
harm: the next start marks what is missing before anything is sent.
"""

import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from borderliaison.exchange.core.entry import StreamId
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.water import (
    MAX_FILE_BYTES,
    DamagedHighWater,
    LaneKey,
    Mark,
    keep_furthest,
    lane_of,
    line_of,
    read_marks,
    written,
)
from borderliaison.kernel.durable import make_folder, write_whole
from borderliaison.kernel.ids import OfficeCode

FILE_NAME: Final = "high-water"
REWRITE_BYTES: Final = 256 * 1024
"""A file that has grown beyond this is written anew, with the marks that count."""
_NEVER: Final = Mark(-1)


class HighWater:
    """The marks of one office. One worker is the only one that writes them."""

    def __init__(self, directory: Path, office: OfficeCode) -> None:
        """Prepare; nothing is read before ``read``.

        Args:
            directory: the node's ``state`` folder.
            office: this office.
        """
        self._path = directory / FILE_NAME
        self._office = office
        self._marks: dict[LaneKey, Mark] = {}
        self._lock = threading.Lock()
        self._is_torn = False

    def read(self) -> dict[LaneKey, Mark] | None:
        """Read the file; return its marks, or None where there is no file.

        Raises:
            DamagedHighWater: it cannot be read as what it is.
        """
        try:
            size = self._path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise DamagedHighWater(f"{size} bytes")
            text = self._path.read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise DamagedHighWater("not ASCII") from error
        with self._lock:
            self._marks = read_marks(text, self._office)
            return dict(self._marks)

    def begin(self, heads: Iterable[Head]) -> None:
        """Write the file anew with what is marked already and these heads."""
        with self._lock:
            for head in heads:
                keep_furthest(self._marks, head)
            self._rewrite(self._marks)

    def mark(self, heads: Iterable[Head]) -> None:
        """Mark heads; when this returns, they are on the disk."""
        with self._lock:
            marks = dict(self._marks)
            lines = "".join(line_of(head) for head in heads if keep_furthest(marks, head))
            if not lines:
                return
            if self._is_torn or self._append(lines) > REWRITE_BYTES:
                self._rewrite(marks)
            self._marks = marks

    def allows(self, stream: StreamId) -> int:
        """Return the number of the last entry of a stream that may leave this machine."""
        mark = self._marks.get(lane_of(stream), _NEVER)
        if mark.epoch > stream.epoch:
            return 2**53
        return mark.seq if mark.epoch == stream.epoch else 0

    def newest_epoch(self, key: LaneKey) -> int:
        """Return the newest epoch of a lane that is marked; 0 where there is none."""
        return max(self._marks.get(key, _NEVER).epoch, 0)

    def _append(self, lines: str) -> int:
        """Add lines; return how large the file is now. Where that fails, it is to be replaced."""
        self._is_torn = True
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            data = lines.encode("ascii")
            while data:
                data = data[os.write(handle, data) :]
            os.fdatasync(handle)
            self._is_torn = False
            return os.fstat(handle).st_size
        finally:
            os.close(handle)

    def _rewrite(self, marks: Mapping[LaneKey, Mark]) -> None:
        """Replace the file in one step."""
        make_folder(self._path.parent)
        write_whole(self._path, written(self._office, marks.items()))
        self._is_torn = False
