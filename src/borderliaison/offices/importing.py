"""The directories that this node holds: pinning its own authority once, and importing what was signed.

The pin is a file beside the office's keys, outside the database and its backups: nobody who can write
the database can change whom the node trusts. Stored directories are verified at each reading.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from borderliaison.audit.services import SYSTEM, record
from borderliaison.feed.services import announce
from borderliaison.kernel.cose import signer_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.offices.authorities import AuthorityPublic, read_public
from borderliaison.offices.codes import country_of
from borderliaison.offices.errors import (
    AlreadyPinned,
    DirectoryRefused,
    NoPinnedAuthority,
    OtherFingerprint,
    WrongAuthority,
)
from borderliaison.offices.fingerprints import same
from borderliaison.offices.models import DirectoryAlarm, ImportedDirectory
from borderliaison.offices.services import this_office
from borderliaison.offices.trust import Arrival, Held, Received, Trust

PIN_NAME = "authority.pub"


@dataclass(frozen=True, slots=True)
class Problem:
    """A stored directory that no longer verifies: the database was changed behind our back."""

    row: int
    code: str


def pin_path() -> Path:
    """Return where the pinned authority's key file is kept."""
    directory: Path = settings.NODE.directory
    return directory / "keys" / PIN_NAME


def pin_authority(
    key_file: bytes, *, expected: str = "", path: Path | None = None, office: str | None = None
) -> AuthorityPublic:
    """Pin this node's own authority, once and for good.

    Args:
        key_file: the authority's public key file, which a person brought.
        expected: the fingerprint that the authority's officer read out; not compared where empty.
        path: where to keep it; the node's own place where none is given.
        office: the office of the node; this node's where none is given.

    Raises:
        MalformedAuthority: it is no such file.
        OtherFingerprint: the key has another fingerprint.
        WrongAuthority: it is the authority of another country.
        AlreadyPinned: an authority is pinned already.
    """
    public = read_public(key_file)
    if expected and not same(expected, public.fingerprint):
        raise OtherFingerprint(public.fingerprint)
    country = country_of(office or this_office())
    if public.country != country:
        raise WrongAuthority(f"the authority of {public.country}, and this office is {country}'s")
    target = path or pin_path()
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise AlreadyPinned(str(target.name)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(key_file)
        file.flush()
        os.fsync(file.fileno())
    return public


def pinned_authority() -> AuthorityPublic:
    """Return this node's own authority.

    Raises:
        NoPinnedAuthority: none was pinned yet.
    """
    try:
        return read_public(pin_path().read_bytes())
    except FileNotFoundError as error:
        raise NoPinnedAuthority("`blo directory trust KEYFILE` names it") from error


def stored_trust(pin: AuthorityPublic) -> tuple[Trust, list[Problem]]:
    """Build the trust that the stored directories amount to, verifying each of them.

    Own directories come first, since they say whose foreign ones count.
    """
    newest: dict[bytes, ImportedDirectory] = {}
    for row in ImportedDirectory.objects.all():
        newest[bytes(row.signer_kid)] = row
    trust, problems = Trust(pin), []
    for row in sorted(newest.values(), key=lambda one: bytes(one.signer_kid) != pin.kid):
        try:
            trust = trust.receive(bytes(row.signed)).trust
        except DirectoryRefused as error:
            if error.code != "E-DIR-02":  # signed by one who is recognised no more: it only waits
                problems.append(Problem(row.pk, error.code))
        except LiaisonError as error:
            problems.append(Problem(row.pk, error.code))
    return trust, problems


def import_directory(signed: bytes, *, actor: str = SYSTEM) -> Received:
    """Import a signed directory: a file, or what came otherwise; it proves itself.

    Args:
        signed: the directory as its authority signed it.
        actor: who brought it, for the audit.

    Raises:
        NoPinnedAuthority: the node does not know its own authority yet.
        MalformedData: it is not a signed directory.
        BadSignature: it names a key that did not sign it.
        DirectoryRefused: one of the reasons of PR-3; an alarm is kept with its proof.
    """
    pin = pinned_authority()
    try:
        with transaction.atomic():
            return _import(signed, pin, actor)
    except DirectoryRefused as error:
        _note_refusal(signed, pin, error, actor)
        raise


def _import(signed: bytes, pin: AuthorityPublic, actor: str) -> Received:
    trust, _ = stored_trust(pin)
    received = trust.receive(signed)
    directory = received.held.directory
    if received.arrival is Arrival.SAME:
        return received
    ImportedDirectory.objects.create(
        country=directory.country,
        serial=directory.serial,
        signer_kid=received.held.signer.kid,
        signed=signed,
        arrival=str(received.arrival),
        missed=received.missed,
        imported_at=datetime.now(UTC),
    )
    record(
        "directory.imported",
        actor=actor,
        subject=directory.country,
        serial=str(directory.serial),
        hash=received.held.hash.hex(),
        missed=str(received.missed),
    )
    announce("directory", directory.country)
    return received


@transaction.atomic
def _note_refusal(signed: bytes, pin: AuthorityPublic, error: DirectoryRefused, actor: str) -> None:
    held = _contradicted(signed, pin) if error.alarm else None
    subject = held.directory.country if held else this_office()
    record("directory.refused", actor=actor, subject=subject, code=error.code)
    if held is None:
        return
    DirectoryAlarm.objects.create(
        country=held.directory.country,
        serial=held.directory.serial,
        code=error.code,
        refused=signed,
        held=held.signed,
        raised_at=datetime.now(UTC),
    )
    announce("directory", held.directory.country)


def _contradicted(signed: bytes, pin: AuthorityPublic) -> Held | None:
    trust, _ = stored_trust(pin)
    return trust.held.get(signer_of(signed))
