"""What the exchange needs from elsewhere: who the peers are, how frames get there, the node it runs in."""

import ssl
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, OfficeSigners
from borderliaison.kernel.realm import Realm


class Standing(StrEnum):
    """Whether this office may exchange letters with another, and why not."""

    ALLOWED = "allowed"
    UNKNOWN_OFFICE = "unknown_office"
    """The signed directory does not list it."""
    NOT_RECOGNISED = "not_recognised"
    """Its authority is not recognised by ours. Nothing is sent and what comes is refused."""
    DIRECTORY_EXPIRED = "directory_expired"
    """The directory is past its days of grace: nothing is sent across borders, receiving goes on."""
    REVOKED = "revoked"
    """Its authority has revoked its keys. Nothing is sent and what comes is refused."""
    KEYS_EXPIRED = "keys_expired"
    """Its keys have expired: nothing is sent, receiving goes on."""
    OWN_KEYS = "own_keys"
    """Our own keys have expired or were revoked: nothing is sent."""

    @property
    def may_send(self) -> bool:
        """Whether letters may go to that office."""
        return self is Standing.ALLOWED

    @property
    def may_receive(self) -> bool:
        """Whether letters from that office are accepted. Expiry never closes this direction."""
        return self in (
            Standing.ALLOWED,
            Standing.DIRECTORY_EXPIRED,
            Standing.KEYS_EXPIRED,
            Standing.OWN_KEYS,
        )


class DirectoryAge(StrEnum):
    """How the signed directory stands beside the newest one that was ever held here."""

    CURRENT = "current"
    BEHIND = "behind"
    """A newer one was held: what it revokes would count again, so nobody is believed."""
    UNKNOWN = "unknown"
    """Nobody knows what was held."""


class Directory(Protocol):
    """The signed directory of offices and their public keys."""

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        """Return the public keys to which letters for the office are sealed; None if it has none."""
        ...

    def signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return the keys whose signatures count as the office's; None where nothing is known of it."""
        ...

    def past_signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return every key that ever signed for the office: to read again what was accepted before."""
        ...

    def signs_with(self, office: OfficeCode) -> bytes | None:
        """Return the id of the key with which the office signs now; None where it is not listed."""
        ...

    def may_exchange(self, office: OfficeCode) -> Standing:
        """Say whether this office may exchange letters with ``office``."""
        ...

    def age(self) -> DirectoryAge:
        """Say whether a newer directory was held here before."""
        ...

    def note_held(self) -> None:
        """Note outside the database which directory is held, so that an older one is known again."""
        ...


class Channel(StrEnum):
    """The kinds of message between two offices. A carrier knows no more than this."""

    FRAME = "frame"
    ACK = "ack"
    HEADS = "heads"
    PING = "ping"
    BACK = "back"
    BLOB = "blob"


Answer = Callable[[bytes], Awaitable[None]]
"""Answers one message. Where no answer was asked for, or it cannot be carried, nothing happens."""
Receive = Callable[[Channel, bytes, Answer], Awaitable[None]]
"""What a carrier calls with each message that comes."""


class Carrier(Protocol):
    """What moves messages between offices: it may lose, double, delay and reorder them.

    It is trusted with nothing. Every method raises a ``CarrierError`` of ``exchange.errors`` if it fails.
    """

    async def open(
        self, office: OfficeCode, receive: Receive, changed: Callable[[bool], None]
    ) -> None:
        """Begin: connect now and again for as long as it takes; call ``changed`` at each turn."""
        ...

    @property
    def connected(self) -> bool:
        """Whether messages can be sent at this moment."""
        ...

    async def request(
        self, office: OfficeCode, channel: Channel, data: bytes, timeout_s: float
    ) -> bytes:
        """Send to an office and return its answer."""
        ...

    async def publish(self, office: OfficeCode, channel: Channel, data: bytes) -> None:
        """Send to an office without asking for an answer."""
        ...

    async def close(self) -> None:
        """End: nothing is received afterwards."""
        ...


class Node(Protocol):
    """What the worker must know of the node that it belongs to; ``NodeConfig`` is one."""

    @property
    def office(self) -> OfficeCode:
        """The code of the node's office."""
        ...

    @property
    def nats_url(self) -> str:
        """The NATS server to connect to."""
        ...

    def link_context(self) -> ssl.SSLContext | None:
        """Return how the connection to it is encrypted; None where it is not."""
        ...

    @property
    def run_directory(self) -> Path:
        """Where sockets and locks are."""
        ...

    @property
    def state_directory(self) -> Path:
        """What must outlive a restart, and is of this machine: never part of a backup."""
        ...

    @property
    def key_file(self) -> Path:
        """The office's private keys, sealed, mode 0600."""
        ...

    @property
    def unlock_path(self) -> Path | None:
        """The credential that unseals them; None where a passphrase does."""
        ...

    @property
    def demo(self) -> bool:
        """Whether everything here is invented."""
        ...


class KnowsRealm(Protocol):
    """Decides in which realms this office exchanges letters, and with whom."""

    def __call__(self, realm: Realm, office: OfficeCode) -> bool:
        """Whether letters of this realm go to that office and are accepted from it."""
        ...
