"""The high-water marks: how far each stream that this office sends may be known outside this machine.

Kept beside the database, so that a database which was put back from an old copy is found out. One line
for each mark: recipient, realm, lane, epoch, number, hash, and the beginning of the line's own SHA-256.
Lines are only ever added; of each lane the furthest mark counts. A last line that was cut short by a
crash is left out: what it would have marked had not left yet.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.entry import GENESIS, Lane, StreamId
from borderliaison.exchange.core.errors import MalformedWire
from borderliaison.exchange.core.frame import Head
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

FIRST_LINE: Final = "bl1 high-water 1\n"
MAX_FILE_BYTES: Final = 64 * 1024 * 1024
_CHECK_DIGITS: Final = 16
_PARTS: Final = 7

LaneKey = tuple[OfficeCode, str, Lane]
"""Recipient, realm and lane: what the epochs of one lane have in common."""


class DamagedHighWater(LiaisonError):
    """The file that keeps how far this office has sent is damaged."""

    code = "E-EXC-40"


@dataclass(frozen=True, slots=True)
class Mark:
    """The furthest place of a lane.

    Attributes:
        epoch: of its newest stream.
        seq: of the last entry there; 0 where the epoch was only set aside.
        entry_hash: of that entry.
    """

    epoch: int
    seq: int = 0
    entry_hash: bytes = GENESIS

    @property
    def place(self) -> tuple[int, int]:
        """Where it is, to compare."""
        return self.epoch, self.seq


def lane_of(stream: StreamId) -> LaneKey:
    """Return what the epochs of a stream's lane have in common."""
    return stream.recipient, stream.realm, stream.lane


def line_of(head: Head) -> str:
    """Return the line that marks a head."""
    stream = head.stream
    said = (
        f"{stream.recipient} {stream.realm} {stream.lane} {stream.epoch} {head.seq} "
        f"{head.entry_hash.hex()}"
    )
    return f"{said} {_check(said)}\n"


def read_marks(text: str, office: OfficeCode) -> dict[LaneKey, Mark]:
    """Read the marks of a file.

    Raises:
        DamagedHighWater: it is not such a file, or a line but the last is damaged.
    """
    if not text.startswith(FIRST_LINE):
        raise DamagedHighWater("not a file of marks")
    lines = text.removeprefix(FIRST_LINE).split("\n")
    marks: dict[LaneKey, Mark] = {}
    for number, line in enumerate(lines[:-1]):
        try:
            keep_furthest(marks, _head_of(line, office))
        except (ValueError, LiaisonError) as error:
            if number == len(lines) - 2 and not lines[-1]:
                break
            raise DamagedHighWater(f"line {number + 2}") from error
    return marks


def keep_furthest(marks: dict[LaneKey, Mark], head: Head) -> bool:
    """Keep a head, if it is further than what is marked of its lane; return whether it was."""
    key, mark = lane_of(head.stream), Mark(head.stream.epoch, head.seq, head.entry_hash)
    known = marks.get(key)
    if known is not None and known.place >= mark.place:
        return False
    marks[key] = mark
    return True


def is_behind(held: Mark | None, hash_at: Callable[[int], bytes | None], mark: Mark) -> bool:
    """Whether a database that holds a lane up to ``held`` is older than what may have left.

    Args:
        held: the newest stream of the lane; None where there is none.
        hash_at: the hash of that stream's entry with a number; None where it is not held.
        mark: the lane's mark.
    """
    if held is None or held.place < mark.place:
        return True
    if held.epoch > mark.epoch or mark.seq == 0:
        return False
    return hash_at(mark.seq) != mark.entry_hash


def written(office: OfficeCode, marks: Iterable[tuple[LaneKey, Mark]]) -> str:
    """Return a whole file with these marks."""
    heads = (
        Head(StreamId(office, *key, mark.epoch), mark.seq, mark.entry_hash) for key, mark in marks
    )
    return FIRST_LINE + "".join(map(line_of, heads))


def _head_of(line: str, office: OfficeCode) -> Head:
    parts = line.split(" ")
    if len(parts) != _PARTS or _check(line.rpartition(" ")[0]) != parts[-1]:
        raise MalformedWire("not a mark")
    recipient, realm, lane, epoch, seq, digest, _ = parts
    stream = StreamId(office, fields.office(recipient), realm, Lane(lane), int(epoch))
    return Head(stream, int(seq), bytes.fromhex(digest))


def _check(said: str) -> str:
    return hashlib.sha256(said.encode("ascii", "replace")).hexdigest()[:_CHECK_DIGITS]
