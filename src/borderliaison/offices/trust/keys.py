"""``SignedDirectory``: whose key is whose, and with whom to exchange, by the imported directories.

It is asked for each letter, so it is built once for each change of the stored directories and kept.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from borderliaison.kernel.clock import Clock, SystemClock
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, OfficeSigners
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.directory.document import open_directory
from borderliaison.offices.directory.listed import ListedOffice, RetiredKey, Revocation
from borderliaison.offices.errors import DamagedNote, NoPinnedAuthority
from borderliaison.offices.models import ImportedDirectory
from borderliaison.offices.services import this_office
from borderliaison.offices.trust.held import Held, Trust
from borderliaison.offices.trust.importing import (
    Problem,
    noted_directories,
    own_authority,
    stored_trust,
)
from borderliaison.offices.trust.noted import Age, Behind, find_behind
from borderliaison.offices.trust.verdicts import Reason, Verdict, judge
from borderliaison.offices.trust.warnings import Warned, WarningKind, find_warnings
from borderliaison.sql.statements import rows


@dataclass(frozen=True, slots=True)
class Doubt:
    """The time in which a key that was revoked later still counted here.

    Attributes:
        revocation: of that key.
        until: when the directory that revokes it was imported.
    """

    revocation: Revocation
    until: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stored directories amounted to when the newest of them had this number.

    Attributes:
        upto: the newest row; 0 where none is stored.
        trust: the state.
        problems: stored directories that no longer verify.
        stamp: of what is noted outside the database.
        age: how the stored directories stand beside that.
        behind: of which countries a newer directory was held here; nobody is believed then.
        offices: the offices that count, by code.
        revoked: the signing keys that count no more, by office.
        doubts: when which office's letters came that may be somebody else's.
    """

    upto: int
    trust: Trust
    problems: tuple[Problem, ...]
    stamp: tuple[int, int]
    age: Age
    behind: tuple[Behind, ...]
    offices: dict[OfficeCode, ListedOffice]
    revoked: dict[OfficeCode, tuple[bytes, ...]]
    doubts: tuple[Doubt, ...]


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
        if snapshot.age is Age.BEHIND:
            return Verdict(False, False, Reason.DIRECTORY_BEHIND)
        return judge(snapshot.trust, office, self._now(snapshot.trust), this_office())

    def signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return the keys whose signatures count as the office's: its own, and earlier ones for a time."""
        snapshot = self.snapshot()
        if snapshot is None or snapshot.age is Age.BEHIND:
            return None
        now = self._now(snapshot.trust)
        return _signers(snapshot, office, lambda one: now < one.until)

    def past_signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return every key that ever signed for the office: to read again what was accepted before."""
        snapshot = self.snapshot()
        known = _signers(snapshot, office, lambda _: True) if snapshot else None
        return known and OfficeSigners(office, (*known.sign_keys, *known.revoked))

    def doubt(self, office: OfficeCode, received_at: datetime) -> Revocation | None:
        """Return why what came from an office at an instant may be somebody else's; None if it may not.

        What the revoked key signed is not told apart from what another key of the office signed then.
        """
        snapshot = self.snapshot()
        for one in snapshot.doubts if snapshot else ():
            if one.revocation.office == office and one.revocation.since <= received_at < one.until:
                return one.revocation
        return None

    def warnings(self) -> tuple[Warned, ...]:
        """Return what about directories, keys and the clock somebody has to see to."""
        snapshot = self.snapshot()
        if snapshot is None:
            return ()
        now = self._clock.now()
        behind = (
            Warned(WarningKind.DIRECTORY_BEHIND, one.country, now, None, now, one.serial)
            for one in snapshot.behind
        )
        return (*behind, *find_warnings(snapshot.trust, this_office(), now))

    def age(self) -> Age:
        """Return how the stored directories stand beside those that were held here before."""
        snapshot = self.snapshot()
        return snapshot.age if snapshot else Age.UNKNOWN

    def note_held(self) -> None:
        """Note outside the database which directories are held now, unless they are behind already."""
        snapshot = self.snapshot()
        if snapshot is not None and snapshot.age is not Age.BEHIND:
            noted_directories().note(snapshot.trust.held.values())

    def _now(self, trust: Trust) -> datetime:
        """Return the present instant; a clock that was set back is not behind what our authority signed."""
        now = self._clock.now()
        return max(now, trust.own.issued) if trust.own else now

    def revoked_keys(self, office: OfficeCode) -> tuple[bytes, ...]:
        """Return the signing keys of the office that count no more."""
        snapshot = self.snapshot()
        return snapshot.revoked.get(office, ()) if snapshot else ()

    def signs_with(self, office: OfficeCode) -> bytes | None:
        """Return the id of the key with which the office signs now: the earlier one before ``since``."""
        snapshot = self.snapshot()
        listed = snapshot.offices.get(office) if snapshot else None
        if snapshot is None or listed is None:
            return None
        earlier = max(listed.retired, key=lambda one: one.until, default=None)
        if earlier is not None and self._now(snapshot.trust) < listed.since:
            return key_id(earlier.sign_key)
        return listed.public.kid

    def listed(self, office: OfficeCode) -> ListedOffice | None:
        """Return the office as the directory lists it, agencies and all."""
        snapshot = self.snapshot()
        return snapshot.offices.get(office) if snapshot else None

    def snapshot(self) -> Snapshot | None:
        """Return what counts now; None where no authority is pinned. One short query a call."""
        newest, stamp = _newest(), noted_directories().stamp()
        with self._lock:
            known = self._snapshot
            if known is None or (known.upto, known.stamp) != (newest, stamp):
                self._snapshot = _build(newest, stamp)
            return self._snapshot


@cache
def signed_directory() -> SignedDirectory:
    """Return the process's one directory, on the machine's own clock."""
    return SignedDirectory()


@remembered
def _newest() -> int:
    ((newest,),) = rows("SELECT MAX(id) FROM offices_importeddirectory")
    return newest or 0


def _build(newest: int, stamp: tuple[int, int]) -> Snapshot | None:
    try:
        trust, problems = stored_trust(own_authority())
    except NoPinnedAuthority:
        return None
    offices: dict[OfficeCode, ListedOffice] = {}
    revoked: defaultdict[OfficeCode, tuple[bytes, ...]] = defaultdict(tuple)
    doubts: list[Doubt] = []
    for held in trust.all_counted():
        for listed in held.directory.offices:
            offices[listed.public.office] = listed
        for one in held.directory.revoked:
            revoked[one.office] += (one.sign_key,)
        doubts += _doubts(held) if held.directory.revoked else ()
    age, behind = _age(trust)
    return Snapshot(
        upto=newest,
        trust=trust,
        problems=tuple(problems),
        stamp=stamp,
        age=age,
        behind=behind,
        offices=offices,
        revoked=dict(revoked),
        doubts=tuple(doubts),
    )


def _age(trust: Trust) -> tuple[Age, tuple[Behind, ...]]:
    try:
        noted = noted_directories().read()
    except DamagedNote:
        return Age.BEHIND, (Behind(trust.pin.country, 0),)
    if noted is None:
        return Age.UNKNOWN, ()
    behind = find_behind(trust, noted)
    return (Age.BEHIND if behind else Age.CURRENT), behind


def _doubts(newest: Held) -> Iterator[Doubt]:
    """Find out when each key that was revoked ceased to count here."""
    rows = ImportedDirectory.objects.filter(signer_kid=newest.signer.kid).order_by("pk")
    waiting = {one.sign_key: one for one in newest.directory.revoked}
    for row in rows:
        try:
            earlier = open_directory(bytes(row.signed), newest.signer.sign_key)
        except LiaisonError:  # `problems` names it
            continue
        for one in earlier.revoked:
            if waiting.pop(one.sign_key, None) is not None:
                yield Doubt(one, row.imported_at)


def _signers(
    snapshot: Snapshot, office: OfficeCode, counts: Callable[[RetiredKey], bool]
) -> OfficeSigners | None:
    listed, revoked = snapshot.offices.get(office), snapshot.revoked.get(office, ())
    if listed is None:
        return OfficeSigners(office, (), revoked) if revoked else None
    earlier = (one.sign_key for one in listed.retired if counts(one))
    return OfficeSigners(office, (listed.public.sign_key, *earlier), revoked)
