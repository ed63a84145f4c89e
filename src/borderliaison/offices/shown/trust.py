"""The signed directory as officers see it on the page, and administrators by ``blo directory``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from borderliaison.kernel.cose import key_id
from borderliaison.offices.directory.fingerprints import of_office
from borderliaison.offices.models import DirectoryAlarm, ImportedDirectory
from borderliaison.offices.trust.held import Held, Trust
from borderliaison.offices.trust.importing import Problem
from borderliaison.offices.trust.keys import SignedDirectory
from borderliaison.offices.trust.verdicts import GRACE, Validity, validity


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key that is not an office's present one, with the date that goes with it.

    Attributes:
        at: until when what it signed is taken in; from when on it is doubtful, where it is revoked.
        reason: why it was revoked; empty where it is an earlier one.
    """

    office: str
    kid: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShownOffice:
    """One listed office with the fingerprint of its keys.

    Attributes:
        since: from when on it signs with them.
        not_after: when they expire.
        retired: its earlier ones.
    """

    office: str
    agencies: tuple[str, ...]
    kid: str
    fingerprint: str
    since: datetime
    not_after: datetime
    retired: tuple[ShownKey, ...]


@dataclass(frozen=True, slots=True)
class ShownAuthority:
    """An authority, and whether we hold a directory of it that counts.

    Attributes:
        holds: a directory of this authority is held.
        recognises_us: that directory recognises our own authority.
    """

    country: str
    authority: str
    fingerprint: str
    holds: bool
    recognises_us: bool


@dataclass(frozen=True, slots=True)
class ShownDirectory:
    """One directory that counts.

    Attributes:
        own: it is our own authority's.
        signed_by: the authority's name.
        age: since it was issued.
        stops: when nothing is sent across the border any more, as far as this directory goes.
        missed: how many before it were never seen here.
    """

    country: str
    own: bool
    signed_by: str
    fingerprint: str
    serial: int
    hash: str
    issued: datetime
    imported: datetime | None
    age: timedelta
    valid_until: datetime
    stops: datetime
    validity: Validity
    missed: int
    offices: tuple[ShownOffice, ...]
    recognises: tuple[ShownAuthority, ...]
    revoked: tuple[ShownKey, ...]


@dataclass(frozen=True, slots=True)
class ShownTrust:
    """Everything that this node goes by.

    Attributes:
        pinned: our own authority's name; None where no authority is pinned.
        waiting: countries whose directory is held and counts no more, since nobody recognises it.
        problems: stored directories that no longer verify.
        alarms: how often an authority's key was found to have signed two histories.
    """

    pinned: str | None
    fingerprint: str
    directories: tuple[ShownDirectory, ...]
    waiting: tuple[str, ...]
    problems: tuple[Problem, ...]
    alarms: int

    def of(self, country: str) -> ShownDirectory | None:
        """Return the directory of a country, if one counts."""
        return next((one for one in self.directories if one.country == country), None)


def show_trust(directory: SignedDirectory, now: datetime) -> ShownTrust:
    """Return what this node goes by, at ``now``."""
    alarms = DirectoryAlarm.objects.count()
    snapshot = directory.snapshot()
    if snapshot is None:
        return ShownTrust(None, "", (), (), (), alarms)
    trust = snapshot.trust
    counted = list(trust.all_counted())
    kids = {held.signer.kid for held in counted}
    stored = {bytes(row.signer_kid): row for row in ImportedDirectory.objects.all()}
    waiting = sorted({row.country for kid, row in stored.items() if kid not in kids})
    shown = tuple(_show(trust, held, stored.get(held.signer.kid), now) for held in counted)
    return ShownTrust(
        trust.pin.authority, trust.pin.fingerprint, shown, tuple(waiting), snapshot.problems, alarms
    )


def _show(trust: Trust, held: Held, row: ImportedDirectory | None, now: datetime) -> ShownDirectory:
    one = held.directory
    offices = (
        ShownOffice(
            listed.public.office,
            tuple(listed.agencies),
            listed.public.kid.hex(),
            of_office(listed.public),
            listed.since,
            listed.not_after,
            tuple(
                ShownKey(listed.public.office, key_id(key.sign_key).hex(), key.until)
                for key in listed.retired
            ),
        )
        for listed in one.offices
    )
    recognises = (
        ShownAuthority(
            other.country,
            other.authority,
            other.fingerprint,
            other.kid in trust.held,
            trust.recognises_us(other.country),
        )
        for other in one.recognises
    )
    return ShownDirectory(
        country=one.country,
        own=one.country == trust.pin.country,
        signed_by=one.authority,
        fingerprint=held.signer.fingerprint,
        serial=one.serial,
        hash=held.hash.hex(),
        issued=one.issued,
        imported=row.imported_at if row else None,
        age=now - one.issued,
        valid_until=one.valid_until,
        stops=one.valid_until + GRACE,
        validity=validity(one, now),
        missed=row.missed if row else 0,
        offices=tuple(offices),
        recognises=tuple(recognises),
        revoked=tuple(
            ShownKey(gone.office, key_id(gone.sign_key).hex(), gone.since, str(gone.reason))
            for gone in one.revoked
        ),
    )
