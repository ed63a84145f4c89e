"""New keys for a node's office: made here, asked for at the authority, used once a directory names them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import KeysNotInDirectory
from borderliaison.exchange.own_keys.keyring import (
    load_ring,
    read_key_file,
    replace_ring,
)
from borderliaison.exchange.own_keys.lock import lock_of
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.durable import write_new
from borderliaison.kernel.keys import OfficePublic, SealSuite
from borderliaison.node.config import NodeConfig
from borderliaison.node.unlock import Ask, ask_at_terminal, unlock
from borderliaison.offices import services
from borderliaison.offices.desk.certificates import make_link_request
from borderliaison.offices.directory import enrolment
from borderliaison.offices.directory.fingerprints import of_office
from borderliaison.offices.directory.listed import ListedOffice
from borderliaison.offices.trust.keys import signed_directory


class KeyState(StrEnum):
    """What a generation of keys is for, by the directory."""

    IN_USE = "in use"
    COMING = "listed, signs later"
    WAITING = "waits for the authority"
    EARLIER = "earlier"
    REVOKED = "revoked"
    NOT_LISTED = "not listed"


@dataclass(frozen=True, slots=True)
class HeldKeys:
    """One generation of this office's keys, without its secrets.

    Attributes:
        until: when they expire, or until when what they signed is taken in.
    """

    kid: str
    fingerprint: str
    state: KeyState
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """A request for rotation.

    Attributes:
        request: the file for the authority.
        is_new: whether the keys were made just now.
        vouched: whether the present key vouches for them; else they are enrolled as those of a new
            office, with the fingerprint compared again.
    """

    request: bytes = field(repr=False)
    fingerprint: str
    kid: str
    is_new: bool
    vouched: bool


def rotate(
    node: NodeConfig, suite: SealSuite | None = None, ask: Ask = ask_at_terminal
) -> Rotation:
    """Make the next generation of a node's keys, or take the one that waits for the authority.

    Where the directory does not list the office, since its keys were revoked, there is no present key
    to vouch for the new ones; the request is then one for enrolment.

    Raises:
        NoKeyFile, UnsafeKeyFile, BadCredential, WrongUnlock: the private keys cannot be opened.
        KeysNotInDirectory: the directory lists this office with keys that are not here.
    """
    key = unlock(node, ask)
    ring = load_ring(node.key_file, key)
    directory = signed_directory()
    listed = directory.listed(node.office)
    if listed is not None and not ring.holds(listed.public.kid):
        raise KeysNotInDirectory(node.office)
    waits = _waiting(ring.publics, listed, directory.revoked_keys(node.office))
    if waits is None:
        ring = ring.with_new(OfficeKeys.generate(suite or ring.keys.seal_suite))
        replace_ring(node.key_file, ring, lock_of(read_key_file(node.key_file)), key)
    public, new = ring.publics[-1], ring.generations[-1]
    agencies, now = services.agencies_in(node.office), datetime.now(UTC)
    request = enrolment.make_request(public, agencies, new.signing_key, now)
    if listed is not None:
        ring.use(listed.public.kid)
        request = enrolment.make_rotation(request, ring.keys.signing_key)
    shown = of_office(public), public.kid.hex()
    return Rotation(request, *shown, is_new=waits is None, vouched=listed is not None)


def request_certificate(
    node: NodeConfig, names: tuple[str, ...], out: Path, ask: Ask = ask_at_terminal
) -> Path:
    """Make a key for a machine's links and the request for its certificate; return where the key is.

    Raises:
        NoKeyFile, UnsafeKeyFile, BadCredential, WrongUnlock: the private keys cannot be opened.
        KeysNotInDirectory: the directory lists this office with keys that are not here, or not at all.
    """
    ring = load_ring(node.key_file, unlock(node, ask))
    listed = signed_directory().listed(node.office)
    if listed is None or not ring.holds(listed.public.kid):
        raise KeysNotInDirectory(node.office)
    ring.use(listed.public.kid)
    key, request = make_link_request(node.office, names, ring.keys.signing_key)
    path = node.key_file.with_name("link.key")
    if path.exists():  # its certificate is in use; the administrator changes both at once
        path = path.with_name("link.key.new")
        path.unlink(missing_ok=True)
    write_new(path, key)
    out.write_bytes(request)
    return path


def held_keys(node: NodeConfig, ask: Ask = ask_at_terminal) -> list[HeldKeys]:
    """Return the generations of a node's keys, oldest first, as the directory sees them."""
    ring = load_ring(node.key_file, unlock(node, ask))
    directory = signed_directory()
    listed, revoked = directory.listed(node.office), directory.revoked_keys(node.office)
    in_use = directory.signs_with(node.office)
    waits = _waiting(ring.publics, listed, revoked)
    found = []
    for public in ring.publics:
        state, until = _state(public, listed, in_use)
        if public.sign_key in revoked:
            state = KeyState.REVOKED
        elif public == waits:
            state = KeyState.WAITING
        found.append(HeldKeys(public.kid.hex(), of_office(public), state, until))
    return found


def _state(
    public: OfficePublic, listed: ListedOffice | None, in_use: bytes | None
) -> tuple[KeyState, datetime | None]:
    if listed is None:
        return KeyState.NOT_LISTED, None
    if public.kid == listed.public.kid:
        return KeyState.IN_USE if in_use == public.kid else KeyState.COMING, listed.not_after
    for one in listed.retired:
        if key_id(one.sign_key) == public.kid:
            return KeyState.IN_USE if in_use == public.kid else KeyState.EARLIER, one.until
    return KeyState.NOT_LISTED, None


def _waiting(
    publics: Sequence[OfficePublic], listed: ListedOffice | None, revoked: Sequence[bytes]
) -> OfficePublic | None:
    """Return the newest keys, where the authority has not listed them yet."""
    known = set(revoked)
    if listed is not None:
        known |= {listed.public.sign_key, *(one.sign_key for one in listed.retired)}
    return None if publics[-1].sign_key in known else publics[-1]
