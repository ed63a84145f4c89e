"""Files that officers and programs sent and that are not yet taken in: looked at, then written or let go.

Each waits for a day, also over a restart. A page of an officer and each of his programs have a place of
their own in a realm; what he sends beyond his places takes those of his own, never anybody else's.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, field, replace
from io import BytesIO
from typing import IO, Final

from django.conf import settings

from borderliaison.kernel.errors import LiaisonError
from borderliaison.records.interchange.errors import AlreadyTaken, CutShort
from borderliaison.records.interchange.imports.resting import FOLDER, LASTS_S, Resting
from borderliaison.records.interchange.whose import PLACES, Sender

_ABOUT, _DATA = ".about", ".file"


@dataclass(slots=True)
class Taking:
    """How far a file is taken in.

    Attributes:
        done: steps.
        total: of how many.
        is_read: whether the file is read, and what is in it is being written.
        is_ended: whether nothing more happens.
        is_new: whether anything was written.
        things: that came in.
        links: likewise.
        flaws: what could not come in.
        set_key: of the set that it is.
        title: of that.
        problem: why it ended early.
    """

    done: int = 0
    total: int = 0
    is_read: bool = False
    is_ended: bool = False
    is_new: bool = False
    things: int = 0
    links: int = 0
    flaws: int = 0
    set_key: str = ""
    title: str = ""
    problem: LiaisonError | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is being written."""
        return not self.is_ended


@dataclass(slots=True)
class Waiting:
    """A file that waits.

    Attributes:
        key: 32 hexadecimal digits.
        sender: whose it is.
        name: of the file.
        sent_at: seconds since 1970.
        taking: how far it is, once it is taken in.
    """

    key: str
    sender: Sender
    name: str = field(repr=False)
    sent_at: float
    taking: Taking | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is being written, and cannot be let go."""
        return self.taking is not None and self.taking.is_running

    @property
    def is_taken(self) -> bool:
        """Whether it was taken in; nothing but how that went is left of it."""
        return self.taking is not None and self.taking.is_ended and self.taking.problem is None


class Shelf:
    """The files that wait.

    Args:
        place: where they rest.
        now: seconds since 1970.
    """

    def __init__(self, place: Callable[[], Resting], now: Callable[[], float] = time.time) -> None:
        self._place, self._now = place, now
        self._known: dict[str, Waiting] | None = None
        self._lock = threading.RLock()

    def put(self, sender: Sender, name: str, data: bytes) -> Waiting:
        """Let a file wait, in the place of what its sender sent before.

        Raises:
            DiskFull: the disk has no room to spare.
        """
        with self._lock:
            files = self._files()
        one = Waiting(secrets.token_hex(16), sender, name, self._now())
        self._place().put(one.key + _DATA, data)
        self._note(one)
        with self._lock:
            files[one.key] = one
            self._let_go(one)
        return one

    def find(self, sender: Sender, key: str) -> Waiting | None:
        """Return a sender's file; None where he has none of this key."""
        with self._lock:
            found = self._files().get(key)
            return found if found is not None and found.sender == sender else None

    def open(self, one: Waiting) -> IO[bytes]:
        """Return what is in a file.

        Raises:
            AlreadyTaken: it is not here any more.
        """
        data = self._place().read(one.key + _DATA)
        if data is None:
            raise AlreadyTaken(one.key)
        return BytesIO(data)

    def drop(self, one: Waiting) -> None:
        """Let a file go."""
        with self._lock:
            if not one.is_held and self._files().pop(one.key, None) is not None:
                self._remove(one.key)

    def begin(self, one: Waiting) -> Taking | None:
        """Say that a file is taken in from now on; None where it is, or was.

        Raises:
            DiskFull: the disk has no room to spare; the file waits on.
        """
        with self._lock:
            if one.is_held or one.is_taken:
                return None
            taking = Taking()
            self._note(replace(one, taking=taking))
            one.taking = taking
            return taking

    def end(self, one: Waiting, taking: Taking) -> None:
        """Say that a taking ended: what was taken in is here no more, what was not waits on."""
        with self._lock:
            taking.is_ended = True
            if one.is_taken:
                self._place().remove(one.key + _DATA)
            self._note(one)

    def _files(self) -> dict[str, Waiting]:
        """Return the files by their keys; the first time, those that waited before a restart."""
        if self._known is None:
            names = list(self._place().names())
            read = [_read(name, self._place()) for name in names if name.endswith(_ABOUT)]
            self._known = {one.key: one for one in read if one is not None}
            for name in names:
                if name.partition(".")[0] not in self._known:
                    self._place().remove(name)
        before = self._now() - LASTS_S
        old = [one for one in self._known.values() if one.sent_at < before and not one.is_held]
        for one in old:
            del self._known[one.key]
            self._remove(one.key)
        return self._known

    def _let_go(self, new: Waiting) -> None:
        """Let what the sender of a new file sent before go, and what waits beyond his officer's places."""
        theirs = [one for one in self._files().values() if one.sender.officer == new.sender.officer]
        free = [one for one in theirs if not one.is_held and one is not new]
        gone = [one for one in free if one.sender == new.sender]
        rest = [one for one in free if one not in gone]
        rest.sort(key=lambda one: one.sent_at)
        over = len(theirs) - len(gone) - PLACES
        for one in (*gone, *rest[: max(0, over)]):
            self.drop(one)

    def _note(self, one: Waiting) -> None:
        """Write down what is known of a file; of what failed, that it waits."""
        failed = one.taking is not None and one.taking.problem is not None
        said = asdict(replace(one, taking=None) if failed else one) | {
            "sender": astuple(one.sender)
        }
        self._place().put(one.key + _ABOUT, json.dumps(said).encode())

    def _remove(self, key: str) -> None:
        for suffix in (_ABOUT, _DATA):
            self._place().remove(key + suffix)


def _read(name: str, place: Resting) -> Waiting | None:
    """Return what was written down of a file; None where it cannot be read."""
    data = place.read(name)
    if data is None:
        return None
    said = json.loads(data)
    taking = Taking(**said["taking"]) if said["taking"] else None
    if taking is not None and taking.is_running:
        taking.is_ended, taking.problem = True, CutShort()
    return Waiting(said["key"], Sender(*said["sender"]), said["name"], said["sent_at"], taking)


def _place() -> Resting:
    return Resting(settings.NODE.state_directory / FOLDER, settings.SECRET_KEY)


SHELF: Final = Shelf(_place)
"""The one of this process; a node has one that serves pages and programs."""
