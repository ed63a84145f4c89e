"""Which directories count, and with whom an office may exchange because of them. Pure.

``Trust`` is the state of one node: the pinned key of its own authority and the directories it holds.
A chain of directories belongs to one key, so a new key begins a chain of its own and an old key's
serials cannot hold it back. Source: docs/protocols/PR-3-directory.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from borderliaison.kernel.cose import signer_of
from borderliaison.kernel.ids import CountryCode
from borderliaison.offices.directory.authorities import AuthorityPublic
from borderliaison.offices.directory.document import Directory, directory_hash, open_directory
from borderliaison.offices.errors import (
    BrokenDirectoryChain,
    ConflictingDirectory,
    DirectoryRefused,
    OlderDirectory,
    UnknownSigner,
    WrongAuthority,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A directory whose signature was verified, and the key that signed it."""

    directory: Directory
    signed: bytes
    signer: AuthorityPublic

    @property
    def hash(self) -> bytes:
        """The hash that the next directory has to name."""
        return directory_hash(self.signed)


class Arrival(StrEnum):
    """What becomes of a directory that arrives; the table of PR-3."""

    FIRST = "first"
    NEXT = "next"
    AFTER_A_GAP = "after_a_gap"
    SAME = "same"
    OLDER = "older"
    CONFLICT = "conflict"
    BROKEN = "broken"


REFUSALS: Mapping[Arrival, type[DirectoryRefused]] = {
    Arrival.OLDER: OlderDirectory,
    Arrival.CONFLICT: ConflictingDirectory,
    Arrival.BROKEN: BrokenDirectoryChain,
}


def compare(held: Held | None, arriving: Held) -> Arrival:
    """Compare an arriving directory with the newest that is held of the same key."""
    if held is None:
        return Arrival.FIRST
    known, new = held.directory.serial, arriving.directory.serial
    if new < known:
        return Arrival.OLDER
    if new == known:
        return Arrival.SAME if held.hash == arriving.hash else Arrival.CONFLICT
    follows = arriving.directory.prev == held.hash
    if follows != (new == known + 1):
        return Arrival.BROKEN
    return Arrival.NEXT if follows else Arrival.AFTER_A_GAP


@dataclass(frozen=True, slots=True)
class Received:
    """A directory was accepted, or was held already.

    Attributes:
        trust: the state from now on.
        held: the directory.
        arrival: first, next, after_a_gap or same.
        missed: how many directories between the one held before and this one were never seen.
    """

    trust: "Trust"
    held: Held
    arrival: Arrival
    missed: int


@dataclass(frozen=True, slots=True)
class Trust:
    """What one node goes by.

    Attributes:
        pin: the key of its own country's authority, which a person brought, never the network.
        held: the newest directory of each signing key, by key id.
    """

    pin: AuthorityPublic
    held: Mapping[bytes, Held] = field(default_factory=dict)

    @property
    def own(self) -> Directory | None:
        """The directory of the node's own authority."""
        held = self.held.get(self.pin.kid)
        return held.directory if held else None

    def recognised(self, country: CountryCode) -> AuthorityPublic | None:
        """Return the authority that may speak for a country, by our own authority's word."""
        if country == self.pin.country:
            return self.pin
        listed = self.own.recognises if self.own else ()
        return next((one for one in listed if one.country == country), None)

    def counted(self, country: CountryCode) -> Held | None:
        """Return the directory of a country that counts now, if there is one."""
        authority = self.recognised(country)
        return self.held.get(authority.kid) if authority else None

    def directory_of(self, country: CountryCode) -> Directory | None:
        """Return what the directory of a country says, if one counts."""
        held = self.counted(country)
        return held.directory if held else None

    def all_counted(self) -> Iterator[Held]:
        """Go through the directories that count: our own first, then by country."""
        recognised = self.own.recognises if self.own else ()
        for country in (self.pin.country, *(one.country for one in recognised)):
            held = self.counted(country)
            if held is not None:
                yield held

    def recognises_us(self, country: CountryCode) -> bool:
        """Whether the directory of a country that we count recognises our own authority's key."""
        held = self.counted(country)
        if held is None:
            return False
        return any(
            one.country == self.pin.country and one.sign_key == self.pin.sign_key
            for one in held.directory.recognises
        )

    def receive(self, signed: bytes) -> Received:
        """Take in a signed directory.

        Raises:
            MalformedData: it is not a signed directory.
            UnknownSigner: neither our authority nor one that it recognises signed it.
            BadSignature: it names a key that did not sign it.
            WrongAuthority: it speaks for another country or under another name than its key.
            ForeignOffice: it lists an office of another country.
            OlderDirectory: a newer one of this key is held.
            ConflictingDirectory: another one of this key and serial is held. An alarm.
            BrokenDirectoryChain: it does not continue the one that is held. An alarm.
        """
        signer = self._signer(signed)
        directory = open_directory(signed, signer.sign_key)
        if (directory.country, directory.authority) != (signer.country, signer.authority):
            raise WrongAuthority(f"signed with the key of {signer.country}")
        arriving = Held(directory, signed, signer)
        known = self.held.get(signer.kid)
        arrival = compare(known, arriving)
        if arrival in REFUSALS:
            raise REFUSALS[arrival](f"{directory.country} directory {directory.serial}")
        if arrival is Arrival.SAME:
            return Received(self, arriving, arrival, 0)
        before = known.directory.serial if known else 0
        trust = replace(self, held={**self.held, signer.kid: arriving})
        return Received(trust, arriving, arrival, directory.serial - before - 1)

    def _signer(self, signed: bytes) -> AuthorityPublic:
        kid = signer_of(signed)
        known = (self.pin, *(self.own.recognises if self.own else ()))
        signer = next((one for one in known if one.kid == kid), None)
        if signer is None:
            raise UnknownSigner(f"key {kid.hex()}")
        return signer
