"""How the office's private keys are sealed at rest, and what opens them. Pure.

A *lock* says how the key of the file comes from a secret: a passphrase, by scrypt; or a credential, which
is random already, by HKDF. The lock's ``check`` tells a wrong secret without opening the keys.

Source: scrypt, RFC 7914, N = 2^17, r = 8, p = 1; HKDF, RFC 5869; AES-256-GCM, NIST SP 800-38D.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import UnsupportedVersion
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import BadCredential, OldKeyFile, WrongUnlock
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData

VERSION: Final = 2
FILE_KEY_BYTES: Final = 32
MIN_SECRET_BYTES: Final = 32
"""Of a credential; it is a key and no passphrase."""
COST: Final = 2**17
_AAD: Final = b"BL1/office-keys"
_CHECK: Final = b"BL1/office-keys/check"
_CREDENTIAL: Final = b"BL1/office-keys/credential"
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12


class LockKind(StrEnum):
    """What opens the keys."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens one file of keys. It is handed to the worker and kept in memory, never written."""

    octets: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse one of another length."""
        fields.octets(self.octets, FILE_KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Lock:
    """How a file of keys is locked.

    Attributes:
        kind: what opens it.
        cost: scrypt's N; 0 for a credential.
        salt: 16 random bytes.
        check: what the right file key derives to.
    """

    kind: LockKind
    cost: int
    salt: bytes
    check: bytes

    @classmethod
    def make(cls, kind: LockKind, secret: bytes) -> tuple[Self, FileKey]:
        """Make a new lock for a secret; return it with the key that the secret stands for.

        Raises:
            BadCredential: the credential is too short, or the passphrase is empty.
        """
        cost = COST if kind is LockKind.PASSPHRASE else 0
        bare = cls(kind, cost, secrets.token_bytes(_SALT_BYTES), b"")
        key = bare._derive(secret)
        return cls(kind, cost, bare.salt, _check_of(key)), key

    def open(self, secret: bytes) -> FileKey:
        """Return the key that a secret stands for.

        Raises:
            BadCredential: the credential is too short, or the passphrase is empty.
            WrongUnlock: it is another secret than the one that locked the keys.
        """
        key = self._derive(secret)
        self.check_key(key)
        return key

    def check_key(self, key: FileKey) -> None:
        """Require that a file key is the right one, without opening the keys.

        Raises:
            WrongUnlock: it is another.
        """
        if not hmac.compare_digest(_check_of(key), self.check):
            raise WrongUnlock(self.kind.value)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": VERSION,
            "lock": self.kind.value,
            "cost": self.cost,
            "salt": self.salt,
            "check": self.check,
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "lock", "cost", "salt", "check"))
        if data["v"] != VERSION:
            raise UnsupportedVersion(f"version {data['v']} of the file of keys")
        try:
            kind = LockKind(fields.text(data["lock"], 16))
        except ValueError as error:
            raise MalformedData("not a lock that is known") from error
        cost = fields.uint(data["cost"])
        right = cost == 0 if kind is LockKind.CREDENTIAL else _is_cost(cost)
        if not right:
            raise MalformedData("the cost is not one that is accepted")
        return cls(
            kind,
            cost,
            fields.octets(data["salt"], _SALT_BYTES),
            fields.octets(data["check"], fields.HASH_BYTES),
        )

    def _derive(self, secret: bytes) -> FileKey:
        if self.kind is LockKind.CREDENTIAL:
            if len(secret) < MIN_SECRET_BYTES:
                raise BadCredential(f"shorter than {MIN_SECRET_BYTES} bytes")
            kdf = HKDF(algorithm=SHA256(), length=FILE_KEY_BYTES, salt=self.salt, info=_CREDENTIAL)
            return FileKey(kdf.derive(secret))
        if not secret:
            raise BadCredential("the passphrase is empty")
        scrypt = Scrypt(salt=self.salt, length=FILE_KEY_BYTES, n=self.cost, r=8, p=1)
        return FileKey(scrypt.derive(secret))


def seal_ring(ring: Keyring, lock: Lock, key: FileKey) -> bytes:
    """Return the contents of a file of keys.

    Raises:
        WrongUnlock: the key does not belong to the lock.
    """
    lock.check_key(key)
    header = canonical.encode(lock.to_data())
    nonce = secrets.token_bytes(_NONCE_BYTES)
    held = {"office": ring.office, "keys": [keys.to_bytes() for keys in ring.generations]}
    sealed = AESGCM(key.octets).encrypt(nonce, canonical.encode(held), _AAD + header)
    return canonical.encode([header, nonce, sealed])


def lock_of(data: bytes) -> Lock:
    """Return how a file of keys is locked.

    Raises:
        OldKeyFile: it is one of version 1, in the clear.
        MalformedData, UnsupportedVersion: it is no file of keys that can be read here.
    """
    return _parse(data)[0]


def open_ring(data: bytes, key: FileKey) -> Keyring:
    """Return the keys in a file of keys, the oldest generation in use.

    Raises:
        OldKeyFile: it is one of version 1, in the clear.
        WrongUnlock: another key locks it, or it was changed.
        MalformedData, UnsupportedVersion, UnsupportedSuite: it cannot be read here.
    """
    lock, header, nonce, sealed = _parse(data)
    lock.check_key(key)
    try:
        opened = AESGCM(key.octets).decrypt(nonce, sealed, _AAD + header)
    except InvalidTag as error:
        raise WrongUnlock("the file was changed") from error
    held = fields.exact_map(canonical.decode(opened), ("office", "keys"))
    generations = [OfficeKeys.from_bytes(fields.octets(one)) for one in held["keys"]]
    if not generations:
        raise MalformedData("a file of keys without keys")
    return Keyring(fields.office(held["office"]), generations)


def _parse(data: bytes) -> tuple[Lock, bytes, bytes, bytes]:
    value = canonical.decode(data)
    if isinstance(value, dict) and value.get("v") == 1:
        raise OldKeyFile
    header, nonce, sealed = (fields.octets(one) for one in fields.exact_list(value, 3))
    lock = fields.read(header, Lock.from_data, Lock.to_data)
    return lock, header, fields.octets(nonce, _NONCE_BYTES), sealed


def _check_of(key: FileKey) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=fields.HASH_BYTES, salt=None, info=_CHECK)
    return kdf.derive(key.octets)


def _is_cost(cost: int) -> bool:
    return 2**14 <= cost <= COST and cost & (cost - 1) == 0
