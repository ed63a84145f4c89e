"""The directories that this node holds: importing what was signed, and reading it back.

Stored directories are verified at each reading, against the pinned key: the database is not trusted.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from borderliaison.audit.services import SYSTEM, record
from borderliaison.feed.services import announce
from borderliaison.kernel.cose import signer_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.offices.directory.authorities import AuthorityPublic
from borderliaison.offices.errors import (
    AnotherWasHeld,
    DamagedNote,
    DirectoryRefused,
    UnknownSigner,
)
from borderliaison.offices.models import DirectoryAlarm, ImportedDirectory
from borderliaison.offices.services import this_office
from borderliaison.offices.trust.held import Arrival, Held, Received, Trust
from borderliaison.offices.trust.noted import NotedDirectories
from borderliaison.offices.trust.pinning import pinned_authority


@dataclass(frozen=True, slots=True)
class Problem:
    """A stored directory that no longer verifies: the database was changed behind our back."""

    row: int
    code: str


def own_authority() -> AuthorityPublic:
    """Return this node's own authority.

    Raises:
        NoPinnedAuthority: none was pinned yet.
    """
    return pinned_authority(settings.NODE.directory)


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
        except UnknownSigner:  # recognised no more: it waits, and may count again
            continue
        except LiaisonError as error:
            problems.append(Problem(row.pk, error.code))
    return trust, problems


def import_files(
    files: list[bytes], *, actor: str = SYSTEM
) -> tuple[dict[int, Received], dict[int, LiaisonError]]:
    """Import several directories, those of our own authority first: it says which others count.

    Args:
        files: signed directories, in any order.
        actor: who brought them, for the audit.

    Returns:
        What was accepted and what was refused, by the position in ``files``.

    Raises:
        NoPinnedAuthority: the node does not know its own authority yet.
    """
    pin = own_authority()
    done: dict[int, Received] = {}
    refused: dict[int, LiaisonError] = {}
    for at in sorted(range(len(files)), key=lambda at: not _names(files[at], pin)):
        try:
            done[at] = import_directory(files[at], actor=actor)
        except LiaisonError as error:
            refused[at] = error
    return done, refused


def _names(signed: bytes, authority: AuthorityPublic) -> bool:
    try:
        return signer_of(signed) == authority.kid
    except LiaisonError:
        return False


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
    pin = own_authority()
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
    _refuse_another(received.held)
    transaction.on_commit(partial(_note, received, is_own=received.held.signer == pin))
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


def noted_directories() -> NotedDirectories:
    """Return what this node has noted of the directories that it held."""
    return NotedDirectories(settings.NODE.state_directory)


def _refuse_another(arriving: Held) -> None:
    """Refuse a directory of which another one with the same serial was held before a backup was put back.

    Raises:
        AnotherWasHeld: that is so.
    """
    try:
        before = (noted_directories().read() or {}).get(arriving.signer.kid)
    except DamagedNote:
        return
    serial = arriving.directory.serial
    if before is not None and before.serial == serial and before.hash != arriving.hash:
        raise AnotherWasHeld(f"{arriving.directory.country} directory {serial}")


def _note(received: Received, *, is_own: bool) -> None:
    """Note what is held now; our own authority's word also begins a note anew that cannot be read."""
    noted_directories().note(received.trust.held.values(), anew=is_own)


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
