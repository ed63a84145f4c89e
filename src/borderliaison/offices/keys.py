"""``SignedDirectory``: whose key is whose, and with whom to exchange, by the imported directories.

It is asked for each letter, so it is built once for each change of the stored directories and kept.
"""

import threading
from dataclasses import dataclass
from functools import cache

from borderliaison.kernel.clock import Clock, SystemClock
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.directory import ListedOffice
from borderliaison.offices.errors import NoPinnedAuthority
from borderliaison.offices.importing import Problem, own_authority, stored_trust
from borderliaison.offices.models import ImportedDirectory
from borderliaison.offices.trust import Trust
from borderliaison.offices.verdicts import Reason, Verdict, judge


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stored directories amounted to when the newest of them had this number.

    Attributes:
        upto: the newest row; 0 where none is stored.
        trust: the state.
        problems: stored directories that no longer verify.
        offices: the offices that count, by code.
    """

    upto: int
    trust: Trust
    problems: tuple[Problem, ...]
    offices: dict[OfficeCode, ListedOffice]


class SignedDirectory:
    """The exchange's directory, on the directories that were imported here."""

    def __init__(self, clock: Clock | None = None) -> None:
        """Begin with nothing read yet."""
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        """Return the office's public keys; None where no directory that counts lists it."""
        snapshot = self.snapshot()
        listed = snapshot.offices.get(office) if snapshot else None
        return listed.public if listed else None

    def may_exchange(self, office: OfficeCode) -> Verdict:
        """Say whether this office may exchange letters with ``office``, why, and until when."""
        snapshot = self.snapshot()
        if snapshot is None:
            return Verdict(False, False, Reason.NO_OWN_DIRECTORY)
        return judge(snapshot.trust, office, self._clock.now())

    def listed(self, office: OfficeCode) -> ListedOffice | None:
        """Return the office as the directory lists it, agencies and all."""
        snapshot = self.snapshot()
        return snapshot.offices.get(office) if snapshot else None

    def snapshot(self) -> Snapshot | None:
        """Return what counts now; None where no authority is pinned. One short query a call."""
        newest = ImportedDirectory.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with self._lock:
            if self._snapshot is None or self._snapshot.upto != newest:
                self._snapshot = _build(newest)
            return self._snapshot


@cache
def signed_directory() -> SignedDirectory:
    """Return the process's one directory, on the machine's own clock."""
    return SignedDirectory()


def _build(newest: int) -> Snapshot | None:
    try:
        trust, problems = stored_trust(own_authority())
    except NoPinnedAuthority:
        return None
    offices: dict[OfficeCode, ListedOffice] = {}
    for held in trust.all_counted():
        for listed in held.directory.offices:
            offices[listed.public.office] = listed
    return Snapshot(newest, trust, tuple(problems), offices)
