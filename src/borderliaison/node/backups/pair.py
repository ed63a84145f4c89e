"""The pair of keys for backups that need no passphrase: one half on the node, the other in a safe.

The node's half seals and cannot open. Both halves hold one more secret, the *origin*, that goes into
each file's key: a file that opens was sealed by whoever held the node's half, so that nobody who only
knows a public key can put a backup of his own in the place of ours.

Source: HPKE, RFC 9180, with ML-KEM-768 + X25519 (draft-ietf-hpke-pq); scrypt, RFC 7914; ADR 0010.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.errors import MalformedData
from borderliaison.node.backups.errors import CannotOpenBackup

VERSION: Final = 1
LOG_COST: Final = 17
"""scrypt with N = 2^17, r = 8, p = 1: about half a second and 128 MiB."""
MIN_LOG_COST: Final = 14
MAX_LOG_COST: Final = 20
SALT_BYTES: Final = 16
_ORIGIN_BYTES: Final = 32
_MLKEM_PUBLIC_BYTES: Final = 1184
_MLKEM_SEED_BYTES: Final = 64
_X25519_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_INFO: Final = b"BL1/backup/wrap"
_AAD: Final = b"BL1/backup-key"
_SUITE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class MalformedBackupKey(MalformedData):
    """The file is not a key for backups."""

    code = "E-BKP-09"


@dataclass(frozen=True, slots=True)
class SealingHalf:
    """What the node keeps: it seals backups, and cannot open one.

    Attributes:
        public: raw ML-KEM-768 public key, 1184 bytes, then X25519's, 32 bytes.
        origin: 32 bytes that both halves share and nobody else.
    """

    public: bytes
    origin: bytes = field(repr=False)

    @property
    def kid(self) -> bytes:
        """The key id that a backup names: 16 bytes."""
        return key_id(self.public)

    def wrap(self) -> tuple[bytes, bytes]:
        """Make a new file's key; return it, and it wrapped for the holder of the other half."""
        fresh = secrets.token_bytes(32)
        mlkem = MLKEM768PublicKey.from_public_bytes(self.public[:_MLKEM_PUBLIC_BYTES])
        x25519 = X25519PublicKey.from_public_bytes(self.public[_MLKEM_PUBLIC_BYTES:])
        other = hpke.MLKEM768X25519PublicKey(mlkem, x25519)
        return _file_key(fresh, self.origin), _SUITE.encrypt(fresh, other, info=_INFO)

    def to_bytes(self) -> bytes:
        """Return the contents of the node's file."""
        return canonical.encode({"v": VERSION, "public": self.public, "origin": self.origin})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            MalformedBackupKey: it is something else.
        """
        match _decoded(data):
            case {"v": 1, "public": bytes(public), "origin": bytes(origin), **rest} if not rest:
                if len(public) == _MLKEM_PUBLIC_BYTES + _X25519_BYTES and len(origin) == 32:
                    return cls(public, origin)
        raise MalformedBackupKey("not the node's half")


@dataclass(frozen=True, slots=True)
class OpeningHalf:
    """What the administrator keeps off the node: it opens what the node's half sealed.

    Attributes:
        secret: the ML-KEM-768 seed, 64 bytes, then the X25519 private key, 32 bytes.
        origin: as in the other half.
    """

    secret: bytes = field(repr=False)
    origin: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """Make a new pair from the operating system's randomness."""
        x25519 = X25519PrivateKey.generate().private_bytes_raw()
        mlkem = MLKEM768PrivateKey.generate().private_bytes_raw()
        return cls(mlkem + x25519, secrets.token_bytes(_ORIGIN_BYTES))

    @property
    def sealing(self) -> SealingHalf:
        """The half that belongs on the node."""
        mlkem, x25519 = self._keys()
        public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return SealingHalf(public, self.origin)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the file's key.

        Raises:
            CannotOpenBackup: it was wrapped for another, or changed.
        """
        try:
            fresh = _SUITE.decrypt(
                wrapped, hpke.MLKEM768X25519PrivateKey(*self._keys()), info=_INFO
            )
        except (InvalidTag, ValueError) as error:
            raise CannotOpenBackup("it is sealed to another key") from error
        return _file_key(fresh, self.origin)

    def to_bytes(self, passphrase: str) -> bytes:
        """Return the contents of the administrator's file, sealed with a passphrase."""
        salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        key = derive(passphrase, salt, LOG_COST)
        return canonical.encode(
            {
                "v": VERSION,
                "log_cost": LOG_COST,
                "salt": salt,
                "nonce": nonce,
                "sealed": AESGCM(key).encrypt(nonce, self.secret + self.origin, _AAD),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes, passphrase: str) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            CannotOpenBackup: the passphrase does not open it.
            MalformedBackupKey: it is something else.
        """
        match _decoded(data):
            case {
                "v": 1,
                "log_cost": int(log_cost),
                "salt": bytes(salt),
                "nonce": bytes(nonce),
                "sealed": bytes(sealed),
                **rest,
            } if not rest and len(nonce) == _NONCE_BYTES and len(salt) == SALT_BYTES:
                pass
            case _:
                raise MalformedBackupKey("not the half that opens backups")
        if not MIN_LOG_COST <= log_cost <= MAX_LOG_COST:
            raise MalformedBackupKey(f"scrypt cost 2^{log_cost}")
        try:
            opened = AESGCM(derive(passphrase, salt, log_cost)).decrypt(nonce, sealed, _AAD)
        except InvalidTag as error:
            raise CannotOpenBackup("the passphrase does not open the key") from error
        at = _MLKEM_SEED_BYTES + _X25519_BYTES
        if len(opened) != at + _ORIGIN_BYTES:
            raise MalformedBackupKey("of another length")
        return cls(opened[:at], opened[at:])

    def _keys(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        seed, x25519 = self.secret[:_MLKEM_SEED_BYTES], self.secret[_MLKEM_SEED_BYTES:]
        return (
            MLKEM768PrivateKey.from_seed_bytes(seed),
            X25519PrivateKey.from_private_bytes(x25519),
        )


def derive(passphrase: str, salt: bytes, log_cost: int) -> bytes:
    """Return the 32-byte key that a passphrase stands for."""
    return Scrypt(salt=salt, length=32, n=2**log_cost, r=8, p=1).derive(passphrase.encode())


def _file_key(fresh: bytes, origin: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=origin, info=_INFO).derive(fresh)


def _decoded(data: bytes) -> Any:
    try:
        return canonical.decode(data)
    except MalformedData as error:
        raise MalformedBackupKey("not canonical CBOR") from error
