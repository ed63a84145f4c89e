"""What a backup is sealed to, and the header of the file, which says so.

The header is readable by everybody: the office, when the backup was taken, and the lock. It names no
more than the file's own name does.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol, Self

from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.backups.errors import CannotOpenBackup, NotABackup
from borderliaison.node.backups.pair import (
    LOG_COST,
    MAX_LOG_COST,
    MIN_LOG_COST,
    SALT_BYTES,
    OpeningHalf,
    SealingHalf,
    derive,
)

VERSION: Final = 1
SUITE: Final = 1
"""AES-256-GCM, HKDF-SHA256; scrypt, or HPKE with ML-KEM-768 + X25519."""
_LONGEST: Final = 40
"""Of an office's code and of a time, in characters."""


class Seal(Protocol):
    """What a new backup is sealed to."""

    def lock(self) -> tuple[bytes, dict[str, Any]]:
        """Return a new file's key, and what the header says of how to come by it."""
        ...


class Opener(Protocol):
    """What opens a backup."""

    def unlock(self, lock: dict[str, Any]) -> bytes:
        """Return the file's key.

        Raises:
            CannotOpenBackup: this does not open it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Seals and opens with a passphrase."""

    text: str = field(repr=False)

    def lock(self) -> tuple[bytes, dict[str, Any]]:
        """Return a new file's key, and what the header says of how to come by it."""
        salt = secrets.token_bytes(SALT_BYTES)
        key = derive(self.text, salt, LOG_COST)
        return key, {"kind": "passphrase", "log_cost": LOG_COST, "salt": salt}

    def unlock(self, lock: dict[str, Any]) -> bytes:
        """Return the file's key."""
        match lock:
            case {"kind": "passphrase", "log_cost": int(log_cost), "salt": bytes(salt)}:
                return derive(self.text, salt, log_cost)
        raise CannotOpenBackup("it is sealed to a key: give --key")


@dataclass(frozen=True, slots=True)
class ToPair:
    """Seals to the holder of the other half."""

    half: SealingHalf

    def lock(self) -> tuple[bytes, dict[str, Any]]:
        """Return a new file's key, and what the header says of how to come by it."""
        key, wrapped = self.half.wrap()
        return key, {"kind": "pair", "kid": self.half.kid, "wrapped": wrapped}


@dataclass(frozen=True, slots=True)
class WithPair:
    """Opens with the half that was kept off the node."""

    half: OpeningHalf

    def unlock(self, lock: dict[str, Any]) -> bytes:
        """Return the file's key."""
        match lock:
            case {"kind": "pair", "kid": bytes(kid), "wrapped": bytes(wrapped)}:
                if kid != self.half.sealing.kid:
                    raise CannotOpenBackup(f"it is sealed to the key {kid.hex()}")
                return self.half.unwrap(wrapped)
        raise CannotOpenBackup("it is sealed with a passphrase: leave --key out")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the sealed part.

    Attributes:
        office: whose node it is a backup of.
        taken_at: of when the contents are; aware, UTC, whole seconds.
        lock: how to come by the file's key.
    """

    office: OfficeCode
    taken_at: datetime
    lock: dict[str, Any]

    def to_bytes(self) -> bytes:
        """Return it as canonical CBOR."""
        return canonical.encode(
            {
                "v": VERSION,
                "suite": SUITE,
                "office": self.office,
                "taken_at": self.taken_at.isoformat(),
                "lock": self.lock,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote; nothing in it is authenticated by that.

        Raises:
            NotABackup: it is of another version, or malformed.
        """
        try:
            content = canonical.decode(data)
        except MalformedData as error:
            raise NotABackup("its header is not canonical CBOR") from error
        match content:
            case {
                "v": 1,
                "suite": 1,
                "office": str(office),
                "taken_at": str(taken_at),
                "lock": dict(lock),
                **rest,
            } if not rest and max(len(office), len(taken_at)) <= _LONGEST and _is_lock(lock):
                return cls(OfficeCode(office), _instant(taken_at), lock)
            case {"v": int(version)} if version != VERSION:
                raise NotABackup(f"its format is {version}, and this version reads {VERSION}")
        raise NotABackup("its header is malformed")


def _is_lock(lock: dict[str, Any]) -> bool:
    match lock:
        case {"kind": "passphrase", "log_cost": int(cost), "salt": bytes(salt), **rest}:
            return not rest and MIN_LOG_COST <= cost <= MAX_LOG_COST and len(salt) == SALT_BYTES
        case {"kind": "pair", "kid": bytes(), "wrapped": bytes(), **rest}:
            return not rest
    return False


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotABackup("its time is malformed") from error
    if instant.tzinfo is None or instant.utcoffset() or instant.isoformat() != text:
        raise NotABackup("its time is malformed")
    return instant.astimezone(UTC)
